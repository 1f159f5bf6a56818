// An instance: the block that generated code sees (InstanceLayout), and what belongs to it.
#ifndef WASMC_INSTANCE_IMPL_H
#define WASMC_INSTANCE_IMPL_H

#include <wasmc/abi/descriptor.h>
#include <wasmc/abi/layout.h>
#include <wasmc/extern.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

#include "artifact.h"
#include "func_ref.h"
#include "memory_impl.h"
#include "module_impl.h"
#include "table_impl.h"

namespace wasmc::detail {

class StoreImpl;
struct TagImpl;

class InstanceImpl {
 public:
  // The block is zero but for its header.
  InstanceImpl(StoreImpl& store, std::shared_ptr<ModuleImpl> module);
  InstanceImpl(const InstanceImpl&) = delete;
  InstanceImpl& operator=(const InstanceImpl&) = delete;

  static InstanceImpl& of(void* block) {
    return *static_cast<InstanceImpl*>(static_cast<abi::InstanceHeader*>(block)->runtime);
  }

  StoreImpl& store() const { return store_; }
  const std::shared_ptr<ModuleImpl>& module() const { return module_; }
  const Artifact& artifact() const { return *module_->artifact; }
  const abi::MetadataView& meta() const { return artifact().meta(); }
  const abi::InstanceLayout& layout() const { return layout_; }
  abi::InstanceHeader* header() const { return reinterpret_cast<abi::InstanceHeader*>(block_.get()); }

  // The object at an offset of the block.
  template <typename T>
  T& at(uint64_t offset) const {
    return *reinterpret_cast<T*>(block_.get() + offset);
  }

  // Things of the module's index spaces.
  abi::MemoryInstance& memory(uint32_t index) const;
  TableImpl& table(uint32_t index) const;
  abi::Value& global(uint32_t index) const;
  abi::FuncRef* func(uint32_t index) const;  // null for kNone
  TagImpl* tag(uint32_t index) const;
  Extern exported(uint32_t export_index) const;

  // The value of a constant expression, in the representation of untyped calls.
  abi::Value evaluate(abi::ConstExpr expression) const;

  // Bulk operations as in the specification. None, or the trap; if they trap they have changed nothing.
  TrapCode memoryInit(uint32_t memory, uint32_t segment, uint64_t to, uint64_t from, uint64_t count) const;
  TrapCode tableInit(uint32_t table, uint32_t segment, uint64_t to, uint64_t from, uint64_t count) const;
  TrapCode tableCopy(uint32_t to_table, uint32_t from_table, uint64_t to, uint64_t from,
                     uint64_t count) const;
  TrapCode tableFill(uint32_t table, uint64_t start, void* value, uint64_t count) const;
  void dropData(uint32_t segment) { dropped_data_[segment] = true; }
  void dropElem(uint32_t segment) { dropped_elem_[segment] = true; }
  // Takes back all dropData and dropElem.
  void restoreSegments() {
    dropped_data_.assign(dropped_data_.size(), false);
    dropped_elem_.assign(dropped_elem_.size(), false);
  }

  // The memory that is exported as "memory"; null if there is none.
  abi::MemoryInstance* exportedMemory() const;

  bool image_mapped = false;  // the memory image is mapped from the artifact's file, not copied

 private:
  struct Free {
    void operator()(std::byte* block) const { ::operator delete(block, std::align_val_t{16}); }
  };
  void* element(const abi::ElemSegment& segment, uint64_t i) const;

  StoreImpl& store_;
  std::shared_ptr<ModuleImpl> module_;
  abi::InstanceLayout layout_;
  std::unique_ptr<std::byte, Free> block_;
  std::vector<bool> dropped_data_;
  std::vector<bool> dropped_elem_;
  uint32_t memory_export_;
};

}  // namespace wasmc::detail

#endif  // WASMC_INSTANCE_IMPL_H
