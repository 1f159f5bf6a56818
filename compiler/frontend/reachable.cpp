#include "frontend/reachable.h"

namespace wasmc::compiler {
namespace {

enum class Role : uint8_t {
  Plain,
  Opens,    // a block
  Divides,  // starts another branch of the block: control comes to it from elsewhere
  Closes,   // a block: control may come to what follows from elsewhere
  Diverts,  // does not pass control to what follows
};

Role role(Opcode op) {
  switch (op) {
    case Opcode::Block:
    case Opcode::Loop:
    case Opcode::If:
    case Opcode::Try: return Role::Opens;
    case Opcode::Else:
    case Opcode::Catch:
    case Opcode::CatchAll: return Role::Divides;
    case Opcode::End:
    case Opcode::Delegate: return Role::Closes;
    case Opcode::Unreachable:
    case Opcode::Br:
    case Opcode::BrTable:
    case Opcode::Return:
    case Opcode::ReturnCall:
    case Opcode::ReturnCallIndirect:
    case Opcode::Throw:
    case Opcode::Rethrow: return Role::Diverts;
    default: return Role::Plain;
  }
}

}  // namespace

bool ReachableInstrs::begin(uint32_t function, std::span<const FunctionVisitor::LocalRun> locals) {
  reachable_ = true;
  skipped_blocks_ = 0;
  visitor_.begin(function, locals);
  return true;
}

bool ReachableInstrs::instruction(const Instr& instr) {
  const Role r = role(instr.op);
  if (!reachable_) {
    if (r == Role::Opens) ++skipped_blocks_;
    if (skipped_blocks_ > 0) {
      if (r == Role::Closes) --skipped_blocks_;
      return true;
    }
    if (r != Role::Divides && r != Role::Closes) return true;
    reachable_ = true;
  }
  visitor_.instruction(instr);
  if (r == Role::Diverts) reachable_ = false;
  return true;
}

bool ReachableInstrs::end(uint64_t offset) {
  visitor_.end(offset, reachable_);
  return true;
}

}  // namespace wasmc::compiler
