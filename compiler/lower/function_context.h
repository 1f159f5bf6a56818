// One function body while it is lowered: the operand stack, the locals, the labels, and the verbs that the
// handlers (handlers.h) are written in.
//
// The operand stack holds SSA values. Locals are stack slots in the entry block, which mem2reg removes. A
// label is a block with a phi for each value that a branch to it carries.
#ifndef WASMC_COMPILER_LOWER_FUNCTION_CONTEXT_H
#define WASMC_COMPILER_LOWER_FUNCTION_CONTEXT_H

#include "frontend/events.h"
#include "lower/debug_values.h"
#include "lower/fuel.h"
#include "lower/module_context.h"
#include "lower/tail.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/IRBuilder.h>

#include <optional>

namespace wasmc::compiler {

// What exceptions meet that leave a block (eh.cpp). Made when the first one may.
struct Handler {
  llvm::BasicBlock* landing = nullptr;   // where calls in the block unwind to
  llvm::BasicBlock* dispatch = nullptr;  // where it goes on, from there and from handlers inside
  llvm::PHINode* exception = nullptr;    // in `dispatch`
};

struct Label {
  enum class Kind { Function, Block, Loop, If, Else, Try, Catch };

  Kind kind = Kind::Block;
  llvm::BasicBlock* target = nullptr;              // of branches: the loop's header, else what follows `end`
  llvm::SmallVector<llvm::PHINode*, 2> phis = {};  // of `target`: what a branch carries
  size_t height = 0;                               // of the operand stack below the block's parameters
  llvm::SmallVector<llvm::Type*, 2> results = {};
  llvm::BasicBlock* otherwise = nullptr;  // of an `if` without its `else` yet; for what no catch took yet
  llvm::SmallVector<llvm::Value*, 2> params = {};  // of an `if`, again for its `else`
  Handler handler = {};                            // of a try, and of a clause that keeps its exception
  llvm::Value* caught = nullptr;                   // in the clauses of a try: the exception
  llvm::Value* kept = nullptr;                     // the same where a rethrow names the clause
};

// What a call needs: the code, its first argument, and how the others are passed.
struct Callee {
  llvm::Value* code;
  llvm::Value* context;
  bool register_prototype = false;  // a function of this module that has it (tail.h)
};

class FunctionContext {
 public:
  FunctionContext(ModuleContext& module, uint32_t index, std::span<const FunctionVisitor::LocalRun> locals);
  FunctionContext(const FunctionContext&) = delete;
  FunctionContext& operator=(const FunctionContext&) = delete;

  ModuleContext& module() { return module_; }
  const Module& wasm() const { return module_.wasm(); }
  llvm::Function& function() { return function_; }
  const FuncType& type() const { return type_; }
  llvm::IRBuilder<>& ir() { return ir_; }
  llvm::Type* lower(ValType type) { return lowerType(module_.context(), type); }

  // The instruction that the IR which follows belongs to, by its offset in the wasm module.
  void locate(uint64_t offset);
  void locate(const Instr& instr);

  // Operand stack.
  void push(llvm::Value* value) { stack_.push_back(value); }
  llvm::Value* pop() { return stack_.pop_back_val(); }
  llvm::SmallVector<llvm::Value*, 4> pop(size_t count);  // in the order they were pushed
  llvm::Value* popCondition();                           // i32 as i1: not zero
  llvm::ArrayRef<llvm::Value*> top(size_t count) const { return llvm::ArrayRef(stack_).take_back(count); }
  size_t height() const { return stack_.size(); }
  llvm::Value* operand(size_t position) const { return stack_[position]; }  // from the bottom
  void shrink(size_t height) { stack_.truncate(height); }

  llvm::AllocaInst* local(uint32_t index) const { return locals_[index]; }
  size_t localCount() const { return locals_.size(); }
  void setLocal(uint32_t index, llvm::Value* value);

  FuelMeter& fuel() { return fuel_; }

  // Control. `reachable` is false from an instruction that does not return to the next `else` or `end`.
  llvm::BasicBlock* createBlock(const char* name);
  void enter(llvm::BasicBlock* block);  // appends it to the function and goes on there
  bool reachable() const { return ir_.GetInsertBlock() != nullptr; }
  void leave() { ir_.ClearInsertionPoint(); }
  // Makes phis of these types in `label.target`.
  void addPhis(Label& label, llvm::ArrayRef<llvm::Type*> types);
  void pushLabel(Label label) { labels_.push_back(std::move(label)); }
  Label popLabel() { return labels_.pop_back_val(); }
  Label& label(uint32_t depth) { return labels_[labels_.size() - 1 - depth]; }
  Label& outermostLabel() { return labels_.front(); }
  // Notes that the current block branches to `label` with the values on top of the stack; the terminator is
  // the caller's. To be called once an edge.
  void addEdge(Label& label);
  // Ends the function: whoever falls off its end or returns arrives here.
  void finish(uint64_t offset, bool falls_through);

  // Exceptions (eh.cpp). Depths count labels, as in branches.
  // The innermost handler at `depth` or outside of it; null if there is none.
  Handler* handlerFrom(uint32_t depth);
  // Ends the current block: the exception meets handlerFrom(depth), or goes to the caller.
  void passOn(llvm::Value* exception, uint32_t depth);
  // Whether a branch to `depth` leaves clauses that keep their exception; frees those exceptions.
  bool keepsException(uint32_t depth) const;
  void releaseKept(uint32_t depth);
  uint32_t outermostDepth() const { return static_cast<uint32_t>(labels_.size()) - 1; }

  // Traps. Each makes a block of its own, so that the trap instruction belongs to this wasm instruction.
  void trap(abi::TrapCode code);  // ends the current block
  void trapIf(llvm::Value* condition, abi::TrapCode code);
  // Branches to a new block, which is expected to be rare, where `condition` holds; goes on where it does
  // not. The caller fills the block in and comes back with `enter(result.second)`... or traps.
  struct ColdBranch {
    llvm::BasicBlock* cold;
    llvm::BasicBlock* next;
  };
  ColdBranch branchIfRarely(llvm::Value* condition, const char* name);

  // The instance and what is in it.
  llvm::Value* instance() { return function_.getArg(0); }
  llvm::Value* instanceField(uint64_t offset) { return fieldAddress(ir_, instance(), offset); }
  // `fixed`: this object's field does not change, although others' may.
  llvm::Value* load(llvm::Value* object, const Field& field, bool fixed = false);
  void store(llvm::Value* value, llvm::Value* object, const Field& field);
  llvm::Value* loadInvariant(llvm::Type* type, uint64_t instance_offset);
  llvm::Value* memory(uint32_t index);      // MemoryInstance*
  llvm::Value* memoryBase(uint32_t index);  // loaded once a function
  llvm::Value* table(uint32_t index);       // TableInstance*
  llvm::Value* storeHead() { return load(instance(), fields::InstanceHeader::store); }  // StoreHead*

  // Calls.
  llvm::CallInst* callBuiltin(abi::Builtin builtin, llvm::ArrayRef<llvm::Value*> args);
  // Calls `callee` and pushes its results; pops nothing. A tail call that can not be a jump has left the
  // handlers of the function when it is made.
  enum class Unwind { ToHandler, ToCaller };
  void callWasm(const FuncType& type, const Callee& callee, llvm::ArrayRef<llvm::Value*> args,
                Unwind unwind = Unwind::ToHandler);
  // Leaves the function by a jump to `code`, which has, or is called like, a register prototype.
  void jumpTo(const FuncType& type, llvm::Value* code, llvm::Value* context,
              llvm::ArrayRef<llvm::Value*> args);
  llvm::Value* call(llvm::Intrinsic::ID id, llvm::ArrayRef<llvm::Type*> types,
                    llvm::ArrayRef<llvm::Value*> args);

  // Constants and widths.
  llvm::ConstantInt* i32(uint32_t value) { return ir_.getInt32(value); }
  llvm::ConstantInt* i64(uint64_t value) { return ir_.getInt64(value); }
  llvm::Value* toI64(llvm::Value* index);  // an i32 or i64 address, index or length, unsigned

  // A slot in the frame, made in the entry block.
  llvm::AllocaInst* createSlot(llvm::Type* type, const char* name);

 private:
  void bindLocals(std::span<const FunctionVisitor::LocalRun> locals);
  llvm::BasicBlock* landingPad();  // of the innermost handler; null if there is none
  llvm::CallBase* callMayThrow(llvm::FunctionType* type, llvm::Value* code, llvm::ArrayRef<llvm::Value*> args,
                               Unwind unwind);
  llvm::Value* resultsBuffer(size_t count);
  void pushResults(const FuncType& type, llvm::CallBase* call, llvm::Value* buffer);

  ModuleContext& module_;
  const FuncType& type_;
  const bool register_prototype_;
  llvm::Function& function_;
  llvm::IRBuilder<> ir_;
  llvm::BasicBlock* entry_;
  llvm::Value* results_pointer_ = nullptr;  // of the caller, where results go through one
  llvm::Instruction* entry_end_ =
      nullptr;  // instructions of the entry block that are found later go before it
  llvm::SmallVector<llvm::Value*, 32> stack_;
  llvm::SmallVector<llvm::AllocaInst*, 32> locals_;
  llvm::SmallVector<Label, 16> labels_;
  llvm::DenseMap<uint32_t, llvm::Value*> bases_;
  llvm::AllocaInst* results_buffer_ = nullptr;
  FuelMeter fuel_;
  std::optional<DebugValues> debug_values_;  // with -g, of a function that has DWARF
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_FUNCTION_CONTEXT_H
