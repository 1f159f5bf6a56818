#include "lower/thunks.h"

#include <gtest/gtest.h>
#include <llvm/TargetParser/Triple.h>

namespace wasmc::compiler {
namespace {

constexpr const char* kTargets[] = {"x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu",
                                    "riscv64-unknown-linux-gnu"};

bool compatible(const char* target, const FuncType& type) {
  return nativeCompatible(type, llvm::Triple(target));
}

TEST(NativeCompatible, ScalarsAndReferencesPassAsInC) {
  const FuncType type{std::vector<ValType>(5, ValType::i32()), {ValType::f64()}};
  const FuncType references{{ValType::funcref(), ValType::externref(), ValType::f32()},
                            {ValType::externref()}};
  for (const char* target : kTargets) {
    EXPECT_TRUE(compatible(target, type)) << target;
    EXPECT_TRUE(compatible(target, references)) << target;
  }
}

TEST(NativeCompatible, ArgumentsOnTheStackDoNotMatter) {
  const FuncType type{std::vector<ValType>(20, ValType::i64()), {}};
  for (const char* target : kTargets) EXPECT_TRUE(compatible(target, type)) << target;
}

TEST(NativeCompatible, SeveralResultsNeedAnAdapter) {
  const FuncType two{{}, {ValType::i32(), ValType::i32()}};
  const FuncType three{{}, std::vector<ValType>(3, ValType::i32())};
  for (const char* target : kTargets) {
    EXPECT_FALSE(compatible(target, two)) << target;
    EXPECT_FALSE(compatible(target, three)) << target;
  }
}

TEST(NativeCompatible, VectorsPassAsInCWhereThereAreVectorRegisters) {
  const FuncType param{{ValType::v128()}, {}};
  const FuncType result{{}, {ValType::v128()}};
  for (const FuncType& type : {param, result}) {
    EXPECT_TRUE(compatible("x86_64-unknown-linux-gnu", type));
    EXPECT_TRUE(compatible("aarch64-unknown-linux-gnu", type));
    EXPECT_FALSE(compatible("riscv64-unknown-linux-gnu", type));
  }
}

TEST(NativeCompatible, AnUnknownTargetPromisesNothing) {
  EXPECT_FALSE(compatible("s390x-unknown-linux-gnu", {}));
}

}  // namespace
}  // namespace wasmc::compiler
