#include "linear_memory.h"

#include <wasmc/abi/layout.h>

#include <algorithm>
#include <cerrno>

#include "os.h"

namespace wasmc::detail {
namespace {

uint64_t maxPages(bool is64) { return (is64 ? abi::kMemory64Limit : abi::kGuardedOffsets) / abi::kPageSize; }

std::string inUnits(uint64_t bytes) {
  constexpr unsigned kGiB = 30;
  if (bytes >> kGiB) return std::to_string(bytes >> kGiB) + " GiB";
  return std::to_string(bytes >> 10) + " KiB";
}

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

Result<LinearMemory> LinearMemory::create(const MemoryType& type, MemoryGuard guard,
                                          std::shared_ptr<Budget> budget, const GrowthCallback& callback) {
  if (Result<void> checked = checkType(type); !checked) return std::unexpected(std::move(checked).error());
  const Limits& limits = type.limits;
  const uint64_t max_pages = std::min(limits.max.value_or(UINT64_MAX), maxPages(limits.is64));
  const uint64_t size = limits.min * abi::kPageSize;
  const uint64_t max_size = max_pages * abi::kPageSize;
  const bool guarded = guard == MemoryGuard::Pages;
  const uint64_t wanted = guarded ? abi::reservationSize(limits.is64) : std::min(max_size, budget->limit());
  LinearMemory memory(wanted, size, max_size, std::move(budget));
  memory.reserve(guarded ? wanted : size);
  if (!memory.base_)
    return error(ErrorCode::Limit,
                 "cannot reserve " + inUnits(memory.reserved_) +
                     " of address space for a linear memory: " + os::errorText(errno) +
                     "; raise the limit of virtual memory (ulimit -v), use fewer memories" +
                     (guarded ? ", or compile with --bounds=explicit, which reserves no more than a memory's "
                                "maximum"
                              : ""));
  if (const auto added = memory.add(size, callback); !added)
    return growthError(added.error(), "cannot make " + toString(ExternType(type)),
                       "StoreLimits::memory_bytes", memory.budget());
  return memory;
}

// As much as is wanted or, halving that, can be had.
void LinearMemory::reserve(uint64_t at_least) {
  const auto inPages = [](uint64_t bytes) { return bytes & ~(abi::kPageSize - 1); };
  at_least = std::max(at_least, abi::kPageSize);
  uint64_t bytes = std::max(inPages(reserved_), at_least);
  while (!(base_ = os::reserve(bytes)) && bytes > at_least) bytes = std::max(inPages(bytes / 2), at_least);
  reserved_ = bytes;
  max_size_ = std::min(max_size_, bytes);
}

LinearMemory::~LinearMemory() {
  if (!base_) return;
  os::release(base_, reserved_);
  budget_->give(size_);
}

std::expected<void, NoGrowth> LinearMemory::add(uint64_t bytes, const GrowthCallback& callback) {
  if (!budget_->take(bytes)) return std::unexpected(NoGrowth::Budget);
  const auto giveUp = [&](NoGrowth why) {
    budget_->give(bytes);
    return std::unexpected(why);
  };
  if (!callback.allows({Growth::Kind::Memory, size_, size_ + bytes, max_size_}))
    return giveUp(NoGrowth::Refused);
  if (!os::commit(base_ + size_, bytes)) return giveUp(NoGrowth::System);
  size_ += bytes;
  return {};
}

Grown LinearMemory::grow(uint64_t pages, const GrowthCallback& callback) {
  const uint64_t old = size_ / abi::kPageSize;
  if (pages > (max_size_ - size_) / abi::kPageSize) return std::unexpected(NoGrowth::Maximum);
  if (pages == 0) return old;
  if (const auto added = add(pages * abi::kPageSize, callback); !added) return std::unexpected(added.error());
  return old;
}

bool LinearMemory::reset() {
  if (!os::discard(base_, size_)) return false;
  if (size_ == min_size_) return true;
  if (!os::decommit(base_ + min_size_, size_ - min_size_)) return false;
  budget_->give(size_ - min_size_);
  size_ = min_size_;
  return true;
}

}  // namespace wasmc::detail
