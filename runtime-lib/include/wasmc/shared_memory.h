// Linear memories that threads share.
#ifndef WASMC_SHARED_MEMORY_H
#define WASMC_SHARED_MEMORY_H

#include <wasmc/api.h>
#include <wasmc/result.h>
#include <wasmc/store.h>
#include <wasmc/types.h>

#include <cstdint>
#include <memory>

namespace wasmc {

namespace detail {
class SharedMemoryImpl;
}
class Memory;

// How waiting ended. The numbers are those of memory.atomic.wait32.
enum class WaitResult : uint32_t { Ok = 0, NotEqual = 1, TimedOut = 2 };

// A shared handle: cheap to copy, usable from any thread. Belongs to no store; a module in any number of
// stores, each used by a thread of its own, may import it (Linker::define). The bytes never move, and exist
// as long as a handle or a store that the memory is in.
class WASMC_API SharedMemory {
 public:
  // Zeroed. The type must be shared, with a maximum. The memory has at most `max_bytes`, whatever its type
  // says: growing beyond fails. ErrorCode::Limit if the address space or the memory is not to be had.
  static Result<SharedMemory> create(const MemoryType& type, uint64_t max_bytes = UINT64_MAX,
                                     MemoryGuard guard = MemoryGuard::Pages);

  // The memory as a thing of this store; always the same one.
  Memory in(StoreRef store) const;

  // The first byte. Other threads may write to the bytes at any time: use atomic accesses where that matters.
  uint8_t* data() const;
  // At this moment; it never shrinks.
  uint64_t byteSize() const;
  // Adds pages of zeroes; the old number of pages. ErrorCode::Limit if the maximum is reached.
  Result<uint64_t> grow(uint64_t pages) const;
  // Limits: the current number of pages as the minimum, the declared maximum.
  MemoryType type() const;

  // What memory.atomic.wait32, wait64 and notify do. `timeout` in nanoseconds, negative for none.
  // ErrorCode::Memory if the address is not aligned to the width (4 for notify) or outside;
  // ErrorCode::Interrupted if a guest of this thread, which called the host function that waits, was.
  Result<WaitResult> wait32(uint64_t address, uint32_t expected, int64_t timeout) const;
  Result<WaitResult> wait64(uint64_t address, uint64_t expected, int64_t timeout) const;
  // The number of threads woken, at most `count`.
  Result<uint32_t> notify(uint64_t address, uint32_t count) const;

  bool operator==(const SharedMemory&) const = default;
  const std::shared_ptr<detail::SharedMemoryImpl>& impl() const { return impl_; }
  explicit SharedMemory(std::shared_ptr<detail::SharedMemoryImpl> impl) : impl_(std::move(impl)) {}

 private:
  // The address of an aligned word of `size` bytes.
  Result<void*> word(uint64_t address, uint64_t size) const;

  std::shared_ptr<detail::SharedMemoryImpl> impl_;
};

}  // namespace wasmc

#endif  // WASMC_SHARED_MEMORY_H
