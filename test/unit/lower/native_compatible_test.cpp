#include <gtest/gtest.h>

#include "lower/thunks.h"

namespace wasmc::compiler {
namespace {

TEST(NativeCompatible, NumbersVectorsAndReferencesPassAsInC) {
  EXPECT_TRUE(nativeCompatible({std::vector<ValType>(5, ValType::i32()), {ValType::f64()}}));
  EXPECT_TRUE(nativeCompatible({{ValType::funcref(), ValType::f32()}, {ValType::externref()}}));
  EXPECT_TRUE(nativeCompatible({{ValType::v128()}, {ValType::v128()}}));
}

TEST(NativeCompatible, ArgumentsOnTheStackDoNotMatter) {
  EXPECT_TRUE(nativeCompatible({std::vector<ValType>(20, ValType::i64()), {}}));
}

TEST(NativeCompatible, SeveralResultsNeedAnAdapter) {
  EXPECT_FALSE(nativeCompatible({{}, {ValType::i32(), ValType::i32()}}));
  EXPECT_FALSE(nativeCompatible({{}, std::vector<ValType>(3, ValType::i32())}));
}

}  // namespace
}  // namespace wasmc::compiler
