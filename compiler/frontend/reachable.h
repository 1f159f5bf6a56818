// Leaves unreachable code out, as events.h describes.
#ifndef WASMC_COMPILER_FRONTEND_REACHABLE_H
#define WASMC_COMPILER_FRONTEND_REACHABLE_H

#include "frontend/body_reader.h"

namespace wasmc::compiler {

class ReachableInstrs final : public InstrSink {
 public:
  explicit ReachableInstrs(FunctionVisitor& visitor) : visitor_(visitor) {}

  bool begin(uint32_t function, std::span<const FunctionVisitor::LocalRun> locals) override;
  bool instruction(const Instr& instr) override;
  bool end(uint64_t offset) override;

 private:
  FunctionVisitor& visitor_;
  bool reachable_ = true;
  uint32_t skipped_blocks_ = 0;  // open blocks that began in unreachable code
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_REACHABLE_H
