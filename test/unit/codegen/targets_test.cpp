#include <gtest/gtest.h>
#include <llvm/Target/TargetMachine.h>

#include <algorithm>
#include <span>

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

// What the loader looks for: an artifact that asks for anything else would not load anywhere.
constexpr const char* kKnownOnX86[] = {
#define WASMC_CPU_FEATURE(name, leaf, subleaf, result, bit, state) name,
#define WASMC_CPU_BASELINE(name) name,
#include "cpu_features_x86_64.def"
};
constexpr const char* kKnownOnAArch64[] = {
#define WASMC_CPU_FEATURE(name, vector, bits) name,
#include "cpu_features_aarch64.def"
};
constexpr const char* kKnownOnRiscv[] = {
#define WASMC_CPU_FEATURE(name, bits) name,
#define WASMC_CPU_BASELINE(name) name,
#include "cpu_features_riscv64.def"
};

TEST(Target, AsksForFeaturesThatTheLoaderKnows) {
  const auto expectKnown = [](const char* triple, const char* cpu, std::span<const char* const> known) {
    const auto target = Target::create({triple, cpu, OptLevel::O2});
    ASSERT_TRUE(target) << cpu;
    for (const std::string& feature : target->features())
      EXPECT_NE(std::ranges::find(known, feature), known.end()) << cpu << " needs " << feature;
  };
  for (const char* cpu : {"x86-64-v2", "x86-64-v3", "x86-64-v4", "haswell", "alderlake", "icelake-server",
                          "sapphirerapids", "bdver4", "znver2", "znver4", "znver5"})
    expectKnown("x86_64-linux-gnu", cpu, kKnownOnX86);
  for (const char* cpu : {"generic", "cortex-a53", "cortex-a76", "cortex-x4", "neoverse-n1", "neoverse-n2",
                          "neoverse-v1", "neoverse-v2", "apple-m1", "apple-m4", "ampere1b", "a64fx", "grace"})
    expectKnown("aarch64-linux-gnu", cpu, kKnownOnAArch64);
  for (const char* cpu : {"generic-rv64", "sifive-u74", "sifive-x280", "sifive-p870", "spacemit-x60",
                          "veyron-v1", "xiangshan-kunminghu", "tt-ascalon-d8", "mips-p8700"})
    expectKnown("riscv64-linux-gnu", cpu, kKnownOnRiscv);
}

TEST(Target, AsksForWhatTheArchitectureOfAnAArch64CpuImplies) {
  const auto target = Target::create({"aarch64-linux-gnu", "neoverse-v1", OptLevel::O2});
  ASSERT_TRUE(target);
  for (const char* feature : {"lse", "lse2", "rcpc-immo", "sve", "dotprod"})
    EXPECT_TRUE(has(*target, feature)) << feature;
  for (const char* feature : {"perfmon", "ras", "v8.4a"}) EXPECT_FALSE(has(*target, feature)) << feature;
}

TEST(Target, RiscvIsWhatLinuxDistributionsAskFor) {
  const auto target = Target::create({"riscv64-linux-gnu", "", OptLevel::O2});
  ASSERT_TRUE(target);
  for (const char* feature : {"m", "a", "f", "d", "c"}) EXPECT_TRUE(has(*target, feature)) << feature;
  EXPECT_FALSE(has(*target, "v"));
}

TEST(Target, ExtensionsThatTheLoaderCanNotLookForAreSwitchedOff) {
  const auto target = Target::create({"riscv64-linux-gnu", "spacemit-x60", OptLevel::O2});
  ASSERT_TRUE(target);
  const std::string features = target->machine()->getTargetFeatureString().str();
  for (const char* feature : {"-xsmtvdot", "-zvl256b", "-zbc", "+zbb"})
    EXPECT_NE(features.find(feature), std::string::npos) << feature << " in " << features;
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

}  // namespace
}  // namespace wasmc::compiler
