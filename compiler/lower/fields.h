// The fields of abi/fields.def as data, so that generated code reads and writes them by name:
// `fields::MemoryInstance::size` knows its offset, its width, and what may be assumed of it.
#ifndef WASMC_COMPILER_LOWER_FIELDS_H
#define WASMC_COMPILER_LOWER_FIELDS_H

#include <wasmc/abi/layout.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace wasmc::compiler {

// What a piece of memory that generated code touches belongs to. Memory of different classes never overlaps.
enum class AliasClass {
  Invariant,  // written before the instance runs
  MemoryHeader,
  TableHeader,
  TableEntry,
  Store,
};

struct Field {
  enum class Access { INVARIANT, MUTABLE, RUNTIME };

  uint64_t offset;
  unsigned bits;  // of an unsigned integer; 0: a pointer
  Access access;
  AliasClass written_as;  // class of a mutable field

  constexpr AliasClass aliasClass() const {
    return access == Access::INVARIANT ? AliasClass::Invariant : written_as;
  }
};

namespace fields {

template <typename T>
inline constexpr unsigned kBits = std::is_integral_v<T> ? 8 * sizeof(T) : 0;

template <typename Struct>
inline constexpr AliasClass kWrittenAs = AliasClass::Invariant;
template <>
inline constexpr AliasClass kWrittenAs<abi::MemoryInstance> = AliasClass::MemoryHeader;
template <>
inline constexpr AliasClass kWrittenAs<abi::TableInstance> = AliasClass::TableHeader;
template <>
inline constexpr AliasClass kWrittenAs<abi::TableEntry> = AliasClass::TableEntry;
template <>
inline constexpr AliasClass kWrittenAs<abi::StoreHead> = AliasClass::Store;

#define WASMC_STRUCT(Struct) namespace Struct {
#define WASMC_FIELD(Struct, type, name, access_)                                                     \
  inline constexpr Field name{offsetof(abi::Struct, name), kBits<decltype(abi::Struct::name)>,       \
                              Field::Access::access_, kWrittenAs<abi::Struct>};                      \
  static_assert(name.access != Field::Access::MUTABLE || name.aliasClass() != AliasClass::Invariant, \
                "a mutable field needs an alias class of its struct");
#define WASMC_END(Struct) }
#include <wasmc/abi/fields.def>

}  // namespace fields
}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_FIELDS_H
