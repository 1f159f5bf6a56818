// validateMetadata against blocks that the compiler did not write.
#include "lower/metadata_writer.h"
#include "modules.h"

#include <gtest/gtest.h>

#include <wasmc/abi/metadata_reader.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <ostream>
#include <string>

namespace wasmc::compiler {
namespace {

// A metadata block that tests may damage. It has an allocation of exactly its size, so that the address
// sanitizer sees any access beyond it.
class Block {
 public:
  Block() : Block(sample()) {}
  explicit Block(std::span<const uint8_t> bytes)
      : size_(bytes.size()), bytes_(std::make_unique<uint8_t[]>(size_)) {
    std::copy(bytes.begin(), bytes.end(), bytes_.get());
  }

  static const std::vector<uint8_t>& sample() {
    static const Module module = test::sampleModule();
    static const std::vector<uint8_t> block =
        writeMetadata(module, test::sampleInfo(), planMemoryImage(module));
    return block;
  }

  abi::Metadata& header() { return *reinterpret_cast<abi::Metadata*>(bytes_.get()); }
  template <typename T>
  T& element(abi::ArrayRef<T> ref, size_t index = 0) {
    return reinterpret_cast<T*>(bytes_.get() + ref.offset)[index];
  }
  uint8_t& operator[](size_t i) { return bytes_[i]; }
  std::span<const uint8_t> bytes() const { return {bytes_.get(), size_}; }
  const char* validate() const { return abi::validateMetadata(bytes()); }

 private:
  size_t size_;
  std::unique_ptr<uint8_t[]> bytes_;
};

// Reads all that a block refers to; what the address sanitizer is to object to.
uint64_t readAll(std::span<const uint8_t> bytes) {
  const abi::MetadataView view(bytes);
  uint64_t sum = view->imported_functions;
  const auto text = [&](abi::StringRef ref) {
    for (char c : view.string(ref)) sum += static_cast<uint8_t>(c);
  };
  const auto expression = [&](abi::ConstExpr ref) {
    for (const abi::ConstInstr& i : view.array(ref)) sum += i.index + i.bits;
  };
  for (abi::StringRef ref : {view->compiler, view->target, view->cpu, view->options, view->module_name})
    text(ref);
  for (abi::StringRef ref : view.array(view->cpu_features)) text(ref);
  for (abi::StringRef ref : view.array(view->wasm_features)) text(ref);
  for (const auto& t : view.types()) {
    for (ValType p : view.array(t.params)) sum += p.index;
    for (ValType r : view.array(t.results)) sum += r.index;
  }
  for (const auto& i : view.imports()) text(i.module), text(i.name);
  for (const auto& e : view.exports()) text(e.name);
  for (const auto& f : view.functions()) text(f.name), sum += view.types()[f.type].params.count;
  for (const auto& t : view.tables()) expression(t.init);
  for (const auto& m : view.memories()) sum += m.limits.min;
  for (const auto& g : view.globals()) expression(g.init);
  for (uint32_t t : view.tags()) sum += view.types()[t].params.count;
  for (const auto& s : view.dataSegments()) expression(s.offset);
  for (const auto& s : view.elemSegments()) {
    expression(s.offset);
    for (uint32_t f : view.array(s.functions)) sum += f == abi::kNone ? 0 : view.functions()[f].type;
    for (abi::ConstExpr e : view.array(s.exprs)) expression(e);
  }
  for (const auto& r : view.imageRuns()) sum += r.size;
  return sum;
}

TEST(ValidateMetadata, RejectsEveryTruncation) {
  const std::vector<uint8_t>& whole = Block::sample();
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_STRNE(Block(std::span(whole).first(size)).validate(), nullptr) << size;
  }
}

TEST(ValidateMetadata, WhatItAcceptsCanBeRead) {
  const std::vector<uint8_t>& whole = Block::sample();
  size_t accepted = 0;
  size_t rejected = 0;
  for (size_t at = 0; at < whole.size(); ++at) {
    for (uint8_t change : {0x01, 0x02, 0x08, 0x40, 0x80, 0xff}) {
      Block block;
      block[at] ^= change;
      if (block.validate()) {
        ++rejected;
      } else {
        ++accepted;
        EXPECT_GT(readAll(block.bytes()), 0u);
      }
    }
  }
  EXPECT_GT(accepted, 0u) << "names may change";
  EXPECT_GT(rejected, accepted) << "most of a block is structure";
}

TEST(ValidateMetadata, SurvivesEachWordReplaced) {
  const size_t words = Block::sample().size() / 4;
  for (size_t word = 0; word < words; ++word) {
    for (uint32_t value : {0u, 1u, 0x7fff'fff8u, 0x8000'0000u, 0xffff'fff8u, 0xffff'ffffu}) {
      Block block;
      std::memcpy(&block[word * 4], &value, 4);
      if (!block.validate()) readAll(block.bytes());
    }
  }
}

TEST(ValidateMetadata, RejectsAMisalignedBlock) {
  const std::vector<uint8_t>& whole = Block::sample();
  std::vector<uint8_t> shifted(whole.size() + 1);
  std::copy(whole.begin(), whole.end(), shifted.begin() + 1);
  EXPECT_STREQ(abi::validateMetadata(std::span(shifted).subspan(1)), "metadata is misaligned");
}

TEST(ValidateMetadata, IgnoresWhatFollowsTheBlock) {
  std::vector<uint8_t> longer = Block::sample();
  longer.resize(longer.size() + 64, 0xff);
  EXPECT_STREQ(abi::validateMetadata(longer), nullptr);
}

struct Damage {
  const char* message;
  std::function<void(Block&)> apply;
};

std::ostream& operator<<(std::ostream& out, const Damage& damage) { return out << damage.message; }

class DamagedMetadata : public testing::TestWithParam<Damage> {};

TEST_P(DamagedMetadata, IsRejectedWithItsReason) {
  Block block;
  ASSERT_STREQ(block.validate(), nullptr);
  GetParam().apply(block);
  EXPECT_STREQ(block.validate(), GetParam().message);
}

abi::ElemSegment& elemSegment(Block& b, size_t i) { return b.element(b.header().elem_segments, i); }
abi::ConstInstr& initOfGlobal(Block& b, size_t global, size_t instr) {
  return b.element(b.element(b.header().globals, global).init, instr);
}

INSTANTIATE_TEST_SUITE_P(
    Header, DamagedMetadata,
    testing::Values(
        Damage{"metadata has a wrong magic number", [](Block& b) { b.header().magic ^= 1; }},
        Damage{"metadata has another ABI version", [](Block& b) { ++b.header().abi_version; }},
        Damage{"metadata has another ABI fingerprint", [](Block& b) { ++b.header().fingerprint; }},
        Damage{"metadata states a size smaller than its header", [](Block& b) { b.header().size = 8; }},
        Damage{"metadata is truncated: it states a greater size than it has",
               [](Block& b) { b.header().size += 16; }},
        Damage{"counts in the metadata disagree", [](Block& b) { ++b.header().counts.types; }},
        Damage{"counts in the metadata disagree",
               [](Block& b) { b.header().counts.defined_globals = UINT32_MAX; }},
        Damage{"a string lies outside the metadata", [](Block& b) { b.header().cpu.offset = UINT32_MAX; }},
        Damage{"a reference is misaligned", [](Block& b) { b.header().cpu_features.offset += 2; }},
        Damage{"a reference points outside the metadata",
               [](Block& b) { b.header().imports.count = UINT32_MAX; }},
        Damage{"arrays in the metadata overlap",
               [](Block& b) { b.header().wasm_features = {0, b.header().size / 8}; }}));

INSTANTIATE_TEST_SUITE_P(
    Types, DamagedMetadata,
    testing::Values(
        Damage{"an unknown kind of type",
               [](Block& b) { b.element(b.header().types).kind = static_cast<abi::TypeEntry::Kind>(1); }},
        Damage{"an unknown value type",
               [](Block& b) {
                 b.element(b.element(b.header().types, 1).params).code = static_cast<abi::TypeCode>(0x7a);
               }},
        Damage{"a value type is malformed",
               [](Block& b) { b.element(b.element(b.header().types, 1).params).index = 1; }},
        Damage{"an unknown heap type",
               [](Block& b) {
                 b.element(b.element(b.header().types, 2).params).heap = static_cast<abi::HeapCode>(0x68);
               }},
        Damage{"a type index is out of range",
               [](Block& b) {
                 b.element(b.element(b.header().types, 2).params) = {abi::TypeCode::Ref, {}, 1, 0, 3};
               }},
        Damage{"a reference type is malformed",
               [](Block& b) { b.element(b.element(b.header().types, 2).params).nullable = 2; }}));

INSTANTIATE_TEST_SUITE_P(
    IndexSpaces, DamagedMetadata,
    testing::Values(
        Damage{"a type index is out of range", [](Block& b) { b.element(b.header().functions, 3).type = 3; }},
        Damage{"a type index is out of range", [](Block& b) { b.element(b.header().tags) = 3; }},
        Damage{"func_refs are not numbered in order",
               [](Block& b) { b.element(b.header().functions, 4).func_ref = 3; }},
        Damage{"an imported function has a func_ref of its own",
               [](Block& b) { b.element(b.header().functions, 0).func_ref = 0; }},
        Damage{"the number of func_refs is wrong",
               [](Block& b) { b.element(b.header().functions, 4).func_ref = abi::kNone; }},
        Damage{"an import of unknown kind",
               [](Block& b) { b.element(b.header().imports).kind = static_cast<ExternKind>(5); }},
        Damage{"imports are not numbered in order",
               [](Block& b) { b.element(b.header().imports).index = 1; }},
        Damage{"the number of imports is wrong",
               [](Block& b) { b.element(b.header().imports, 2).kind = ExternKind::Tag; }},
        Damage{"an export of unknown kind",
               [](Block& b) { b.element(b.header().exports).kind = static_cast<ExternKind>(5); }},
        Damage{"an export's index is out of range",
               [](Block& b) { b.element(b.header().exports, 2).index = 1; }},
        Damage{"a function index is out of range",
               [](Block& b) { b.element(b.header().exports, 0).index = 5; }},
        Damage{"a function that is referred to has no func_ref",
               [](Block& b) { b.element(b.header().exports, 0).index = 3; }},
        Damage{"a function that is referred to has no func_ref",
               [](Block& b) { b.header().start_function = 3; }},
        Damage{"the start function has parameters or results",
               [](Block& b) { b.header().start_function = 2; }},
        Damage{"a table's elements are not references",
               [](Block& b) { b.element(b.header().tables, 1).type.element = ValType::i32(); }},
        Damage{"limits are out of range",
               [](Block& b) { b.element(b.header().tables, 1).type.limits.max = 3; }},
        Damage{"limits are out of range", [](Block& b) { b.element(b.header().memories).limits = {65537}; }},
        Damage{"limits are malformed", [](Block& b) { b.element(b.header().memories).limits.shared = 2; }},
        Damage{"a memory's page size is out of range",
               [](Block& b) { b.element(b.header().memories).limits.page_size_log2 = 64; }},
        Damage{
            "an imported global has an initial value",
            [](Block& b) { b.element(b.header().globals, 0).init = b.element(b.header().globals, 1).init; }},
        Damage{"a global's mutability is malformed",
               [](Block& b) { b.element(b.header().globals).type.is_mutable = 2; }}));

INSTANTIATE_TEST_SUITE_P(
    Expressions, DamagedMetadata,
    testing::Values(
        Damage{"a constant expression refers to a later global",
               [](Block& b) { initOfGlobal(b, 1, 0).index = 1; }},
        Damage{"a constant expression reads a mutable global",
               [](Block& b) { b.element(b.header().globals).type.is_mutable = 1; }},
        Damage{"a constant expression is ill-typed",
               [](Block& b) { initOfGlobal(b, 1, 1).op = test::Op::I64Const; }},
        Damage{"a constant expression is ill-typed",
               [](Block& b) { initOfGlobal(b, 1, 0).op = test::Op::I32Add; }},
        Damage{"a constant expression is ill-typed",
               [](Block& b) { initOfGlobal(b, 1, 1).op = test::Op::RefNull; }},
        Damage{"a constant expression is ill-typed",
               [](Block& b) { b.element(b.header().globals, 1).init.count = 2; }},
        Damage{"a constant expression is ill-typed",
               [](Block& b) { b.element(b.header().globals, 2).type.type = ValType::externref(); }},
        Damage{"an unknown instruction in a constant expression",
               [](Block& b) { initOfGlobal(b, 1, 2).op = static_cast<test::Op>(14); }},
        Damage{"a function index is out of range", [](Block& b) { initOfGlobal(b, 2, 0).index = 5; }}));

INSTANTIATE_TEST_SUITE_P(
    Segments, DamagedMetadata,
    testing::Values(
        Damage{"a data segment of unknown mode",
               [](Block& b) { b.element(b.header().data_segments, 1).mode = SegmentMode::Declared; }},
        Damage{"a segment that is not active has an offset",
               [](Block& b) {
                 b.element(b.header().data_segments, 1).offset = b.element(b.header().data_segments).offset;
               }},
        Damage{"a segment that is not active has an offset",
               [](Block& b) { elemSegment(b, 1).offset = elemSegment(b, 0).offset; }},
        Damage{"a data segment's memory is out of range",
               [](Block& b) { b.element(b.header().data_segments).memory = 1; }},
        Damage{"a data segment lies outside the segment data",
               [](Block& b) { b.element(b.header().data_segments, 1).size = UINT64_MAX; }},
        Damage{"a data segment can not be in the image",
               [](Block& b) { b.element(b.header().data_segments, 1).in_image = 1; }},
        Damage{"a data segment is malformed",
               [](Block& b) { b.element(b.header().data_segments).in_image = 2; }},
        Damage{"an element segment of unknown mode",
               [](Block& b) { elemSegment(b, 1).mode = static_cast<SegmentMode>(3); }},
        Damage{"an element segment's table is out of range", [](Block& b) { elemSegment(b, 0).table = 2; }},
        Damage{"an element segment does not fit its table", [](Block& b) { elemSegment(b, 0).table = 0; }},
        Damage{"an element segment's elements are not references",
               [](Block& b) { elemSegment(b, 1).type = ValType::i32(); }},
        Damage{"an element segment has its elements twice",
               [](Block& b) {
                 elemSegment(b, 0).exprs = elemSegment(b, 1).exprs;
                 elemSegment(b, 1).exprs = {};
               }},
        Damage{"a function index is out of range",
               [](Block& b) { b.element(elemSegment(b, 0).functions, 0) = 5; }},
        Damage{"a string lies outside the metadata",
               [](Block& b) { b.element(b.header().custom_sections).bytes.count = 1 << 20; }},
        Damage{"an image run is misaligned", [](Block& b) { b.element(b.header().image_runs).size = 1; }},
        Damage{"an image run lies outside the memory",
               [](Block& b) { b.element(b.header().image_runs).memory_offset = uint64_t{3} << 16; }},
        Damage{"an image run lies outside the image",
               [](Block& b) { b.element(b.header().image_runs).image_offset = 4096; }}));

}  // namespace
}  // namespace wasmc::compiler
