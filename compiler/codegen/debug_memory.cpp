// Locations of variables in linear memory, for debuggers.
//
// They begin where the instance's memory does: DW_OP_addr <kDebugMemorySymbol> DW_OP_deref. LLVM's
// expressions have no DW_OP_addr; they have DW_OP_constu, so lowering writes a number there that nothing else
// has, and once the address is known the operation is replaced, in place: both encodings fit into 11 bytes.

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Support/LEB128.h>
#include <llvm/Support/MemoryBuffer.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "codegen/codegen.h"
#include "support/symbols.h"

namespace wasmc::compiler {
namespace {

constexpr size_t kSize = 11;
using Operation = std::array<uint8_t, kSize>;

Operation mark() {
  Operation bytes{llvm::dwarf::DW_OP_constu};
  llvm::encodeULEB128(kDebugMemoryMark, bytes.data() + 1);
  return bytes;
}

Operation addressOf(uint64_t address) {
  Operation bytes;
  bytes.fill(llvm::dwarf::DW_OP_nop);
  bytes[0] = llvm::dwarf::DW_OP_addr;
  std::memcpy(bytes.data() + 1, &address, sizeof address);
  return bytes;
}

std::optional<uint64_t> findSymbol(const llvm::object::ObjectFile& file) {
  for (const llvm::object::SymbolRef symbol : file.symbols()) {
    auto name = symbol.getName();
    auto address = symbol.getAddress();
    if (name && address && *name == kDebugMemorySymbol) return *address;
    if (!name) llvm::consumeError(name.takeError());
    if (!address) llvm::consumeError(address.takeError());
  }
  return std::nullopt;
}

}  // namespace

void placeDebugMemory(Bytes& shared_object) {
  const llvm::StringRef data(reinterpret_cast<const char*>(shared_object.data()), shared_object.size());
  auto file = llvm::object::ObjectFile::createELFObjectFile(llvm::MemoryBufferRef(data, "artifact"));
  if (!file) return llvm::consumeError(file.takeError());
  const std::optional<uint64_t> symbol = findSymbol(**file);
  if (!symbol) return;
  const Operation from = mark(), to = addressOf(*symbol);
  for (const llvm::object::SectionRef section : (*file)->sections()) {
    auto name = section.getName();
    auto contents = section.getContents();
    if (name && contents && name->starts_with(".debug_")) {
      uint8_t* const begin = shared_object.data() + (contents->data() - data.data());
      uint8_t* const end = begin + contents->size();
      for (uint8_t* at = begin; (at = std::search(at, end, from.begin(), from.end())) != end; at += kSize)
        std::copy(to.begin(), to.end(), at);
    }
    if (!name) llvm::consumeError(name.takeError());
    if (!contents) llvm::consumeError(contents.takeError());
  }
}

}  // namespace wasmc::compiler
