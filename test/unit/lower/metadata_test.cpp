#include "lower/metadata_writer.h"
#include "lower/types.h"
#include "modules.h"

#include <gtest/gtest.h>

#include <wasmc/abi/fingerprint.h>
#include <wasmc/abi/metadata_reader.h>

#include <algorithm>

namespace wasmc::compiler {
namespace {

using test::kImagePage;
using test::Op;
using test::sampleInfo;
using test::sampleModule;

std::vector<uint8_t> write(const Module& module) {
  return writeMetadata(module, sampleInfo(), planMemoryImage(module));
}

class SampleMetadata : public testing::Test {
 protected:
  const std::vector<uint8_t> block_ = write(sampleModule());
  const abi::MetadataView view_{block_};
  std::string text(abi::StringRef ref) const { return std::string(view_.string(ref)); }
};

TEST_F(SampleMetadata, IsValid) { EXPECT_STREQ(abi::validateMetadata(block_), nullptr); }

TEST_F(SampleMetadata, HeaderNamesTheAbiAndTheSource) {
  EXPECT_EQ(view_->magic, abi::kMetadataMagic);
  EXPECT_EQ(view_->fingerprint, abi::kFingerprint);
  EXPECT_EQ(view_->size, block_.size());
  EXPECT_EQ(block_.size() % 16, 0u);
  // sha256sum of the eight bytes of an empty module
  const uint8_t start[] = {0x93, 0xa4, 0x4b, 0xbb};
  EXPECT_TRUE(std::equal(std::begin(start), std::end(start), view_->source_sha256));
}

TEST_F(SampleMetadata, DescribesTheCompilation) {
  EXPECT_EQ(text(view_->compiler), "wasmc 0.1.0");
  EXPECT_EQ(text(view_->target), "x86_64-unknown-linux-gnu");
  EXPECT_EQ(text(view_->cpu), "x86-64-v2");
  EXPECT_EQ(text(view_->options), "-O2");
  EXPECT_EQ(text(view_->module_name), "sample");
  ASSERT_EQ(view_->cpu_features.count, 2u);
  EXPECT_EQ(text(view_.array(view_->cpu_features)[0]), "sse4.2");
  ASSERT_EQ(view_->wasm_features.count, 2u);
  EXPECT_EQ(text(view_.array(view_->wasm_features)[1]), "reference-types");
}

TEST_F(SampleMetadata, CustomSections) {
  ASSERT_EQ(view_.customSections().size(), 1u);
  EXPECT_EQ(text(view_.customSections()[0].name), "notes");
  EXPECT_EQ(text(view_.customSections()[0].bytes), std::string("a\0b", 3));
}

TEST_F(SampleMetadata, Types) {
  ASSERT_EQ(view_.types().size(), 3u);
  const abi::TypeEntry& convert = view_.types()[1];
  const ValType params[] = {ValType::i32(), ValType::f64()};
  EXPECT_TRUE(std::ranges::equal(view_.array(convert.params), params));
  EXPECT_EQ(view_.array(convert.results)[0], ValType::i64());
  EXPECT_EQ(convert.native_compatible, 1u);
  EXPECT_EQ(view_.types()[2].native_compatible, 0u) << "it has two results";
}

TEST_F(SampleMetadata, Imports) {
  ASSERT_EQ(view_.imports().size(), 3u);
  const abi::ImportEntry& base = view_.imports()[2];
  EXPECT_EQ(text(base.module), "env");
  EXPECT_EQ(text(base.name), "base");
  EXPECT_EQ(base.kind, ExternKind::Global);
  EXPECT_EQ(base.index, 0u);
}

TEST_F(SampleMetadata, Exports) {
  ASSERT_EQ(view_.exports().size(), 4u);
  const abi::ExportEntry& table = view_.exports()[3];
  EXPECT_EQ(text(table.name), "table");
  EXPECT_EQ(table.kind, ExternKind::Table);
  EXPECT_EQ(table.index, 1u);
}

TEST_F(SampleMetadata, FunctionsWithAReferenceAreNumberedInOrder) {
  ASSERT_EQ(view_.functions().size(), 5u);
  const uint32_t expected[] = {abi::kNone, 0, 1, abi::kNone,
                               2};  // imported, start, exported, internal, in a table
  for (size_t i = 0; i < 5; ++i) EXPECT_EQ(view_.functions()[i].func_ref, expected[i]) << i;
  EXPECT_EQ(text(view_.functions()[3].name), "internal");
  EXPECT_EQ(view_->counts.func_refs, 3u);
  EXPECT_EQ(view_->start_function, 1u);
  EXPECT_EQ(view_->imported_functions, 1u);
}

TEST_F(SampleMetadata, TablesAndMemories) {
  ASSERT_EQ(view_.tables().size(), 2u);
  EXPECT_EQ(view_.tables()[0].type.element, ValType::externref());
  EXPECT_EQ(view_.tables()[1].type.limits.max, 8u);
  ASSERT_EQ(view_.memories().size(), 1u);
  EXPECT_EQ(view_.memories()[0].limits.min, 3u);
  EXPECT_EQ(view_.memories()[0].limits.max, 10u);
}

TEST_F(SampleMetadata, GlobalsKeepTheirExpressions) {
  ASSERT_EQ(view_.globals().size(), 3u);
  const abi::GlobalEntry& sum = view_.globals()[1];
  EXPECT_EQ(sum.type.is_mutable, 1u);
  const auto expr = view_.array(sum.init);
  ASSERT_EQ(expr.size(), 3u);
  EXPECT_EQ(expr[0].op, Op::GlobalGet);
  EXPECT_EQ(expr[1].bits, 8u);
  EXPECT_EQ(expr[2].op, Op::I32Add);
  EXPECT_EQ(view_.tags()[0], 0u);
}

TEST_F(SampleMetadata, DataSegments) {
  ASSERT_EQ(view_.dataSegments().size(), 2u);
  const abi::DataSegment& active = view_.dataSegments()[0];
  EXPECT_EQ(active.in_image, 1u);
  EXPECT_EQ(active.size, kImagePage + 100);
  const abi::DataSegment& passive = view_.dataSegments()[1];
  EXPECT_EQ(passive.in_image, 0u);
  EXPECT_EQ(passive.size, 3u);
  EXPECT_EQ(view_->segment_data_size, 3u);
  ASSERT_EQ(view_.imageRuns().size(), 1u);
  EXPECT_EQ(view_.imageRuns()[0].memory_offset, 2 * kImagePage);
  EXPECT_EQ(view_->image_size, 2 * kImagePage);
}

TEST_F(SampleMetadata, ElementSegmentsOfFunctionsAreIndices) {
  const abi::ElemSegment& plain = view_.elemSegments()[0];
  const uint32_t functions[] = {4, abi::kNone};
  EXPECT_TRUE(std::ranges::equal(view_.array(plain.functions), functions));
  EXPECT_EQ(plain.exprs.count, 0u);
}

TEST_F(SampleMetadata, OtherElementSegmentsAreExpressions) {
  const abi::ElemSegment& general = view_.elemSegments()[1];
  EXPECT_EQ(general.functions.count, 0u);
  ASSERT_EQ(general.exprs.count, 2u);
  EXPECT_EQ(view_.array(view_.array(general.exprs)[1])[0].op, Op::GlobalGet);
}

TEST(Metadata, DependsOnItsInputsAlone) { EXPECT_EQ(write(sampleModule()), write(sampleModule())); }

TEST(Metadata, OfAnEmptyModuleIsValid) {
  const std::vector<uint8_t> block = write(Module());
  EXPECT_STREQ(abi::validateMetadata(block), nullptr);
  EXPECT_EQ(abi::MetadataView(block)->start_function, abi::kNone);
}

TEST(Metadata, StoresEachNameOnce) {
  Module once = test::functionsModule({10});
  once.functions[0].name = std::string(1000, 'x');
  Module twice = once;
  twice.exports.push_back({once.functions[0].name, ExternKind::Func, 0});
  twice.functions[0].exported = true;
  EXPECT_LT(write(twice).size(), write(once).size() + 100);
}

}  // namespace
}  // namespace wasmc::compiler
