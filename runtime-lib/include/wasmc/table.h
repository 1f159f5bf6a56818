// Tables of references.
#ifndef WASMC_TABLE_H
#define WASMC_TABLE_H

#include <wasmc/abi/layout.h>
#include <wasmc/api.h>
#include <wasmc/result.h>
#include <wasmc/store.h>
#include <wasmc/types.h>
#include <wasmc/val.h>

#include <cstdint>

namespace wasmc {

// A handle, as cheap as a pointer, and valid as long as the store.
class Table {
 public:
  // All elements are `init`, which must be of the table's element type.
  WASMC_API static Result<Table> create(StoreRef store, const TableType& type, const Val& init);

  uint64_t size() const { return table_->size; }
  // ErrorCode::Memory if there is no such element.
  WASMC_API Result<Val> get(uint64_t index) const;
  // ErrorCode::Type if the value is not of the element type, ErrorCode::Memory if there is no such element.
  WASMC_API Result<void> set(uint64_t index, const Val& value) const;
  // Adds elements; the old size. ErrorCode::Limit if the table's own or the store's limit forbids it.
  WASMC_API Result<uint64_t> grow(uint64_t count, const Val& init) const;
  // Limits: the current size as the minimum, the declared maximum.
  WASMC_API TableType type() const;

  WASMC_API StoreRef store() const;
  bool operator==(const Table&) const = default;
  abi::TableInstance* raw() const { return table_; }
  static Table fromRaw(abi::TableInstance* raw) { return Table(raw); }

 private:
  explicit Table(abi::TableInstance* table) : table_(table) {}

  abi::TableInstance* table_;
};

}  // namespace wasmc

#endif  // WASMC_TABLE_H
