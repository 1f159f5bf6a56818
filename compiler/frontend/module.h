// A validated module without its code: everything that lowering needs to know before it sees a function body.
#ifndef WASMC_COMPILER_FRONTEND_MODULE_H
#define WASMC_COMPILER_FRONTEND_MODULE_H

#include <wasmc/abi/descriptor.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wasmc::compiler {

using abi::ExternKind;
using abi::GlobalType;
using abi::Limits;
using abi::MemoryType;
using abi::SegmentMode;
using abi::TableType;
using abi::ValType;

std::string valTypeText(ValType type);  // "i32", "funcref"

struct FuncType {
  std::vector<ValType> params;
  std::vector<ValType> results;
  bool operator==(const FuncType&) const = default;
};

using ConstExpr = std::vector<abi::ConstInstr>;

struct Import {
  std::string module;
  std::string name;
  ExternKind kind;
  uint32_t index;  // in the index space of its kind
};

struct Export {
  std::string name;
  ExternKind kind;
  uint32_t index;
};

struct Function {
  uint32_t type = 0;
  std::string name;  // name section, else export name, else empty
  bool imported = false;
  bool exported = false;
  bool referenced = false;   // in an element segment, ref.func, or a constant expression
  bool tail = false;         // performs tail calls, or a return_call of the module names it
  uint64_t body_offset = 0;  // of the body's first byte (local declarations) in the module
  uint32_t body_size = 0;    // bytes
};

struct Table {
  TableType type;
  ConstExpr init;
  bool imported = false;
  bool exported = false;
  bool written = false;  // by an instruction

  // Whether its size and elements stay what instantiation made them.
  bool fixed() const { return !imported && !exported && !written; }
};

struct Memory {
  MemoryType type;
  bool imported = false;
  bool exported = false;
};

struct Global {
  GlobalType type;
  ConstExpr init;
  bool imported = false;
  bool exported = false;
};

struct Tag {
  uint32_t type = 0;
  bool imported = false;
};

struct DataSegment {
  SegmentMode mode;
  uint32_t memory = 0;
  ConstExpr offset;
  std::span<const uint8_t> bytes;  // into the module
};

struct ElemSegment {
  SegmentMode mode;
  uint32_t table = 0;
  ValType type;
  ConstExpr offset;
  std::vector<ConstExpr> elements;  // each ref.func, ref.null or global.get
};

struct CustomSection {
  std::string name;
  std::span<const uint8_t> bytes;
};

// Index spaces hold imports first. The byte spans point into `bytes`, which the caller keeps alive.
struct Module {
  std::span<const uint8_t> bytes;
  std::string name;  // name section
  std::vector<FuncType> types;
  std::vector<Import> imports;
  std::vector<Export> exports;
  std::vector<Function> functions;
  std::vector<Table> tables;
  std::vector<Memory> memories;
  std::vector<Global> globals;
  std::vector<Tag> tags;
  std::vector<DataSegment> data_segments;
  std::vector<ElemSegment> elem_segments;
  std::optional<uint32_t> start;
  std::vector<CustomSection> custom_sections;
  uint64_t code_offset = 0;        // of the code section's contents: what DWARF's addresses are relative to
  std::vector<uint64_t> rethrown;  // offsets of the catch and catch_all that a rethrow names, ascending
  std::vector<std::string> features_used;  // proposals, by the names of frontend/features.def
  uint32_t imported_functions = 0;
  uint32_t imported_tables = 0;
  uint32_t imported_memories = 0;
  uint32_t imported_globals = 0;
  uint32_t imported_tags = 0;

  const FuncType& functionType(uint32_t function) const { return types[functions[function].type]; }
  // "name", or "func[17]" where it has none.
  std::string functionLabel(uint32_t function) const;
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_MODULE_H
