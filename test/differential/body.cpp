#include "body.h"

#include <array>
#include <bit>

namespace wasmc::differential {
namespace {

constexpr int kDepth = 5;
constexpr int kBudget = 150;
constexpr size_t kMaxLocals = 60;
constexpr std::array kTypes = {Type::I32, Type::I64,  Type::F32,     Type::F64,
                               Type::I32, Type::V128, Type::FuncRef, Type::ExternRef};

// Numbers at which something changes.
int64_t interesting(Choices& choices, unsigned bits) {
  switch (choices.below(6)) {
    case 0: return choices.byte();
    case 1: return -1 - static_cast<int64_t>(choices.byte() & 3);
    case 2: return static_cast<int64_t>(uint64_t{1} << choices.below(bits)) - choices.below(2);
    case 3: return static_cast<int64_t>(uint64_t{1} << (bits - 1)) - choices.below(2);
    case 4: return static_cast<int64_t>(choices.bits(2));
    default: return static_cast<int64_t>(choices.bits(bits / 8));
  }
}

template <typename Float>
Float interestingFloat(Choices& choices) {
  static constexpr double kValues[] = {
      0.0, 1.0, -0.0, -1.5, 1e10, -3e38, 2147483648.0, 9223372036854775808.0, 1e-40, 4294967296.0};
  switch (choices.below(5)) {
    case 0: return static_cast<Float>(kValues[choices.below(std::size(kValues))]);
    case 1: return static_cast<Float>(static_cast<int8_t>(choices.byte()));
    case 2: return choices.below(2) ? std::bit_cast<float>(0x7f800000) : -std::bit_cast<float>(0x7f800000);
    case 3: return std::bit_cast<float>(0x7fc00000);
    default:
      if constexpr (sizeof(Float) == 4)
        return std::bit_cast<float>(static_cast<uint32_t>(choices.bits(4)));
      else
        return std::bit_cast<double>(choices.bits(8));
  }
}

}  // namespace

Body::Body(Choices& choices, ModuleShape& module, const Signature& signature)
    : choices_(choices),
      module_(module),
      signature_(signature),
      locals_(signature.params),
      budget_(kBudget) {}

Bytes Body::make() {
  const size_t params = signature_.params.size();
  for (size_t i = choices_.below(6); i > 0; --i) newLocal(kTypes[choices_.below(kTypes.size())]);
  labels_.push_back({signature_.results});
  ifSpent(signature_.results);
  spend();
  statements(6, kDepth);
  values(signature_.results, kDepth);
  code_.op(0x0b);
  Bytes all;
  all.u(locals_.size() - params);
  for (size_t i = params; i < locals_.size(); ++i) all.u(1).type(locals_[i]);
  return all.add(code_);
}

void Body::value(Type type, int depth) {
  // Each stands as often as it is likely. The first is what remains where there are no bytes.
  static constexpr ValueMaker kOutside[] = {
      nullptr,
      nullptr,
      &Body::operatorValue,
      &Body::operatorValue,
      &Body::operatorValue,
      &Body::operatorValue,
      &Body::operatorValue,
      &Body::loadValue,
      &Body::loadValue,
      &Body::blockValue,
      &Body::loopValue,
      &Body::ifValue,
      &Body::ifValue,
      &Body::callValue,
      &Body::callValue,
      &Body::selectValue,
      &Body::selectValue,
      &Body::teeValue,
      &Body::globalValue,
      &Body::tryValue,
      &Body::branchValue,
      &Body::memoryValue,
      &Body::tableValue,
      &Body::atomicValue,
      &Body::leaveValue,
  };
  // What makes a loop one that can be vectorised, mostly.
  static constexpr ValueMaker kCounted[] = {
      nullptr,          nullptr,          &Body::operatorValue, &Body::operatorValue, &Body::operatorValue,
      &Body::loadValue, &Body::loadValue, &Body::loadValue,     &Body::selectValue,   &Body::ifValue,
  };
  if (depth <= 0 || --budget_ <= 0 || choices_.exhausted()) return simple(type);
  const std::span<const ValueMaker> makers =
      counters_.empty() ? std::span<const ValueMaker>(kOutside) : kCounted;
  const ValueMaker maker = makers[choices_.below(makers.size())];
  if (!maker || !(this->*maker)(type, depth - 1)) simple(type);
}

void Body::values(std::span<const Type> types, int depth) {
  // Long lists are constants and locals, or there would be no end.
  for (Type type : types) value(type, types.size() > 4 ? 1 : depth);
}

void Body::canonicalValue(Type type, int depth) {
  value(type, depth);
  if (type != Type::F32 && type != Type::F64) return;
  const uint32_t local = newLocal(type);
  tee(local);
  if (type == Type::F32)
    code_.op(0x43).fixed(0x7fc00000, 4);
  else
    code_.op(0x44).fixed(0x7ff8000000000000, 8);
  get(local);
  get(local);
  code_.op(type == Type::F32 ? 0x5b : 0x61).op(0x1b);
}

void Body::statement(int depth) {
  static constexpr StatementMaker kOutside[] = {
      &Body::setStatement,    &Body::setStatement,     &Body::setStatement,      &Body::storeStatement,
      &Body::storeStatement,  &Body::storeStatement,   &Body::storeStatement,    &Body::globalStatement,
      &Body::globalStatement, &Body::controlStatement, &Body::controlStatement,  &Body::controlStatement,
      &Body::countedLoop,     &Body::countedLoop,      &Body::continueStatement, &Body::logStatement,
      &Body::bulkStatement,   &Body::tableStatement,
  };
  static constexpr StatementMaker kCounted[] = {
      &Body::setStatement,   &Body::setStatement,    &Body::storeStatement, &Body::storeStatement,
      &Body::storeStatement, &Body::globalStatement, &Body::countedLoop,
  };
  if (depth <= 0 || budget_ <= 0 || choices_.exhausted()) return;
  const std::span<const StatementMaker> makers =
      counters_.empty() ? std::span<const StatementMaker>(kOutside) : kCounted;
  if (!(this->*makers[choices_.below(makers.size())])(depth - 1)) code_.op(0x01);
}

void Body::statements(size_t most, int depth) {
  for (size_t i = choices_.below(most + 1); i > 0; --i) statement(depth);
}

void Body::constant(Type type) {
  switch (type) {
    case Type::I32: return i32(static_cast<int32_t>(interesting(choices_, 32)));
    case Type::I64: code_.op(0x42).s(interesting(choices_, 64)); return;
    case Type::F32:
      code_.op(0x43).fixed(std::bit_cast<uint32_t>(interestingFloat<float>(choices_)), 4);
      return;
    case Type::F64:
      code_.op(0x44).fixed(std::bit_cast<uint64_t>(interestingFloat<double>(choices_)), 8);
      return;
    case Type::V128: {
      code_.op({0xfd, 0x0c});
      const uint64_t low = choices_.bits(choices_.below(2) ? 8 : 1);
      code_.fixed(low, 8).fixed(choices_.below(2) ? choices_.bits(8) : low, 8);
      return;
    }
    case Type::FuncRef:
      if (choices_.below(2)) {
        code_.op(0xd2).u(choices_.below(module_.functions.size()));
        return;
      }
      [[fallthrough]];
    case Type::ExternRef: code_.op(0xd0).type(type); return;
  }
}

void Body::zero(Type type) {
  switch (type) {
    case Type::I32: return i32(0);
    case Type::I64: code_.op(0x42).s(0); return;
    case Type::F32: code_.op(0x43).fixed(0, 4); return;
    case Type::F64: code_.op(0x44).fixed(0, 8); return;
    case Type::V128: code_.op({0xfd, 0x0c}).fixed(0, 8).fixed(0, 8); return;
    case Type::FuncRef:
    case Type::ExternRef: code_.op(0xd0).type(type); return;
  }
}

void Body::simple(Type type) {
  if (!choices_.exhausted() && choices_.below(3) != 0)
    if (const auto local = someLocal(type)) return get(*local);
  constant(type);
}

uint32_t Body::newLocal(Type type) {
  // Above the limit an old one is used again; there is one, because each type has few.
  if (locals_.size() >= kMaxLocals)
    for (uint32_t i = static_cast<uint32_t>(locals_.size()); i-- > signature_.params.size();)
      if (locals_[i] == type) {
        bool counter = false;
        for (const Counter& each : counters_) counter |= each.local == i;
        if (!counter) return i;
      }
  locals_.push_back(type);
  return static_cast<uint32_t>(locals_.size() - 1);
}

std::optional<uint32_t> Body::someLocal(Type type) {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < locals_.size(); ++i)
    if (locals_[i] == type) found.push_back(i);
  if (found.empty()) return std::nullopt;
  return choices_.among(found);
}

void Body::takeOne(Type type) {
  if (choices_.below(4) == 0) {
    code_.op(0x1a);
    return;
  }
  set(newLocal(type));
}

// What lies on the stack becomes locals.
void Body::takeInto(std::span<const Type> types) {
  for (size_t i = types.size(); i > 0; --i) takeOne(types[i - 1]);
}

// Of what lies on the stack the first remains, if it is what is wanted.
void Body::keepFirst(std::span<const Type> types, Type wanted) {
  if (types.empty() || types.front() != wanted) {
    takeInto(types);
    return simple(wanted);
  }
  takeInto(types.subspan(1));
}

void Body::blockType(const std::vector<Type>& params, const std::vector<Type>& results) {
  if (params.empty() && results.empty()) {
    code_.byte(0x40);
    return;
  }
  if (params.empty() && results.size() == 1) {
    code_.type(results.front());
    return;
  }
  code_.s(module_.typeIndex({params, results}));
}

std::vector<Type> Body::someTypes(size_t most) {
  // Now and then many: results go through memory then.
  if (choices_.chance(8)) most = 20;
  std::vector<Type> types(choices_.below(most + 1));
  for (Type& type : types) type = kTypes[choices_.below(kTypes.size())];
  return types;
}

void Body::spend() {
  code_.op(0x23).u(0);
  i32(1);
  code_.op(0x6b).op(0x24).u(0);
}

void Body::ifSpent(const std::vector<Type>& results) {
  code_.op(0x23).u(0).op(0x45).op(0x04).byte(0x40);
  for (Type type : results) zero(type);
  code_.op(0x0f).op(0x0b);
}

}  // namespace wasmc::differential
