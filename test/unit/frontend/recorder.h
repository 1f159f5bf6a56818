// A visitor that writes the events down as text.
#ifndef WASMC_TEST_UNIT_FRONTEND_RECORDER_H
#define WASMC_TEST_UNIT_FRONTEND_RECORDER_H

#include "modules.h"

#include <string>
#include <vector>

namespace wasmc::compiler::test {

struct Recorder : FunctionVisitor {
  std::vector<std::string> names;      // of the instructions
  std::vector<Instr> instrs;           // their spans are empty
  std::vector<std::string> functions;  // "function 1: 2 x i32, 1 x f64"
  std::vector<uint32_t> targets;       // of the last br_table
  std::vector<ValType> block_params;   // of the last block
  std::vector<ValType> block_results;
  bool end_reachable = false;
  uint64_t end_offset = 0;

  void begin(uint32_t function, std::span<const LocalRun> locals) override {
    std::string text = "function " + std::to_string(function) + ":";
    for (const LocalRun& run : locals)
      text += " " + std::to_string(run.count) + " x " + valTypeText(run.type);
    functions.push_back(std::move(text));
  }
  void instruction(const Instr& instr) override {
    names.emplace_back(opcodeText(instr.op));
    if (!instr.targets.empty()) targets.assign(instr.targets.begin(), instr.targets.end());
    if (instr.op == Opcode::Block || instr.op == Opcode::Loop || instr.op == Opcode::If ||
        instr.op == Opcode::Try) {
      block_params.assign(instr.block.params.begin(), instr.block.params.end());
      block_results.assign(instr.block.results.begin(), instr.block.results.end());
    }
    instrs.push_back(instr);
    instrs.back().targets = {};
    instrs.back().block = {};
  }
  void end(uint64_t offset, bool reachable) override {
    end_offset = offset;
    end_reachable = reachable;
  }

  std::string text() const {
    std::string all;
    for (const std::string& n : names) all += (all.empty() ? "" : " ") + n;
    return all;
  }
};

}  // namespace wasmc::compiler::test

#endif  // WASMC_TEST_UNIT_FRONTEND_RECORDER_H
