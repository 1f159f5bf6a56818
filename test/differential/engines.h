// What modules are run by: wasmc with its options, wabt's interpreter, and V8 where there is a node.
#ifndef WASMC_TEST_DIFFERENTIAL_ENGINES_H
#define WASMC_TEST_DIFFERENTIAL_ENGINES_H

#include "observation.h"

#include <memory>
#include <span>
#include <string>

namespace wasmc::differential {

struct WasmcOptions {
  std::string level = "0";
  bool strict_traps = false;
  bool fuel = false;
  bool epochs = false;
  bool explicit_bounds = false;

  std::string describe() const;  // "-O3 --strict-traps"
};

// Some calls of each exported function that has numbers only, with arguments that follow from their places.
// Without calls if the module is invalid.
Script makeScript(std::span<const uint8_t> wasm);

Run runWasmc(std::span<const uint8_t> wasm, const Script& script, const WasmcOptions& options);
Run runWabt(std::span<const uint8_t> wasm, const Script& script);

// A node process that runs one module after the other. It ends with this object.
class Node {
 public:
  Node();
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  static bool present();
  Run run(std::span<const uint8_t> wasm, const Script& script);

 private:
  struct Process;
  std::unique_ptr<Process> process_;
};

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_ENGINES_H
