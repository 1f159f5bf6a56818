// The types of a module's DWARF as LLVM's debug information: what they are in the guest, with its sizes.
//
// A pointer is 4 bytes (or 8) and counts from the start of linear memory, which no debugger's pointer does.
// So it becomes a struct wasm_pointer<T> with its address as the only member, which a debugger can be taught
// to follow (tools/gdb/wasmc.py); its memory is at the address in kDebugMemorySymbol.
#ifndef WASMC_COMPILER_DEBUG_TYPE_CONVERTER_H
#define WASMC_COMPILER_DEBUG_TYPE_CONVERTER_H

#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/IR/DIBuilder.h>

#include <map>
#include <string>

namespace wasmc::compiler {

// Of one compile unit of one LLVM module.
class TypeConverter {
 public:
  TypeConverter(llvm::DIBuilder& builder, llvm::DIFile* file) : builder_(builder), file_(file) {}

  // Of the DIE's DW_AT_type; null for void, and for what cannot be read.
  llvm::DIType* typeOf(const llvm::DWARFDie& die) { return convert(typeDie(die)); }
  llvm::DISubroutineType* subroutine(const llvm::DWARFDie& function);

 private:
  static llvm::DWARFDie typeDie(const llvm::DWARFDie& die) {
    const auto type = die.findRecursively(llvm::dwarf::DW_AT_type);
    return type ? die.getAttributeValueAsReferencedDie(*type) : llvm::DWARFDie();
  }
  llvm::DIType* convert(const llvm::DWARFDie& die);
  llvm::DIType* make(const llvm::DWARFDie& die);
  llvm::DIType* basic(const llvm::DWARFDie& die);
  llvm::DIType* pointer(const llvm::DWARFDie& die);
  llvm::DIType* array(const llvm::DWARFDie& die);
  llvm::DIType* enumeration(const llvm::DWARFDie& die);
  llvm::DIType* aggregate(const llvm::DWARFDie& die);
  llvm::DIType* declaration(const llvm::DWARFDie& die);
  void addMembers(const llvm::DWARFDie& die, llvm::DICompositeType* type);
  llvm::DIType* member(const llvm::DWARFDie& die, llvm::DICompositeType* scope);

  llvm::DIBuilder& builder_;
  llvm::DIFile* file_;
  llvm::DIType* address_ = nullptr;
  unsigned depth_ = 0;                       // of types within types
  unsigned pointers_ = 0;                    // that lead to the type which is being converted
  std::map<uint64_t, llvm::DIType*> known_;  // by the DIE's offset
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_DEBUG_TYPE_CONVERTER_H
