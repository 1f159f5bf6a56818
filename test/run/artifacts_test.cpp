// Artifacts that are not what they should be: refused with a message, never a crash.
#include <elf.h>
#include <wasmc/abi/fingerprint.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "guest.h"

namespace wasmc::test {
namespace {

constexpr char kSmall[] = R"((module (memory (export "m") 1) (data (i32.const 0) "hello")
  (func (export "f") (result i32) (i32.load (i32.const 0)))))";

class Artifacts : public testing::Test {
 protected:
  Artifacts() : artifact(compileWat(kSmall)) {}

  std::string refusal(std::span<const uint8_t> bytes, ErrorCode code) {
    const Result<Module> module = Module::fromBytes(engine, bytes);
    EXPECT_FALSE(module);
    if (module) return {};
    EXPECT_EQ(module.error().code, code) << module.error().message;
    return module.error().message;
  }
  // Replaces bytes that occur in the artifact by others of the same length.
  void replace(std::string_view from, std::string_view to) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(from.data());
    const auto found = std::search(artifact.begin(), artifact.end(), bytes, bytes + from.size());
    ASSERT_NE(found, artifact.end()) << from;
    std::copy(to.begin(), to.end(), found);
  }
  std::string writeFile(const std::string& name) const {
    const std::string path = testing::TempDir() + name;
    FILE* file = std::fopen(path.c_str(), "wb");
    EXPECT_EQ(std::fwrite(artifact.data(), 1, artifact.size(), file), artifact.size());
    std::fclose(file);
    return path;
  }

  Engine engine;
  std::vector<uint8_t> artifact;
};

TEST_F(Artifacts, WithAnyByteDamagedAreRefused) {
  for (size_t at = 0; at < artifact.size(); at += std::max<size_t>(1, artifact.size() / 3000)) {
    artifact[at] ^= 0xff;
    EXPECT_FALSE(Module::fromBytes(engine, artifact)) << "damaged at " << at;
    artifact[at] ^= 0xff;
  }
  EXPECT_TRUE(Module::fromBytes(engine, artifact));
}

TEST_F(Artifacts, TruncatedAnywhereAreRefused) {
  for (size_t size = 0; size < artifact.size(); size += std::max<size_t>(1, artifact.size() / 300)) {
    const Result<Module> module = Module::fromBytes(engine, std::span(artifact).first(size));
    ASSERT_FALSE(module) << size;
    EXPECT_EQ(module.error().code, ErrorCode::Format) << size << ": " << module.error().message;
  }
}

TEST_F(Artifacts, WithAnotherFingerprintAreRefused) {
  const uint64_t ours = abi::kFingerprint;
  const uint64_t other = ours ^ 1;
  replace({reinterpret_cast<const char*>(&ours), sizeof ours},
          {reinterpret_cast<const char*>(&other), sizeof other});
  // The first occurrence may be the descriptor's, which is read after the metadata: change both.
  replace({reinterpret_cast<const char*>(&ours), sizeof ours},
          {reinterpret_cast<const char*>(&other), sizeof other});
  EXPECT_NE(refusal(artifact, ErrorCode::VersionMismatch).find("fingerprint"), std::string::npos);
}

// A feature that each artifact for this machine needs, and one that this machine's CPU has not, or nearly no
// CPU.
#if defined(__x86_64__)
constexpr char kNeeded[] = "popcnt";
constexpr char kUnknown[] = "poqcnt";
constexpr char kLacking[] = "raoint";
#elif defined(__riscv)
constexpr char kNeeded[] = "zaamo";
constexpr char kUnknown[] = "zaamx";
constexpr char kLacking[] = "zacas";
#else
constexpr char kNeeded[] = "neon";
constexpr char kUnknown[] = "neom";
constexpr char kLacking[] = "cssc";
#endif

TEST_F(Artifacts, ThatNeedAnUnknownCpuFeatureAreRefused) {
  replace(kNeeded, kUnknown);
  const std::string message = refusal(artifact, ErrorCode::Target);
  EXPECT_TRUE(message.contains(std::string("this runtime library does not know: ") + kUnknown)) << message;
}

TEST_F(Artifacts, ThatNeedWhatTheCpuLacksAreRefusedWithBothLists) {
  replace(kNeeded, kLacking);
  const std::string message = refusal(artifact, ErrorCode::Target);
  EXPECT_TRUE(message.contains(std::string("this one lacks: ") + kLacking)) << message;
  const size_t needed = message.find("(needed: ");
  const size_t present = message.find("; present: ");
  ASSERT_TRUE(needed < present && present != std::string::npos) << message;
  EXPECT_TRUE(message.substr(needed, present - needed).contains(kLacking)) << message;
  EXPECT_TRUE(message.substr(present).contains(kNeeded)) << message;
}

TEST_F(Artifacts, OfAnotherMachineAreRefused) {
  artifact[18] = EM_ARM;  // e_machine
  const std::string message = refusal(artifact, ErrorCode::Target);
  EXPECT_NE(message.find("made for ARM"), std::string::npos) << message;
}

TEST_F(Artifacts, ThatAreObjectFilesAreRefused) {
  artifact[16] = 1;  // e_type: relocatable
  EXPECT_NE(refusal(artifact, ErrorCode::Format).find("object file"), std::string::npos);
}

TEST_F(Artifacts, WithDamagedMetadataAreRefused) {
  const uint64_t magic = abi::kMetadataMagic;
  const auto* bytes = reinterpret_cast<const uint8_t*>(&magic);
  const auto start = std::search(artifact.begin(), artifact.end(), bytes, bytes + sizeof magic);
  ASSERT_NE(start, artifact.end());
  const size_t at = static_cast<size_t>(start - artifact.begin());
  // Each of the words behind the hash set to a large value: offsets, counts, sizes. A few may be anything.
  int accepted = 0;
  for (size_t i = offsetof(abi::Metadata, compiler); i < sizeof(abi::Metadata); i += 4) {
    std::vector<uint8_t> damaged = artifact;
    const uint32_t large = 0x7fffffff;
    std::memcpy(&damaged[at + i], &large, sizeof large);
    accepted += Module::fromBytes(engine, damaged).has_value();
  }
  EXPECT_LE(accepted, 4);  // reserved members, and sizes that only bound others
}

TEST_F(Artifacts, OfTheSameFileShareTheirCode) {
  const std::string path = writeFile("same.so");
  const Module a = *Module::load(engine, path);
  const Module b = *Module::load(engine, path);
  Guest guest;
  EXPECT_EQ(value((*guest.linker.instantiate(guest.store, a)->func<int32_t()>("f"))()), 0x6c6c6568);
  EXPECT_EQ(value((*guest.linker.instantiate(guest.store, b)->func<int32_t()>("f"))()), 0x6c6c6568);
}

TEST_F(Artifacts, ThatReplaceAFileOfTheSameNameAreLoadedAnew) {
  const std::string path = writeFile("replaced.so");
  const Module first = *Module::load(engine, path);
  artifact = compileWat(R"((module $second))");
  std::filesystem::rename(writeFile("new.so"), path);
  const Module second = *Module::load(engine, path);
  EXPECT_EQ(first.name(), "");
  EXPECT_EQ(second.name(), "second");
}

TEST_F(Artifacts, StayLoadedWhileAStoreHasAnInstance) {
  Guest guest;
  Result<Instance> instance = [&] {
    const Module module = *Module::fromBytes(engine, artifact);
    return guest.linker.instantiate(guest.store, module);
  }();
  EXPECT_EQ(value((*instance->func<int32_t()>("f"))()), 0x6c6c6568);
}

}  // namespace
}  // namespace wasmc::test
