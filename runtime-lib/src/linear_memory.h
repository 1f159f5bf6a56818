// The bytes of a linear memory: a reservation of address space that never moves, of which the first part is
// accessible.
#ifndef WASMC_LINEAR_MEMORY_H
#define WASMC_LINEAR_MEMORY_H

#include <wasmc/result.h>
#include <wasmc/store.h>
#include <wasmc/types.h>

#include <cstdint>
#include <memory>
#include <utility>

#include "growth.h"

namespace wasmc::detail {

class LinearMemory {
 public:
  // With its minimum size, zeroed. ErrorCode::Limit if the type, the budget, the callback or the system does
  // not allow it. Without guard, address space is reserved for the maximum, or what the budget's limit is, or
  // where there is not as much as that, for what there is; the memory does not grow beyond it.
  static Result<LinearMemory> create(const MemoryType& type, MemoryGuard guard,
                                     std::shared_ptr<Budget> budget, const GrowthCallback& callback);
  LinearMemory(LinearMemory&& other) noexcept
      : budget_(std::move(other.budget_)),
        base_(std::exchange(other.base_, nullptr)),
        reserved_(other.reserved_),
        min_size_(other.min_size_),
        max_size_(other.max_size_),
        size_(other.size_) {}
  LinearMemory& operator=(LinearMemory&&) = delete;
  ~LinearMemory();

  uint8_t* base() const { return base_; }
  uint64_t reserved() const { return reserved_; }
  uint64_t maxSize() const { return max_size_; }
  uint64_t size() const { return size_; }

  const Budget& budget() const { return *budget_; }

  // Makes pages of zeroes accessible behind the others. The old number of pages.
  Grown grow(uint64_t pages, const GrowthCallback& callback);
  // Back to its minimum size, and the bytes to what the file has that is mapped there, or to zeroes. One
  // system call, one more if it had grown. False if the system refuses: then it must not be used any more.
  bool reset();

 private:
  LinearMemory(uint64_t reserved, uint64_t min_size, uint64_t max_size, std::shared_ptr<Budget> budget)
      : budget_(std::move(budget)), reserved_(reserved), min_size_(min_size), max_size_(max_size) {}
  void reserve(uint64_t at_least);
  std::expected<void, NoGrowth> add(uint64_t bytes, const GrowthCallback& callback);

  std::shared_ptr<Budget> budget_;
  uint8_t* base_ = nullptr;
  uint64_t reserved_;
  uint64_t min_size_;
  uint64_t max_size_;
  uint64_t size_ = 0;
};

}  // namespace wasmc::detail

#endif  // WASMC_LINEAR_MEMORY_H
