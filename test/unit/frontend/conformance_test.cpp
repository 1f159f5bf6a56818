// The modules of the WebAssembly test suite: what is invalid or malformed is rejected, the rest accepted or
// refused by name. Looks for the converted suite in $WASMC_SPEC_DIR, else where CMake says.
#include "modules.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace wasmc::compiler::test {
namespace {

namespace fs = std::filesystem;

struct Case {
  fs::path file;
  bool valid;
  std::string why;  // the suite's word for what is wrong
};

fs::path suite() {
  const char* given = std::getenv("WASMC_SPEC_DIR");
  return given && *given ? given : WASMC_SPEC_DIR;
}

Bytes contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void addCases(const nlohmann::json& commands, const fs::path& folder, std::vector<Case>& cases) {
  for (const auto& command : commands) {
    if (command.contains("commands")) addCases(command["commands"], folder, cases);
    if (!command.contains("filename")) continue;
    const fs::path file = folder / command["filename"].get<std::string>();
    if (file.extension() != ".wasm") continue;  // malformed text is wabt's business
    const std::string type = command["type"];
    cases.push_back(
        {file, type != "assert_invalid" && type != "assert_malformed", command.value("text", "")});
  }
}

std::vector<Case> allCases() {
  std::vector<Case> cases;
  if (!fs::exists(suite())) return cases;
  for (const auto& entry : fs::recursive_directory_iterator(suite())) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path());
    addCases(nlohmann::json::parse(file)["commands"], entry.path().parent_path(), cases);
  }
  return cases;
}

bool isThreadsProposal(const fs::path& file) {
  return file.string().find("/proposals/threads/") != std::string::npos;
}

// That proposal's scripts stand on an older specification, with one table and one memory. Its limit on
// memories can be had by switching multi-memory off; several tables came with reference types, which the
// compiler always has.
bool isOutdated(const Case& c) { return isThreadsProposal(c.file) && c.why == "multiple tables"; }

// The proposals that some module of the suite needs and the reader does not know.
const std::set<std::string> kBeyondTheReader = {
    "64-bit tables",      "custom descriptors",        "custom page sizes", "exception handling with exnref",
    "garbage collection", "typed function references", "wide arithmetic",
};

// "simd" of "uses simd (...), which ..."; "" of other messages.
std::string proposalIn(const std::string& message) {
  const std::string_view prefix = "uses ";
  if (!message.starts_with(prefix)) return "";
  return message.substr(prefix.size(), message.find(" (") - prefix.size());
}

struct Outcome {
  size_t right = 0;
  std::set<std::string> refused_for;
};

Outcome check(const std::vector<Case>& cases, const FeatureSet& features) {
  FeatureSet one_memory = features;
  one_memory.set(Feature::MultiMemory, false);
  Outcome outcome;
  for (const Case& c : cases) {
    if (isOutdated(c)) continue;
    const std::string message =
        messageOf(contents(c.file), isThreadsProposal(c.file) ? one_memory : features);
    const std::string proposal = c.valid ? proposalIn(message) : "";
    if (!proposal.empty()) {
      outcome.refused_for.insert(proposal);
      continue;
    }
    EXPECT_EQ(message.empty(), c.valid) << c.file << " (" << c.why << "): " << message;
    ++outcome.right;
  }
  return outcome;
}

#define SKIP_WITHOUT_SUITE(cases) \
  if ((cases).empty())            \
  GTEST_SKIP() << "the converted WebAssembly test suite is not at " << suite() << " (set WASMC_SPEC_DIR)"

TEST(Conformance, EveryModuleIsJudgedRightWithTheDefaultFeatures) {
  const std::vector<Case> cases = allCases();
  SKIP_WITHOUT_SUITE(cases);
  const Outcome outcome = check(cases, FeatureSet());
  EXPECT_GT(outcome.right, 5000u);
}

TEST(Conformance, EveryModuleIsJudgedRightWithAllThatTheReaderKnows) {
  const std::vector<Case> cases = allCases();
  SKIP_WITHOUT_SUITE(cases);
  const Outcome outcome = check(cases, allFeatures());
  EXPECT_GT(outcome.right, 6000u);
  EXPECT_EQ(outcome.refused_for, kBeyondTheReader);
}

}  // namespace
}  // namespace wasmc::compiler::test
