#include "header/identifiers.h"
#include "header/interface.h"

#include <gtest/gtest.h>

#include <string>

namespace wasmc::compiler {
namespace {

std::string take(std::string_view name) { return Identifiers({}).take(name); }

TEST(Identifiers, ANameThatIsOneStays) {
  EXPECT_EQ(take("add_2"), "add_2");
  EXPECT_EQ(take("_start"), "_start");
}

TEST(Identifiers, WhatIsNoLetterOrDigitBecomesOneUnderscore) {
  EXPECT_EQ(take("a.b::c"), "a_b_c");
  EXPECT_EQ(take("h\xc3\xa9llo"), "h_llo");
  EXPECT_EQ(take("*/\n#include"), "_include");
}

TEST(Identifiers, NamesOfTheImplementationAreAvoided) {
  EXPECT_EQ(take("__heap_base"), "_heap_base");
  EXPECT_EQ(take("_Bool"), "Bool");
  EXPECT_EQ(take("trailing__"), "trailing");
}

TEST(Identifiers, ADigitIsNeverFirst) { EXPECT_EQ(take("2nd"), "n2nd"); }

TEST(Identifiers, NothingHasAName) {
  EXPECT_EQ(take(""), "unnamed");
  EXPECT_EQ(take("\"?\?/"), "unnamed");
}

TEST(Identifiers, KeywordsAndMacrosGetAnUnderscore) {
  EXPECT_EQ(take("class"), "class_");
  EXPECT_EQ(take("restrict"), "restrict_");
  EXPECT_EQ(take("errno"), "errno_");
}

TEST(Identifiers, ReservedNamesGetAnUnderscore) {
  constexpr std::string_view kReserved[] = {"bind"};
  EXPECT_EQ(Identifiers(kReserved).take("bind"), "bind_");
}

TEST(Identifiers, NamesThatComeOutTheSameAreNumbered) {
  Identifiers names({});
  EXPECT_EQ(names.take("a.b"), "a_b");
  EXPECT_EQ(names.take("a-b"), "a_b_2");
  EXPECT_EQ(names.take("a_b_2"), "a_b_2_2");
  EXPECT_EQ(names.take("a b"), "a_b_3");
}

TEST(Identifiers, VeryManyNamesThatComeOutTheSameTakeNoTime) {
  Identifiers names({});
  std::string last;
  for (int i = 0; i < 100'000; ++i) last = names.take("?");
  EXPECT_EQ(last, "unnamed_100000");
}

TEST(Identifiers, LongNamesAreCut) { EXPECT_EQ(take(std::string(100'000, 'x')).size(), 128u); }

TEST(Literal, HarmlessTextStays) { EXPECT_EQ(literal("Hello, world!"), "\"Hello, world!\""); }

TEST(Literal, WhatCouldEndOrChangeItIsEscaped) {
  EXPECT_EQ(literal("\"\\\n"), R"("\042\134\012")");
  EXPECT_EQ(literal("?\?/"), R"("\077\077/")");
}

TEST(Literal, ADigitAfterAnEscapeStaysADigit) {
  EXPECT_EQ(sized(std::string_view("\0"
                                   "1",
                                   2)),
            R"({"\0001", 2})");
}

}  // namespace
}  // namespace wasmc::compiler
