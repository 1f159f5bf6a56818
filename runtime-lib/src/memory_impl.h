// A linear memory: a reservation of address space that never moves, of which the first part is accessible.
#ifndef WASMC_MEMORY_IMPL_H
#define WASMC_MEMORY_IMPL_H

#include <wasmc/abi/layout.h>
#include <wasmc/result.h>
#include <wasmc/types.h>

#include <cstdint>
#include <memory>

namespace wasmc::detail {

class StoreImpl;

class MemoryImpl {
 public:
  // Fills in `instance`, the memory as generated code sees it; null: it is part of the result.
  // ErrorCode::Limit if the address space or the memory is not to be had.
  static Result<std::unique_ptr<MemoryImpl>> create(StoreImpl& store, const MemoryType& type,
                                                    abi::MemoryInstance* instance);
  ~MemoryImpl();
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
  bool contains(uintptr_t address) const {
    return address - reinterpret_cast<uintptr_t>(instance_->base) < instance_->reserved_size;
  }

  static constexpr uint64_t kFailed = UINT64_MAX;
  // The old number of pages, or kFailed.
  uint64_t grow(uint64_t pages);

 private:
  MemoryImpl(StoreImpl& store, const MemoryType& type, abi::MemoryInstance* instance)
      : store_(store), type_(type), instance_(instance ? instance : &own_) {}

  StoreImpl& store_;
  MemoryType type_;
  abi::MemoryInstance own_ = {};  // of a memory that the host made
  abi::MemoryInstance* instance_;
};

}  // namespace wasmc::detail

#endif  // WASMC_MEMORY_IMPL_H
