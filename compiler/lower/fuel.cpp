#include "lower/fuel.h"

#include "lower/function_context.h"

namespace wasmc::compiler {
namespace {

bool beginsBlock(Opcode op) {
  switch (op) {
    case Opcode::Loop:
    case Opcode::If:
    case Opcode::Else:
    case Opcode::Catch:
    case Opcode::CatchAll:
    case Opcode::Delegate:
    case Opcode::End:
    case Opcode::BrIf: return true;
    default: return false;
  }
}

}  // namespace

uint64_t fuelCost(Opcode op) {
  switch (op) {
    case Opcode::Nop:
    case Opcode::Drop:
    case Opcode::Block:
    case Opcode::Loop:
    case Opcode::Else:
    case Opcode::Try:
    case Opcode::Catch:
    case Opcode::CatchAll:
    case Opcode::Delegate:
    case Opcode::End: return 0;
    default: return 1;
  }
}

bool FuelMeter::on() const { return f_.module().options().fuel; }

void FuelMeter::enterFunction() {
  if (!on()) return;
  slot_ = f_.createSlot(f_.ir().getInt64Ty(), "fuel");
  readAgain();
  beginBlock();
  trapIfSpent(block_);
}

void FuelMeter::leaveFunction() {
  endBlock();
  writeBack();
}

void FuelMeter::count(Opcode op) { cost_ += fuelCost(op); }

void FuelMeter::lowered(Opcode op) {
  if (!on() || !f_.reachable() || !beginsBlock(op)) return;
  beginBlock();
  if (op == Opcode::Loop) trapIfSpent(block_);
}

void FuelMeter::takeFor(llvm::Value* length, unsigned shift) {
  if (on()) trapIfSpent(take(f_.ir().CreateLShr(length, shift)));
}

// What a block costs is known when it ends. Until then it is zero, which the builder would not even emit.
void FuelMeter::beginBlock() {
  endBlock();
  block_ = llvm::cast<llvm::BinaryOperator>(take(f_.i64(0)));
}

void FuelMeter::endBlock() {
  if (block_) block_->setOperand(1, f_.i64(cost_));
  block_ = nullptr;
  cost_ = 0;
}

// No signed wrap: the fuel was not negative at the last check, and no path to the next one is so long.
llvm::Value* FuelMeter::take(llvm::Value* units) {
  llvm::Value* const before = f_.ir().CreateLoad(f_.ir().getInt64Ty(), slot_);
  llvm::Value* const left = f_.ir().Insert(llvm::BinaryOperator::CreateNSWSub(before, units), "fuel");
  f_.ir().CreateStore(left, slot_);
  return left;
}

void FuelMeter::trapIfSpent(llvm::Value* left) {
  f_.trapIf(f_.ir().CreateICmpSLT(left, f_.i64(0)), abi::TrapCode::OutOfFuel);
}

void FuelMeter::writeBack() {
  if (slot_)
    f_.store(f_.ir().CreateLoad(f_.ir().getInt64Ty(), slot_), f_.storeHead(), fields::StoreHead::fuel);
}

void FuelMeter::readAgain() {
  if (slot_) f_.ir().CreateStore(f_.load(f_.storeHead(), fields::StoreHead::fuel), slot_);
}

}  // namespace wasmc::compiler
