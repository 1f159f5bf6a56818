// Invalid modules that wabt 1.0.32 accepts.
#include "modules.h"

#include <gtest/gtest.h>

namespace wasmc::compiler::test {
namespace {

constexpr uint8_t kMemory64 = 0x04;

TEST(Pitfalls, TypedSelectChecksItsOperands) {
  EXPECT_EQ(messageOf(assembled(
                "(module (func (drop (select (result i64) (i32.const 1) (i32.const 2) (i32.const 0)))))")),
            "select: type mismatch: expected i64, found i32");
}

TEST(Pitfalls, TypedSelectGivesItsType) {
  EXPECT_EQ(messageOf(assembled("(module (func (result f32)"
                                "  (select (result i64) (i64.const 1) (i64.const 2) (i32.const 0))))")),
            "end: type mismatch: expected f32, found i64");
}

TEST(Pitfalls, TypedSelectHasOneResultType) {
  const Bytes no_type = {0x41, 0x00, 0x41, 0x00, 0x41, 0x00, 0x1c, 0x00, 0x1a};
  EXPECT_EQ(messageOf(functionModule(no_type)), "select: found 0 result types, expected 1");
}

TEST(Pitfalls, CallIndirectNeedsATableOfFunctions) {
  EXPECT_EQ(messageOf(assembled("(module (table 1 externref) (type $t (func))"
                                "  (func (call_indirect (type $t) (i32.const 0))))")),
            "call_indirect: type mismatch: expected a table of funcref, found one of externref");
}

TEST(Pitfalls, ReturnCallIndirectNeedsATableOfFunctions) {
  EXPECT_EQ(messageOf(assembled("(module (table 1 externref) (type $t (func))"
                                "  (func (return_call_indirect (type $t) (i32.const 0))))")),
            "return_call_indirect: type mismatch: expected a table of funcref, found one of externref");
}

TEST(Pitfalls, DataCountMustBeKeptWithoutADataSection) {
  const Bytes memory = section(5, items({{0x00, 0x01}}));
  const Bytes data_count = section(12, {0x03});
  const Bytes memory_init = {0x41, 0x00, 0x41, 0x00, 0x41, 0x00, 0xfc, 0x08, 0x02, 0x00};
  EXPECT_EQ(messageOf(functionModule(memory_init, join({memory, data_count}))),
            "the data count section promises 3 data segments, found 0");
}

TEST(Pitfalls, MemoryInitNeedsADataCountSection) {
  const Bytes memory_init = {0x41, 0x00, 0x41, 0x00, 0x41, 0x00, 0xfc, 0x08, 0x00, 0x00};
  EXPECT_EQ(messageOf(functionModule(memory_init, section(5, items({{0x00, 0x01}})))),
            "memory.init: found in a module without a data count section, expected one");
}

TEST(Pitfalls, OffsetExpressionMustNotBeEmpty) {
  EXPECT_EQ(messageOf(module({section(5, items({{0x00, 0x01}})), section(11, items({{0x00, 0x0b, 0x00}}))})),
            "a constant expression has the wrong number of results: expected 1 i32, found 0");
}

TEST(Pitfalls, ConstantExpressionNeedsItsEnd) {
  EXPECT_EQ(messageOf(module({section(6, items({{0x7f, 0x00, 0x41, 0x00}}))})),
            "a constant expression lacks its end instruction");
}

TEST(Pitfalls, AlignmentOf32BitsAndMoreIsRefused) {
  const Bytes load = {0x41, 0x00, 0x28, 0x20, 0x00, 0x1a};
  EXPECT_EQ(messageOf(functionModule(load, section(5, items({{0x00, 0x01}})))),
            "i32.load: invalid alignment: found 2^32, expected at most 2^2");
}

TEST(Pitfalls, OffsetOf64BitsHasNoMoreThan64) {
  const Bytes load = {0x42, 0x00, 0x28, 0x02, 0xff, 0xff, 0xff, 0xff,
                      0xff, 0xff, 0xff, 0xff, 0xff, 0x03, 0x1a};
  EXPECT_EQ(messageOf(functionModule(load, section(5, items({{kMemory64, 0x01}})))),
            "i32.load: the offset is malformed or too large for the memory");
}

TEST(Pitfalls, OffsetOfA32BitMemoryBesideA64BitOneHas32Bits) {
  const Bytes memories = section(5, items({{kMemory64, 0x01}, {0x00, 0x01}}));
  const Bytes load = {0x41, 0x00, 0x28, 0x42, 0x01, 0x80, 0x80, 0x80, 0x80, 0x10, 0x1a};
  EXPECT_EQ(messageOf(functionModule(load, memories)),
            "i32.load: the offset is malformed or too large for the memory");
}

TEST(Pitfalls, OffsetOfA64BitMemoryBesideA32BitOneMayHaveMore) {
  const Bytes memories = section(5, items({{0x00, 0x01}, {kMemory64, 0x01}}));
  const Bytes load = {0x42, 0x00, 0x28, 0x42, 0x01, 0x80, 0x80, 0x80, 0x80, 0x10, 0x1a};
  EXPECT_EQ(messageOf(functionModule(load, memories)), "");
}

TEST(Pitfalls, NothingFollowsTheEndOfABody) {
  EXPECT_EQ(messageOf(functionModule({0x0b, 0x01})),
            "found an instruction after the function's final end, expected the end of its body");
}

TEST(Pitfalls, BodyNeedsItsFinalEnd) {
  const Bytes block_without_end = {0x02, 0x40};
  EXPECT_EQ(messageOf(functionModule(block_without_end)), "the function body lacks its final end");
}

TEST(Pitfalls, CatchMustNotFollowCatchAll) {
  const Bytes tag = section(13, items({{0x00, 0x00}}));
  const Bytes code = {0x06, 0x40, 0x19, 0x07, 0x00, 0x0b};
  EXPECT_EQ(messageOf(functionModule(code, tag)), "catch: found after catch_all, expected end");
}

TEST(Pitfalls, DelegateHasADepthThatExists) {
  const Bytes code = {0x06, 0x40, 0x18, 0xff, 0xff, 0xff, 0xff, 0x0f};
  EXPECT_EQ(messageOf(functionModule(code)),
            "delegate: unknown label: found depth 4294967295, the deepest is 0");
}

TEST(Pitfalls, DataSegmentsHaveNoUnknownFlags) {
  EXPECT_EQ(messageOf(module({section(5, items({{0x00, 0x01}})), section(11, items({{0x03, 0x00}}))})),
            "unknown flags of a data segment: found 3, expected at most 2");
}

TEST(Pitfalls, ReferenceTypeOfGarbageCollectionIsNotTakenForAnother) {
  EXPECT_EQ(messageOf(module({section(4, items({{0x6b, 0x00, 0x00}}))})),
            "uses garbage collection (structref), which this build's wabt 1.0.32 can not read");
}

TEST(Pitfalls, ShuffleLanesAreBelow32) {
  Bytes code;
  for (int i = 0; i < 2; ++i) code = join({code, {0xfd, 0x0c}, Bytes(16, 0)});
  code = join({code, {0xfd, 0x0d}, Bytes(15, 0), {32}, {0x1a}});
  EXPECT_EQ(messageOf(functionModule(code)), "i8x16.shuffle: invalid lane: found 32, expected less than 32");
}

}  // namespace
}  // namespace wasmc::compiler::test
