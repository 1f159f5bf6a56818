#include <wasmc/memory.h>
#include <wasmc/shared_memory.h>

#include "memory_impl.h"
#include "shared_memory_impl.h"
#include "store_impl.h"

namespace wasmc {
namespace detail {

Result<std::unique_ptr<MemoryImpl>> MemoryImpl::create(StoreImpl& store, const MemoryType& type,
                                                       MemoryGuard guard, abi::MemoryInstance* instance) {
  if (type.limits.shared) {
    Result<std::shared_ptr<SharedMemoryImpl>> shared =
        SharedMemoryImpl::create(type, guard, store.memory_budget, store.limits.growth);
    if (!shared) return std::unexpected(std::move(shared).error());
    return std::make_unique<MemoryImpl>(store, *std::move(shared), instance);
  }
  Result<LinearMemory> bytes = LinearMemory::create(type, guard, store.memory_budget, store.limits.growth);
  if (!bytes) return std::unexpected(std::move(bytes).error());
  return std::unique_ptr<MemoryImpl>(new MemoryImpl(store, type, *std::move(bytes), instance));
}

MemoryImpl::MemoryImpl(StoreImpl& store, const MemoryType& type, LinearMemory bytes,
                       abi::MemoryInstance* instance)
    : store_(store), type_(type), bytes_(std::move(bytes)), instance_(instance ? instance : &own_) {
  *instance_ = {.base = bytes_->base(),
                .size = bytes_->size(),
                .shared_size = nullptr,
                .max_size = bytes_->maxSize(),
                .reserved_size = bytes_->reserved(),
                .owner = this};
}

MemoryImpl::MemoryImpl(StoreImpl& store, std::shared_ptr<SharedMemoryImpl> shared,
                       abi::MemoryInstance* instance)
    : store_(store),
      type_(shared->declaredType()),
      shared_(std::move(shared)),
      instance_(instance ? instance : &own_) {
  *instance_ = shared_->instance();
  instance_->owner = this;
}

MemoryType MemoryImpl::type() const {
  MemoryType current = type_;
  current.limits.min = abi::currentSize(*instance_) / abi::kPageSize;
  return current;
}

Grown MemoryImpl::grow(uint64_t pages) {
  if (shared_) return shared_->grow(pages);
  const Grown old = bytes_->grow(pages, store_.limits.growth);
  instance_->size = bytes_->size();
  return old;
}

bool MemoryImpl::reset() {
  const bool done = bytes_->reset();
  instance_->size = bytes_->size();
  return done;
}

}  // namespace detail

using detail::MemoryImpl;

Result<Memory> Memory::create(StoreRef store, const MemoryType& type) {
  WASMC_USES_STORE(*store.impl());
  const MemoryGuard guard = store.engine().options().signal_handlers ? MemoryGuard::Pages : MemoryGuard::None;
  Result<std::unique_ptr<MemoryImpl>> memory = MemoryImpl::create(*store.impl(), type, guard, nullptr);
  if (!memory) return std::unexpected(std::move(memory).error());
  store.impl()->memories.push_back(*std::move(memory));
  return Memory(&store.impl()->memories.back()->instance());
}

Result<uint64_t> Memory::grow(uint64_t pages) const {
  MemoryImpl& memory = MemoryImpl::of(*memory_);
  WASMC_USES_STORE(memory.store());
  const detail::Grown old = memory.grow(pages);
  if (!old)
    return growthError(
        old.error(),
        "cannot grow " + toString(ExternType(type())) + " by " + std::to_string(pages) + " pages",
        "StoreLimits::memory_bytes", *memory.store().memory_budget);
  return *old;
}

MemoryType Memory::type() const { return MemoryImpl::of(*memory_).type(); }

std::optional<SharedMemory> Memory::shared() const {
  const std::shared_ptr<detail::SharedMemoryImpl>& shared = MemoryImpl::of(*memory_).shared();
  return shared ? std::optional(SharedMemory(shared)) : std::nullopt;
}

StoreRef Memory::store() const { return StoreRef(&MemoryImpl::of(*memory_).store()); }

std::unexpected<Error> Memory::outOfBounds(uint64_t address, uint64_t length) const {
  return error(ErrorCode::Memory, std::to_string(length) + " bytes at address " + std::to_string(address) +
                                      " are not all inside the memory of " + std::to_string(byteSize()) +
                                      " bytes");
}

}  // namespace wasmc
