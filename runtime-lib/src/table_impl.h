// A table of references.
#ifndef WASMC_TABLE_IMPL_H
#define WASMC_TABLE_IMPL_H

#include <wasmc/abi/layout.h>
#include <wasmc/result.h>
#include <wasmc/types.h>

#include <cstdint>
#include <memory>

#include "growth.h"

namespace wasmc::detail {

class StoreImpl;

// The elements are abi::TableEntry in function tables and plain pointers in others. A reference is what
// generated code has for it: a FuncRef* or ExternBox*, null for null.
class TableImpl {
 public:
  // As MemoryImpl::create.
  static Result<std::unique_ptr<TableImpl>> create(StoreImpl& store, const TableType& type, void* init,
                                                   abi::TableInstance* instance);
  ~TableImpl();
  TableImpl(const TableImpl&) = delete;
  TableImpl& operator=(const TableImpl&) = delete;

  static TableImpl& of(const abi::TableInstance& instance) {
    return *static_cast<TableImpl*>(instance.owner);
  }

  abi::TableInstance& instance() const { return *instance_; }
  // With the current size as the minimum.
  TableType type() const;
  StoreImpl& store() const { return store_; }
  bool holdsFunctions() const { return type_.element.isFuncRef(); }
  uint64_t size() const { return instance_->size; }

  // The index must be in range.
  void* get(uint64_t index) const;
  void set(uint64_t index, void* reference);
  // `begin + count` must be in range. The ranges may overlap.
  void fill(uint64_t begin, uint64_t count, void* reference);
  void copy(uint64_t begin, const TableImpl& from, uint64_t from_begin, uint64_t count);
  abi::TableEntry* entries() const { return static_cast<abi::TableEntry*>(instance_->elements); }

  // The old size.
  Grown grow(uint64_t count, void* init);
  // Back to its minimum size, all elements `init`. False if the system refuses.
  bool reset(void* init);

 private:
  TableImpl(StoreImpl& store, const TableType& type, abi::TableInstance* instance)
      : store_(store), type_(type), instance_(instance ? instance : &own_) {}
  bool resize(uint64_t size);
  size_t elementSize() const { return holdsFunctions() ? sizeof(abi::TableEntry) : sizeof(void*); }

  StoreImpl& store_;
  TableType type_;
  abi::TableInstance own_ = {};
  abi::TableInstance* instance_;
};

}  // namespace wasmc::detail

#endif  // WASMC_TABLE_IMPL_H
