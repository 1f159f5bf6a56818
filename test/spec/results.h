// Outcomes of commands, added up by script and in total.
#ifndef WASMC_TEST_SPEC_RESULTS_H
#define WASMC_TEST_SPEC_RESULTS_H

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace wasmc::spec {

struct Outcome {
  enum class Status { Passed, Failed, Skipped };
  Status status = Status::Passed;
  std::string text;  // what was found and expected; the reason of a skip

  static Outcome passed() { return {}; }
  static Outcome failed(std::string text) { return {Status::Failed, std::move(text)}; }
  static Outcome skipped(std::string reason) { return {Status::Skipped, std::move(reason)}; }
};

// Of one script at one optimisation level.
struct ScriptResult {
  std::string script;
  std::string level;
  uint64_t passed = 0;
  std::vector<std::string> failures;        // "i32:37: …"
  std::map<std::string, uint64_t> skipped;  // by reason
  std::set<uint32_t> manifest_rows;         // that were the reason of a skip

  uint64_t skippedCount() const;
  std::string serialize() const;
  static std::optional<ScriptResult> parse(const std::string& text);
};

// The result file that tools/lib/tally.py reads.
std::string summaryJson(const std::string& suite, const std::vector<ScriptResult>& results);
// docs/conformance.md.
std::string markdown(const std::vector<ScriptResult>& results);

}  // namespace wasmc::spec

#endif  // WASMC_TEST_SPEC_RESULTS_H
