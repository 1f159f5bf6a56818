// The exported descriptor of the artifact and the constants that it leads to.
#ifndef WASMC_COMPILER_LOWER_DESCRIPTOR_H
#define WASMC_COMPILER_LOWER_DESCRIPTOR_H

#include <llvm/IR/Module.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace wasmc::compiler {

// What an abi::Descriptor refers to. Null entries and pointers are absent.
struct DescriptorParts {
  std::vector<llvm::Function*> func_refs;
  std::vector<llvm::Function*> tail_codes;
  std::vector<llvm::Function*> array_calls;
  std::vector<llvm::Function*> adapters;
  llvm::GlobalVariable* metadata = nullptr;
  uint32_t metadata_size = 0;
  llvm::GlobalVariable* lib_calls = nullptr;
  llvm::GlobalVariable* memory_image = nullptr;
  llvm::GlobalVariable* segment_data = nullptr;
  llvm::GlobalVariable* address_map = nullptr;
  llvm::GlobalVariable* source_map = nullptr;
  llvm::GlobalVariable* debug_memory = nullptr;
};

// The descriptor, and behind it in the same object the tables of code addresses: a relative address needs no
// relocation in the shared object only if its base lies in the section that holds it.
void lowerDescriptor(llvm::Module& target, const std::string& symbol, const DescriptorParts& parts);

// A read-only array of bytes that only this unit sees. Null where there are none.
llvm::GlobalVariable* lowerBytes(llvm::Module& target, const char* name, const char* section,
                                 std::span<const uint8_t> bytes, uint64_t alignment);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_DESCRIPTOR_H
