#include "results.h"

#include <nlohmann/json.hpp>
#include <sstream>

namespace wasmc::spec {
namespace {

using nlohmann::json;

struct Totals {
  uint64_t passed = 0, failed = 0, skipped = 0;
  void add(const ScriptResult& result) {
    passed += result.passed;
    failed += result.failures.size();
    skipped += result.skippedCount();
  }
};

std::map<std::string, uint64_t> skippedByReason(const std::vector<ScriptResult>& results) {
  std::map<std::string, uint64_t> reasons;
  for (const ScriptResult& result : results)
    for (const auto& [reason, count] : result.skipped) reasons[reason] += count;
  return reasons;
}

}  // namespace

uint64_t ScriptResult::skippedCount() const {
  uint64_t count = 0;
  for (const auto& [reason, n] : skipped) count += n;
  return count;
}

std::string ScriptResult::serialize() const {
  return json{{"script", script},     {"level", level},     {"passed", passed},
              {"failures", failures}, {"skipped", skipped}, {"manifest_rows", manifest_rows}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<ScriptResult> ScriptResult::parse(const std::string& text) {
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  ScriptResult result;
  document.at("script").get_to(result.script);
  document.at("level").get_to(result.level);
  document.at("passed").get_to(result.passed);
  document.at("failures").get_to(result.failures);
  document.at("skipped").get_to(result.skipped);
  document.at("manifest_rows").get_to(result.manifest_rows);
  return result;
}

std::string summaryJson(const std::string& suite, const std::vector<ScriptResult>& results) {
  Totals totals;
  std::vector<std::string> failures;
  for (const ScriptResult& result : results) {
    totals.add(result);
    for (const std::string& failure : result.failures)
      failures.push_back("-O" + result.level + " " + failure);
  }
  return json{{"suite", suite},
              {"passed", totals.passed},
              {"failures", failures},
              {"skipped", skippedByReason(results)}}
      .dump(1, ' ', false, json::error_handler_t::replace);
}

std::string markdown(const std::vector<ScriptResult>& results) {
  std::map<std::string, Totals> levels;
  std::map<std::string, std::map<std::string, Totals>> scripts;
  for (const ScriptResult& result : results) {
    levels[result.level].add(result);
    scripts[result.script][result.level].add(result);
  }
  std::ostringstream out;
  out << "# Conformance\n\n"
         "Results of the WebAssembly test suite, over the project's own compiler and runtime library.\n"
         "Written by `build/release/bin/wasmc-spec --markdown=docs/conformance.md`.\n\n"
         "| level | passed | failed | skipped |\n|---|---:|---:|---:|\n";
  for (const auto& [level, totals] : levels)
    out << "| -O" << level << " | " << totals.passed << " | " << totals.failed << " | " << totals.skipped
        << " |\n";
  out << "\n## Why commands are skipped\n\nOver all levels; the manifest is `test/spec/skips.txt`.\n\n"
         "| reason | commands |\n|---|---:|\n";
  for (const auto& [reason, count] : skippedByReason(results))
    out << "| " << reason << " | " << count << " |\n";
  out << "\n## By script\n\npassed / failed / skipped.\n\n| script |";
  for (const auto& [level, totals] : levels) out << " -O" << level << " |";
  out << "\n|---|";
  for (size_t i = 0; i < levels.size(); ++i) out << "---:|";
  out << "\n";
  for (const auto& [script, by_level] : scripts) {
    out << "| " << script << " |";
    for (const auto& [level, totals] : by_level)
      out << " " << totals.passed << " / " << totals.failed << " / " << totals.skipped << " |";
    out << "\n";
  }
  return out.str();
}

}  // namespace wasmc::spec
