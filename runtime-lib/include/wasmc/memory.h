// Linear memories.
#ifndef WASMC_MEMORY_H
#define WASMC_MEMORY_H

#include <wasmc/abi/layout.h>
#include <wasmc/api.h>
#include <wasmc/result.h>
#include <wasmc/shared_memory.h>
#include <wasmc/store.h>
#include <wasmc/types.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace wasmc {

// A handle, as cheap as a pointer, and valid as long as the store. The bytes never move: a pointer into them
// stays valid as long as the store, also when the memory grows.
class Memory {
 public:
  // Zeroed. ErrorCode::Limit if the address space cannot be reserved or the store allows no more. Without
  // EngineOptions::signal_handlers it has no guard pages (MemoryGuard).
  WASMC_API static Result<Memory> create(StoreRef store, const MemoryType& type);

  // All bytes that exist now. Growing adds bytes behind a span that was taken before.
  std::span<uint8_t> span() const { return {memory_->base, byteSize()}; }
  uint64_t byteSize() const { return abi::currentSize(*memory_); }
  uint64_t pages() const { return byteSize() / abi::kPageSize; }
  // Adds pages of zeroes; the old number of pages. ErrorCode::Limit if the memory's own or the store's limit
  // forbids it.
  WASMC_API Result<uint64_t> grow(uint64_t pages) const;
  // Limits: the current number of pages as the minimum, the declared maximum.
  WASMC_API MemoryType type() const;

  // `length` bytes from `address` in guest memory. ErrorCode::Memory if not all of them exist.
  Result<std::span<uint8_t>> slice(uint64_t address, uint64_t length) const {
    if (!contains(address, length)) [[unlikely]]
      return outOfBounds(address, length);
    return std::span<uint8_t>(memory_->base + address, length);
  }
  // The bytes as characters; they live in guest memory.
  Result<std::string_view> string(uint64_t address, uint64_t length) const {
    const Result<std::span<uint8_t>> bytes = slice(address, length);
    if (!bytes) [[unlikely]]
      return std::unexpected(bytes.error());
    return std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  }
  // Little-endian, at any alignment.
  template <typename T>
  Result<T> read(uint64_t address) const {
    static_assert(std::is_trivially_copyable_v<T>, "guest memory holds bytes");
    if (!contains(address, sizeof(T))) [[unlikely]]
      return outOfBounds(address, sizeof(T));
    T value;
    std::memcpy(&value, memory_->base + address, sizeof(T));
    return value;
  }
  template <typename T>
  Result<void> write(uint64_t address, const T& value) const {
    static_assert(std::is_trivially_copyable_v<T>, "guest memory holds bytes");
    if (!contains(address, sizeof(T))) [[unlikely]]
      return outOfBounds(address, sizeof(T));
    std::memcpy(memory_->base + address, &value, sizeof(T));
    return {};
  }

  // The memory as an object that other threads' stores can import too; none if it is not shared.
  WASMC_API std::optional<SharedMemory> shared() const;
  WASMC_API StoreRef store() const;
  bool operator==(const Memory&) const = default;
  abi::MemoryInstance* raw() const { return memory_; }
  static Memory fromRaw(abi::MemoryInstance* raw) { return Memory(raw); }

 private:
  explicit Memory(abi::MemoryInstance* memory) : memory_(memory) {}
  bool contains(uint64_t address, uint64_t length) const {
    const uint64_t size = byteSize();
    return address <= size && length <= size - address;
  }
  WASMC_API std::unexpected<Error> outOfBounds(uint64_t address, uint64_t length) const;

  abi::MemoryInstance* memory_;
};

}  // namespace wasmc

#endif  // WASMC_MEMORY_H
