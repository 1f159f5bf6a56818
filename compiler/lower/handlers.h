// The handlers: each lowers one kind of instruction. instructions.def says which opcode goes to which.
// They take their operands from the stack of the context and push their results. The module is valid, so
// nothing here can fail.
#ifndef WASMC_COMPILER_LOWER_HANDLERS_H
#define WASMC_COMPILER_LOWER_HANDLERS_H

#include "lower/function_context.h"

namespace wasmc::compiler {

// control.cpp
void lowerUnreachable(FunctionContext& f);
void lowerBlock(FunctionContext& f, const Instr& i);
void lowerLoop(FunctionContext& f, const Instr& i);
void lowerIf(FunctionContext& f, const Instr& i);
void lowerElse(FunctionContext& f);
void lowerEnd(FunctionContext& f);
void lowerBr(FunctionContext& f, const Instr& i);
void lowerBrIf(FunctionContext& f, const Instr& i);
void lowerBrTable(FunctionContext& f, const Instr& i);
void lowerReturn(FunctionContext& f);

// The label of a block whose results meet at its `end`. Its parameters stay on the stack.
Label forwardLabel(FunctionContext& f, const BlockType& type, Label::Kind kind);
// Goes on in the label's block after everything that could lead there is known.
void enterJoin(FunctionContext& f, Label& label);

// eh.cpp
void lowerTry(FunctionContext& f, const Instr& i);
void lowerCatch(FunctionContext& f, const Instr& i);  // and catch_all
void lowerTryEnd(FunctionContext& f);                 // `end`
void lowerDelegate(FunctionContext& f, const Instr& i);
void lowerThrow(FunctionContext& f, const Instr& i);
void lowerRethrow(FunctionContext& f, const Instr& i);

// call.cpp
void lowerCall(FunctionContext& f, const Instr& i);
void lowerCallIndirect(FunctionContext& f, const Instr& i);
void lowerReturnCall(FunctionContext& f, const Instr& i);
void lowerReturnCallIndirect(FunctionContext& f, const Instr& i);

// variable.cpp
void lowerDrop(FunctionContext& f);
void lowerSelect(FunctionContext& f);
void lowerLocalGet(FunctionContext& f, const Instr& i);
void lowerLocalSet(FunctionContext& f, const Instr& i);
void lowerLocalTee(FunctionContext& f, const Instr& i);
void lowerGlobalGet(FunctionContext& f, const Instr& i);
void lowerGlobalSet(FunctionContext& f, const Instr& i);

// memory.cpp
enum class Extend { None, Signed, Unsigned };
// `type` is the result's; an access narrower than it is extended (load) or truncated (store).
void lowerLoad(FunctionContext& f, const Instr& i, ValType type, Extend extend);
void lowerStore(FunctionContext& f, const Instr& i);
void lowerMemorySize(FunctionContext& f, const Instr& i);
void lowerMemoryGrow(FunctionContext& f, const Instr& i);
void lowerMemoryCopy(FunctionContext& f, const Instr& i);
void lowerMemoryFill(FunctionContext& f, const Instr& i);
void lowerMemoryInit(FunctionContext& f, const Instr& i);
void lowerDataDrop(FunctionContext& f, const Instr& i);

// An access of `size` bytes, at the index that it pops, as a value of type `type`.
llvm::Value* loadFromMemory(FunctionContext& f, const MemArg& mem, llvm::Type* type, uint32_t size);
void storeToMemory(FunctionContext& f, const MemArg& mem, llvm::Value* value, uint32_t size);

// The address of an access of `size` bytes at the index that it pops, or a trap. Every access to a linear
// memory goes through here.
llvm::Value* effectiveAddress(FunctionContext& f, const MemArg& mem, uint32_t size);

// atomic.cpp
void lowerAtomicLoad(FunctionContext& f, const Instr& i, ValType type);
void lowerAtomicStore(FunctionContext& f, const Instr& i);
void lowerAtomicRmw(FunctionContext& f, const Instr& i, llvm::AtomicRMWInst::BinOp op);
void lowerAtomicCmpxchg(FunctionContext& f, const Instr& i);
void lowerAtomicFence(FunctionContext& f);
void lowerAtomicWait(FunctionContext& f, const Instr& i, abi::Builtin builtin);
void lowerAtomicNotify(FunctionContext& f, const Instr& i);

// table.cpp
void lowerTableGet(FunctionContext& f, const Instr& i);
void lowerTableSet(FunctionContext& f, const Instr& i);
void lowerTableSize(FunctionContext& f, const Instr& i);
void lowerTableGrow(FunctionContext& f, const Instr& i);
void lowerTableFill(FunctionContext& f, const Instr& i);
void lowerTableCopy(FunctionContext& f, const Instr& i);
void lowerTableInit(FunctionContext& f, const Instr& i);
void lowerElemDrop(FunctionContext& f, const Instr& i);
void lowerRefNull(FunctionContext& f);
void lowerRefIsNull(FunctionContext& f);
void lowerRefFunc(FunctionContext& f, const Instr& i);

// The address of the element at `index` (i32 or i64), after a bounds check that traps with `out_of_bounds`.
llvm::Value* tableElement(FunctionContext& f, uint32_t table, llvm::Value* index,
                          abi::TrapCode out_of_bounds);

// numeric.cpp
enum class Operands { Signed, Unsigned };
void lowerConst(FunctionContext& f, llvm::Constant* value);
void lowerFloatConst(FunctionContext& f, const llvm::fltSemantics& semantics, uint64_t bits);
void lowerBinary(FunctionContext& f, llvm::Instruction::BinaryOps op);
void lowerAnd(FunctionContext& f);
void lowerShift(FunctionContext& f, llvm::Instruction::BinaryOps op);
void lowerRotate(FunctionContext& f, llvm::Intrinsic::ID id);
void lowerDivide(FunctionContext& f, Operands operands);
void lowerRemainder(FunctionContext& f, Operands operands);
void lowerCountZeros(FunctionContext& f, llvm::Intrinsic::ID id);
void lowerUnary(FunctionContext& f, llvm::Intrinsic::ID id);  // one operand, result of its type
void lowerNegate(FunctionContext& f);
void lowerCopysign(FunctionContext& f);
void lowerMinMax(FunctionContext& f, llvm::Intrinsic::ID id);
// minimum or maximum of two floats, or lane by lane.
llvm::Value* minMax(FunctionContext& f, llvm::Value* a, llvm::Value* b, llvm::Intrinsic::ID id);
void lowerEqz(FunctionContext& f);
void lowerCompare(FunctionContext& f, llvm::CmpInst::Predicate predicate);

// convert.cpp
void lowerWrap(FunctionContext& f);
void lowerExtend(FunctionContext& f, Operands operands);                   // i32 to i64
void lowerSignExtend(FunctionContext& f, unsigned bits);                   // from the low bits
void lowerTruncate(FunctionContext& f, ValType to, Operands operands);     // traps
void lowerTruncateSat(FunctionContext& f, ValType to, Operands operands);  // does not
void lowerConvert(FunctionContext& f, ValType to, Operands operands);      // integer to float
void lowerDemote(FunctionContext& f);
void lowerPromote(FunctionContext& f);
void lowerReinterpret(FunctionContext& f, ValType to);

// dispatch.cpp
void lowerInstruction(FunctionContext& f, const Instr& i);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_HANDLERS_H
