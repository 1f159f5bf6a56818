#include "generator.h"

#include "body.h"

#include <algorithm>
#include <array>
#include <string>

namespace wasmc::differential {
namespace {

constexpr std::array kTypes = {Type::I32, Type::I64,  Type::F32,     Type::F64,
                               Type::I32, Type::V128, Type::FuncRef, Type::ExternRef};
// Calls and turns of loops in one call from outside.
constexpr int kLimit = 40;

class Generator {
 public:
  explicit Generator(std::span<const uint8_t> bytes) : choices_(bytes) {}

  std::vector<uint8_t> make() {
    shapeModule();
    for (uint32_t i = 0; i < defined_; ++i) {
      const Signature signature = module_.signatureOf(ModuleShape::kLogs + i);
      bodies_.push_back(Body(choices_, module_, signature).make());
    }
    for (uint32_t i = 0; i < defined_; ++i) bodies_.push_back(wrapper(ModuleShape::kLogs + i));
    return encode();
  }

 private:
  void shapeModule();
  void shapeMemories();
  void shapeTables();
  Signature someSignature();
  Bytes wrapper(uint32_t function);
  std::vector<uint8_t> encode();
  Bytes constantOf(Type type);

  Bytes imports() const;
  Bytes limits(uint64_t min, uint64_t max, unsigned flags) const {
    return Bytes().byte(1 | flags).u(min).u(max);
  }
  Bytes exports() const;
  Bytes elements() const;
  Bytes data() const;

  Choices choices_;
  ModuleShape module_;
  uint32_t defined_ = 0;  // functions that are not wrappers
  bool start_ = false;
  std::vector<Bytes> global_values_;
  std::vector<Bytes> bodies_;
};

Signature Generator::someSignature() {
  Signature signature;
  // A few have more than there are registers.
  const auto some = [this](size_t most) {
    std::vector<Type> types(choices_.below(choices_.chance(12) ? 24 : most + 1));
    for (Type& type : types) type = choices_.among(std::vector<Type>(kTypes.begin(), kTypes.end()));
    return types;
  };
  signature.params = some(4);
  signature.results = some(2);
  return signature;
}

void Generator::shapeModule() {
  static constexpr unsigned kWild[] = {0, 0, 0, 4, 24};
  module_.wild = kWild[choices_.below(std::size(kWild))];
  for (Type type : {Type::I32, Type::I64, Type::F32, Type::F64})
    module_.functions.push_back(module_.typeIndex({{type}, {}}));
  shapeMemories();
  // What only wabt's interpreter can run beside wasmc has none of what it gets wrong.
  const bool only_wabt = module_.memories.size() > 1;
  module_.tail_calls = !only_wabt && choices_.below(2);
  defined_ = 1 + choices_.below(5);
  for (uint32_t i = 0; i < defined_; ++i) module_.functions.push_back(module_.typeIndex(someSignature()));
  start_ = module_.signatureOf(ModuleShape::kLogs) == Signature{};
  shapeTables();
  module_.globals.push_back({Type::I32, true});
  global_values_.push_back(Bytes().op(0x41).s(kLimit));
  for (uint32_t i = choices_.below(6); i > 0; --i) {
    module_.globals.push_back({kTypes[choices_.below(kTypes.size())], choices_.below(4) != 3});
    global_values_.push_back(constantOf(module_.globals.back().type));
  }
  if (!only_wabt && choices_.below(3) == 2)
    for (uint32_t i = 1 + choices_.below(3); i > 0; --i)
      module_.tags.push_back(module_.typeIndex({someSignature().params, {}}));
}

void Generator::shapeMemories() {
  static constexpr uint32_t kCounts[] = {1, 1, 1, 1, 1, 0, 2, 3};
  const uint32_t count = kCounts[choices_.below(std::size(kCounts))];
  const bool may64 = choices_.chance(40);
  for (uint32_t i = 0; i < count; ++i) {
    MemoryShape memory{1 + choices_.below(2), 0, may64 && choices_.below(2), choices_.chance(24)};
    if (module_.wild && choices_.chance(16)) memory.pages = 0;
    memory.max = memory.pages + choices_.below(3);
    module_.memories.push_back(memory);
  }
  if (count == 0) return;
  for (uint32_t i = choices_.below(4); i > 0; --i) {
    DataSegment segment{
        choices_.below(3) != 2, choices_.below(count), static_cast<uint32_t>(choices_.bits(2) & 0x7fff), {}};
    if (module_.memories[segment.memory].pages == 0) segment.active = false;
    segment.bytes.resize(4 + choices_.below(60));
    for (uint8_t& byte : segment.bytes) byte = choices_.byte();
    module_.data.push_back(std::move(segment));
  }
}

void Generator::shapeTables() {
  for (uint32_t i = choices_.below(4); i > 0; --i) {
    const uint32_t size = 4 + choices_.below(16);
    module_.tables.push_back(
        {choices_.below(4) == 3 ? Type::ExternRef : Type::FuncRef, size, size + choices_.below(4)});
  }
  for (uint32_t table = 0; table < module_.tables.size(); ++table) {
    if (module_.tables[table].element != Type::FuncRef) continue;
    ElementSegment segment{choices_.below(4) != 3, table, choices_.below(2), {}};
    segment.functions.resize(2 + choices_.below(module_.tables[table].size - 3));
    for (uint32_t& function : segment.functions) function = ModuleShape::kLogs + choices_.below(defined_);
    module_.elements.push_back(std::move(segment));
  }
}

Bytes Generator::constantOf(Type type) {
  switch (type) {
    case Type::I32: return Bytes().op(0x41).s(static_cast<int32_t>(choices_.bits(4)));
    case Type::I64: return Bytes().op(0x42).s(static_cast<int64_t>(choices_.bits(8)));
    case Type::F32: return Bytes().op(0x43).fixed(choices_.bits(4), 4);
    case Type::F64: return Bytes().op(0x44).fixed(choices_.bits(8), 8);
    case Type::V128: return Bytes().op({0xfd, 0x0c}).fixed(choices_.bits(8), 8).fixed(choices_.bits(8), 8);
    case Type::FuncRef:
      if (choices_.below(2)) return Bytes().op(0xd2).u(choices_.below(module_.functions.size()));
      [[fallthrough]];
    case Type::ExternRef: return Bytes().op(0xd0).type(type);
  }
  return {};
}

// What the host calls: it knows numbers only. Vectors are pairs of i64, references null in and whether they
// are out.
Bytes Generator::wrapper(uint32_t function) {
  const Signature inner = module_.signatureOf(function);
  Signature outer;
  Bytes code;
  code.op(0x41).s(kLimit).op(0x24).u(0);
  for (Type type : inner.params) {
    const uint32_t at = static_cast<uint32_t>(outer.params.size());
    if (type == Type::V128) {
      outer.params.insert(outer.params.end(), 2, Type::I64);
      code.op(0x20).u(at).op({0xfd, 0x12}).op(0x20).u(at + 1).op({0xfd, 0x1e}).byte(1);
    } else if (isReference(type)) {
      code.op(0xd0).type(type);
    } else {
      outer.params.push_back(type);
      code.op(0x20).u(at);
    }
  }
  code.op(0x10).u(function);
  // Results go through locals, in reverse.
  const uint32_t first = static_cast<uint32_t>(outer.params.size());
  for (size_t i = inner.results.size(); i > 0; --i) code.op(0x21).u(first + i - 1);
  Bytes locals;
  locals.u(inner.results.size());
  for (uint32_t i = 0; i < inner.results.size(); ++i) {
    const Type type = inner.results[i];
    locals.u(1).type(type);
    code.op(0x20).u(first + i);
    outer.results.push_back(isReference(type) ? Type::I32 : type == Type::V128 ? Type::I64 : type);
    if (isReference(type)) code.op(0xd1);
    if (type != Type::V128) continue;
    outer.results.push_back(Type::I64);
    code.op({0xfd, 0x1d}).byte(0).op(0x20).u(first + i).op({0xfd, 0x1d}).byte(1);
  }
  code.op(0x0b);
  module_.functions.push_back(module_.typeIndex(outer));
  return locals.add(code);
}

Bytes Generator::imports() const {
  Bytes all;
  all.u(ModuleShape::kLogs);
  static constexpr const char* kNames[] = {"log-i32", "log-i64", "log-f32", "log-f64"};
  for (uint32_t i = 0; i < ModuleShape::kLogs; ++i)
    all.name("fuzzing-support").name(kNames[i]).byte(0).u(module_.functions[i]);
  return all;
}

Bytes Generator::exports() const {
  Bytes list;
  uint32_t count = 0;
  const auto add = [&](const char* prefix, uint32_t number, uint8_t kind, uint32_t index) {
    list.name(prefix + std::to_string(number)).byte(kind).u(index);
    ++count;
  };
  for (uint32_t i = 0; i < defined_; ++i) add("f", i, 0, ModuleShape::kLogs + defined_ + i);
  for (uint32_t i = 0; i < module_.tables.size(); ++i) add("t", i, 1, i);
  for (uint32_t i = 0; i < module_.memories.size(); ++i) add("m", i, 2, i);
  for (uint32_t i = 0; i < module_.globals.size(); ++i)
    if (module_.globals[i].type != Type::V128) add("g", i, 3, i);
  return Bytes().u(count).add(list);
}

// The last one declares all functions, so that each can be referred to.
Bytes Generator::elements() const {
  Bytes all;
  all.u(module_.elements.size() + 1);
  for (const ElementSegment& segment : module_.elements) {
    if (segment.active)
      all.u(2).u(segment.table).op(0x41).s(segment.offset).op(0x0b).byte(0);
    else
      all.u(1).byte(0);
    all.u(segment.functions.size());
    for (uint32_t function : segment.functions) all.u(function);
  }
  all.u(3).byte(0).u(module_.functions.size());
  for (uint32_t i = 0; i < module_.functions.size(); ++i) all.u(i);
  return all;
}

Bytes Generator::data() const {
  Bytes all;
  all.u(module_.data.size());
  for (const DataSegment& segment : module_.data) {
    if (segment.active)
      all.u(2)
          .u(segment.memory)
          .op(module_.memories[segment.memory].is64 ? 0x42 : 0x41)
          .s(segment.offset)
          .op(0x0b);
    else
      all.u(1);
    all.u(segment.bytes.size());
    for (uint8_t byte : segment.bytes) all.byte(byte);
  }
  return all;
}

std::vector<uint8_t> Generator::encode() {
  Bytes all;
  all.fixed(0x6d736100, 4).fixed(1, 4);
  const auto section = [&all](uint8_t id, const Bytes& content) { all.byte(id).sized(content); };
  Bytes types, functions, tables, memories, tags, globals, code;
  types.u(module_.types.size());
  for (const Signature& type : module_.types) types.byte(0x60).types(type.params).types(type.results);
  functions.u(bodies_.size());
  for (size_t i = 0; i < bodies_.size(); ++i) functions.u(module_.functions[ModuleShape::kLogs + i]);
  tables.u(module_.tables.size());
  for (const TableShape& table : module_.tables)
    tables.type(table.element).add(limits(table.size, table.max, 0));
  memories.u(module_.memories.size());
  for (const MemoryShape& memory : module_.memories)
    memories.add(limits(memory.pages, memory.max, (memory.shared ? 2 : 0) | (memory.is64 ? 4 : 0)));
  tags.u(module_.tags.size());
  for (uint32_t type : module_.tags) tags.byte(0).u(type);
  globals.u(module_.globals.size());
  for (size_t i = 0; i < module_.globals.size(); ++i)
    globals.type(module_.globals[i].type).byte(module_.globals[i].is_mutable).add(global_values_[i]).op(0x0b);
  code.u(bodies_.size());
  for (const Bytes& body : bodies_) code.sized(body);

  section(1, types);
  section(2, imports());
  section(3, functions);
  section(4, tables);
  section(5, memories);
  if (!module_.tags.empty()) section(13, tags);
  section(6, globals);
  section(7, exports());
  if (start_) section(8, Bytes().u(ModuleShape::kLogs));
  section(9, elements());
  if (!module_.data.empty()) section(12, Bytes().u(module_.data.size()));
  section(10, code);
  if (!module_.data.empty()) section(11, data());
  return all.data();
}

}  // namespace

std::vector<uint8_t> generateModule(std::span<const uint8_t> bytes) { return Generator(bytes).make(); }

}  // namespace wasmc::differential
