// A linear memory that several stores use, and threads with them.
#ifndef WASMC_SHARED_MEMORY_IMPL_H
#define WASMC_SHARED_MEMORY_IMPL_H

#include <wasmc/abi/layout.h>
#include <wasmc/result.h>
#include <wasmc/types.h>

#include <cstdint>
#include <memory>
#include <mutex>

#include "linear_memory.h"

namespace wasmc::detail {

// Usable from any thread.
class SharedMemoryImpl {
 public:
  static Result<std::shared_ptr<SharedMemoryImpl>> create(const MemoryType& type, MemoryGuard guard,
                                                          std::shared_ptr<Budget> budget,
                                                          const GrowthCallback& callback);
  SharedMemoryImpl(const MemoryType& type, LinearMemory bytes);
  SharedMemoryImpl(const SharedMemoryImpl&) = delete;
  SharedMemoryImpl& operator=(const SharedMemoryImpl&) = delete;

  const MemoryType& declaredType() const { return type_; }
  // As generated code of each store sees it, but for its owner.
  const abi::MemoryInstance& instance() const { return instance_; }
  const Budget& budget() const { return bytes_.budget(); }
  // The old number of pages.
  Grown grow(uint64_t pages);

 private:
  const MemoryType type_;
  std::mutex growing_;
  LinearMemory bytes_;
  uint64_t size_;  // of `bytes_`, for those who look at it while it grows
  abi::MemoryInstance instance_;
};

}  // namespace wasmc::detail

#endif  // WASMC_SHARED_MEMORY_IMPL_H
