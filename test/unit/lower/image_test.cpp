#include "lower/image.h"
#include "modules.h"

#include <gtest/gtest.h>

namespace wasmc::compiler {
namespace {

using test::addData;
using test::i32Const;
using test::kImagePage;
using test::kWasmPage;
using test::memoryModule;
using test::Op;
using Bytes = std::vector<uint8_t>;

bool inImage(const MemoryImage& image, size_t segment) { return image.placements[segment].in_image; }

// What memory 0 holds at `address` once the image is mapped.
uint8_t at(const MemoryImage& image, uint64_t address) {
  for (const abi::ImageRun& run : image.runs) {
    if (address >= run.memory_offset && address - run.memory_offset < run.size) {
      return image.pages[run.image_offset + (address - run.memory_offset)];
    }
  }
  return 0;
}

const Bytes kTwoPages(2 * kImagePage, 1);

TEST(MemoryImage, ActiveDataGoesToTheImageAndNowhereElse) {
  Module module = memoryModule(1);
  addData(module, 8 * kImagePage + 10, kTwoPages);
  const MemoryImage image = planMemoryImage(module);
  EXPECT_TRUE(inImage(image, 0));
  EXPECT_TRUE(image.segment_data.empty());
  ASSERT_EQ(image.runs.size(), 1u);
  EXPECT_EQ(image.runs[0].memory_offset, 8 * kImagePage);
  EXPECT_EQ(image.runs[0].size, 3 * kImagePage);
  EXPECT_EQ(image.pages.size(), 3 * kImagePage);
  EXPECT_EQ(at(image, 8 * kImagePage + 9), 0);
  EXPECT_EQ(at(image, 8 * kImagePage + 10), 1);
  EXPECT_EQ(at(image, 10 * kImagePage + 9), 1);
  EXPECT_EQ(at(image, 10 * kImagePage + 10), 0);
}

TEST(MemoryImage, LaterSegmentsOverwriteEarlierOnes) {
  const Bytes patch(16, 2);
  Module module = memoryModule(1);
  addData(module, 0, kTwoPages);
  addData(module, kImagePage - 8, patch);
  const MemoryImage image = planMemoryImage(module);
  EXPECT_EQ(at(image, kImagePage - 9), 1);
  EXPECT_EQ(at(image, kImagePage - 8), 2);
  EXPECT_EQ(at(image, kImagePage + 7), 2);
  EXPECT_EQ(at(image, kImagePage + 8), 1);
}

TEST(MemoryImage, ASegmentOfZerosOverwritesToo) {
  const Bytes zeros(2 * kImagePage, 0);
  Module module = memoryModule(1);
  addData(module, 0, kTwoPages);
  addData(module, 0, zeros);
  const MemoryImage image = planMemoryImage(module);
  EXPECT_TRUE(image.runs.empty());
  EXPECT_TRUE(image.pages.empty());
  EXPECT_TRUE(image.segment_data.empty());
}

TEST(MemoryImage, RunsApartByALargeGapAreSeparate) {
  Module module = memoryModule(4);
  addData(module, 0, kTwoPages);
  addData(module, 3 * kWasmPage, kTwoPages);
  const MemoryImage image = planMemoryImage(module);
  ASSERT_EQ(image.runs.size(), 2u);
  EXPECT_EQ(image.runs[1].memory_offset, 3u * kWasmPage);
  EXPECT_EQ(image.runs[1].image_offset, 2 * kImagePage);
  EXPECT_EQ(image.pages.size(), 4 * kImagePage);
}

TEST(MemoryImage, RunsApartByASmallGapAreOne) {
  Module module = memoryModule(1);
  addData(module, 0, kTwoPages);
  addData(module, 4 * kImagePage, kTwoPages);
  const MemoryImage image = planMemoryImage(module);
  ASSERT_EQ(image.runs.size(), 1u);
  EXPECT_EQ(image.runs[0].size, 6 * kImagePage);
  EXPECT_EQ(at(image, 3 * kImagePage), 0);
  EXPECT_EQ(at(image, 4 * kImagePage), 1);
}

TEST(MemoryImage, PagesOfZerosInsideASegmentAreNotStored) {
  Bytes sparse(100 * kImagePage, 0);
  sparse.front() = sparse.back() = 7;
  Module module = memoryModule(10);
  addData(module, 0, sparse);
  const MemoryImage image = planMemoryImage(module);
  EXPECT_EQ(image.pages.size(), 2 * kImagePage);
  EXPECT_EQ(at(image, 100 * kImagePage - 1), 7);
}

TEST(MemoryImage, ASegmentThatTrapsKeepsAllSegmentsOutOfTheImage) {
  Module module = memoryModule(1);
  addData(module, 0, kTwoPages);
  addData(module, kWasmPage - kImagePage, kTwoPages);  // ends beyond the memory
  const MemoryImage image = planMemoryImage(module);
  EXPECT_FALSE(inImage(image, 0));
  EXPECT_FALSE(inImage(image, 1));
  EXPECT_TRUE(image.runs.empty());
  EXPECT_EQ(image.segment_data.size(), 4 * kImagePage);
  EXPECT_EQ(image.placements[1].data, 2 * kImagePage);
}

TEST(MemoryImage, AnElementSegmentThatTrapsKeepsTheDataRaw) {
  Module module = memoryModule(1);
  addData(module, 0, kTwoPages);
  Table table;
  table.type = {ValType::funcref(), {2, 10, 0, 0, 16, {}}};
  module.tables.push_back(table);
  const ConstExpr null = {{Op::RefNull, 0, 0, 0}};
  module.elem_segments.push_back({SegmentMode::Active, 0, ValType::funcref(), i32Const(0), {null, null}});
  EXPECT_TRUE(inImage(planMemoryImage(module), 0)) << "it fills the table";
  module.elem_segments[0].elements.push_back(null);
  EXPECT_FALSE(inImage(planMemoryImage(module), 0)) << "it does not fit";
}

TEST(MemoryImage, ASegmentMayEndWithTheMemory) {
  Module module = memoryModule(1);
  addData(module, kWasmPage - 2 * kImagePage, kTwoPages);
  EXPECT_TRUE(inImage(planMemoryImage(module), 0));
}

TEST(MemoryImage, AnEmptySegmentBeyondTheMemoryTraps) {
  Module module = memoryModule(1);
  addData(module, 0, kTwoPages);
  addData(module, kWasmPage + 1, {});
  EXPECT_FALSE(inImage(planMemoryImage(module), 0));
}

TEST(MemoryImage, AnOffsetFromAGlobalKeepsTheDataRaw) {
  Module module = memoryModule(1);
  addData(module, 0, kTwoPages);
  module.data_segments[0].offset = {{Op::GlobalGet, 0, 0, 0}};
  EXPECT_FALSE(inImage(planMemoryImage(module), 0));
}

TEST(MemoryImage, AnImportedMemoryHasNoImage) {
  Module module = memoryModule(1);
  module.memories[0].imported = true;
  addData(module, 0, kTwoPages);
  const MemoryImage image = planMemoryImage(module);
  EXPECT_FALSE(inImage(image, 0));
  EXPECT_EQ(image.segment_data, kTwoPages);
}

TEST(MemoryImage, PassiveSegmentsStayRaw) {
  const Bytes passive = {1, 2, 3};
  Module module = memoryModule(1);
  addData(module, 0, kTwoPages);
  module.data_segments.push_back({SegmentMode::Passive, 0, {}, passive});
  const MemoryImage image = planMemoryImage(module);
  EXPECT_TRUE(inImage(image, 0));
  EXPECT_FALSE(inImage(image, 1));
  EXPECT_EQ(image.segment_data, passive);
}

TEST(MemoryImage, AFewBytesAreNotWorthAnImage) {
  const Bytes text = {'h', 'i'};
  Module module = memoryModule(1);
  addData(module, 1024, text);
  const MemoryImage image = planMemoryImage(module);
  EXPECT_TRUE(image.pages.empty());
  EXPECT_EQ(image.segment_data, text);
}

TEST(MemoryImage, DataScatteredOverManyPagesStaysRaw) {
  const Bytes few(8, 1);
  Module module = memoryModule(1000);
  for (uint32_t i = 0; i < 4000; ++i) addData(module, i * 4 * kImagePage, few);
  const MemoryImage image = planMemoryImage(module);
  EXPECT_FALSE(inImage(image, 0));
  EXPECT_TRUE(image.pages.empty());
  EXPECT_EQ(image.segment_data.size(), 32'000u);
}

TEST(ConstantInteger, FoldsExtendedConstantsModulo32Bits) {
  const ConstExpr expr = {{Op::I32Const, 0, 3, 0},
                          {Op::I32Const, 0, 5, 0},
                          {Op::I32Sub, 0, 0, 0},
                          {Op::I32Const, 0, 2, 0},
                          {Op::I32Mul, 0, 0, 0}};
  EXPECT_EQ(constantInteger(expr), 0xffff'fffcu);
}

TEST(ConstantInteger, KeepsAll64BitsOfI64) {
  EXPECT_EQ(constantInteger({{Op::I64Const, 0, 0x1'0000'0000, 0}}), 0x1'0000'0000u);
}

TEST(ConstantInteger, DoesNotKnowGlobals) {
  EXPECT_EQ(constantInteger({{Op::I32Const, 0, 1, 0}, {Op::GlobalGet, 0, 0, 0}, {Op::I32Add, 0, 0, 0}}),
            std::nullopt);
}

}  // namespace
}  // namespace wasmc::compiler
