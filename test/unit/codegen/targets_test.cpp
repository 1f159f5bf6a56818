#include <gtest/gtest.h>

#include <algorithm>

#include "codegen/codegen.h"

namespace wasmc::compiler {
namespace {

bool has(const Target& target, const char* feature) {
  const std::vector<std::string> features = target.features();
  return std::ranges::find(features, feature) != features.end();
}

TEST(Target, NormalisesTheTriple) {
  const auto target = Target::create({"x86_64-linux-gnu", "", OptLevel::O2});
  ASSERT_TRUE(target);
  EXPECT_EQ(target->triple(), "x86_64-unknown-linux-gnu");
}

TEST(Target, ListsFeaturesThatOthersImply) {
  const auto target = Target::create({"x86_64-linux-gnu", "haswell", OptLevel::O2});
  ASSERT_TRUE(target);
  for (const char* feature : {"avx2", "avx", "sse4.1", "sse2", "bmi2"})
    EXPECT_TRUE(has(*target, feature)) << feature;
  EXPECT_FALSE(has(*target, "avx512f"));
}

TEST(Target, DoesNotAskForInstructionsThatGeneratedCodeNeverHas) {
  const auto target = Target::create({"x86_64-linux-gnu", "haswell", OptLevel::O2});
  ASSERT_TRUE(target);
  for (const char* feature : {"invpcid", "fsgsbase", "rdrnd", "xsaveopt"})
    EXPECT_FALSE(has(*target, feature)) << feature;
}

TEST(Target, SortsFeatures) {
  const auto target = Target::create({"x86_64-linux-gnu", "znver4", OptLevel::O2});
  ASSERT_TRUE(target);
  EXPECT_TRUE(std::ranges::is_sorted(target->features()));
}

TEST(Target, NativeIsResolvedToANamedCpu) {
  const auto target = Target::create({"", "native", OptLevel::O2});
  ASSERT_TRUE(target) << target.error().message;
  EXPECT_NE(target->cpu(), "native");
  EXPECT_FALSE(target->features().empty());
}

TEST(Target, Only64BitCpusAreKnown) {
  const auto target = Target::create({"x86_64-linux-gnu", "i386", OptLevel::O2});
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().message, "unknown CPU 'i386' for x86_64-linux-gnu");
}

TEST(Target, OtherSystemsAreRefused) {
  for (const char* triple :
       {"x86_64-apple-darwin", "x86_64-pc-windows-msvc", "i686-linux-gnu", "riscv32-linux-gnu"})
    EXPECT_FALSE(Target::create({triple, "", OptLevel::O2})) << triple;
}

TEST(Target, TrapInstructionsHaveRoomForACodeOnX86AndAArch64) {
  EXPECT_TRUE(Target::create({"x86_64-linux-gnu", "", OptLevel::O2})->trapInstructions());
  EXPECT_TRUE(Target::create({"aarch64-linux-gnu", "", OptLevel::O2})->trapInstructions());
  EXPECT_FALSE(Target::create({"riscv64-linux-gnu", "", OptLevel::O2})->trapInstructions());
}

}  // namespace
}  // namespace wasmc::compiler
