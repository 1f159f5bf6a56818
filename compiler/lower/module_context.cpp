#include "lower/module_context.h"

#include "lower/libcalls.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/InlineAsm.h>

#include <string_view>

namespace wasmc::compiler {
namespace {

// Imported memories (globals) share the tag of the first.
uint32_t tagIndex(uint32_t index, uint32_t imported) { return index < imported ? 0 : index; }

llvm::Type* builtinLetter(llvm::LLVMContext& context, char letter) {
  switch (letter) {
    case 'v': return llvm::Type::getVoidTy(context);
    case 'i': return llvm::Type::getInt32Ty(context);
    case 'l': return llvm::Type::getInt64Ty(context);
    case 'p': return llvm::PointerType::get(context, 0);
    default: llvm_unreachable("builtins.def lists its letters");
  }
}

// An instruction that no CPU carries out, with the code in it. The runtime library's arch_*.h reads it. To
// LLVM it reads all memory (as calls with a "deopt" bundle do), because the host may: a store before it stays
// before it, also where the way that does not trap overwrites it.
llvm::CallInst* trapInstruction(llvm::IRBuilder<>& ir, const llvm::Triple& triple, uint8_t code) {
  if (!triple.isRISCV64()) {
    llvm::Function* trap =
        llvm::Intrinsic::getOrInsertDeclaration(ir.GetInsertBlock()->getModule(), llvm::Intrinsic::ubsantrap);
    return ir.CreateCall(trap, {ir.getInt8(code)},
                         {llvm::OperandBundleDef("deopt", llvm::ArrayRef<llvm::Value*>())});
  }
  // LLVM's has no room for the code there. A write to a counter that can only be read has.
  constexpr unsigned kCycle = 0xc00;
  constexpr unsigned kOperands = 32;
  const std::string text =
      "csrrwi zero, " + std::to_string(kCycle + code / kOperands) + ", " + std::to_string(code % kOperands);
  auto* type = llvm::FunctionType::get(ir.getVoidTy(), /*isVarArg=*/false);
  llvm::CallInst* call = ir.CreateCall(llvm::InlineAsm::get(type, text, "", /*hasSideEffects=*/true));
  call->setDoesNotReturn();
  call->setDoesNotThrow();
  call->setMemoryEffects(llvm::MemoryEffects::inaccessibleMemOnly() | llvm::MemoryEffects::readOnly());
  call->addFnAttr(llvm::Attribute::Cold);
  return call;
}

}  // namespace

ModuleContext::ModuleContext(const Module& wasm, const LowerOptions& options, bool only_unit,
                             llvm::Module& target)
    : wasm_(wasm),
      options_(options),
      only_unit_(only_unit),
      target_(target),
      layout_(instanceCounts(wasm)),
      tails_(target.getContext(), target.getTargetTriple()),
      func_refs_(numberFuncRefs(wasm)),
      metadata_(target.getContext()),
      alias_root_(metadata_.createTBAARoot("wasmc")),
      unlikely_(metadata_.createBranchWeights(1, 1 << 20)),
      debug_(target) {
  for (const char* name : {"invariant", "memory header", "table header", "table entry", "store"}) {
    tags_.push_back(makeTag(name));
  }
  if (usesFeature(wasm, Feature::Exceptions)) personality_ = declarePersonality(target);
  if (!options.address_map) return;
  target.addModuleFlag(llvm::Module::Warning, "Debug Info Version", llvm::DEBUG_METADATA_VERSION);
  // Debuggers are given what all of them can read: valgrind 3.19 takes DWARF 5 for damaged.
  target.addModuleFlag(llvm::Module::Warning, "Dwarf Version", options.debug_info ? 4 : 5);
  file_ = debug_.createFile("module.wasm", "");
  debug_.createCompileUnit(llvm::DISourceLanguageName(llvm::dwarf::DW_LANG_C_plus_plus), file_, "wasmc",
                           /*isOptimized=*/true, "", 0, "", llvm::DICompileUnit::LineTablesOnly, 0,
                           /*SplitDebugInlining=*/true, /*DebugInfoForProfiling=*/false,
                           llvm::DICompileUnit::DebugNameTableKind::None);
  if (options.debug_info) debug_info_.emplace(wasm, *options.debug_info, target);
  untyped_ = debug_.createSubroutineType(debug_.getOrCreateTypeArray({}));
}

llvm::MDNode* ModuleContext::makeTag(const std::string& name) {
  llvm::MDNode* type = metadata_.createTBAAScalarTypeNode(name, alias_root_);
  return metadata_.createTBAAStructTagNode(type, type, 0);
}

llvm::MDNode* ModuleContext::memoryTag(uint32_t memory) {
  const bool imported = memory < wasm_.imported_memories;
  llvm::MDNode*& tag = memory_tags_[tagIndex(memory, wasm_.imported_memories)];
  if (!tag) tag = makeTag(imported ? "imported memory" : "memory " + std::to_string(memory));
  return tag;
}

bool ModuleContext::isMemoryTag(const llvm::MDNode* tag) const {
  return tag && llvm::any_of(memory_tags_, [tag](const auto& entry) { return entry.second == tag; });
}

llvm::MDNode* ModuleContext::globalTag(uint32_t global) {
  const bool imported = global < wasm_.imported_globals;
  llvm::MDNode*& tag = global_tags_[tagIndex(global, wasm_.imported_globals)];
  if (!tag) tag = makeTag(imported ? "imported global" : "global " + std::to_string(global));
  return tag;
}

bool ModuleContext::isGlobalTag(const llvm::MDNode* tag) const {
  return tag && llvm::any_of(global_tags_, [tag](const auto& entry) { return entry.second == tag; });
}

llvm::Function* ModuleContext::declare(uint32_t index) {
  return declareFunction(target_, wasm_, layout_, index);
}

llvm::Function* ModuleContext::define(uint32_t index) {
  llvm::Function* f = declare(index);
  if (only_unit_ && !hasFuncRef(wasm_, index)) {
    f->setVisibility(llvm::GlobalValue::DefaultVisibility);
    f->setLinkage(llvm::GlobalValue::InternalLinkage);
  }
  // A frame that is larger does not compile (codegen/emit.cpp).
  if (options_.bounds == BoundsChecks::Explicit)
    f->addFnAttr("warn-stack-size", std::to_string(abi::kLargestFrame));
  if (personality_) {
    f->setPersonalityFn(personality_);
    // An invoke has no `notail`, but LLVM makes a call of it where it finds that nothing is thrown.
    f->addFnAttr("disable-tail-calls", "true");
  }
  if (debug_info_) function_debug_info_ = debug_info_->function(index);
  if (function_debug_info_) {
    f->setSubprogram(function_debug_info_->subprogram);
  } else if (file_) {
    const unsigned line = static_cast<unsigned>(wasm_.functions[index].body_offset + 1);
    f->setSubprogram(debug_.createFunction(file_, f->getName(), {}, file_, line, untyped_, line,
                                           llvm::DINode::FlagZero, llvm::DISubprogram::SPFlagDefinition));
  }
  return f;
}

llvm::DILocation* ModuleContext::locationAt(uint64_t offset, llvm::DISubprogram* function) {
  const unsigned line = static_cast<unsigned>(offset + 1);
  llvm::DILocalScope* scope = function;
  if (debug_info_) scope = llvm::DILexicalBlockFile::get(context(), function, file_, line);
  return llvm::DILocation::get(context(), line, 0, scope);
}

void ModuleContext::finish() {
  debug_.finalize();
  if (debug_info_) debug_info_->finish();
}

llvm::FunctionType* ModuleContext::builtinType(abi::Builtin builtin) {
  struct Signature {
    std::string_view letters;  // result, then parameters
  };
#define WASMC_BUILTIN(name, result, params, attributes) {#result #params},
  static constexpr Signature kSignatures[] = {
#include <wasmc/abi/builtins.def>
  };
  const std::string_view letters = kSignatures[static_cast<size_t>(builtin)].letters;
  llvm::Type* const result = builtinLetter(context(), letters.front());
  llvm::SmallVector<llvm::Type*, 8> params;
  for (char c : letters.substr(1)) {
    if (c >= 'a' && c <= 'z') params.push_back(builtinLetter(context(), c));
  }
  return llvm::FunctionType::get(result, params, /*isVarArg=*/false);
}

llvm::AttributeList ModuleContext::builtinAttributes(abi::Builtin builtin) {
  llvm::AttributeList attributes;
  if (!target_.getTargetTriple().isRISCV64()) return attributes;
  for (const auto [i, type] : llvm::enumerate(builtinType(builtin)->params())) {
    const bool extended = type->isIntegerTy(32);  // C wants it sign-extended there
    if (extended)
      attributes = attributes.addParamAttribute(context(), static_cast<unsigned>(i), llvm::Attribute::SExt);
  }
  return attributes;
}

llvm::Value* fieldAddress(llvm::IRBuilder<>& ir, llvm::Value* object, uint64_t offset) {
  if (offset == 0) return object;
  return ir.CreateGEP(ir.getInt8Ty(), object, ir.getInt64(offset), "",
                      llvm::GEPNoWrapFlags::inBounds() | llvm::GEPNoWrapFlags::noUnsignedWrap());
}

llvm::LoadInst* ModuleContext::loadField(llvm::IRBuilder<>& ir, llvm::Value* object, const Field& field,
                                         bool fixed) {
  assert(field.access != Field::Access::RUNTIME && "generated code does not touch it");
  llvm::Type* const type = field.bits ? static_cast<llvm::Type*>(ir.getIntNTy(field.bits)) : ir.getPtrTy();
  llvm::LoadInst* value = ir.CreateLoad(type, fieldAddress(ir, object, field.offset));
  fixed |= field.access == Field::Access::INVARIANT;
  value->setMetadata(llvm::LLVMContext::MD_tbaa, tag(fixed ? AliasClass::Invariant : field.aliasClass()));
  if (fixed) value->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(context(), {}));
  return value;
}

llvm::CallInst* ModuleContext::callBuiltin(llvm::IRBuilder<>& ir, llvm::Value* instance, abi::Builtin builtin,
                                           llvm::ArrayRef<llvm::Value*> args) {
  llvm::Value* const builtins = loadField(ir, instance, fields::InstanceHeader::builtins);
  const Field entry{offsetof(abi::Builtins, entries) + sizeof(void*) * static_cast<size_t>(builtin), 0,
                    Field::Access::INVARIANT, AliasClass::Invariant};
  llvm::Value* const code = loadField(ir, builtins, entry);
  llvm::SmallVector<llvm::Value*, 8> all{instance};
  all.append(args.begin(), args.end());
  llvm::CallInst* call = ir.CreateCall(builtinType(builtin), code, all);
  call->setAttributes(builtinAttributes(builtin));
  // A builtin that traps leaves through the entry stub; nothing unwinds.
  call->setDoesNotThrow();
  call->setTailCallKind(llvm::CallInst::TCK_NoTail);
  return call;
}

void ModuleContext::trap(llvm::IRBuilder<>& ir, llvm::Value* instance, abi::TrapCode code) {
  llvm::CallInst* call = nullptr;
  if (options_.traps == TrapLowering::Instruction) {
    call = trapInstruction(ir, target_.getTargetTriple(), static_cast<uint8_t>(code));
  } else {
    call = callBuiltin(ir, instance, abi::Builtin::trap, {ir.getInt32(static_cast<uint32_t>(code))});
    call->addFnAttr(llvm::Attribute::Cold);
    call->setDoesNotReturn();
  }
  call->addFnAttr(llvm::Attribute::NoMerge);
  ir.CreateUnreachable();
}

llvm::Constant* ModuleContext::nullFuncRef() {
  if (null_func_ref_) return null_func_ref_;
  auto* type = llvm::ArrayType::get(llvm::Type::getInt64Ty(context()), sizeof(abi::FuncRef) / 8);
  null_func_ref_ =
      new llvm::GlobalVariable(target_, type, /*isConstant=*/true, llvm::GlobalValue::PrivateLinkage,
                               llvm::ConstantAggregateZero::get(type), "wasmc.null_func_ref");
  return null_func_ref_;
}

}  // namespace wasmc::compiler
