#include "linear_memory.h"

#include <wasmc/abi/layout.h>

#include <algorithm>
#include <cerrno>

#include "os.h"

namespace wasmc::detail {
namespace {

uint64_t maxPages(bool is64) { return (is64 ? abi::kMemory64Limit : abi::kGuardedOffsets) / abi::kPageSize; }

Result<void> checkType(const MemoryType& type) {
  const Limits& limits = type.limits;
  if (limits.shared && !limits.max)
    return error(ErrorCode::Limit, toString(type) + ": a shared memory has a maximum");
  if (limits.min > maxPages(limits.is64) || (limits.max && *limits.max < limits.min))
    return error(ErrorCode::Limit, toString(type) + ": a memory with " + (limits.is64 ? "64" : "32") +
                                       "-bit addresses has at most " + std::to_string(maxPages(limits.is64)) +
                                       " pages and its maximum is not below its minimum");
  return {};
}

}  // namespace

bool MemoryBudget::take(uint64_t bytes) {
  uint64_t used = used_;
  do {
    if (bytes > limit_ - used) return false;
  } while (!used_.compare_exchange_weak(used, used + bytes));
  return true;
}

Result<LinearMemory> LinearMemory::create(const MemoryType& type, std::shared_ptr<MemoryBudget> budget) {
  if (Result<void> checked = checkType(type); !checked) return std::unexpected(std::move(checked).error());
  const Limits& limits = type.limits;
  const uint64_t max_pages = std::min(limits.max.value_or(UINT64_MAX), maxPages(limits.is64));
  const uint64_t size = limits.min * abi::kPageSize;
  LinearMemory memory(abi::reservationSize(limits.is64), max_pages * abi::kPageSize, std::move(budget));
  memory.base_ = os::reserve(memory.reserved_);
  if (!memory.base_)
    return error(ErrorCode::Limit, "cannot reserve " + std::to_string(memory.reserved_ >> 30) +
                                       " GiB of address space for a linear memory: " + os::errorText(errno) +
                                       "; raise the limit of virtual memory (ulimit -v), or use fewer "
                                       "memories");
  if (!memory.budget_->take(size))
    return error(ErrorCode::Limit, toString(type) + ": " + std::to_string(size) +
                                       " bytes are more than StoreLimits::memory_bytes (" +
                                       std::to_string(memory.budget_->limit()) + ") leaves");
  if (!memory.commit(size))
    return error(ErrorCode::Limit, "cannot provide " + std::to_string(size) +
                                       " bytes of linear memory: " + os::errorText(errno));
  return memory;
}

LinearMemory::~LinearMemory() {
  if (!base_) return;
  os::release(base_, reserved_);
  budget_->give(size_);
}

// The bytes have been taken from the budget; gives them back if there is no memory for them.
bool LinearMemory::commit(uint64_t bytes) {
  if (!os::commit(base_ + size_, bytes)) {
    budget_->give(bytes);
    return false;
  }
  size_ += bytes;
  return true;
}

bool LinearMemory::grow(uint64_t pages) {
  const uint64_t left = (max_size_ - size_) / abi::kPageSize;
  if (pages > left || !budget_->take(pages * abi::kPageSize)) return false;
  return commit(pages * abi::kPageSize);
}

}  // namespace wasmc::detail
