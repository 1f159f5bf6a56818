// Random calls for a moment; test/fuzz/wasi does the same for as long as one likes.
#include "attack.h"

#include <gtest/gtest.h>

#include <random>

namespace wasmc::wasi::test {
namespace {

class AttackTest : public testing::TestWithParam<PathResolver::Method> {};

TEST_P(AttackTest, RandomCallsReachNothingOutside) {
  Attack attack(GetParam());
  std::mt19937 random(1);
  std::vector<uint8_t> bytes(20000);
  for (int run = 0; run < 30; ++run) {
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
    const std::optional<std::string> harm = attack.run(Choices(bytes));
    ASSERT_FALSE(harm) << *harm << " in run " << run;
  }
}

INSTANTIATE_TEST_SUITE_P(Methods, AttackTest,
                         testing::Values(PathResolver::Method::Detect, PathResolver::Method::Walk));

}  // namespace
}  // namespace wasmc::wasi::test
