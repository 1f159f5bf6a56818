#include "check.h"

#include <vector>

namespace wasmc::differential {
namespace {

// What does what the specification says, in its order.
const WasmcOptions kBase = {.level = "0", .strict_traps = true};

// How far another run has to be like that.
enum class Rule {
  Exact,      // all of it; traps by code, function and offset, too
  Strict,     // as that, but a fault may be reported at the same access on another way (docs/abi.md)
  Optimised,  // nothing after an access out of bounds, which may move or go with an unused value
              // (docs/abi.md)
  Foreign,    // another engine: traps by their class
};

// wabt's interpreter reads more than it runs.
constexpr std::string_view kNotImplemented = "trap: another: not implemented";

struct Contender {
  std::string name;
  Rule rule;
  Run run;
};

std::string versus(const std::string& a, const std::string& b) { return a + "  /  " + b; }

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += (all.empty() ? "" : ", ") + line;
  return all;
}

// What differs between two lists, line by line.
std::string difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (size_t i = 0; i < a.size() && i < b.size(); ++i)
    if (a[i] != b[i]) return versus(a[i], b[i]);
  return versus(joined(a), joined(b));
}

// "out of bounds memory access in 4": without the offset.
std::string_view place(const std::string& trap) {
  return std::string_view(trap).substr(0, trap.find(" at "));
}

bool sameTrap(const Observation& a, const Observation& b, Rule rule) {
  if (rule == Rule::Foreign) return true;
  const bool fault = rule == Rule::Strict && a.outcome == trap_class::kMemory;
  return fault ? place(a.trap) == place(b.trap) : a.trap == b.trap;
}

// Empty if they agree.
std::string compareStep(const Observation& base, const Observation& other, Rule rule) {
  if (base.outcome != other.outcome) return "outcome: " + versus(base.outcome, other.outcome);
  if (!sameTrap(base, other, rule)) return "trap: " + versus(base.trap, other.trap);
  if (base.logs != other.logs) return "calls of the host: " + difference(base.logs, other.logs);
  if (base.state != other.state) return "state: " + difference(base.state, other.state);
  return {};
}

std::string compareRuns(const Run& base, const Contender& other, const Script& script) {
  for (size_t i = 0; i < base.steps.size(); ++i) {
    const Observation& expected = base.steps[i];
    // Stacks end where they end.
    if (expected.outcome == trap_class::kStack) return {};
    if (other.rule == Rule::Optimised && expected.outcome == trap_class::kMemory) return {};
    if (i >= other.run.steps.size()) return "ended early";
    const Observation& found = other.run.steps[i];
    if (other.rule == Rule::Foreign &&
        (found.outcome == trap_class::kStack || found.outcome == kNotImplemented))
      return {};
    const std::string difference = compareStep(expected, found, other.rule);
    if (!difference.empty())
      return (i == 0 ? "instantiation: "
                     : "call " + std::to_string(i) + " of " + script.calls[i - 1].function + ": ") +
             difference;
  }
  return {};
}

size_t displacedFaults(const Run& a, const Run& b) {
  size_t count = 0;
  for (size_t i = 0; i < a.steps.size() && i < b.steps.size(); ++i)
    count += a.steps[i].outcome == trap_class::kMemory && a.steps[i].trap != b.steps[i].trap;
  return count;
}

std::string compareFuel(const Run& a, const Run& b) {
  for (size_t i = 0; i < a.steps.size() && i < b.steps.size(); ++i) {
    // A fault leaves none, and what follows is the same.
    if (a.steps[i].fuel < 0 || b.steps[i].fuel < 0) return {};
    if (a.steps[i].fuel != b.steps[i].fuel)
      return "fuel used after step " + std::to_string(i) + ": " +
             versus(std::to_string(a.steps[i].fuel), std::to_string(b.steps[i].fuel));
  }
  return {};
}

// Which options besides -O0 and -O3: one set each time, or compiling takes most of the time.
std::vector<WasmcOptions> optionsFor(uint64_t choice) {
  switch (choice % 8) {
    case 0:
    case 1:
    case 2: return {{.level = "3", .strict_traps = true}};
    case 3: return {{.level = "0", .strict_traps = true, .fuel = true}, {.level = "3", .fuel = true}};
    case 4: return {{.level = "3", .epochs = true}};
    case 5: return {{.level = "3", .explicit_bounds = true}};
    case 6: return {{.level = "0"}, {.level = "2"}, {.level = "1", .strict_traps = true}};
    default:
      return {{.level = "0", .fuel = true, .explicit_bounds = true},
              {.level = "s", .fuel = true, .epochs = true, .explicit_bounds = true}};
  }
}

Rule ruleFor(const WasmcOptions& options) {
  if (options.explicit_bounds) return Rule::Exact;
  return options.strict_traps ? Rule::Strict : Rule::Optimised;
}

}  // namespace

Verdict check(std::span<const uint8_t> wasm, uint64_t choice, Node* node) {
  Verdict verdict;
  const Script script = makeScript(wasm);
  const Run base = runWasmc(wasm, script, kBase);
  if (!base.unusable.empty()) {
    verdict.difference = base.unusable;
    return verdict;
  }
  verdict.calls = base.steps.size() - 1;
  for (const Observation& step : base.steps) verdict.traps += step.outcome.starts_with("trap");

  std::vector<WasmcOptions> settings = optionsFor(choice);
  settings.insert(settings.begin(), {.level = "3"});
  std::vector<Contender> contenders;
  const Run* fuelled = nullptr;
  for (const WasmcOptions& options : settings)
    contenders.push_back({"wasmc " + options.describe(), ruleFor(options), runWasmc(wasm, script, options)});
  contenders.push_back({"wabt", Rule::Foreign, runWabt(wasm, script)});
  if (node) contenders.push_back({"V8", Rule::Foreign, node->run(wasm, script)});

  std::map<std::string, std::string> differences;
  for (size_t i = 0; i < contenders.size(); ++i) {
    const Contender& other = contenders[i];
    if (!other.run.unusable.empty()) {
      if (other.rule == Rule::Foreign)
        verdict.absent[other.name] = other.run.unusable;
      else
        verdict.difference += other.run.unusable + "\n";
      continue;
    }
    std::string difference = compareRuns(base, other, script);
    if (i < settings.size() && settings[i].fuel) {
      if (fuelled && difference.empty()) difference = compareFuel(*fuelled, other.run);
      fuelled = &other.run;
    }
    if (!difference.empty()) differences[other.name] = difference;
    if (other.rule == Rule::Strict) verdict.displaced_faults += displacedFaults(base, other.run);
  }
  // wabt's interpreter is wrong about some tail calls, exceptions and offsets: not counted where V8 is of
  // wasmc's opinion.
  if (node && !verdict.absent.contains("V8") && !differences.contains("V8"))
    verdict.wabt_alone = differences.erase("wabt");
  for (const auto& [name, difference] : differences)
    verdict.difference += versus("wasmc " + kBase.describe(), name) + ": " + difference + "\n";
  return verdict;
}

}  // namespace wasmc::differential
