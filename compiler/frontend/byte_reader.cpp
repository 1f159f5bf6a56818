#include "frontend/byte_reader.h"

namespace wasmc::compiler {
namespace {

// Bytes of the UTF-8 sequence at the start of `text`; 0 if there is none (RFC 3629).
size_t utf8Length(std::string_view text) {
  const auto at = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const auto continues = [&](size_t i, uint8_t low = 0x80, uint8_t high = 0xbf) {
    return i < text.size() && at(i) >= low && at(i) <= high;
  };
  const uint8_t first = at(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const uint8_t low = first == 0xe0 ? 0xa0 : 0x80;   // no overlong forms
    const uint8_t high = first == 0xed ? 0x9f : 0xbf;  // no surrogates
    return continues(1, low, high) && continues(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const uint8_t low = first == 0xf0 ? 0x90 : 0x80;
    const uint8_t high = first == 0xf4 ? 0x8f : 0xbf;  // up to U+10FFFF
    return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

bool isUtf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = utf8Length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::optional<uint8_t> ByteReader::byte() {
  if (atEnd()) return std::nullopt;
  return bytes_[pos_++];
}

std::optional<uint64_t> ByteReader::unsignedLeb(unsigned bits) {
  uint64_t value = 0;
  size_t pos = pos_;
  for (unsigned shift = 0; shift < bits; shift += 7) {
    if (pos == end_) return std::nullopt;
    const uint8_t b = bytes_[pos++];
    const unsigned left = bits - shift;
    if (left < 7 && (b & 0x7f) >> left) return std::nullopt;  // bits beyond the type's
    value |= static_cast<uint64_t>(b & 0x7f) << shift;
    if (!(b & 0x80)) {
      pos_ = pos;
      return value;
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> ByteReader::string() {
  const size_t start = pos_;
  const auto size = u32();
  if (!size || *size > remaining()) {
    pos_ = start;
    return std::nullopt;
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes_.data()) + pos_, *size);
  pos_ += *size;
  return text;
}

std::optional<ByteReader> ByteReader::sub(size_t size) {
  if (size > remaining()) return std::nullopt;
  pos_ += size;
  return ByteReader(bytes_, pos_ - size, pos_);
}

}  // namespace wasmc::compiler
