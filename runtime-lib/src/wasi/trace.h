// One line of text for each call: "fd_write(fd=1, iovs=0x10080[2], nwritten=0x1007c) = Success".
#ifndef WASMC_WASI_TRACE_H
#define WASMC_WASI_TRACE_H

#include "wasi/functions.h"

#include <string>
#include <string_view>

namespace wasmc::wasi {

template <typename P>
inline constexpr bool kIsSpan = false;
template <typename T>
inline constexpr bool kIsSpan<GuestSpan<T>> = true;
template <typename P>
inline constexpr bool kIsAddress = std::is_same_v<P, GuestAddress>;
template <typename T>
inline constexpr bool kIsAddress<GuestPtr<T>> = true;

class CallTrace {
 public:
  // `parameters` are the names, separated by commas.
  CallTrace(const char* name, const char* parameters) : line_(name), names_(parameters) { line_ += '('; }

  // Appends the argument of a parameter of type P, whose wasm values are at `raw`.
  template <typename P>
  void argument(const GuestMemory& memory, const uint64_t* raw) {
    addName();
    if constexpr (std::is_same_v<P, GuestPath>) {
      addPath(memory, static_cast<uint32_t>(raw[0]), static_cast<uint32_t>(raw[1]));
    } else if constexpr (std::is_same_v<P, GuestPtr<Size>> || std::is_same_v<P, GuestPtr<Fd>>) {
      addResult(memory, static_cast<uint32_t>(raw[0]));
    } else if constexpr (kIsSpan<P>) {
      addAddress(static_cast<uint32_t>(raw[0]));
      line_ += '[' + std::to_string(static_cast<uint32_t>(raw[1])) + ']';
    } else if constexpr (kIsAddress<P>) {
      addAddress(static_cast<uint32_t>(raw[0]));
    } else if constexpr (std::is_same_v<P, int64_t>) {
      line_ += std::to_string(static_cast<int64_t>(raw[0]));
    } else {
      line_ += std::to_string(raw[0]);
    }
  }

  std::string finish(Errno error) &&;
  std::string finish(Exit exit) &&;
  std::string finish(const std::expected<Errno, Exit>& outcome) &&;

 private:
  void addName();
  void addAddress(uint32_t address);
  // A path of the guest in quotes, with what is not printable as \xNN.
  void addPath(const GuestMemory& memory, uint32_t address, uint32_t length);
  // An address for a 32-bit result, and what stands there after the call: "0x1007c->5".
  void addResult(const GuestMemory& memory, uint32_t address);

  std::string line_;
  std::string_view names_;
};

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_TRACE_H
