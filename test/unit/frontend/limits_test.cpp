// What a module may contain at most.
#include "frontend/limits.h"
#include "modules.h"

#include <gtest/gtest.h>

namespace wasmc::compiler::test {
namespace {

Bytes repeated(size_t count, const Bytes& part) {
  Bytes all;
  all.reserve(count * part.size());
  for (size_t i = 0; i < count; ++i) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Bytes counted(uint64_t count, const Bytes& part) {
  return join({leb(static_cast<uint32_t>(count)), repeated(count, part)});
}

// A section that announces one item more than it may, and is long enough for as many.
struct CountLimit {
  const char* what;
  uint8_t section;
  uint64_t limit;
};

class CountLimits : public testing::TestWithParam<CountLimit> {};

TEST_P(CountLimits, OneMoreIsRefused) {
  const CountLimit& row = GetParam();
  const Bytes contents = join({leb(static_cast<uint32_t>(row.limit + 1)), Bytes(row.limit + 1, 0)});
  EXPECT_EQ(messageOf(module({section(row.section, contents)})),
            std::string("too many ") + row.what + ": found " + std::to_string(row.limit + 1) +
                ", the limit is " + std::to_string(row.limit));
}

INSTANTIATE_TEST_SUITE_P(
    Sections, CountLimits,
    testing::Values(CountLimit{"types", 1, limits::kTypes}, CountLimit{"imports", 2, limits::kImports},
                    CountLimit{"functions", 3, limits::kFunctions}, CountLimit{"tables", 4, limits::kTables},
                    CountLimit{"memories", 5, limits::kMemories}, CountLimit{"tags", 13, limits::kTags},
                    CountLimit{"globals", 6, limits::kGlobals}, CountLimit{"exports", 7, limits::kExports},
                    CountLimit{"element segments", 9, limits::kElemSegments},
                    CountLimit{"data segments", 11, limits::kDataSegments}),
    [](const auto& test) { return "section" + std::to_string(test.param.section); });

Bytes typeModule(uint64_t params, uint64_t results) {
  return module({section(1, items({join({{0x60}, counted(params, {0x7f}), counted(results, {0x7f})})}))});
}

TEST(Limits, ParametersOfAFunction) {
  EXPECT_EQ(messageOf(typeModule(limits::kParams, 0)), "");
  EXPECT_EQ(messageOf(typeModule(limits::kParams + 1, 0)),
            "too many parameters of a function type: found 1001, the limit is 1000");
}

TEST(Limits, ResultsOfAFunction) {
  EXPECT_EQ(messageOf(typeModule(0, limits::kResults)), "");
  EXPECT_EQ(messageOf(typeModule(0, limits::kResults + 1)),
            "too many results of a function type: found 1001, the limit is 1000");
}

Bytes localsModule(uint64_t params, uint64_t locals) {
  const Bytes contents = join({{0x01}, leb(static_cast<uint32_t>(locals)), {0x7f, 0x0b}});
  return module({section(1, items({join({{0x60}, counted(params, {0x7f}), {0x00}})})),
                 section(3, {0x01, 0x00}),
                 section(10, items({join({leb(static_cast<uint32_t>(contents.size())), contents})}))});
}

TEST(Limits, LocalsIncludingParameters) {
  EXPECT_EQ(messageOf(localsModule(2, limits::kLocals - 2)), "");
  EXPECT_EQ(messageOf(localsModule(2, limits::kLocals - 1)),
            "too many locals: found 50001, the limit is 50000");
}

TEST(Limits, LocalsThatDoNotFitInto32Bits) {
  const Bytes contents = {0x02, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f, 0x02, 0x7f, 0x0b};
  EXPECT_EQ(messageOf(module(
                {section(1, items({{0x60, 0x00, 0x00}})), section(3, {0x01, 0x00}),
                 section(10, items({join({leb(static_cast<uint32_t>(contents.size())), contents})}))})),
            "too many locals: found at least 4294967295, the limit is 50000");
}

Bytes nestedModule(uint64_t depth) {
  return functionModule(join({repeated(depth, {0x02, 0x40}), repeated(depth, {0x0b})}));
}

TEST(Limits, NestingOfBlocks) {
  EXPECT_EQ(messageOf(nestedModule(limits::kNesting)), "");
  EXPECT_EQ(messageOf(nestedModule(limits::kNesting + 1)),
            "block: blocks are nested too deeply: the limit is 16384");
}

TEST(Limits, OperandStack) {
  EXPECT_EQ(messageOf(functionModule(repeated(limits::kOperands + 1, {0x41, 0x00}))),
            "i32.const: too many operands: found 1000001, the limit is 1000000");
}

TEST(Limits, LengthOfAConstantExpression) {
  const Bytes expr = join({{0x41, 0x00}, repeated(limits::kConstInstrs / 2, {0x41, 0x00, 0x6a}), {0x0b}});
  EXPECT_EQ(messageOf(module({section(6, items({join({{0x7f, 0x00}, expr})}))})),
            "a constant expression is too long: the limit is 1000 instructions");
}

TEST(Limits, ElementsOfAllSegmentsTogether) {
  const uint64_t half = limits::kElements / 2 + 1;
  const Bytes segment = join({{0x01, 0x00}, counted(half, {0x00})});
  EXPECT_EQ(messageOf(module({section(1, items({{0x60, 0x00, 0x00}})), section(3, {0x01, 0x00}),
                              section(9, items({segment, segment})), section(10, items({body({})}))})),
            "too many elements: found 10000002, the limit is 10000000");
}

std::string longName() { return std::string(limits::kNameBytes + 1, 'n'); }

TEST(Limits, LengthOfAnImportName) {
  EXPECT_EQ(messageOf(module({section(2, items({join({name("m"), name(longName()), {0x03, 0x7f, 0x00}})}))})),
            "the import name is too long: found 100001 bytes, the limit is 100000");
}

TEST(Limits, LengthOfAnImportModuleName) {
  EXPECT_EQ(messageOf(module({section(2, items({join({name(longName()), name("n"), {0x03, 0x7f, 0x00}})}))})),
            "the import module name is too long: found 100001 bytes, the limit is 100000");
}

TEST(Limits, LengthOfAnExportName) {
  EXPECT_EQ(messageOf(module({section(5, items({{0x00, 0x01}})),
                              section(7, items({join({name(longName()), {0x02, 0x00}})}))})),
            "the export name is too long: found 100001 bytes, the limit is 100000");
}

TEST(Limits, LengthOfACustomSectionName) {
  EXPECT_EQ(messageOf(module({customSection(longName(), {})})),
            "the name of a custom section is too long: found 100001 bytes, the limit is 100000");
}

TEST(Limits, ImportedFunctionsCountToo) {
  const Bytes import = join({name(""), name(""), {0x00, 0x00}});
  EXPECT_EQ(messageOf(module({section(1, items({{0x60, 0x00, 0x00}})), section(2, items({import})),
                              section(3, counted(limits::kFunctions, {0x00}))})),
            "too many functions: found 1000001, the limit is 1000000");
}

}  // namespace
}  // namespace wasmc::compiler::test
