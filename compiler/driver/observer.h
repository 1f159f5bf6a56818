// Puts together what the units of a compilation tell about themselves: progress, remarks, times.
#ifndef WASMC_COMPILER_DRIVER_OBSERVER_H
#define WASMC_COMPILER_DRIVER_OBSERVER_H

#include <cstddef>
#include <mutex>
#include <vector>

#include "codegen/codegen.h"
#include "frontend/module.h"
#include "lower/lower.h"
#include "wasmc/compiler.h"

namespace wasmc::compiler {

class Observer {
 public:
  Observer(const CompileOptions& options, const Module& module) : options_(options), module_(module) {}

  // What a unit is to note down.
  Notes newNotes() const;

  // A unit is done. Safe to call from several threads.
  void unitDone(const Unit& unit);

  // Fills in `result` with the notes of all units, in their order.
  void finish(const std::vector<Notes>& notes, CompileResult& result) const;

 private:
  uint64_t weight(uint32_t first, uint32_t count) const;

  const CompileOptions& options_;
  const Module& module_;
  std::mutex mutex_;
  Progress progress_;
  uint64_t weight_done_ = 0;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DRIVER_OBSERVER_H
