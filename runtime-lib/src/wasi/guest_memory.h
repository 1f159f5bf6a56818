// The only way from an address of the guest to bytes of the host.
//
// A function of WASI names what it wants in its signature (GuestPtr<Filestat>, GuestSpan<uint8_t>,
// GuestPath); the binding makes these from the guest's 32-bit addresses and refuses, with Errno::Fault, what
// does not lie in linear memory as a whole. So a body can not forget the check: it has no address to begin
// with. Addresses that stand in memory (iovecs) go through GuestMemory::span, which checks the same way.
//
// Values are copied in and out, for the guest may pass unaligned addresses, and other threads may write to
// the same bytes: what has been read once is not read again.
#ifndef WASMC_WASI_GUEST_MEMORY_H
#define WASMC_WASI_GUEST_MEMORY_H

#include "wasi/errno.h"

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>

namespace wasmc::wasi {

class GuestMemory;

// A value of type T in linear memory; its bytes are known to be there.
template <typename T>
class GuestPtr {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  T load() const {
    T value;
    std::memcpy(&value, at_, sizeof(T));
    return value;
  }
  void store(const T& value) const { std::memcpy(at_, &value, sizeof(T)); }

 private:
  friend class GuestMemory;
  explicit GuestPtr(uint8_t* at) : at_(at) {}
  uint8_t* at_;
};

// `count` values of type T in a row.
template <typename T>
class GuestSpan {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  uint32_t size() const { return count_; }
  T load(uint32_t i) const {
    T value;
    std::memcpy(&value, at_ + uint64_t{sizeof(T)} * i, sizeof(T));
    return value;
  }
  void store(uint32_t i, const T& value) const {
    std::memcpy(at_ + uint64_t{sizeof(T)} * i, &value, sizeof(T));
  }
  uint8_t* data() const { return at_; }
  uint64_t byteSize() const { return uint64_t{sizeof(T)} * count_; }

 private:
  friend class GuestMemory;
  GuestSpan(uint8_t* at, uint32_t count) : at_(at), count_(count) {}
  uint8_t* at_;
  uint32_t count_;
};

using GuestBytes = GuestSpan<uint8_t>;
struct GuestPath : GuestSpan<char> {};

// The start of an array whose length only the function knows (argv): checked by the function, in one piece.
struct GuestAddress {
  uint32_t value;
};

// The linear memory of the calling instance, at the moment of the call. It never shrinks and never moves.
class GuestMemory {
 public:
  GuestMemory(uint8_t* base, uint64_t size) : base_(base), size_(size) {}

  template <typename T>
  std::optional<GuestPtr<T>> pointer(uint32_t address) const {
    uint8_t* at = checked(address, sizeof(T));
    if (at == nullptr) return std::nullopt;
    return GuestPtr<T>(at);
  }

  template <typename T>
  std::optional<GuestSpan<T>> span(uint32_t address, uint32_t count) const {
    uint8_t* at = checked(address, uint64_t{sizeof(T)} * count);
    if (at == nullptr) return std::nullopt;
    return GuestSpan<T>(at, count);
  }

 private:
  // The first of `length` bytes, or null where one of them is outside. Nothing is accessed through an empty
  // range, so any address will do for it, as it does for read(2).
  uint8_t* checked(uint32_t address, uint64_t length) const {
    static uint8_t nothing;
    if (length == 0) return &nothing;
    if (length > size_ || address > size_ - length) return nullptr;
    return base_ + address;
  }

  uint8_t* base_;
  uint64_t size_;
};

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_GUEST_MEMORY_H
