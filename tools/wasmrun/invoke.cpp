#include "invoke.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <limits>
#include <optional>
#include <type_traits>

namespace wasmc::tool {
namespace {

// Both -1 and 4294967295 are the i32 with all bits set.
template <typename Unsigned>
std::optional<Unsigned> parseInteger(std::string_view text) {
  using Signed = std::make_signed_t<Unsigned>;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  Unsigned magnitude = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), magnitude, hex ? 16 : 10);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  const auto limit = static_cast<Unsigned>(std::numeric_limits<Signed>::max()) + Unsigned{1};
  if (negative && magnitude > limit) return std::nullopt;
  return negative ? Unsigned{0} - magnitude : magnitude;
}

template <typename Float>
std::optional<Float> parseFloat(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Float value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

template <typename T>
std::optional<Val> toVal(std::optional<T> number) {
  return number ? std::optional<Val>(*number) : std::nullopt;
}

std::optional<Val> parseValue(ValType type, std::string_view text) {
  switch (type.code) {
    case abi::TypeCode::I32: return toVal(parseInteger<uint32_t>(text));
    case abi::TypeCode::I64: return toVal(parseInteger<uint64_t>(text));
    case abi::TypeCode::F32: return toVal(parseFloat<float>(text));
    case abi::TypeCode::F64: return toVal(parseFloat<double>(text));
    case abi::TypeCode::V128: return std::nullopt;
    case abi::TypeCode::Ref: return text == "null" ? std::optional(Val::null(type)) : std::nullopt;
  }
  return std::nullopt;
}

template <typename T>
std::string shortest(T value) {
  std::array<char, 64> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::string hex(const V128& vector) {
  std::string text = "0x";
  for (size_t i = vector.bytes.size(); i-- > 0;) {
    std::array<char, 4> byte;
    std::snprintf(byte.data(), byte.size(), "%02x", vector.bytes[i]);
    text += byte.data();
  }
  return text;
}

}  // namespace

Outcome<std::vector<Val>> parseArguments(const std::string& name, const FuncType& type,
                                         std::span<const std::string> arguments) {
  if (arguments.size() != type.params.size()) {
    const size_t count = type.params.size();
    return failure("'" + name + "' is of type " + toString(type) + ": it takes " + std::to_string(count) +
                       (count == 1 ? " argument" : " arguments") + ", not " +
                       std::to_string(arguments.size()),
                   kExitUsage);
  }
  std::vector<Val> values;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::optional<Val> value = parseValue(type.params[i], arguments[i]);
    if (!value) {
      return failure("argument " + std::to_string(i + 1) + " of '" + name + "' is of type " +
                         toString(type.params[i]) + ", which '" + arguments[i] + "' is not",
                     kExitUsage);
    }
    values.push_back(*value);
  }
  return values;
}

std::string formatResult(const Val& value) {
  switch (value.type().code) {
    case abi::TypeCode::I32: return shortest(value.i32());
    case abi::TypeCode::I64: return shortest(value.i64());
    case abi::TypeCode::F32: return shortest(value.f32());
    case abi::TypeCode::F64: return shortest(value.f64());
    case abi::TypeCode::V128: return hex(value.v128());
    case abi::TypeCode::Ref: return value.isNull() ? "null" : toString(value.type());
  }
  return "?";
}

}  // namespace wasmc::tool
