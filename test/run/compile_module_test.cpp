// Compilation by a host: in a child process, and with a cache.
#include <unistd.h>
#include <wasmc/compile_module.h>

#include <algorithm>
#include <filesystem>

#include "guest.h"

namespace wasmc::test {
namespace {

using compiler::ArtifactCache;
using compiler::Isolation;

std::vector<uint8_t> wasmOf(std::string_view wat) {
  const auto wasm = compiler::assemble(wat, {});
  EXPECT_TRUE(wasm);
  return *wasm;
}

constexpr char kAnswer[] = R"((module (func (export "answer") (result i32) (i32.const 42))))";

class CompileModule : public testing::Test {
 protected:
  ~CompileModule() override { std::filesystem::remove_all(folder); }
  int32_t answerOf(const Result<Module>& module) {
    EXPECT_TRUE(module) << module.error().message;
    return value(get<int32_t()>(*guest.linker.instantiate(guest.store, *module), "answer")());
  }
  size_t filesThere() const {
    using std::filesystem::directory_iterator;
    return static_cast<size_t>(std::distance(directory_iterator(folder), directory_iterator()));
  }

  Guest guest;
  const std::string folder = testing::TempDir() + "wasmc-compile-" + std::to_string(getpid());
};

TEST_F(CompileModule, CompilesInAChildProcess) {
  EXPECT_EQ(answerOf(compiler::compileModule(guest.engine, wasmOf(kAnswer))), 42);
}

TEST_F(CompileModule, CompilesInProcess) {
  EXPECT_EQ(answerOf(compiler::compileModule(guest.engine, wasmOf(kAnswer), {}, Isolation::InProcess)), 42);
}

TEST_F(CompileModule, AnInvalidModuleIsTheSameErrorInEitherProcess) {
  std::vector<uint8_t> wasm = wasmOf(kAnswer);
  *std::ranges::find(wasm, 0x41) = 0x42;  // i64.const where an i32 is returned
  const auto in_child = compiler::compileModule(guest.engine, wasm);
  const auto in_process = compiler::compileModule(guest.engine, wasm, {}, Isolation::InProcess);
  ASSERT_FALSE(in_child);
  ASSERT_FALSE(in_process);
  EXPECT_EQ(in_child.error().code, ErrorCode::Compile);
  EXPECT_EQ(in_child.error().message, in_process.error().message);
  EXPECT_TRUE(in_child.error().message.starts_with("module:0x")) << in_child.error().message;
}

TEST_F(CompileModule, AModuleIsCompiledOnceForTheSameOptions) {
  const auto cache = ArtifactCache::open(folder);
  ASSERT_TRUE(cache) << cache.error();
  const std::vector<uint8_t> wasm = wasmOf(kAnswer);
  EXPECT_EQ(answerOf(compiler::compileModule(guest.engine, wasm, *cache)), 42);
  EXPECT_EQ(answerOf(compiler::compileModule(guest.engine, wasm, *cache)), 42);
  EXPECT_EQ(filesThere(), 1);
  compiler::CompileOptions options;
  options.opt_level = "0";
  EXPECT_EQ(answerOf(compiler::compileModule(guest.engine, wasm, *cache, options)), 42);
  EXPECT_EQ(filesThere(), 2);
}

TEST_F(CompileModule, ADamagedFileOfTheCacheIsMadeAgain) {
  const auto cache = ArtifactCache::open(folder);
  ASSERT_TRUE(cache) << cache.error();
  const std::vector<uint8_t> wasm = wasmOf(kAnswer);
  EXPECT_EQ(answerOf(compiler::compileModule(guest.engine, wasm, *cache)), 42);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::filesystem::permissions(entry.path(), std::filesystem::perms::owner_all);
    std::filesystem::resize_file(entry.path(), 100);
  }
  EXPECT_EQ(answerOf(compiler::compileModule(guest.engine, wasm, *cache)), 42);
  EXPECT_EQ(filesThere(), 1);
}

}  // namespace
}  // namespace wasmc::test
