// Types of WebAssembly values and of what modules import and export.
#ifndef WASMC_TYPES_H
#define WASMC_TYPES_H

#include <wasmc/abi/types.h>
#include <wasmc/api.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wasmc {

using ValType = abi::ValType;
using ExternKind = abi::ExternKind;

struct FuncType {
  std::vector<ValType> params;
  std::vector<ValType> results;
  bool operator==(const FuncType&) const = default;
};

struct Limits {
  uint64_t min = 0;
  std::optional<uint64_t> max;
  bool is64 = false;
  bool shared = false;
  bool operator==(const Limits&) const = default;
};

struct MemoryType {
  Limits limits;  // in pages of 64 KiB
  bool operator==(const MemoryType&) const = default;
};

// What lies behind the bytes of a memory. Pages: reserved address space where accesses out of bounds fault.
// None: nothing; such a memory can be used by modules that are compiled with `wasmc --bounds=explicit`.
enum class MemoryGuard { Pages, None };

struct TableType {
  ValType element = ValType::funcref();
  Limits limits;  // in elements
  bool operator==(const TableType&) const = default;
};

struct GlobalType {
  ValType type;
  bool is_mutable = false;
  bool operator==(const GlobalType&) const = default;
};

struct TagType {
  FuncType type;
  bool operator==(const TagType&) const = default;
};

// The alternatives stand in the order of ExternKind.
using ExternType = std::variant<FuncType, TableType, MemoryType, GlobalType, TagType>;

struct ImportType {
  std::string module;
  std::string name;
  ExternType type;
};

struct ExportType {
  std::string name;
  ExternType type;
};

// "i32", "funcref".
WASMC_API std::string toString(ValType type);
// "(i32, i64) -> (f32)".
WASMC_API std::string toString(const FuncType& type);
// "func (i32) -> (i32)", "memory 1..2", "table 0.. funcref", "global mut i32", "tag (i32)".
WASMC_API std::string toString(const ExternType& type);
WASMC_API const char* toString(ExternKind kind);

}  // namespace wasmc

#endif  // WASMC_TYPES_H
