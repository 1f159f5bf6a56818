// Validates function bodies (WebAssembly 3.0, appendix "Validation Algorithm"), instruction by instruction.
#ifndef WASMC_COMPILER_FRONTEND_VALIDATOR_H
#define WASMC_COMPILER_FRONTEND_VALIDATOR_H

#include "frontend/body_reader.h"
#include "frontend/feature_gate.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace wasmc::compiler {

class Validator final : public InstrSink {
 public:
  // Marks functions that bodies refer to as referenced, and those in tail calls, and notes the catches that
  // a rethrow names. `has_data_count`: the module has a data count section.
  Validator(Module& module, FeatureGate& gate, bool has_data_count)
      : module_(module), gate_(gate), has_data_count_(has_data_count) {}

  bool begin(uint32_t function, std::span<const FunctionVisitor::LocalRun> locals) override;
  bool instruction(const Instr& instr) override;
  bool end(uint64_t offset) override;

  std::optional<Diagnostic> takeError() { return std::move(error_); }

 private:
  using Types = std::span<const ValType>;

  struct Frame {
    Opcode kind;  // Block for the function itself; Else, Catch, CatchAll once those are seen
    BlockType type;
    size_t height;  // of the operand stack at its start
    bool unreachable;
    uint64_t clause = 0;  // offset of the catch or catch_all that control is in
  };

  struct LocalEnd {
    uint32_t end;  // index after the run
    ValType type;
  };

  bool dispatch(const Instr& in);
  bool checkFeatures(const Instr& in);

  bool fail(std::string message);
  bool mismatch(const std::string& expected, const std::string& found);
  bool badIndex(const char* what, uint32_t index, size_t count);

  // The operand and control stacks.
  void push(ValType type) { operands_.push_back(type); }
  void push(Types types) {
    for (ValType type : types) operands_.push_back(type);
  }
  bool pop(ValType expected);
  bool pop(Types types);
  bool pop(std::initializer_list<ValType> types) { return pop(Types(types.begin(), types.size())); }
  std::optional<ValType> popAny();
  bool pushFrame(Opcode kind, const BlockType& type);
  bool finishFrame(const char* where);
  void restartFrame(Opcode kind);
  bool popFrame(Types results);
  void markUnreachable();
  Types labelTypes(const Frame& frame) const {
    return frame.kind == Opcode::Loop ? frame.type.params : frame.type.results;
  }
  const Frame* label(uint32_t depth);

  // Index spaces: null, with the error noted, where there is no such item.
  const FuncType* funcType(uint32_t type);
  const FuncType* callee(uint32_t function);
  const Table* table(uint32_t index);
  const Memory* memory(uint32_t index);
  const ElemSegment* elemSegment(uint32_t index);
  bool dataSegment(uint32_t index);
  std::optional<ValType> localType(uint32_t index);

  // Instructions, by topic.
  bool simple(const Instr& in);
  bool block(const Instr& in);
  bool otherwise();
  bool endBlock();
  bool catchClause(const Instr& in);
  bool delegate(uint32_t depth);
  bool throwTag(uint32_t tag);
  bool rethrow(uint32_t depth);
  bool br(uint32_t depth);
  bool brIf(uint32_t depth);
  bool brTable(std::span<const uint32_t> depths);
  bool leave();  // return
  bool call(const FuncType* type, bool is_tail);
  bool callIndirect(const Instr& in, bool is_tail);
  bool returnCall(uint32_t function);
  bool select(const Instr& in);
  bool local(const Instr& in);
  bool globalGet(uint32_t index);
  bool globalSet(uint32_t index);
  bool access(const Instr& in);
  bool lane(const Instr& in);
  bool memoryOp(const Instr& in);
  bool memoryCopy(const Instr& in);
  bool tableOp(const Instr& in);
  bool tableCopy(const Instr& in);
  bool tableInit(const Instr& in);
  bool refFunc(uint32_t function);
  bool refIsNull();

  Module& module_;
  FeatureGate& gate_;
  const bool has_data_count_;
  std::optional<Diagnostic> error_;
  std::vector<ValType> operands_;
  std::vector<Frame> frames_;
  std::vector<LocalEnd> locals_;
  uint32_t function_ = 0;
  Opcode op_ = Opcode::Nop;  // of the instruction in hand, for messages
  uint64_t offset_ = 0;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_VALIDATOR_H
