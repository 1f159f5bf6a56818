// Text modules compiled, loaded, and run: what the tests of this folder share.
#ifndef WASMC_TEST_RUN_GUEST_H
#define WASMC_TEST_RUN_GUEST_H

#include <gtest/gtest.h>
#include <wasmc/wasmc.h>

#include <string>
#include <string_view>
#include <vector>

namespace wasmc::test {

// Modules are texts, or what few cannot be said in text: binary ones.
inline bool isBinary(std::string_view module) { return module.starts_with(std::string_view("\0asm", 4)); }

// The artifact of a module. A level may have options of wasmc behind it: "2 --fuel". Compiled once for each
// text and level. Fails the test, and returns nothing,
// if the module does not compile.
std::vector<uint8_t> compileWat(std::string_view wat, std::string_view opt_level = "2");

// The same, without a memory of what was compiled: compile_in_process.cpp or compile_by_tool.cpp.
std::vector<uint8_t> compileNow(std::string_view wat, std::string_view opt_level);

// An engine, a store and a linker, and modules in them.
class Guest {
 public:
  explicit Guest(std::string opt_level = "2", const EngineOptions& options = {},
                 const StoreLimits& limits = {})
      : opt_level_(std::move(opt_level)), engine(options), store(engine, limits), linker(engine) {}

 private:
  std::string opt_level_;

 public:
  Engine engine;
  Store store;
  Linker linker;

  Module load(std::string_view wat) const;
  // Of a module that is expected to instantiate.
  Instance instantiate(std::string_view wat) const;
  Result<Instance> tryInstantiate(std::string_view wat) const { return linker.instantiate(store, load(wat)); }
};

// The function of that name, which is expected to exist and to have the signature.
template <typename Signature>
TypedFunc<Signature> get(const Instance& instance, std::string_view name) {
  Result<TypedFunc<Signature>> func = instance.func<Signature>(name);
  EXPECT_TRUE(func) << func.error().message;
  return *func;
}

// The value of a result that is expected to have one.
template <typename T>
T value(Result<T> result) {
  EXPECT_TRUE(result) << result.error().message;
  return result ? *result : T();
}

// The trap of a result that is expected to be one; TrapCode::None if it is not.
template <typename T>
TrapCode trapOf(const Result<T>& result) {
  if (result || !result.error().trap) return TrapCode::None;
  return result.error().trap->code();
}

// Tests that hold at each level of optimisation.
class EachLevel : public testing::TestWithParam<const char*> {
 protected:
  // Options of wasmc, and of the engine.
  explicit EachLevel(const char* modes = "", const EngineOptions& options = {})
      : guest(GetParam() + std::string(modes), options) {}

  Guest guest;
};
#define WASMC_EACH_LEVEL(Suite)                                 \
  INSTANTIATE_TEST_SUITE_P(O, Suite, testing::Values("0", "2"), \
                           [](const auto& level) { return std::string(level.param); })

}  // namespace wasmc::test

#endif  // WASMC_TEST_RUN_GUEST_H
