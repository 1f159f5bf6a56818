// What the functions of one unit share: the wasm module, the llvm::Module, the instance layout, alias tags,
// debug information and declarations.
#ifndef WASMC_COMPILER_LOWER_MODULE_CONTEXT_H
#define WASMC_COMPILER_LOWER_MODULE_CONTEXT_H

#include "debug/debug_info.h"
#include "lower/fields.h"
#include "lower/tail.h"
#include "lower/types.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/MDBuilder.h>

#include <memory>
#include <optional>

namespace wasmc::compiler {

// `object` + `offset` bytes.
llvm::Value* fieldAddress(llvm::IRBuilder<>& ir, llvm::Value* object, uint64_t offset);

class ModuleContext {
 public:
  ModuleContext(const Module& wasm, const LowerOptions& options, bool only_unit, llvm::Module& target);

  const Module& wasm() const { return wasm_; }
  const LowerOptions& options() const { return options_; }
  const abi::InstanceLayout& layout() const { return layout_; }
  const TailConvention& tails() const { return tails_; }
  llvm::Module& target() { return target_; }
  llvm::LLVMContext& context() { return target_.getContext(); }

  // Gives defined function `index` its linkage, and its debug information where options ask for it.
  llvm::Function* define(uint32_t index);
  llvm::Function* declare(uint32_t index);
  // What DWARF says of the function that was defined last; null where it says nothing, or is not asked.
  std::unique_ptr<FunctionDebugInfo> takeDebugInfo() { return std::move(function_debug_info_); }
  // The debug location of an instruction of a function that no DWARF is known of.
  llvm::DILocation* locationAt(uint64_t offset, llvm::DISubprogram* function);
  // Finishes the debug information.
  void finish();

  // Position of a defined function among the instance's FuncRefs.
  uint32_t funcRef(uint32_t function) const { return func_refs_[function]; }

  // Alias tags (TBAA access tags). Two accesses with different tags never touch the same byte:
  // - a memory that the module defines is apart from every other memory; imported memories may be one;
  // - a mutable global that the module defines has its slot for itself; imported ones may be one.
  llvm::MDNode* tag(AliasClass c) const { return tags_[static_cast<size_t>(c)]; }
  llvm::MDNode* memoryTag(uint32_t memory);
  llvm::MDNode* globalTag(uint32_t global);
  bool isMemoryTag(const llvm::MDNode* tag) const;
  bool isGlobalTag(const llvm::MDNode* tag) const;
  llvm::MDNode* unlikely() const { return unlikely_; }

  llvm::FunctionType* builtinType(abi::Builtin builtin);
  llvm::AttributeList builtinAttributes(abi::Builtin builtin);

  // What generated code does in functions of wasm and in those that go into them later (late_code.h).
  // `fixed`: this object's field does not change, although others' may.
  llvm::LoadInst* loadField(llvm::IRBuilder<>& ir, llvm::Value* object, const Field& field,
                            bool fixed = false);
  llvm::CallInst* callBuiltin(llvm::IRBuilder<>& ir, llvm::Value* instance, abi::Builtin builtin,
                              llvm::ArrayRef<llvm::Value*> args);
  // Ends the block.
  void trap(llvm::IRBuilder<>& ir, llvm::Value* instance, abi::TrapCode code);

  // What a table slot is filled from where the reference is null: a FuncRef of zeros.
  llvm::Constant* nullFuncRef();

 private:
  llvm::MDNode* makeTag(const std::string& name);

  const Module& wasm_;
  const LowerOptions& options_;
  const bool only_unit_;
  llvm::Module& target_;
  abi::InstanceLayout layout_;
  TailConvention tails_;
  std::vector<uint32_t> func_refs_;
  llvm::MDBuilder metadata_;
  llvm::MDNode* alias_root_;
  std::vector<llvm::MDNode*> tags_;
  llvm::DenseMap<uint32_t, llvm::MDNode*> memory_tags_;
  llvm::DenseMap<uint32_t, llvm::MDNode*> global_tags_;
  llvm::MDNode* unlikely_;
  llvm::Function* personality_ = nullptr;  // where the module uses exceptions
  llvm::GlobalVariable* null_func_ref_ = nullptr;
  llvm::DIBuilder debug_;
  std::optional<DebugInfo> debug_info_;  // with -g
  std::unique_ptr<FunctionDebugInfo> function_debug_info_;
  llvm::DIFile* file_ = nullptr;
  llvm::DISubroutineType* untyped_ = nullptr;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_MODULE_CONTEXT_H
