// Modules that are cut, out of order, or name what is not there: what is said, and where.
#include "modules.h"

#include <gtest/gtest.h>

namespace wasmc::compiler::test {
namespace {

TEST(Malformed, BytesOfAnotherKind) {
  EXPECT_EQ(messageOf({0x7f, 'E', 'L', 'F'}),
            "not a WebAssembly module: it does not begin with the bytes 00 61 73 6d");
  EXPECT_EQ(messageOf({}), "not a WebAssembly module: it does not begin with the bytes 00 61 73 6d");
}

TEST(Malformed, HeaderThatIsCut) {
  EXPECT_EQ(messageOf({0x00, 0x61, 0x73, 0x6d, 0x01}),
            "the module ends inside its header: found 5 bytes, expected at least 8");
}

TEST(Malformed, AnotherVersion) {
  EXPECT_EQ(messageOf({0x00, 0x61, 0x73, 0x6d, 0x02, 0x00, 0x00, 0x00}),
            "unknown binary version: found 2, expected 1");
}

TEST(Malformed, AComponent) {
  EXPECT_EQ(messageOf({0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00}),
            "this is a component (binary layer 1), not a core module; extract its core module");
}

TEST(Malformed, SectionOfAnUnknownKind) {
  const Bytes bytes = module({section(1, {0x00}), section(14, {})});
  EXPECT_EQ(messageOf(bytes), "unknown section: found id 14, expected at most 13");
  EXPECT_EQ(offsetOf(bytes), 11u);
}

TEST(Malformed, SectionThatRunsPastTheEnd) {
  EXPECT_EQ(messageOf(module({{0x01, 0x05, 0x00}})),
            "the type section runs past the module's end: its size is 5 bytes, 1 are left");
}

TEST(Malformed, SectionThatIsLargerThanItsContents) {
  EXPECT_EQ(messageOf(module({section(1, {0x00, 0x00})})),
            "wrong size of a section: its contents end at offset 0x0b, its size says 0x0c");
}

TEST(Malformed, SectionsOutOfOrder) {
  EXPECT_EQ(messageOf(module({section(3, {0x00}), section(1, {0x00})})),
            "the type section is out of order: found after the function section, expected before it");
}

TEST(Malformed, SecondSectionOfAKind) {
  EXPECT_EQ(messageOf(module({section(1, {0x00}), section(1, {0x00})})),
            "found a second type section, expected at most one");
}

TEST(Malformed, NameThatIsNotUtf8) {
  EXPECT_EQ(messageOf(module({section(2, items({{0x01, 0xff, 0x01, 'n', 0x03, 0x7f, 0x00}}))})),
            "import module name is malformed: expected UTF-8");
  EXPECT_EQ(messageOf(module({section(0, {0x01, 0xff})})), "the name of a custom section is not valid UTF-8");
}

TEST(Malformed, NumberThatIsTooLong) {
  EXPECT_EQ(messageOf(functionModule({0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00})),
            "i32.const: i32.const value is malformed: expected a signed LEB128 number of 32 bits");
}

TEST(Malformed, FewerBodiesThanFunctions) {
  const Bytes types = section(1, items({{0x60, 0x00, 0x00}}));
  EXPECT_EQ(messageOf(module({types, section(3, {0x02, 0x00, 0x00}), section(10, items({body({})}))})),
            "the function section promises 2 function bodies, found 1");
  EXPECT_EQ(messageOf(module({types, section(3, {0x02, 0x00, 0x00})})),
            "the function section promises 2 function bodies, found 0");
}

TEST(Malformed, OtherDataCountThanSegments) {
  EXPECT_EQ(messageOf(module({section(12, {0x02}), section(11, items({{0x01, 0x00}}))})),
            "the data count section promises 2 data segments, found 1");
}

TEST(Malformed, BodyThatRunsPastItsSection) {
  EXPECT_EQ(messageOf(module({section(1, items({{0x60, 0x00, 0x00}})), section(3, {0x01, 0x00}),
                              section(10, {0x01, 0x09, 0x00, 0x0b})})),
            "a function body runs past the code section's end: its size is 9 bytes, 2 are left");
}

TEST(Malformed, InstructionThatRunsPastItsBody) {
  const Bytes cut = {0x03, 0x00, 0x41, 0x80};  // i32.const, whose value goes on in the next body's size
  EXPECT_EQ(messageOf(module({section(1, items({{0x60, 0x00, 0x00}})), section(3, {0x02, 0x00, 0x00}),
                              section(10, items({cut, {0x02, 0x00, 0x0b}}))})),
            "the last instruction runs past the function body's end");
}

TEST(Malformed, LimitsOutOfRange) {
  EXPECT_EQ(messageOf(module({section(5, items({{0x01, 0x02, 0x01}}))})),
            "invalid limits of a memory: the maximum is 1, expected at least the minimum of 2");
  EXPECT_EQ(messageOf(module({section(5, items({{0x00, 0x81, 0x80, 0x04}}))})),
            "invalid limits of a memory: the minimum is 65537, expected at most 65536");
}

TEST(Malformed, UnknownMutability) {
  EXPECT_EQ(messageOf(module({section(6, items({{0x7f, 0x02, 0x41, 0x00, 0x0b}}))})),
            "unknown mutability of a global: found 0x02, expected 0 or 1");
}

TEST(Malformed, UnknownKindOfImport) {
  EXPECT_EQ(messageOf(module({section(2, items({{0x01, 'm', 0x01, 'n', 0x07, 0x00}}))})),
            "malformed import kind: 7, expected at most 4");
}

struct Unknown {
  const char* test;
  const char* text;
  const char* message;
};

class UnknownItem : public testing::TestWithParam<Unknown> {};

TEST_P(UnknownItem, IsNamedWithItsIndex) {
  EXPECT_EQ(messageOf(assembled(GetParam().text)), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Indices, UnknownItem,
    testing::Values(
        Unknown{"Type", "(module (func (type 3)))", "unknown type: found index 3, there are 0"},
        Unknown{"Function", "(module (func (call 3)))", "call: unknown function: found index 3, there are 1"},
        Unknown{"Local", "(module (func (param i32) (local i64) (drop (local.get 2))))",
                "local.get: unknown local: found index 2, there are 2"},
        Unknown{"Global", "(module (func (drop (global.get 0))))",
                "global.get: unknown global: found index 0, there are 0"},
        Unknown{"Table", "(module (func (drop (table.size 1))))",
                "table.size: unknown table: found index 1, there are 0"},
        Unknown{"Memory", "(module (func (drop (i32.load (i32.const 0)))))",
                "i32.load: unknown memory: found index 0, there are 0"},
        Unknown{"Label", "(module (func (block (br 2))))",
                "br: unknown label: found depth 2, the deepest is 1"},
        Unknown{"Tag", "(module (tag) (func (throw 1)))", "throw: unknown tag: found index 1, there are 1"},
        Unknown{"ElementSegment", "(module (func (elem.drop 0)))",
                "elem.drop: unknown element segment: found index 0, there are 0"},
        Unknown{"DataSegment", "(module (data \"\") (func (data.drop 1)))",
                "data.drop: unknown data segment: found index 1, there are 1"},
        Unknown{"Export", R"((module (export "x" (func 0))))",
                "unknown function: found index 0, there are 0"},
        Unknown{"Start", "(module (start 0))", "unknown start function: found index 0, there are 0"}),
    [](const auto& test) { return std::string(test.param.test); });

TEST(Offsets, AreThoseOfTheInstruction) {
  const Bytes bytes = functionModule({0x01, 0x41, 0x00, 0x01, 0xa7, 0x1a});  // i32.wrap_i64 of an i32
  EXPECT_EQ(messageOf(bytes), "i32.wrap_i64: type mismatch: expected i64, found i32");
  EXPECT_EQ(offsetOf(bytes), bytes.size() - 3);
}

TEST(Offsets, AreThoseOfTheInstructionWhoseImmediateIsMalformed) {
  const Bytes bytes = functionModule({0x01, 0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00});
  EXPECT_EQ(offsetOf(bytes), bytes.size() - 8);
}

TEST(Offsets, AreThoseOfTheItemOfASection) {
  const Bytes bytes = module({section(1, items({{0x60, 0x00, 0x00}, {0x60, 0x01, 0x7b, 0x00}}))});
  EXPECT_EQ(offsetOf(bytes, without(Feature::Simd)), bytes.size() - 4);
}

TEST(Offsets, CountCustomSections) {
  const Bytes rest = functionModule({0x01, 0x6a});
  const Bytes custom = customSection("first", Bytes(100));
  const Bytes bytes =
      join({Bytes(rest.begin(), rest.begin() + 8), custom, Bytes(rest.begin() + 8, rest.end())});
  EXPECT_EQ(messageOf(bytes), "i32.add: type mismatch: expected i32, found no operand");
  EXPECT_EQ(offsetOf(bytes), bytes.size() - 2);
}

TEST(Validation, OperandsLeftAtTheEndAreListed) {
  EXPECT_EQ(messageOf(assembled("(module (func (result i32) (i64.const 0) (i32.const 0)))")),
            "end: type mismatch at the end of the function: expected [i32], found [i64 i32]");
}

TEST(Validation, AnIfWithoutElseKeepsItsParameters) {
  EXPECT_EQ(
      messageOf(assembled("(module (func (drop (if (result i32) (i32.const 1) (then (i32.const 0))))))")),
      "end: type mismatch: an if without an else leaves its parameters [], expected [i32]");
}

TEST(Validation, FunctionReferencesAreDeclared) {
  EXPECT_EQ(messageOf(assembled("(module (func $f (drop (ref.func $f))))")),
            "ref.func: undeclared function reference: function 0 is in no element segment, export or global");
}

TEST(Validation, UnreachableCodeIsCheckedToo) {
  EXPECT_EQ(messageOf(assembled("(module (func unreachable i64.const 0 i32.eqz drop))")),
            "i32.eqz: type mismatch: expected i32, found i64");
}

TEST(Validation, UnreachableCodeHasAllTheOperandsThatItNeeds) {
  EXPECT_EQ(messageOf(assembled(
                "(module (func (result i32) unreachable i32.add select i32.const 0 br_table 0 0))")),
            "");
}

}  // namespace
}  // namespace wasmc::compiler::test
