// A cursor over bytes of a module, with the encodings of the binary format (WebAssembly 5.2).
#ifndef WASMC_COMPILER_FRONTEND_BYTE_READER_H
#define WASMC_COMPILER_FRONTEND_BYTE_READER_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace wasmc::compiler {

bool isUtf8(std::string_view text);

class ByteReader {
 public:
  // Reads [begin, end) of `bytes`; positions are offsets in `bytes`.
  ByteReader(std::span<const uint8_t> bytes, size_t begin, size_t end)
      : bytes_(bytes), pos_(begin), end_(end) {}

  size_t position() const { return pos_; }
  size_t remaining() const { return end_ - pos_; }
  bool atEnd() const { return pos_ == end_; }

  // Each gives nothing, and stays, where the bytes run out or are not in the encoding.
  std::optional<uint8_t> byte();
  std::optional<uint32_t> u32() { return static_cast<std::optional<uint32_t>>(unsignedLeb(32)); }
  std::optional<uint64_t> u64() { return unsignedLeb(64); }
  std::optional<std::string_view> string();    // a length and as many bytes, which need not be UTF-8
  std::optional<ByteReader> sub(size_t size);  // a cursor over the next `size` bytes, and skips them

 private:
  std::optional<uint64_t> unsignedLeb(unsigned bits);

  std::span<const uint8_t> bytes_;
  size_t pos_;
  size_t end_;
};

// Appends `value` as unsigned LEB128 to a vector of bytes.
template <typename Bytes>
void appendU32(Bytes& out, uint32_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<uint8_t>(value | 0x80));
  out.push_back(static_cast<uint8_t>(value));
}

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_BYTE_READER_H
