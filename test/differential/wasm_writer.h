// The binary format, as far as a generator of modules needs it.
#ifndef WASMC_TEST_DIFFERENTIAL_WASM_WRITER_H
#define WASMC_TEST_DIFFERENTIAL_WASM_WRITER_H

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace wasmc::differential {

enum class Type : uint8_t {
  I32 = 0x7f,
  I64 = 0x7e,
  F32 = 0x7d,
  F64 = 0x7c,
  V128 = 0x7b,
  FuncRef = 0x70,
  ExternRef = 0x6f,
};

inline bool isReference(Type type) { return type == Type::FuncRef || type == Type::ExternRef; }

// A prefix, 0 for none, and a code.
struct Opcode {
  uint8_t prefix;
  uint32_t code;
};

class Bytes {
 public:
  Bytes& byte(uint32_t value) {
    data_.push_back(static_cast<uint8_t>(value));
    return *this;
  }
  Bytes& fixed(uint64_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) byte(static_cast<uint8_t>(value >> 8 * i));
    return *this;
  }
  Bytes& u(uint64_t value) {
    for (; value > 0x7f; value >>= 7) byte(static_cast<uint8_t>(value | 0x80));
    return byte(static_cast<uint8_t>(value));
  }
  Bytes& s(int64_t value) {
    for (; value < -64 || value > 63; value >>= 7) byte(static_cast<uint8_t>(value | 0x80));
    return byte(static_cast<uint8_t>(value & 0x7f));
  }
  Bytes& type(Type type) { return byte(static_cast<uint8_t>(type)); }
  Bytes& types(std::span<const Type> list) {
    u(list.size());
    for (Type each : list) type(each);
    return *this;
  }
  Bytes& op(uint32_t code) { return byte(code); }
  Bytes& op(Opcode opcode) {
    if (!opcode.prefix) return byte(opcode.code);
    return byte(opcode.prefix).u(opcode.code);
  }
  Bytes& name(std::string_view text) {
    u(text.size());
    data_.insert(data_.end(), text.begin(), text.end());
    return *this;
  }
  Bytes& add(const Bytes& other) {
    data_.insert(data_.end(), other.data_.begin(), other.data_.end());
    return *this;
  }
  // With its length before it: a section, a body.
  Bytes& sized(const Bytes& other) { return u(other.data_.size()).add(other); }

  size_t size() const { return data_.size(); }
  const std::vector<uint8_t>& data() const { return data_; }

 private:
  std::vector<uint8_t> data_;
};

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_WASM_WRITER_H
