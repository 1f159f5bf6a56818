#include "values.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <optional>

namespace wasmc::spec {
namespace {

using abi::HeapCode;

// Decimal bits. The suite writes them unsigned; a sign is accepted all the same.
std::optional<uint64_t> number(const std::string& text) {
  const bool negative = text.starts_with('-');
  uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data() + negative, end, value);
  if (problem != std::errc() || stop != end) return std::nullopt;
  return negative ? uint64_t{0} - value : value;
}

std::optional<ValType> numberType(const std::string& name) {
  if (name == "i32") return ValType::i32();
  if (name == "i64") return ValType::i64();
  if (name == "f32") return ValType::f32();
  if (name == "f64") return ValType::f64();
  return std::nullopt;
}

std::optional<ValType> referenceType(const std::string& name) {
  static constexpr struct {
    const char* name;
    HeapCode heap;
  } kTypes[] = {
      {"funcref", HeapCode::Func},
      {"nullfuncref", HeapCode::NoFunc},
      {"externref", HeapCode::Extern},
      {"anyref", HeapCode::Any},
      {"nullexternref", HeapCode::NoExtern},
      {"nullref", HeapCode::None},
      {"eqref", HeapCode::Eq},
      {"i31ref", HeapCode::I31},
      {"structref", HeapCode::Struct},
      {"arrayref", HeapCode::Array},
      {"exnref", HeapCode::Exn},
      {"nullexnref", HeapCode::NoExn},
  };
  for (const auto& type : kTypes)
    if (name == type.name) return ValType::ref(type.heap);
  return std::nullopt;
}

unsigned laneBits(const std::string& lane_type) {
  return static_cast<unsigned>(std::stoul(lane_type.substr(1)));
}

// A number or NaN pattern against bits of the given width (32 or 64; 8 and 16 for integer lanes).
bool matchesBits(const std::string& expected, uint64_t found, unsigned bits) {
  const unsigned fraction = bits == 32 ? 23 : 52;
  const uint64_t quiet = uint64_t{1} << (fraction - 1);
  const uint64_t sign = uint64_t{1} << (bits - 1);
  const uint64_t canonical = (sign - 1) & ~(quiet - 1);  // all exponent bits and the quiet bit
  if (expected == "nan:canonical") return (found & ~sign) == canonical;
  if (expected == "nan:arithmetic") return (found & canonical) == canonical;
  const uint64_t mask = bits == 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
  const std::optional<uint64_t> wanted = number(expected);
  return wanted && (*wanted & mask) == (found & mask);
}

uint64_t lane(const abi::Value& value, size_t index, unsigned bits) {
  const size_t at = index * bits;
  const uint64_t half = at < 64 ? value.lo : value.hi;
  const uint64_t mask = bits == 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
  return (half >> (at % 64)) & mask;
}

bool matchesVector(const Constant& expected, const Val& found) {
  const unsigned bits = laneBits(expected.lane_type);
  for (size_t i = 0; i < expected.lanes.size(); ++i)
    if (!matchesBits(expected.lanes[i], lane(found.raw(), i, bits), bits)) return false;
  return true;
}

bool matchesReference(const Constant& expected, const Val& found) {
  if (!found.type().isRef()) return false;
  if (expected.type == "refnull" || expected.value == "null") return found.isNull();
  if (found.isNull()) return false;
  const std::optional<ValType> type = referenceType(expected.type);
  if (!type) return false;
  if (type->isFuncRef()) return found.type().isFuncRef();
  if (!type->isExternRef()) return !found.type().isFuncRef() && !found.type().isExternRef();
  if (!found.type().isExternRef()) return false;
  if (expected.value.empty()) return true;
  const HostNumber* host = found.externRef().get<HostNumber>();
  return host && number(expected.value) == host->number;
}

std::expected<Val, std::string> makeVector(const Constant& constant) {
  const unsigned bits = laneBits(constant.lane_type);
  abi::Value raw;
  for (size_t i = 0; i < constant.lanes.size(); ++i) {
    const std::optional<uint64_t> value = number(constant.lanes[i]);
    if (!value) return std::unexpected("not a lane: " + constant.lanes[i]);
    const uint64_t mask = bits == 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
    uint64_t& half = i * bits < 64 ? raw.lo : raw.hi;
    half |= (*value & mask) << (i * bits % 64);
  }
  return Val::fromRaw(ValType::v128(), raw);
}

}  // namespace

std::expected<Val, std::string> ValueMaker::make(const Constant& constant) {
  if (constant.type == "v128") return makeVector(constant);
  if (const std::optional<ValType> type = referenceType(constant.type)) {
    if (constant.value == "null") return Val::null(*type);
    const std::optional<uint64_t> value = number(constant.value);
    if (!type->isExternRef() || !value)
      return std::unexpected("can not make the argument " + describe(constant));
    auto [known, is_new] = host_references_.try_emplace(*value);
    if (is_new) known->second = ExternRef::create(store_, HostNumber{*value});
    return Val(known->second);
  }
  const std::optional<ValType> type = numberType(constant.type);
  const std::optional<uint64_t> value = number(constant.value);
  if (!type || !value) return std::unexpected("can not make the argument " + describe(constant));
  const bool narrow = *type == ValType::i32() || *type == ValType::f32();
  return Val::fromRaw(*type, {narrow ? *value & UINT32_MAX : *value, 0});
}

bool matches(const Constant& expected, const Val& found) {
  if (expected.type == "either")
    return std::ranges::any_of(expected.alternatives, [&](const Constant& c) { return matches(c, found); });
  if (expected.type == "v128") return found.type() == ValType::v128() && matchesVector(expected, found);
  if (const std::optional<ValType> type = numberType(expected.type)) {
    const bool narrow = *type == ValType::i32() || *type == ValType::f32();
    return found.type() == *type && matchesBits(expected.value, found.raw().lo, narrow ? 32 : 64);
  }
  return matchesReference(expected, found);
}

std::string describe(const Constant& constant) {
  std::string text = constant.type;
  if (!constant.value.empty()) text += " " + constant.value;
  if (!constant.lanes.empty()) {
    text += " " + constant.lane_type + "[";
    for (const std::string& one : constant.lanes) text += " " + one;
    text += " ]";
  }
  for (const Constant& alternative : constant.alternatives) text += " " + describe(alternative);
  return text;
}

std::string describe(const Val& value) {
  char bits[48] = "";
  if (value.type() == ValType::v128())
    std::snprintf(bits, sizeof bits, " (0x%016llx%016llx)", static_cast<unsigned long long>(value.raw().hi),
                  static_cast<unsigned long long>(value.raw().lo));
  else if (!value.type().isRef())
    std::snprintf(bits, sizeof bits, " (%llu)", static_cast<unsigned long long>(value.raw().lo));
  return value.str() + bits;
}

}  // namespace wasmc::spec
