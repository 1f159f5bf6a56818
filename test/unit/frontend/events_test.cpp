// What visitFunctions tells of function bodies.
#include "recorder.h"

#include <gtest/gtest.h>

#include <thread>

namespace wasmc::compiler::test {
namespace {

// The events of the module's last function.
Recorder eventsOf(const Bytes& bytes) {
  Recorder recorder;
  const auto read = readModule(bytes, allFeatures());
  if (!read) {
    ADD_FAILURE() << read.error().str();
    return recorder;
  }
  visitFunctions(*read, allFeatures(), static_cast<uint32_t>(read->functions.size() - 1), 1, recorder);
  return recorder;
}

Recorder eventsOf(std::string_view text) { return eventsOf(assembled(text)); }

TEST(Reachability, NothingArrivesBetweenABranchAndTheEndOfItsBlock) {
  EXPECT_EQ(eventsOf("(module (func block br 0 i32.const 1 drop nop end nop))").text(), "block br end nop");
}

TEST(Reachability, EveryInstructionThatDoesNotReturnStartsUnreachableCode) {
  EXPECT_EQ(eventsOf("(module (func block unreachable nop end))").text(), "block unreachable end");
  EXPECT_EQ(eventsOf("(module (func block return nop end))").text(), "block return end");
  EXPECT_EQ(eventsOf("(module (func block i32.const 0 br_table 0 0 nop end))").text(),
            "block i32.const br_table end");
  EXPECT_EQ(eventsOf("(module (func $f block return_call $f nop end))").text(), "block return_call end");
  EXPECT_EQ(
      eventsOf("(module (table 1 funcref) (func block i32.const 0 return_call_indirect nop end))").text(),
      "block i32.const return_call_indirect end");
  EXPECT_EQ(eventsOf("(module (tag) (func block throw 0 nop end))").text(), "block throw end");
  EXPECT_EQ(eventsOf("(module (func try catch_all rethrow 0 nop end))").text(), "try catch_all rethrow end");
}

TEST(Reachability, NestedBlocksInUnreachableCodeAreLeftOutWithTheirEnds) {
  EXPECT_EQ(
      eventsOf(
          "(module (func block unreachable block loop nop end i32.const 0 if nop else nop end end end nop))")
          .text(),
      "block unreachable end nop");
}

TEST(Reachability, ElseOfAnArmThatDoesNotReturnArrives) {
  EXPECT_EQ(eventsOf("(module (func i32.const 0 if unreachable nop else nop end))").text(),
            "i32.const if unreachable else nop end");
}

TEST(Reachability, CatchesOfATryThatDoesNotReturnArrive) {
  EXPECT_EQ(
      eventsOf("(module (tag) (func try unreachable nop catch 0 unreachable nop catch_all nop end nop))")
          .text(),
      "try unreachable catch unreachable catch_all nop end nop");
}

TEST(Reachability, DelegateOfATryThatDoesNotReturnArrives) {
  EXPECT_EQ(eventsOf("(module (func try unreachable nop delegate 0 nop))").text(),
            "try unreachable delegate nop");
}

TEST(Reachability, TriesInUnreachableCodeAreLeftOut) {
  EXPECT_EQ(
      eventsOf(
          "(module (tag) (func block unreachable try nop catch 0 catch_all end try nop delegate 0 end nop))")
          .text(),
      "block unreachable end nop");
}

TEST(Reachability, TheEndOfTheFunctionSaysWhetherItIsReached) {
  EXPECT_TRUE(eventsOf("(module (func nop))").end_reachable);
  EXPECT_FALSE(eventsOf("(module (func return))").end_reachable);
  EXPECT_TRUE(eventsOf("(module (func block return end))").end_reachable);
}

TEST(Events, OffsetsAreThoseOfTheFirstByteInTheModule) {
  const Bytes bytes = functionModule({0x41, 0x80, 0x01, 0x1a, 0x01});
  const Recorder r = eventsOf(bytes);
  const size_t first = bytes.size() - 6;
  ASSERT_EQ(r.text(), "i32.const drop nop");
  EXPECT_EQ(r.instrs[0].offset, first);
  EXPECT_EQ(r.instrs[1].offset, first + 3);
  EXPECT_EQ(r.instrs[2].offset, first + 4);
  EXPECT_EQ(r.end_offset, first + 5);
}

TEST(Events, OffsetsHoldBehindCustomSections) {
  const Bytes plain = functionModule({0x01});
  Bytes bytes(plain.begin(), plain.begin() + 8);
  const Bytes custom = customSection("first", Bytes(100));
  bytes = join({bytes, custom, Bytes(plain.begin() + 8, plain.end())});
  EXPECT_EQ(eventsOf(bytes).instrs[0].offset, plain.size() - 2 + custom.size());
}

TEST(Events, LocalsArriveAsRunsWithoutEmptyOnes) {
  const Bytes contents = {0x03, 0x02, 0x7f, 0x00, 0x7e, 0x01, 0x7c, 0x0b};
  const Bytes bytes = module({section(1, items({{0x60, 0x01, 0x7f, 0x00}})), section(3, {0x01, 0x00}),
                              section(10, items({join({leb(8), contents})}))});
  EXPECT_EQ(eventsOf(bytes).functions, std::vector<std::string>{"function 0: 2 x i32 1 x f64"});
}

TEST(Events, ConstantsKeepTheirBits) {
  const Recorder r = eventsOf(R"((module (func
    (drop (i32.const -1)) (drop (i64.const -2)) (drop (f32.const nan:0x200000)) (drop (f64.const -0))
    (drop (v128.const i64x2 1 2)))))");
  EXPECT_EQ(r.instrs[0].bits, 0xffffffffu);
  EXPECT_EQ(r.instrs[2].bits, 0xfffffffffffffffeu);
  EXPECT_EQ(r.instrs[4].bits, 0x7fa00000u);
  EXPECT_EQ(r.instrs[6].bits, 0x8000000000000000u);
  EXPECT_EQ(r.instrs[8].bits, 1u);
  EXPECT_EQ(r.instrs[8].bits_hi, 2u);
}

TEST(Events, AccessesKnowMemoryAlignmentOffsetAndLane) {
  const Recorder r = eventsOf(R"((module (memory 1) (memory 1) (func
    (drop (v128.load32_lane 1 offset=7 align=2 3 (i32.const 0) (v128.const i64x2 0 0))))))");
  const Instr& load = r.instrs[2];
  EXPECT_EQ(load.mem.memory, 1u);
  EXPECT_EQ(load.mem.align_log2, 1u);
  EXPECT_EQ(load.mem.offset, 7u);
  EXPECT_EQ(load.lane, 3u);
}

TEST(Events, CopiesNameTheDestinationFirst) {
  const Recorder r = eventsOf(R"((module (memory 1) (memory 1) (table 1 funcref) (table 1 funcref) (func
    (memory.copy 1 0 (i32.const 0) (i32.const 0) (i32.const 0))
    (table.copy 1 0 (i32.const 0) (i32.const 0) (i32.const 0)))))");
  EXPECT_EQ(r.instrs[3].index, 1u);
  EXPECT_EQ(r.instrs[3].index2, 0u);
  EXPECT_EQ(r.instrs[7].index, 1u);
  EXPECT_EQ(r.instrs[7].index2, 0u);
}

TEST(Events, InitialisationsNameTheSegmentFirst) {
  const Recorder r = eventsOf(R"((module (memory 1) (table 1 funcref) (table 1 funcref)
    (elem funcref) (elem funcref) (elem funcref) (data "a") (data "b") (func
    (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 0))
    (table.init 1 2 (i32.const 0) (i32.const 0) (i32.const 0)))))");
  EXPECT_EQ(r.instrs[3].index, 1u);
  EXPECT_EQ(r.instrs[3].index2, 0u);
  EXPECT_EQ(r.instrs[7].index, 2u);
  EXPECT_EQ(r.instrs[7].index2, 1u);
}

TEST(Events, CallIndirectNamesTypeAndTable) {
  const Recorder r = eventsOf(R"((module (type (func)) (type $t (func (param i32))) (table 1 funcref)
    (table 1 funcref) (func (call_indirect 1 (type $t) (i32.const 0) (i32.const 0)))))");
  EXPECT_EQ(r.instrs[2].index, 1u);
  EXPECT_EQ(r.instrs[2].index2, 1u);
}

TEST(Events, BrTableListsTheDefaultLast) {
  const Recorder r = eventsOf("(module (func block block i32.const 0 br_table 1 0 2 end end))");
  EXPECT_EQ(r.targets, (std::vector<uint32_t>{1, 0, 2}));
}

TEST(Events, BlocksHaveTheirTypes) {
  const Recorder indexed = eventsOf(R"((module (func
    (i32.const 0) (block (param i32) (result i64 f32) (drop) (i64.const 0) (f32.const 0)) (drop) (drop))))");
  EXPECT_EQ(indexed.block_params, std::vector<ValType>{ValType::i32()});
  EXPECT_EQ(indexed.block_results, (std::vector<ValType>{ValType::i64(), ValType::f32()}));
  const Recorder single = eventsOf("(module (func (drop (block (result externref) (ref.null extern)))))");
  EXPECT_EQ(single.block_params, std::vector<ValType>());
  EXPECT_EQ(single.block_results, std::vector<ValType>{ValType::externref()});
}

TEST(Events, ReferencesHaveTheirTypes) {
  const Recorder r = eventsOf(R"((module (func
    (drop (ref.null extern)) (drop (select (result funcref) (ref.null func) (ref.null func) (i32.const 0))))))");
  EXPECT_EQ(r.instrs[0].type, ValType::externref());
  EXPECT_EQ(r.instrs[5].type, ValType::funcref());
}

constexpr char kFiveFunctions[] = R"((module (import "m" "f" (func))
  (func (drop (i32.const 1))) (func (drop (i32.const 2))) (func (drop (i32.const 3)))
  (func (drop (i32.const 4))) (func (drop (i32.const 5)))))";

TEST(Events, ARangeGivesItsFunctionsOnly) {
  const Bytes bytes = assembled(kFiveFunctions);
  const auto read = readModule(bytes, allFeatures());
  ASSERT_TRUE(read);
  Recorder recorder;
  visitFunctions(*read, allFeatures(), 2, 3, recorder);
  EXPECT_EQ(recorder.functions, (std::vector<std::string>{"function 2:", "function 3:", "function 4:"}));
  EXPECT_EQ(recorder.instrs[0].bits, 2u);
  EXPECT_EQ(recorder.instrs[2].bits, 3u);
  EXPECT_EQ(recorder.instrs[4].bits, 4u);
}

TEST(Events, AnEmptyRangeGivesNothing) {
  const Bytes bytes = assembled(kFiveFunctions);
  const auto read = readModule(bytes, allFeatures());
  ASSERT_TRUE(read);
  Recorder recorder;
  visitFunctions(*read, allFeatures(), 1, 0, recorder);
  EXPECT_EQ(recorder.functions.size(), 0u);
}

TEST(Events, SeveralThreadsMayVisitAtTheSameTime) {
  const Bytes bytes = assembled(kFiveFunctions);
  const auto read = readModule(bytes, allFeatures());
  ASSERT_TRUE(read);
  std::vector<Recorder> recorders(4);
  {
    std::vector<std::jthread> threads;
    for (Recorder& recorder : recorders)
      threads.emplace_back([&] {
        for (int i = 0; i < 100; ++i) visitFunctions(*read, allFeatures(), 1, 5, recorder);
      });
  }
  for (const Recorder& recorder : recorders) EXPECT_EQ(recorder.instrs.size(), 1000u);
}

}  // namespace
}  // namespace wasmc::compiler::test
