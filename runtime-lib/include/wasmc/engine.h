// Settings that stores and modules share.
#ifndef WASMC_ENGINE_H
#define WASMC_ENGINE_H

#include <wasmc/api.h>

#include <memory>

namespace wasmc {

struct EngineOptions {
  // Collect the frames of traps. Costs some microseconds per trap, and nothing while no trap happens.
  bool backtraces = true;
  // Keep copies of initial memory out of the page cache: read the memory image instead of mapping it
  // copy-on-write from the artifact. For files that might be changed in place while they are in use.
  bool copy_memory_image = false;
};

// A shared handle to immutable settings: cheap to copy, usable from any thread.
class WASMC_API Engine {
 public:
  Engine();
  explicit Engine(const EngineOptions& options);
  const EngineOptions& options() const { return *options_; }

 private:
  std::shared_ptr<const EngineOptions> options_;
};

}  // namespace wasmc

#endif  // WASMC_ENGINE_H
