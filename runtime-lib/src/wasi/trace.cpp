#include "wasi/trace.h"

#include <array>
#include <cstdio>

namespace wasmc::wasi {

void CallTrace::addName() {
  if (line_.back() != '(') line_ += ", ";
  const size_t comma = names_.find(',');
  line_ += names_.substr(0, comma);
  line_ += '=';
  names_.remove_prefix(comma == std::string_view::npos ? names_.size() : comma + 1);
}

void CallTrace::addAddress(uint32_t address) {
  std::array<char, 16> text;
  std::snprintf(text.data(), text.size(), "0x%x", address);
  line_ += text.data();
}

void CallTrace::addPath(const GuestMemory& memory, uint32_t address, uint32_t length) {
  const auto bytes = memory.span<uint8_t>(address, length);
  if (!bytes) {
    addAddress(address);
    line_ += '[' + std::to_string(length) + ']';
    return;
  }
  line_ += '"';
  for (uint32_t i = 0; i < length && i < PATH_MAX; ++i) {
    const uint8_t byte = bytes->load(i);
    std::array<char, 8> text;
    const bool plain = byte >= ' ' && byte < 0x7f && byte != '"' && byte != '\\';
    std::snprintf(text.data(), text.size(), plain ? "%c" : "\\x%02x", byte);
    line_ += text.data();
  }
  line_ += '"';
}

void CallTrace::addResult(const GuestMemory& memory, uint32_t address) {
  addAddress(address);
  if (const auto value = memory.pointer<uint32_t>(address)) line_ += "->" + std::to_string(value->load());
}

std::string CallTrace::finish(Errno error) && { return line_ + ") = " + errnoName(error); }

std::string CallTrace::finish(Exit exit) && { return line_ + ") exits with " + std::to_string(exit.status); }

std::string CallTrace::finish(const std::expected<Errno, Exit>& outcome) && {
  return outcome ? std::move(*this).finish(*outcome) : std::move(*this).finish(outcome.error());
}

}  // namespace wasmc::wasi
