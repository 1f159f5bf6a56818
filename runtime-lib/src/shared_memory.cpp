#include <wasmc/memory.h>
#include <wasmc/shared_memory.h>

#include <algorithm>
#include <mutex>

#include "memory_impl.h"
#include "parking_lot.h"
#include "shared_memory_impl.h"
#include "store_impl.h"

namespace wasmc {
namespace detail {

Result<std::shared_ptr<SharedMemoryImpl>> SharedMemoryImpl::create(const MemoryType& type, MemoryGuard guard,
                                                                   std::shared_ptr<Budget> budget,
                                                                   const GrowthCallback& callback) {
  Result<LinearMemory> bytes = LinearMemory::create(type, guard, std::move(budget), callback);
  if (!bytes) return std::unexpected(std::move(bytes).error());
  return std::make_shared<SharedMemoryImpl>(type, *std::move(bytes));
}

SharedMemoryImpl::SharedMemoryImpl(const MemoryType& type, LinearMemory bytes)
    : type_(type),
      bytes_(std::move(bytes)),
      size_(bytes_.size()),
      instance_{.base = bytes_.base(),
                .size = 0,
                .shared_size = &size_,
                .max_size = bytes_.maxSize(),
                .reserved_size = bytes_.reserved(),
                .owner = nullptr} {}

// The new pages are accessible before anyone can learn of them.
// Any thread may be here, and the memory may have outlived the store that made it: nobody's callback is
// asked.
Grown SharedMemoryImpl::grow(uint64_t pages) {
  const std::lock_guard lock(growing_);
  const Grown old = bytes_.grow(pages, {});
  __atomic_store_n(&size_, bytes_.size(), __ATOMIC_SEQ_CST);
  return old;
}

}  // namespace detail

using detail::SharedMemoryImpl;

Result<SharedMemory> SharedMemory::create(const MemoryType& type, uint64_t max_bytes, MemoryGuard guard) {
  if (!type.limits.shared)
    return error(ErrorCode::Type, toString(ExternType(type)) + " is not the type of a shared memory");
  auto memory = SharedMemoryImpl::create(type, guard, std::make_shared<detail::Budget>(max_bytes), {});
  if (!memory) return std::unexpected(std::move(memory).error());
  return SharedMemory(*std::move(memory));
}

Memory SharedMemory::in(StoreRef store) const {
  auto& memories = store.impl()->memories;
  const auto known = std::ranges::find(memories, impl_, [](const auto& m) { return m->shared(); });
  if (known != memories.end()) return Memory::fromRaw(&(*known)->instance());
  memories.push_back(std::make_unique<detail::MemoryImpl>(*store.impl(), impl_, nullptr));
  return Memory::fromRaw(&memories.back()->instance());
}

MemoryType SharedMemory::type() const {
  MemoryType current = impl_->declaredType();
  current.limits.min = byteSize() / abi::kPageSize;
  return current;
}

uint8_t* SharedMemory::data() const { return impl_->instance().base; }
uint64_t SharedMemory::byteSize() const { return abi::currentSize(impl_->instance()); }

Result<uint64_t> SharedMemory::grow(uint64_t pages) const {
  const detail::Grown old = impl_->grow(pages);
  if (!old)
    return growthError(
        old.error(),
        "cannot grow " + toString(ExternType(type())) + " by " + std::to_string(pages) + " pages",
        "the limit of bytes", impl_->budget());
  return *old;
}

Result<void*> SharedMemory::word(uint64_t address, uint64_t size) const {
  if (address % size != 0)
    return error(ErrorCode::Memory, "address " + std::to_string(address) + " is not a multiple of " +
                                        std::to_string(size) + ", as waiting and waking need it");
  if (const uint64_t bytes = byteSize(); address > bytes || size > bytes - address)
    return error(ErrorCode::Memory, std::to_string(size) + " bytes at address " + std::to_string(address) +
                                        " are not all inside the memory of " + std::to_string(bytes) +
                                        " bytes");
  return data() + address;
}

namespace {

Result<WaitResult> waited(std::optional<WaitResult> result) {
  if (!result) return std::unexpected(Error::ofTrap(TrapCode::Interrupted));
  return *result;
}

}  // namespace

Result<WaitResult> SharedMemory::wait32(uint64_t address, uint32_t expected, int64_t timeout) const {
  const Result<void*> at = word(address, sizeof(uint32_t));
  if (!at) return std::unexpected(at.error());
  return waited(detail::park(static_cast<const uint32_t*>(*at), expected, timeout));
}

Result<WaitResult> SharedMemory::wait64(uint64_t address, uint64_t expected, int64_t timeout) const {
  const Result<void*> at = word(address, sizeof(uint64_t));
  if (!at) return std::unexpected(at.error());
  return waited(detail::park(static_cast<const uint64_t*>(*at), expected, timeout));
}

Result<uint32_t> SharedMemory::notify(uint64_t address, uint32_t count) const {
  const Result<void*> at = word(address, sizeof(uint32_t));
  if (!at) return std::unexpected(at.error());
  return detail::unpark(*at, count);
}

}  // namespace wasmc
