// What the tests of this folder share: an engine, a store, and text modules in them.
#ifndef WASMC_TEST_C_API_GUEST_H
#define WASMC_TEST_C_API_GUEST_H

#include <gtest/gtest.h>
#include <wasmc.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::test {

// Deletes with the function of the C API.
template <auto kDelete>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    kDelete(object);
  }
};
template <typename T, auto kDelete>
using Owned = std::unique_ptr<T, Deleter<kDelete>>;
using Module = Owned<wasm_module_t, wasm_module_delete>;
using Instance = Owned<wasm_instance_t, wasm_instance_delete>;
using Func = Owned<wasm_func_t, wasm_func_delete>;
using FuncType = Owned<wasm_functype_t, wasm_functype_delete>;
using Trap = Owned<wasm_trap_t, wasm_trap_delete>;
using Ref = Owned<wasm_ref_t, wasm_ref_delete>;
using Store = Owned<wasm_store_t, wasm_store_delete>;
using Engine = Owned<wasm_engine_t, wasm_engine_delete>;

// A vector that is deleted: `Vector<wasm_byte_vec_t, wasm_byte_vec_delete> v; f(&v.vec);`
template <typename T, auto kDelete>
struct Vector {
  Vector() = default;
  Vector(const Vector&) = delete;
  Vector& operator=(const Vector&) = delete;
  ~Vector() { kDelete(&vec); }
  auto& operator[](size_t i) const { return vec.data[i]; }

  T vec = {};
};
using Bytes = Vector<wasm_byte_vec_t, wasm_byte_vec_delete>;
using Externs = Vector<wasm_extern_vec_t, wasm_extern_vec_delete>;

// The binary form of a text module.
std::vector<char> assemble(std::string_view wat);

std::string messageOf(const wasm_trap_t* trap);

class CApi : public testing::Test {
 protected:
  Engine engine{wasm_engine_new()};
  Store store{wasm_store_new(engine.get())};

  // Compiled with these options of wasmc instead of the defaults: --fuel, --epochs.
  Module loadWith(std::string_view wat, std::string_view options) const;
  Module load(std::string_view wat) const;
  // Of a module without imports, or with these.
  Instance instantiate(std::string_view wat, std::vector<wasm_extern_t*> imports = {}) const;
  // A host function of that type.
  Func host(FuncType type, wasm_func_callback_with_env_t callback, void* env = nullptr,
            void (*finalizer)(void*) = nullptr) const {
    return Func(wasm_func_new_with_env(store.get(), type.get(), callback, env, finalizer));
  }
};

// The export at a position, in the order of the module. It belongs to `exports`.
inline wasm_func_t* func(const Externs& exports, size_t i) { return wasm_extern_as_func(exports[i]); }

// Calls a function that is expected not to trap.
std::vector<wasm_val_t> call(const wasm_func_t* func, std::vector<wasm_val_t> args, size_t results);
// Calls a function of one i32 result.
int32_t callI32(const wasm_func_t* func, std::vector<wasm_val_t> args = {});
// Calls a function that is expected to trap.
Trap callTrap(const wasm_func_t* func, std::vector<wasm_val_t> args, size_t results);

}  // namespace wasmc::test

#endif  // WASMC_TEST_C_API_GUEST_H
