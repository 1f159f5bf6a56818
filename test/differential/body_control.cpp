// Blocks, branches, calls.
#include "body.h"

namespace wasmc::differential {

// What may be left behind on the stack by a branch not taken, or by a call: the first value, or another one.
bool Body::blockValue(Type type, int depth) {
  const std::vector<Type> params = someTypes(3);
  std::vector<Type> results = choices_.below(2) ? someTypes(3) : std::vector<Type>();
  results.insert(results.begin(), type);
  values(params, depth);
  code_.op(0x02);
  blockType(params, results);
  labels_.push_back({results});
  takeInto(params);
  statements(3, depth);
  values(results, depth);
  code_.op(0x0b);
  labels_.pop_back();
  keepFirst(results, type);
  return true;
}

bool Body::loopValue(Type type, int depth) {
  const std::vector<Type> params = someTypes(3);
  std::vector<Type> results = choices_.below(2) ? someTypes(2) : std::vector<Type>();
  results.insert(results.begin(), type);
  values(params, depth);
  code_.op(0x03);
  blockType(params, results);
  labels_.push_back({.types = params, .loop = true});
  takeInto(params);
  statements(4, depth);
  values(params, depth);
  loopCondition(depth);
  code_.op(0x0d).u(0);
  takeInto(params);
  values(results, depth);
  code_.op(0x0b);
  labels_.pop_back();
  keepFirst(results, type);
  return true;
}

// Whether to go back to a loop's start: only while there is something left.
void Body::loopCondition(int depth) {
  code_.op(0x23).u(0).op(0x04).type(Type::I32);
  labels_.push_back({{Type::I32}});
  spend();
  value(Type::I32, depth);
  code_.op(0x05);
  i32(0);
  code_.op(0x0b);
  labels_.pop_back();
}

bool Body::ifValue(Type type, int depth) {
  const bool counted = !counters_.empty();
  const std::vector<Type> params = counted ? std::vector<Type>() : someTypes(2);
  std::vector<Type> results = !counted && choices_.below(4) == 3 ? someTypes(3) : std::vector<Type>();
  results.insert(results.begin(), type);
  values(params, depth);
  value(Type::I32, depth);
  code_.op(0x04);
  blockType(params, results);
  labels_.push_back({results});
  takeInto(params);
  if (!counted) statements(2, depth);
  values(results, depth);
  code_.op(0x05);
  takeInto(params);
  values(results, depth);
  code_.op(0x0b);
  labels_.pop_back();
  keepFirst(results, type);
  return true;
}

bool Body::tryValue(Type type, int depth) {
  if (module_.tags.empty()) return false;
  std::vector<Type> results = choices_.below(3) == 2 ? someTypes(2) : std::vector<Type>();
  results.insert(results.begin(), type);
  code_.op(0x06);
  blockType({}, results);
  labels_.push_back({results});
  statements(3, depth);
  values(results, depth);
  if (choices_.below(5) == 4) {
    labels_.pop_back();
    code_.op(0x18).u(choices_.below(labels_.size()));
    keepFirst(results, type);
    return true;
  }
  labels_.back().in_catch = true;
  for (size_t clauses = choices_.below(3); clauses > 0; --clauses) {
    const uint32_t tag = choices_.below(module_.tags.size());
    code_.op(0x07).u(tag);
    takeInto(std::vector<Type>(module_.types[module_.tags[tag]].params));
    statements(2, depth);
    values(results, depth);
  }
  if (choices_.below(2)) {
    code_.op(0x19);
    statements(2, depth);
    values(results, depth);
  }
  code_.op(0x0b);
  labels_.pop_back();
  keepFirst(results, type);
  return true;
}

// How many labels out the branch goes; not to loops, which would run without end.
std::optional<uint32_t> Body::branchTarget(const std::vector<Type>& types) {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < labels_.size(); ++i)
    if (!labels_[i].loop && labels_[i].types == types)
      found.push_back(static_cast<uint32_t>(labels_.size() - 1 - i));
  if (found.empty()) return std::nullopt;
  return choices_.among(found);
}

bool Body::branchValue(Type type, int depth) {
  const uint32_t from = choices_.below(labels_.size());
  const Label label = labels_[labels_.size() - 1 - from];
  if (label.loop) return false;
  values(label.types, depth);
  switch (choices_.below(4)) {
    case 0:
    case 1:  // goes on with the values if not taken
      value(Type::I32, depth);
      code_.op(0x0d).u(from);
      keepFirst(label.types, type);
      return true;
    case 2: {
      value(Type::I32, depth);
      const uint32_t targets = choices_.below(choices_.chance(16) ? 300 : 6);
      code_.op(0x0e).u(targets);
      for (uint32_t i = 0; i <= targets; ++i) code_.u(branchTarget(label.types).value_or(from));
      return true;
    }
    default: code_.op(0x0c).u(from); return true;
  }
}

// Does not go on behind.
bool Body::leaveValue(Type, int depth) {
  switch (choices_.below(5)) {
    case 0: {
      values(signature_.results, depth);
      code_.op(0x0f);
      return true;
    }
    case 1: {
      if (module_.tags.empty()) return false;
      const uint32_t tag = choices_.below(module_.tags.size());
      values(std::vector<Type>(module_.types[module_.tags[tag]].params), depth);
      code_.op(0x08).u(tag);
      return true;
    }
    case 2: {
      for (uint32_t out = 0; out < labels_.size(); ++out)
        if (labels_[labels_.size() - 1 - out].in_catch) {
          code_.op(0x09).u(out);
          return true;
        }
      return false;
    }
    case 3: {
      if (!module_.tail_calls) return false;
      for (uint32_t f = ModuleShape::kLogs + choices_.below(4); f < module_.functions.size(); ++f)
        if (module_.signatureOf(f).results == signature_.results) {
          callFunction(f, depth, true);
          return true;
        }
      return false;
    }
    default:
      if (!wild()) return false;
      code_.op(0x00);
      return true;
  }
}

void Body::callFunction(uint32_t function, int depth, bool tail) {
  const Signature signature = module_.signatureOf(function);
  values(signature.params, depth);
  // Through a table, if it is in one.
  if (choices_.below(2)) {
    for (const ElementSegment& segment : module_.elements)
      for (uint32_t i = 0; segment.active && i < segment.functions.size(); ++i)
        if (segment.functions[i] == function) {
          if (wild())
            value(Type::I32, depth);
          else
            i32(static_cast<int32_t>(segment.offset + i));
          code_.op(tail ? 0x13 : 0x11).u(module_.functions[function]).u(segment.table);
          return;
        }
  }
  code_.op(tail ? 0x12 : 0x10).u(function);
}

bool Body::callValue(Type type, int depth) {
  const uint32_t defined = static_cast<uint32_t>(module_.functions.size()) - ModuleShape::kLogs;
  const uint32_t function = ModuleShape::kLogs + choices_.below(defined);
  callFunction(function, depth, false);
  keepFirst(std::vector<Type>(module_.signatureOf(function).results), type);
  return true;
}

bool Body::selectValue(Type type, int depth) {
  value(type, depth);
  value(type, depth);
  value(Type::I32, depth);
  if (isReference(type) || choices_.below(4) == 3)
    code_.op(0x1c).u(1).type(type);
  else
    code_.op(0x1b);
  return true;
}

bool Body::controlStatement(int depth) {
  const std::vector<Type> one = someTypes(1);
  const Type type = one.empty() ? Type::I32 : one.front();
  static constexpr ValueMaker kMakers[] = {&Body::ifValue,   &Body::blockValue,  &Body::loopValue,
                                           &Body::callValue, &Body::branchValue, &Body::tryValue,
                                           &Body::ifValue};
  if (!(this->*kMakers[choices_.below(std::size(kMakers))])(type, depth)) return false;
  takeOne(type);
  return true;
}

// Back to the start of some loop around, not only from its end.
bool Body::continueStatement(int depth) {
  for (uint32_t out = choices_.below(3); out < labels_.size(); ++out) {
    const Label label = labels_[labels_.size() - 1 - out];
    if (!label.loop) continue;
    values(label.types, depth);
    loopCondition(depth);
    code_.op(0x0d).u(out);
    takeInto(label.types);
    return true;
  }
  return false;
}

// A loop as compilers make them of `for`: counted in a local, over arrays. What optimisers transform most.
bool Body::countedLoop(int depth) {
  if (counters_.size() >= 2) return false;
  bool has64 = false;
  for (const MemoryShape& memory : module_.memories) has64 |= memory.is64;
  const Type type = has64 && choices_.below(2) ? Type::I64 : Type::I32;
  const bool wide = type == Type::I64;
  const Counter counter{static_cast<uint32_t>(locals_.size()), type};
  locals_.push_back(type);
  static constexpr int kSteps[] = {1, 1, 1, 4, 8, 2, 16, 3};
  const int step = kSteps[choices_.below(std::size(kSteps))];
  const int count = 1 + static_cast<int>(choices_.below(counters_.empty() ? 64 : 16));
  const uint32_t kind = choices_.below(4);  // ends: not below, not equal, a variable, down to zero
  const int start = kind == 3 ? step * count : static_cast<int>(choices_.below(4));

  number(type, static_cast<uint64_t>(start));
  set(counter.local);
  code_.op(0x02).byte(0x40).op(0x23).u(0).op(0x45).op(0x0d).u(0);
  spend();
  code_.op(0x03).byte(0x40);
  labels_.push_back({});
  labels_.push_back({.types = {}, .loop = true});
  counters_.push_back(counter);
  countedBody(depth);
  counters_.pop_back();
  labels_.pop_back();
  labels_.pop_back();

  get(counter.local);
  number(type, static_cast<uint64_t>(step));
  code_.op(static_cast<uint32_t>((wide ? 0x7c : 0x6a) + (kind == 3)));
  tee(counter.local);
  if (kind == 2) {
    simple(type);
    number(type, 63);
    code_.op(wide ? 0x83 : 0x71).op(wide ? 0x54 : 0x49);
  } else {
    number(type, kind == 3 ? 0 : static_cast<uint64_t>(start + step * count));
    code_.op(kind == 0 ? (wide ? 0x54 : 0x49) : (wide ? 0x52 : 0x47));
  }
  code_.op(0x0d).u(0).op(0x0b).op(0x0b);
  return true;
}

void Body::countedBody(int depth) {
  if (choices_.below(4) == 3) {  // a search
    value(Type::I32, depth);
    code_.op(0x0d).u(1);
  }
  statements(3, depth);
}

// The host sees it, and when.
bool Body::logStatement(int depth) {
  static constexpr Type kLogged[] = {Type::I32, Type::I64, Type::F32, Type::F64};
  const uint32_t log = choices_.below(ModuleShape::kLogs);
  value(kLogged[log], depth);
  code_.op(0x10).u(log);
  return true;
}

}  // namespace wasmc::differential
