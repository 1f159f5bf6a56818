// Each proposal can be refused, and is then named.
#include "modules.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wasmc::compiler::test {
namespace {

struct Use {
  const char* test;
  Feature feature;
  const char* what;
  const char* text;
};

class FeatureUse : public testing::TestWithParam<Use> {};

std::string refusalOf(Feature feature, const char* what) {
  const std::string flag(featureFlag(feature));
  return "uses " + flag + " (" + what + "), which " +
         (featureSupported(feature) ? "is disabled; enable it with --enable=" + flag
                                    : "this compiler does not support yet");
}

TEST_P(FeatureUse, IsRefusedByNameWhereItIsOff) {
  EXPECT_EQ(messageOf(assembled(GetParam().text), without(GetParam().feature)),
            refusalOf(GetParam().feature, GetParam().what));
}

TEST_P(FeatureUse, IsNotedWhereItIsOn) {
  const Bytes bytes = assembled(GetParam().text);
  const auto read = readModule(bytes, allFeatures());
  ASSERT_TRUE(read) << read.error().str();
  EXPECT_EQ(std::ranges::count(read->features_used, featureFlag(GetParam().feature)), 1);
}

constexpr Use kUses[] = {
    {"ImportedMutableGlobal", Feature::MutableGlobals, "an imported mutable global",
     R"((module (import "m" "g" (global (mut i32)))))"},
    {"ExportedMutableGlobal", Feature::MutableGlobals, "an exported mutable global",
     R"((module (global (export "g") (mut i32) (i32.const 0))))"},
    {"SignExtension", Feature::SignExtension, "i32.extend8_s",
     "(module (func (drop (i32.extend8_s (i32.const 0)))))"},
    {"SatFloatToInt", Feature::SatFloatToInt, "i32.trunc_sat_f32_s",
     "(module (func (drop (i32.trunc_sat_f32_s (f32.const 0)))))"},
    {"SeveralResults", Feature::MultiValue, "a function type with several results",
     "(module (type (func (result i32 i32))))"},
    {"BlockParameters", Feature::MultiValue, "a block with parameters",
     "(module (func (i32.const 0) (block (param i32) (drop))))"},
    {"MemoryCopy", Feature::BulkMemory, "memory.copy",
     "(module (memory 1) (func (memory.copy (i32.const 0) (i32.const 0) (i32.const 0))))"},
    {"PassiveData", Feature::BulkMemory, "a passive data segment", R"((module (data "x")))"},
    {"PassiveElements", Feature::BulkMemory, "a passive element segment", "(module (elem funcref))"},
    {"RefNull", Feature::ReferenceTypes, "ref.null", "(module (func (drop (ref.null func))))"},
    {"TableGet", Feature::ReferenceTypes, "table.get",
     "(module (table 1 funcref) (func (drop (table.get 0 (i32.const 0)))))"},
    {"TableOfExternref", Feature::ReferenceTypes, "a table of externref", "(module (table 1 externref))"},
    {"SeveralTables", Feature::ReferenceTypes, "several tables",
     "(module (table 1 funcref) (table 1 funcref))"},
    {"Parameter", Feature::ReferenceTypes, "the type externref", "(module (type (func (param externref))))"},
    {"Local", Feature::ReferenceTypes, "the type funcref", "(module (func (local funcref)))"},
    {"ExtendedConst", Feature::ExtendedConst, "i32.add",
     "(module (global i32 (i32.add (i32.const 1) (i32.const 2))))"},
    {"SimdInstruction", Feature::Simd, "i8x16.splat", "(module (func (drop (i8x16.splat (i32.const 0)))))"},
    {"SimdType", Feature::Simd, "the type v128", "(module (type (func (param v128))))"},
    {"SimdLocal", Feature::Simd, "the type v128", "(module (func (local v128)))"},
    {"SimdConstant", Feature::Simd, "v128.const", "(module (func (drop (v128.const i64x2 0 0))))"},
    {"RelaxedSimd", Feature::RelaxedSimd, "i8x16.relaxed_swizzle",
     "(module (func (drop (i8x16.relaxed_swizzle (v128.const i64x2 0 0) (v128.const i64x2 0 0)))))"},
    {"TailCall", Feature::TailCall, "return_call", "(module (func $f (return_call $f)))"},
    {"Atomics", Feature::Threads, "i32.atomic.load",
     "(module (memory 1) (func (drop (i32.atomic.load (i32.const 0)))))"},
    {"SharedMemory", Feature::Threads, "a shared memory", "(module (memory 1 1 shared))"},
    {"SeveralMemories", Feature::MultiMemory, "several memories", "(module (memory 1) (memory 1))"},
    {"Memory64", Feature::Memory64, "a memory with 64-bit addresses", "(module (memory i64 1))"},
    {"Tag", Feature::Exceptions, "a tag", "(module (tag))"},
    {"Try", Feature::Exceptions, "try", "(module (func (try (do) (catch_all))))"},
};

INSTANTIATE_TEST_SUITE_P(Proposals, FeatureUse, testing::ValuesIn(kUses),
                         [](const auto& test) { return std::string(test.param.test); });

TEST(Features, EveryProposalHasAUse) {
  for (size_t i = 0; i < static_cast<size_t>(Feature::Count); ++i)
    EXPECT_TRUE(std::ranges::any_of(kUses, [&](const Use& use) {
      return use.feature == static_cast<Feature>(i);
    })) << featureFlag(static_cast<Feature>(i));
}

TEST(Features, AModuleOfTheFirstVersionUsesNone) {
  const Bytes bytes = assembled(R"((module (memory 1) (table 1 funcref) (elem (i32.const 0) 0)
      (func (export "f") (param i32) (result i32) (i32.load (local.get 0)))))");
  const auto read = readModule(bytes, allFeatures());
  ASSERT_TRUE(read) << read.error().str();
  EXPECT_EQ(read->features_used, std::vector<std::string>());
}

TEST(Features, AMemoryIndexInAnAccessIsNamed) {
  const Bytes load = {0x41, 0x00, 0x28, 0x42, 0x00, 0x00, 0x1a};
  EXPECT_EQ(messageOf(functionModule(load, section(5, items({{0x00, 0x01}}))), without(Feature::MultiMemory)),
            refusalOf(Feature::MultiMemory, "i32.load with a memory index"));
}

// Encodings of proposals that wabt 1.0.32 does not know.
struct Beyond {
  const char* test;
  Bytes bytes;
  const char* proposal;
  const char* what;
};

class BeyondTheReader : public testing::TestWithParam<Beyond> {};

TEST_P(BeyondTheReader, IsRefusedByName) {
  EXPECT_EQ(messageOf(GetParam().bytes), std::string("uses ") + GetParam().proposal + " (" + GetParam().what +
                                             "), which this build's wabt 1.0.32 can not read");
}

Bytes typeSection(const Bytes& type) { return module({section(1, items({type}))}); }

INSTANTIATE_TEST_SUITE_P(
    Proposals, BeyondTheReader,
    testing::Values(
        Beyond{"TryTable", functionModule({0x1f, 0x40, 0x00, 0x0b}), "exception handling with exnref",
               "try_table"},
        Beyond{"ThrowRef", functionModule({0x0a}), "exception handling with exnref", "throw_ref"},
        Beyond{"Exnref", typeSection({0x60, 0x01, 0x69, 0x00}), "exception handling with exnref", "exnref"},
        Beyond{"CallRef", functionModule({0x14, 0x00}), "typed function references", "call_ref"},
        Beyond{"RefAsNonNull", functionModule({0xd4}), "typed function references", "ref.as_non_null"},
        Beyond{"TypedReference", typeSection({0x60, 0x01, 0x64, 0x00, 0x00}), "typed function references",
               "(ref ...)"},
        Beyond{"TypedLocal",
               module({section(1, items({{0x60, 0x00, 0x00}})), section(3, {0x01, 0x00}),
                       section(10, items({{0x05, 0x01, 0x01, 0x63, 0x70, 0x0b}}))}),
               "typed function references", "(ref null ...)"},
        Beyond{"TableWithInit",
               module({section(4, items({{0x40, 0x00, 0x70, 0x00, 0x01, 0xd0, 0x70, 0x0b}}))}),
               "typed function references", "a table with an initial value"},
        Beyond{"StructType", typeSection({0x5f, 0x00}), "garbage collection", "a struct type"},
        Beyond{"ArrayType", typeSection({0x5e, 0x7f, 0x00}), "garbage collection", "an array type"},
        Beyond{"RecursiveTypes", typeSection({0x4e, 0x00}), "garbage collection", "a recursive type group"},
        Beyond{"Subtype", typeSection({0x50, 0x00, 0x60, 0x00, 0x00}), "garbage collection", "a subtype"},
        Beyond{"RefEq", functionModule({0xd3}), "garbage collection", "ref.eq"},
        Beyond{"StructNew", functionModule({0xfb, 0x00, 0x00}), "garbage collection",
               "an instruction with the prefix 0xfb"},
        Beyond{"NullOfAnyref", functionModule({0xd0, 0x6e, 0x1a}), "garbage collection", "anyref"},
        Beyond{"Table64", module({section(4, items({{0x70, 0x04, 0x00}}))}), "64-bit tables",
               "a table with a 64-bit index"},
        Beyond{"PageSize", module({section(5, items({{0x08, 0x01, 0x00}}))}), "custom page sizes",
               "a memory with a page size"},
        Beyond{"WideArithmetic", functionModule({0xfc, 0x13}), "wide arithmetic", "i64.add128"},
        Beyond{"ExactImport", module({section(2, items({join({name("m"), name("n"), {0x20, 0x00}})}))}),
               "custom descriptors", "an import of an exact function type"}),
    [](const auto& test) { return std::string(test.param.test); });

TEST(Features, AnInstructionOfNoProposalIsUnknown) {
  EXPECT_EQ(messageOf(functionModule({0x27})), "unknown instruction: opcode 0x27");
  EXPECT_EQ(messageOf(functionModule({0xfd, 0xff, 0x3f})), "unknown instruction: prefix 0xfd, opcode 0x1fff");
}

TEST(Features, InstructionsOfWabtsInterpreterAreUnknown) {
  for (uint8_t code = 0xe0; code <= 0xe6; ++code)
    EXPECT_TRUE(messageOf(functionModule({code})).starts_with("unknown instruction: opcode 0xe"))
        << int{code};
}

}  // namespace
}  // namespace wasmc::compiler::test
