#include "support/nearest.h"

#include <gtest/gtest.h>

namespace wasmc::compiler {
namespace {

using Names = std::vector<std::string>;

TEST(Nearest, FindsTheNameWithTheFewestEdits) {
  EXPECT_EQ(nearest("haswel", Names{"skylake", "haswell", "znver4"}), Names{"haswell"});
}

TEST(Nearest, OffersNothingThatHasLittleInCommon) {
  EXPECT_TRUE(nearest("xyz", Names{"haswell", "znver4"}).empty());
}

TEST(Nearest, LeavesOutNamesMuchFartherThanTheBest) {
  EXPECT_EQ(nearest("aarhc64-linux-gnu", Names{"x86_64-linux-gnu", "aarch64-linux-gnu"}),
            Names{"aarch64-linux-gnu"});
}

TEST(Nearest, OffersAtMostThree) { EXPECT_EQ(nearest("a1", Names{"a2", "a3", "a4", "a5"}).size(), 3u); }

TEST(Nearest, AnEmptyWordIsNearToNothingLong) { EXPECT_TRUE(nearest("", Names{"haswell"}).empty()); }

TEST(DidYouMean, JoinsNamesAsASentenceDoes) {
  EXPECT_EQ(didYouMean("a1", Names{"a2"}), "; did you mean 'a2'?");
  EXPECT_EQ(didYouMean("a1", Names{"a2", "a3"}), "; did you mean 'a2' or 'a3'?");
  EXPECT_EQ(didYouMean("a1", Names{"a2", "a3", "a4"}), "; did you mean 'a2', 'a3' or 'a4'?");
  EXPECT_EQ(didYouMean("xyz", Names{"haswell"}), "");
}

}  // namespace
}  // namespace wasmc::compiler
