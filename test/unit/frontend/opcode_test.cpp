// Walks wabt's opcode table: each instruction reaches the visitor as itself, or stands below with a reason.
#include "modules.h"

#include <gtest/gtest.h>

#include <bit>
#include <map>

namespace wasmc::compiler::test {
namespace {

constexpr const char* kInterpreterOnly = "only wabt's interpreter has it";

const std::map<Opcode, const char*> kNotTranslated = {
    {Opcode::CallRef, "needs typed function references, which wabt 1.0.32 can not read"},
    {Opcode::InterpAlloca, kInterpreterOnly},
    {Opcode::InterpBrUnless, kInterpreterOnly},
    {Opcode::InterpCallImport, kInterpreterOnly},
    {Opcode::InterpData, kInterpreterOnly},
    {Opcode::InterpDropKeep, kInterpreterOnly},
    {Opcode::InterpCatchDrop, kInterpreterOnly},
    {Opcode::InterpAdjustFrameForReturnCall, kInterpreterOnly},
};

const Bytes kI32 = {0x41, 0x00};
const Bytes kDrop = {0x1a};
const Bytes kNullFunc = {0xd0, 0x70};

// What stands before and after the instruction, and its immediates, where they do not follow from its
// signature. Local 0 is an i32; everything has the index 0; the surrounding function is () -> ().
struct Place {
  Bytes before;
  Bytes immediates;
  Bytes after;
};

const std::map<Opcode, Place> kPlaces = {
    {Opcode::Block, {{}, {0x40}, {0x0b}}},
    {Opcode::Loop, {{}, {0x40}, {0x0b}}},
    {Opcode::If, {kI32, {0x40}, {0x0b}}},
    {Opcode::Else, {join({kI32, {0x04, 0x40}}), {}, {0x0b}}},
    {Opcode::End, {{0x02, 0x40}, {}, {}}},
    {Opcode::Try, {{}, {0x40}, {0x0b}}},
    {Opcode::Catch, {{0x06, 0x40}, {0x00}, {0x0b}}},
    {Opcode::CatchAll, {{0x06, 0x40}, {}, {0x0b}}},
    {Opcode::Delegate, {{0x06, 0x40}, {0x00}, {}}},
    {Opcode::Throw, {{}, {0x00}, {}}},
    {Opcode::Rethrow, {{0x06, 0x40, 0x19}, {0x00}, {0x0b}}},
    {Opcode::Br, {{}, {0x00}, {}}},
    {Opcode::BrIf, {kI32, {0x00}, {}}},
    {Opcode::BrTable, {kI32, {0x01, 0x00, 0x00}, {}}},
    {Opcode::Call, {{}, {0x00}, {}}},
    {Opcode::ReturnCall, {{}, {0x00}, {}}},
    {Opcode::CallIndirect, {kI32, {0x00, 0x00}, {}}},
    {Opcode::ReturnCallIndirect, {kI32, {0x00, 0x00}, {}}},
    {Opcode::Drop, {kI32, {}, {}}},
    {Opcode::Select, {join({kI32, kI32, kI32}), {}, kDrop}},
    {Opcode::SelectT, {join({kI32, kI32, kI32}), {0x01, 0x7f}, kDrop}},
    {Opcode::LocalGet, {{}, {0x00}, kDrop}},
    {Opcode::LocalSet, {kI32, {0x00}, {}}},
    {Opcode::LocalTee, {kI32, {0x00}, kDrop}},
    {Opcode::GlobalGet, {{}, {0x00}, kDrop}},
    {Opcode::GlobalSet, {kI32, {0x00}, {}}},
    {Opcode::MemorySize, {{}, {0x00}, kDrop}},
    {Opcode::MemoryGrow, {kI32, {0x00}, kDrop}},
    {Opcode::MemoryFill, {join({kI32, kI32, kI32}), {0x00}, {}}},
    {Opcode::MemoryCopy, {join({kI32, kI32, kI32}), {0x00, 0x00}, {}}},
    {Opcode::MemoryInit, {join({kI32, kI32, kI32}), {0x00, 0x00}, {}}},
    {Opcode::DataDrop, {{}, {0x00}, {}}},
    {Opcode::TableGet, {kI32, {0x00}, kDrop}},
    {Opcode::TableSet, {join({kI32, kNullFunc}), {0x00}, {}}},
    {Opcode::TableSize, {{}, {0x00}, kDrop}},
    {Opcode::TableGrow, {join({kNullFunc, kI32}), {0x00}, kDrop}},
    {Opcode::TableFill, {join({kI32, kNullFunc, kI32}), {0x00}, {}}},
    {Opcode::TableCopy, {join({kI32, kI32, kI32}), {0x00, 0x00}, {}}},
    {Opcode::TableInit, {join({kI32, kI32, kI32}), {0x00, 0x00}, {}}},
    {Opcode::ElemDrop, {{}, {0x00}, {}}},
    {Opcode::RefNull, {{}, {0x70}, kDrop}},
    {Opcode::RefIsNull, {kNullFunc, {}, kDrop}},
    {Opcode::RefFunc, {{}, {0x00}, kDrop}},
    {Opcode::I32Const, {{}, {0x00}, kDrop}},
    {Opcode::I64Const, {{}, {0x00}, kDrop}},
    {Opcode::F32Const, {{}, Bytes(4), kDrop}},
    {Opcode::F64Const, {{}, Bytes(8), kDrop}},
    {Opcode::V128Const, {{}, Bytes(16), kDrop}},
    {Opcode::AtomicFence, {{}, {0x00}, {}}},
};

Bytes constant(ValType type) {
  if (type == ValType::i32()) return kI32;
  if (type == ValType::i64()) return {0x42, 0x00};
  if (type == ValType::f32()) return join({{0x43}, Bytes(4)});
  if (type == ValType::f64()) return join({{0x44}, Bytes(8)});
  return join({{0xfd, 0x0c}, Bytes(16)});
}

bool hasLane(Opcode op) {
  const std::string_view text = opcodeText(op);
  return text.find("_lane") != text.npos && text.find("laneselect") == text.npos;
}

Place placeOf(Opcode op) {
  if (const auto special = kPlaces.find(op); special != kPlaces.end()) return special->second;
  Place place;
  const OpcodeSignature signature = opcodeSignature(op);
  for (ValType param : signature.params) place.before = join({place.before, constant(param)});
  if (const uint32_t size = opcodeMemorySize(op))
    place.immediates = {static_cast<uint8_t>(std::countr_zero(size)), 0x00};
  if (hasLane(op)) place.immediates.push_back(0x00);
  if (op == Opcode::I8X16Shuffle) place.immediates = Bytes(16);
  if (!signature.results.empty()) place.after = kDrop;
  return place;
}

Bytes encoded(Opcode op) {
  const OpcodeCode code = opcodeCode(op);
  if (code.prefix == 0) return {static_cast<uint8_t>(code.code)};
  return join({{static_cast<uint8_t>(code.prefix)}, leb(code.code)});
}

// A module with one of everything, whose function 0 has `code` after the declaration of an i32 local.
Bytes moduleAround(const Bytes& code) {
  const Bytes contents = join({{0x01, 0x01, 0x7f}, code, {0x0b}});
  return module({section(1, items({{0x60, 0x00, 0x00}})), section(3, {0x01, 0x00}),
                 section(4, items({{0x70, 0x00, 0x01}})), section(5, items({{0x00, 0x01}})),
                 section(13, items({{0x00, 0x00}})), section(6, items({{0x7f, 0x01, 0x41, 0x00, 0x0b}})),
                 section(9, items({{0x01, 0x00, 0x01, 0x00}})), section(12, {0x01}),
                 section(10, items({join({leb(static_cast<uint32_t>(contents.size())), contents})})),
                 section(11, items({{0x01, 0x00}}))});
}

struct Finder : FunctionVisitor {
  uint64_t offset;
  const Instr* found = nullptr;
  Instr instr;
  void begin(uint32_t, std::span<const LocalRun>) override {}
  void instruction(const Instr& i) override {
    if (i.offset != offset) return;
    instr = i;
    found = &instr;
  }
  void end(uint64_t, bool) override {}
};

std::vector<Opcode> allOpcodes() {
  std::vector<Opcode> all;
  for (size_t i = 0; i < static_cast<size_t>(Opcode::Count); ++i) all.push_back(static_cast<Opcode>(i));
  return all;
}

TEST(Opcodes, EachIsTranslatedUnlessItIsListed) {
  for (Opcode op : allOpcodes()) {
    if (kNotTranslated.contains(op)) continue;
    SCOPED_TRACE(opcodeText(op));
    const Place place = placeOf(op);
    const Bytes bytes = moduleAround(join({place.before, encoded(op), place.immediates, place.after}));
    const auto read = readModule(bytes, allFeatures());
    if (!read) {
      ADD_FAILURE() << read.error().str();
      continue;
    }
    Finder finder;
    constexpr size_t kLocalDeclaration = 3;
    finder.offset = read->functions[0].body_offset + kLocalDeclaration + place.before.size();
    visitFunctions(*read, allFeatures(), 0, 1, finder);
    ASSERT_NE(finder.found, nullptr);
    EXPECT_EQ(finder.instr.op, op);
  }
}

TEST(Opcodes, ThoseThatAreListedAreRefused) {
  for (const auto& [op, reason] : kNotTranslated)
    EXPECT_NE(messageOf(moduleAround(encoded(op))), "") << opcodeText(op) << ": " << reason;
}

TEST(Opcodes, EachOperandIsChecked) {
  for (Opcode op : allOpcodes()) {
    if (kNotTranslated.contains(op) || kPlaces.contains(op) || opcodeSignature(op).params.empty()) continue;
    const Place place = placeOf(op);
    const Bytes first = constant(opcodeSignature(op).params[0]);
    const Bytes one_less(place.before.begin() + static_cast<ptrdiff_t>(first.size()), place.before.end());
    EXPECT_TRUE(messageOf(moduleAround(join({one_less, encoded(op), place.immediates, place.after})))
                    .ends_with("found no operand"))
        << opcodeText(op);
  }
}

TEST(Opcodes, EachResultHasItsType) {
  for (Opcode op : allOpcodes()) {
    if (kNotTranslated.contains(op) || kPlaces.contains(op) || opcodeSignature(op).results.empty()) continue;
    const Place place = placeOf(op);
    const Bytes to_externref = {0xd1};  // ref.is_null, which takes none of the types that these give
    EXPECT_EQ(messageOf(moduleAround(join({place.before, encoded(op), place.immediates, to_externref}))),
              "ref.is_null: type mismatch: expected a reference, found " +
                  valTypeText(opcodeSignature(op).results[0]))
        << opcodeText(op);
  }
}

}  // namespace
}  // namespace wasmc::compiler::test
