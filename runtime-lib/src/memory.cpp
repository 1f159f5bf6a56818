#include <wasmc/memory.h>

#include <algorithm>
#include <cerrno>

#include "log.h"
#include "memory_impl.h"
#include "os.h"
#include "store_impl.h"

namespace wasmc {
namespace detail {

constexpr uint64_t kMaxPages = 65536;  // of a memory with 32-bit addresses

Result<std::unique_ptr<MemoryImpl>> MemoryImpl::create(StoreImpl& store, const MemoryType& type,
                                                       abi::MemoryInstance* instance) {
  const Limits& limits = type.limits;
  if (limits.is64 || limits.shared)
    return error(ErrorCode::Unsupported,
                 toString(type) + ": this runtime library has only unshared 32-bit memories");
  if (limits.min > kMaxPages || (limits.max && *limits.max < limits.min))
    return error(ErrorCode::Limit, toString(type) +
                                       ": a memory has at most 65536 pages and its maximum is not "
                                       "below its minimum");
  const uint64_t size = limits.min * abi::kPageSize;
  if (!store.takeMemory(size))
    return error(ErrorCode::Limit, toString(type) + ": " + std::to_string(size) +
                                       " bytes are more than StoreLimits::memory_bytes (" +
                                       std::to_string(store.limits.memory_bytes) + ") leaves");
  std::unique_ptr<MemoryImpl> memory(new MemoryImpl(store, type, instance));
  abi::MemoryInstance& m = memory->instance();
  m = {};
  m.owner = memory.get();
  m.size = size;
  m.max_size = std::min(limits.max.value_or(kMaxPages), kMaxPages) * abi::kPageSize;
  m.base = os::reserve(abi::kGuardReservation);
  if (!m.base)
    return error(ErrorCode::Limit,
                 "cannot reserve 8 GiB of address space for a linear memory: " + os::errorText(errno) +
                     "; raise the limit of virtual memory (ulimit -v), or use fewer memories");
  m.reserved_size = abi::kGuardReservation;
  if (!os::commit(m.base, size))
    return error(ErrorCode::Limit, "cannot provide " + std::to_string(size) +
                                       " bytes of linear memory: " + os::errorText(errno));
  return memory;
}

MemoryImpl::~MemoryImpl() {
  if (instance_->base) os::release(instance_->base, abi::kGuardReservation);
  store_.returnMemory(instance_->size);
}

MemoryType MemoryImpl::type() const {
  MemoryType current = type_;
  current.limits.min = instance_->size / abi::kPageSize;
  return current;
}

uint64_t MemoryImpl::grow(uint64_t pages) {
  abi::MemoryInstance& m = *instance_;
  const uint64_t old = m.size / abi::kPageSize;
  if (pages > kMaxPages || m.size + pages * abi::kPageSize > m.max_size) return kFailed;
  const uint64_t bytes = pages * abi::kPageSize;
  if (!store_.takeMemory(bytes)) return kFailed;
  if (!os::commit(m.base + m.size, bytes)) {
    store_.returnMemory(bytes);
    return kFailed;
  }
  m.size += bytes;
  return old;
}

}  // namespace detail

using detail::MemoryImpl;

Result<Memory> Memory::create(StoreRef store, const MemoryType& type) {
  Result<std::unique_ptr<MemoryImpl>> memory = MemoryImpl::create(*store.impl(), type, nullptr);
  if (!memory) return std::unexpected(std::move(memory).error());
  store.impl()->memories.push_back(*std::move(memory));
  return Memory(&store.impl()->memories.back()->instance());
}

Result<uint64_t> Memory::grow(uint64_t pages) const {
  const uint64_t old = MemoryImpl::of(*memory_).grow(pages);
  if (old == MemoryImpl::kFailed)
    return error(ErrorCode::Limit, "cannot grow " + toString(ExternType(type())) + " by " +
                                       std::to_string(pages) +
                                       " pages: its maximum, StoreLimits::memory_bytes or "
                                       "the system's memory is reached");
  return old;
}

MemoryType Memory::type() const { return MemoryImpl::of(*memory_).type(); }

StoreRef Memory::store() const { return StoreRef(&MemoryImpl::of(*memory_).store()); }

std::unexpected<Error> Memory::outOfBounds(uint64_t address, uint64_t length) const {
  return error(ErrorCode::Memory, std::to_string(length) + " bytes at address " + std::to_string(address) +
                                      " are not all inside the memory of " + std::to_string(memory_->size) +
                                      " bytes");
}

}  // namespace wasmc
