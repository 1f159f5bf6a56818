#include "driver/merge.h"

#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Support/Error.h>
#include <llvm/Support/MemoryBufferRef.h>
#include <llvm/Support/raw_ostream.h>

#include <utility>

namespace wasmc::compiler {

Bytes writeBitcode(const llvm::Module& module) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream out(bytes);
  llvm::WriteBitcodeToFile(module, out);
  return Bytes(bytes.begin(), bytes.end());
}

Result<std::unique_ptr<llvm::Module>> mergeModules(const std::vector<Bytes>& bitcode,
                                                   llvm::LLVMContext& context) {
  auto merged = std::make_unique<llvm::Module>("wasm", context);
  llvm::Linker linker(*merged);
  for (const Bytes& bytes : bitcode) {
    const llvm::StringRef data(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    auto unit = llvm::parseBitcodeFile(llvm::MemoryBufferRef(data, "unit"), context);
    if (!unit) return error("internal error in merging units: " + llvm::toString(unit.takeError()));
    if (bitcode.size() == 1) return std::move(*unit);
    if (linker.linkInModule(std::move(*unit))) return error("internal error in merging units: symbols clash");
  }
  return merged;
}

}  // namespace wasmc::compiler
