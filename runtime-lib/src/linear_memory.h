// The bytes of a linear memory: a reservation of address space that never moves, of which the first part is
// accessible.
#ifndef WASMC_LINEAR_MEMORY_H
#define WASMC_LINEAR_MEMORY_H

#include <wasmc/result.h>
#include <wasmc/types.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

namespace wasmc::detail {

// How many bytes memories may have together. Used by several threads where one of them is shared.
class MemoryBudget {
 public:
  explicit MemoryBudget(uint64_t limit) : limit_(limit) {}

  uint64_t limit() const { return limit_; }
  // False if that many are not left.
  bool take(uint64_t bytes);
  void give(uint64_t bytes) { used_ -= bytes; }

 private:
  const uint64_t limit_;
  std::atomic<uint64_t> used_ = 0;
};

class LinearMemory {
 public:
  // With its minimum size, zeroed. ErrorCode::Limit if the type, the budget or the system does not allow it.
  // Without guard, address space is reserved for the maximum, or what the budget's limit is, or where there
  // is not as much as that, for what there is; the memory does not grow beyond it.
  static Result<LinearMemory> create(const MemoryType& type, MemoryGuard guard,
                                     std::shared_ptr<MemoryBudget> budget);
  LinearMemory(LinearMemory&& other) noexcept
      : budget_(std::move(other.budget_)),
        base_(std::exchange(other.base_, nullptr)),
        reserved_(other.reserved_),
        max_size_(other.max_size_),
        size_(other.size_) {}
  LinearMemory& operator=(LinearMemory&&) = delete;
  ~LinearMemory();

  uint8_t* base() const { return base_; }
  uint64_t reserved() const { return reserved_; }
  uint64_t maxSize() const { return max_size_; }
  uint64_t size() const { return size_; }

  // Makes pages of zeroes accessible behind the others. False if that is not possible.
  bool grow(uint64_t pages);

 private:
  LinearMemory(uint64_t reserved, uint64_t max_size, std::shared_ptr<MemoryBudget> budget)
      : budget_(std::move(budget)), reserved_(reserved), max_size_(max_size) {}
  void reserve(uint64_t at_least);
  bool commit(uint64_t bytes);

  std::shared_ptr<MemoryBudget> budget_;
  uint8_t* base_ = nullptr;
  uint64_t reserved_;
  uint64_t max_size_;
  uint64_t size_ = 0;
};

}  // namespace wasmc::detail

#endif  // WASMC_LINEAR_MEMORY_H
