#include "log.h"

#include <gtest/gtest.h>

namespace wasmc::log {
namespace {

uint32_t bit(Category category) { return 1u << static_cast<uint32_t>(category); }

TEST(Log, AnEmptyValueSelectsNothing) { EXPECT_EQ(parseSelection("").categories, 0u); }

TEST(Log, NamesAreSeparatedByCommas) {
  const Selection selection = parseSelection("load,wasi");
  EXPECT_EQ(selection.categories, bit(Category::Load) | bit(Category::Wasi));
  EXPECT_TRUE(selection.unknown.empty());
}

TEST(Log, AllSelectsEachCategory) {
  EXPECT_EQ(parseSelection("all").categories, parseSelection("load,link,instantiate,signal,wasi").categories);
}

TEST(Log, TheFirstUnknownNameIsReported) {
  const Selection selection = parseSelection("loud,link,lode");
  EXPECT_EQ(selection.unknown, "loud");
  EXPECT_EQ(selection.categories, bit(Category::Link));
}

}  // namespace
}  // namespace wasmc::log
