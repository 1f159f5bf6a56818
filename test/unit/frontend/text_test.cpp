// Text modules.
#include "modules.h"

#include <gtest/gtest.h>

namespace wasmc::compiler::test {
namespace {

Diagnostic errorIn(std::string_view text) {
  const auto bytes = assembleText(text, "test.wat", allFeatures());
  EXPECT_FALSE(bytes);
  return bytes ? Diagnostic{} : bytes.error();
}

TEST(Text, GivesABinaryModuleWithNames) {
  const auto bytes = assembleText("(module $m (func $f))", "test.wat", FeatureSet());
  ASSERT_TRUE(bytes) << bytes.error().str();
  EXPECT_TRUE(looksBinary(*bytes));
  const auto read = readModule(*bytes, FeatureSet());
  ASSERT_TRUE(read) << read.error().str();
  EXPECT_EQ(read->functions[0].name, "f");
}

TEST(Text, ErrorsHaveLineAndColumn) {
  const Diagnostic error = errorIn("(module\n  (func (i32.bogus)))");
  EXPECT_EQ(error.line, 2u);
  EXPECT_EQ(error.column, 10u);
  EXPECT_NE(error.message.find("i32.bogus"), std::string::npos) << error.message;
}

TEST(Text, UndefinedNamesAreErrors) {
  const Diagnostic error = errorIn("(module (func (call $nowhere)))");
  EXPECT_EQ(error.line, 1u);
  EXPECT_NE(error.message.find("$nowhere"), std::string::npos) << error.message;
}

TEST(Text, WhatEndsWabtsParserIsAnError) {
  EXPECT_NE(errorIn("(module (elem funcref ()))").message.find("text parser failed"), std::string::npos);
}

TEST(Text, NestingThatOverflowsTheStackIsAnError) {
  std::string text = "(module (func ";
  for (int i = 0; i < 200'000; ++i) text += "(block ";
  EXPECT_NE(errorIn(text).message.find("nested too deeply"), std::string::npos);
}

TEST(Text, LooksBinaryAsksForTheMagicNumberOnly) {
  EXPECT_TRUE(looksBinary(Bytes{0x00, 0x61, 0x73, 0x6d}));
  EXPECT_FALSE(looksBinary(Bytes{0x00, 0x61, 0x73}));
  EXPECT_FALSE(looksBinary(Bytes{'(', 'm', 'o', 'd'}));
}

}  // namespace
}  // namespace wasmc::compiler::test
