// A linear memory in a store. One that is shared is in several stores, by an object of this class in each.
#ifndef WASMC_MEMORY_IMPL_H
#define WASMC_MEMORY_IMPL_H

#include <wasmc/abi/layout.h>
#include <wasmc/result.h>
#include <wasmc/types.h>

#include <cstdint>
#include <memory>
#include <optional>

#include "linear_memory.h"

namespace wasmc::detail {

class SharedMemoryImpl;
class StoreImpl;

class MemoryImpl {
 public:
  // Fills in `instance`, the memory as generated code sees it; null: it is part of the result.
  // ErrorCode::Limit if the address space or the memory is not to be had.
  static Result<std::unique_ptr<MemoryImpl>> create(StoreImpl& store, const MemoryType& type,
                                                    MemoryGuard guard, abi::MemoryInstance* instance);
  // A shared memory that exists.
  MemoryImpl(StoreImpl& store, std::shared_ptr<SharedMemoryImpl> shared, abi::MemoryInstance* instance);
  MemoryImpl(const MemoryImpl&) = delete;
  MemoryImpl& operator=(const MemoryImpl&) = delete;

  static MemoryImpl& of(const abi::MemoryInstance& instance) {
    return *static_cast<MemoryImpl*>(instance.owner);
  }

  abi::MemoryInstance& instance() const { return *instance_; }
  const MemoryType& declaredType() const { return type_; }
  // With the current size as the minimum.
  MemoryType type() const;
  StoreImpl& store() const { return store_; }
  // Null if the memory is not shared.
  const std::shared_ptr<SharedMemoryImpl>& shared() const { return shared_; }
  bool contains(uintptr_t address) const {
    return address - reinterpret_cast<uintptr_t>(instance_->base) < instance_->reserved_size;
  }

  // The old number of pages.
  Grown grow(uint64_t pages);
  // See LinearMemory::reset. The memory must not be shared.
  bool reset();

 private:
  MemoryImpl(StoreImpl& store, const MemoryType& type, LinearMemory bytes, abi::MemoryInstance* instance);

  StoreImpl& store_;
  MemoryType type_;
  std::optional<LinearMemory> bytes_;  // where it is not shared
  std::shared_ptr<SharedMemoryImpl> shared_;
  abi::MemoryInstance own_ = {};  // of a memory that the host made
  abi::MemoryInstance* instance_;
};

}  // namespace wasmc::detail

#endif  // WASMC_MEMORY_IMPL_H
