#include "spectest.h"

namespace wasmc::spec {
namespace {

constexpr char kName[] = "spectest";

// The functions print in the reference interpreter; what they are given matters to no assertion.
void defineFunctions(Linker& linker) {
  linker.define(kName, "print", [] {});
  linker.define(kName, "print_i32", [](int32_t) {});
  linker.define(kName, "print_i64", [](int64_t) {});
  linker.define(kName, "print_f32", [](float) {});
  linker.define(kName, "print_f64", [](double) {});
  linker.define(kName, "print_i32_f32", [](int32_t, float) {});
  linker.define(kName, "print_f64_f64", [](double, double) {});
}

// What the runtime library does not have yet is left out; a module that imports it can not be instantiated.
template <typename T>
Result<void> define(Linker& linker, const char* name, const Result<T>& item) {
  if (!item && item.error().code == ErrorCode::Unsupported) return {};
  if (!item) return std::unexpected(item.error());
  linker.define(kName, name, Extern(*item));
  return {};
}

Result<void> defineGlobal(Linker& linker, StoreRef store, const char* name, const Val& value) {
  return define(linker, name, Global::create(store, {value.type(), false}, value));
}

Result<void> defineTable(Linker& linker, StoreRef store, const char* name, bool is64) {
  const TableType type{ValType::funcref(), {.min = 10, .max = 20, .is64 = is64}};
  return define(linker, name, Table::create(store, type, Val(Func())));
}

Result<void> defineMemory(Linker& linker, StoreRef store, const char* name, bool shared) {
  return define(linker, name, Memory::create(store, {{.min = 1, .max = 2, .shared = shared}}));
}

}  // namespace

Result<void> defineSpectest(Linker& linker, StoreRef store) {
  defineFunctions(linker);
  Result<void> done = defineGlobal(linker, store, "global_i32", Val(int32_t{666}));
  if (done) done = defineGlobal(linker, store, "global_i64", Val(int64_t{666}));
  if (done) done = defineGlobal(linker, store, "global_f32", Val(666.6f));
  if (done) done = defineGlobal(linker, store, "global_f64", Val(666.6));
  if (done) done = defineTable(linker, store, "table", false);
  if (done) done = defineTable(linker, store, "table64", true);
  if (done) done = defineMemory(linker, store, "memory", false);
  if (done) done = defineMemory(linker, store, "shared_memory", true);
  return done;
}

}  // namespace wasmc::spec
