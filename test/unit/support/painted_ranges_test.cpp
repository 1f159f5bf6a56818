#include "support/painted_ranges.h"

#include <gtest/gtest.h>

namespace wasmc::compiler {
namespace {

TEST(PaintedRanges, HaveTheBackgroundWhereNothingWasPainted) {
  PaintedRanges<int> ranges(7);
  EXPECT_EQ(ranges.at(0), 7);
  ranges.paint(10, 20, 1);
  EXPECT_EQ(ranges.at(9), 7);
  EXPECT_EQ(ranges.at(20), 7);
}

TEST(PaintedRanges, HaveTheValueThatWasPaintedLast) {
  PaintedRanges<int> ranges(0);
  ranges.paint(10, 30, 1);
  ranges.paint(15, 20, 2);
  EXPECT_EQ(ranges.at(14), 1);
  EXPECT_EQ(ranges.at(15), 2);
  EXPECT_EQ(ranges.at(19), 2);
  EXPECT_EQ(ranges.at(20), 1);
  ranges.paint(5, 40, 3);
  EXPECT_EQ(ranges.at(16), 3);
  EXPECT_EQ(ranges.at(40), 0);
}

TEST(PaintedRanges, KeepWhatBeginsWhereAnotherEnds) {
  PaintedRanges<int> ranges(0);
  ranges.paint(20, 30, 1);
  ranges.paint(10, 20, 2);
  EXPECT_EQ(ranges.at(19), 2);
  EXPECT_EQ(ranges.at(20), 1);
}

TEST(PaintedRanges, AreNotChangedByAnEmptyRange) {
  PaintedRanges<int> ranges(0);
  ranges.paint(20, 20, 1);
  ranges.paint(30, 10, 1);
  EXPECT_EQ(ranges.at(20), 0);
}

}  // namespace
}  // namespace wasmc::compiler
