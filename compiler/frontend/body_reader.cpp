// wabt's reader decodes whole modules. To read some of a module's bodies without touching the others, it is
// given a small module made for them: as many memories (their address types decide how offsets are encoded),
// a data count, a function section, and a code section that is a copy of the wanted bodies. Those lie next to
// each other in the original, too, so that offsets differ by a constant.
#include "frontend/body_reader.h"

#include "frontend/byte_reader.h"
#include "frontend/feature_gate.h"
#include "frontend/sections.h"
#include "frontend/wabt_errors.h"
#include "frontend/wabt_types.h"

#include <wabt/binary-reader-nop.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace wasmc::compiler {
namespace {

using wabt::Address;
using wabt::Index;
using LocalRun = FunctionVisitor::LocalRun;

static_assert(static_cast<size_t>(Opcode::Count) == static_cast<size_t>(wabt::Opcode::Invalid),
              "both number the rows of wabt/opcode.def");

constexpr std::array kInlineBlockResults = {ValType::i32(),      ValType::i64(),  ValType::f32(),
                                            ValType::f64(),      ValType::v128(), ValType::funcref(),
                                            ValType::externref()};

// Rows of the opcode table that only wabt's interpreter uses.
bool isInterpreterOnly(wabt::Opcode::Enum op) {
  return op >= wabt::Opcode::InterpAlloca && op <= wabt::Opcode::InterpAdjustFrameForReturnCall;
}

class BodyReader final : public wabt::BinaryReaderNop {
 public:
  // `shift` leads from offsets in the bytes that are read to offsets in the module.
  BodyReader(const Module& module, uint32_t first, size_t shift, bool wide_offsets, InstrSink& sink)
      : module_(module), first_(first), shift_(shift), wide_offsets_(wide_offsets), sink_(sink) {}

  std::optional<Diagnostic> takeError() { return std::move(error_); }

  bool OnError(const wabt::Error& e) override {
    if (!stopped_) fail(in_instruction_ ? explainInstruction(e.message) : explainBody(e.message));
    return true;
  }

  wabt::Result BeginFunctionBody(Index index, wabt::Offset) override {
    function_ = first_ + index;
    runs_.clear();
    depth_ = 0;
    begun_ = ended_ = in_instruction_ = false;
    next_ = state->offset;
    return wabt::Result::Ok;
  }

  wabt::Result OnLocalDeclCount(Index) override { return advance(); }

  wabt::Result OnLocalDecl(Index, Index count, wabt::Type type) override {
    if (count > 0) runs_.push_back({count, *valType(type)});
    return advance();
  }

  wabt::Result EndFunctionBody(Index) override {
    if (!ended_) return fail("the function body lacks its final end");
    return wabt::Result::Ok;
  }

  wabt::Result OnOpcode(wabt::Opcode op) override {
    if (!begun_) {
      begun_ = true;
      if (!sink_.begin(function_, runs_)) return stop();
    }
    if (ended_)
      return fail("found an instruction after the function's final end, expected the end of its body");
    if (op.IsInvalid() || op == wabt::Opcode::CallRef || isInterpreterOnly(op))
      return fail(explainOpcode(module_.bytes.subspan(next_ + shift_)));
    instr_ = Instr{};
    instr_.op = static_cast<Opcode>(static_cast<wabt::Opcode::Enum>(op));
    instr_.offset = next_ + shift_;
    in_instruction_ = true;
    return wabt::Result::Ok;
  }

  // Instructions without immediates.
  wabt::Result OnUnreachableExpr() override { return emit(); }
  wabt::Result OnNopExpr() override { return emit(); }
  wabt::Result OnDropExpr() override { return emit(); }
  wabt::Result OnElseExpr() override { return emit(); }
  wabt::Result OnReturnExpr() override { return emit(); }
  wabt::Result OnRefIsNullExpr() override { return emit(); }
  wabt::Result OnCatchAllExpr() override { return emit(); }
  wabt::Result OnUnaryExpr(wabt::Opcode) override { return emit(); }
  wabt::Result OnBinaryExpr(wabt::Opcode) override { return emit(); }
  wabt::Result OnTernaryExpr(wabt::Opcode) override { return emit(); }
  wabt::Result OnCompareExpr(wabt::Opcode) override { return emit(); }
  wabt::Result OnConvertExpr(wabt::Opcode) override { return emit(); }
  wabt::Result OnAtomicFenceExpr(uint32_t) override { return emit(); }

  // One index, or two.
  wabt::Result OnBrExpr(Index depth) override { return emitIndex(depth); }
  wabt::Result OnBrIfExpr(Index depth) override { return emitIndex(depth); }
  wabt::Result OnCallExpr(Index function) override { return emitIndex(function); }
  wabt::Result OnReturnCallExpr(Index function) override { return emitIndex(function); }
  wabt::Result OnCallIndirectExpr(Index type, Index table) override { return emitIndex(type, table); }
  wabt::Result OnReturnCallIndirectExpr(Index type, Index table) override { return emitIndex(type, table); }
  wabt::Result OnGlobalGetExpr(Index global) override { return emitIndex(global); }
  wabt::Result OnGlobalSetExpr(Index global) override { return emitIndex(global); }
  wabt::Result OnLocalGetExpr(Index local) override { return emitIndex(local); }
  wabt::Result OnLocalSetExpr(Index local) override { return emitIndex(local); }
  wabt::Result OnLocalTeeExpr(Index local) override { return emitIndex(local); }
  wabt::Result OnRefFuncExpr(Index function) override { return emitIndex(function); }
  wabt::Result OnMemorySizeExpr(Index memory) override { return emitIndex(memory); }
  wabt::Result OnMemoryGrowExpr(Index memory) override { return emitIndex(memory); }
  wabt::Result OnMemoryFillExpr(Index memory) override { return emitIndex(memory); }
  // wabt calls the first immediate the source, but it is the destination.
  wabt::Result OnMemoryCopyExpr(Index to, Index from) override { return emitIndex(to, from); }
  wabt::Result OnMemoryInitExpr(Index segment, Index memory) override { return emitIndex(segment, memory); }
  wabt::Result OnDataDropExpr(Index segment) override { return emitIndex(segment); }
  wabt::Result OnTableCopyExpr(Index to, Index from) override { return emitIndex(to, from); }
  wabt::Result OnTableInitExpr(Index segment, Index table) override { return emitIndex(segment, table); }
  wabt::Result OnElemDropExpr(Index segment) override { return emitIndex(segment); }
  wabt::Result OnTableGetExpr(Index table) override { return emitIndex(table); }
  wabt::Result OnTableSetExpr(Index table) override { return emitIndex(table); }
  wabt::Result OnTableGrowExpr(Index table) override { return emitIndex(table); }
  wabt::Result OnTableSizeExpr(Index table) override { return emitIndex(table); }
  wabt::Result OnTableFillExpr(Index table) override { return emitIndex(table); }
  wabt::Result OnThrowExpr(Index tag) override { return emitIndex(tag); }
  wabt::Result OnRethrowExpr(Index depth) override { return emitIndex(depth); }
  wabt::Result OnCatchExpr(Index tag) override { return emitIndex(tag); }

  // Constants.
  wabt::Result OnI32ConstExpr(uint32_t bits) override { return emitBits(bits); }
  wabt::Result OnI64ConstExpr(uint64_t bits) override { return emitBits(bits); }
  wabt::Result OnF32ConstExpr(uint32_t bits) override { return emitBits(bits); }
  wabt::Result OnF64ConstExpr(uint64_t bits) override { return emitBits(bits); }
  wabt::Result OnV128ConstExpr(v128 value) override { return emitBits(value.u64(0), value.u64(1)); }
  wabt::Result OnSimdShuffleOpExpr(wabt::Opcode, v128 lanes) override {
    return emitBits(lanes.u64(0), lanes.u64(1));
  }

  wabt::Result OnSimdLaneOpExpr(wabt::Opcode, uint64_t lane) override {
    instr_.lane = static_cast<uint32_t>(lane);
    return emit();
  }

  // Memory accesses.
  wabt::Result OnLoadExpr(wabt::Opcode, Index memory, Address align, Address offset) override {
    return emitAccess(memory, align, offset);
  }
  wabt::Result OnStoreExpr(wabt::Opcode, Index memory, Address align, Address offset) override {
    return emitAccess(memory, align, offset);
  }
  wabt::Result OnLoadSplatExpr(wabt::Opcode, Index memory, Address align, Address offset) override {
    return emitAccess(memory, align, offset);
  }
  wabt::Result OnLoadZeroExpr(wabt::Opcode, Index memory, Address align, Address offset) override {
    return emitAccess(memory, align, offset);
  }
  wabt::Result OnSimdLoadLaneExpr(wabt::Opcode, Index memory, Address align, Address offset,
                                  uint64_t lane) override {
    return emitAccess(memory, align, offset, lane);
  }
  wabt::Result OnSimdStoreLaneExpr(wabt::Opcode, Index memory, Address align, Address offset,
                                   uint64_t lane) override {
    return emitAccess(memory, align, offset, lane);
  }
  wabt::Result OnAtomicLoadExpr(wabt::Opcode, Index memory, Address align, Address offset) override {
    return emitAccess(memory, align, offset);
  }
  wabt::Result OnAtomicStoreExpr(wabt::Opcode, Index memory, Address align, Address offset) override {
    return emitAccess(memory, align, offset);
  }
  wabt::Result OnAtomicRmwExpr(wabt::Opcode, Index memory, Address align, Address offset) override {
    return emitAccess(memory, align, offset);
  }
  wabt::Result OnAtomicRmwCmpxchgExpr(wabt::Opcode, Index memory, Address align, Address offset) override {
    return emitAccess(memory, align, offset);
  }
  wabt::Result OnAtomicWaitExpr(wabt::Opcode, Index memory, Address align, Address offset) override {
    return emitAccess(memory, align, offset);
  }
  wabt::Result OnAtomicNotifyExpr(wabt::Opcode, Index memory, Address align, Address offset) override {
    return emitAccess(memory, align, offset);
  }

  // Blocks.
  wabt::Result OnBlockExpr(wabt::Type type) override { return emitBlock(type); }
  wabt::Result OnLoopExpr(wabt::Type type) override { return emitBlock(type); }
  wabt::Result OnIfExpr(wabt::Type type) override { return emitBlock(type); }
  wabt::Result OnTryExpr(wabt::Type type) override { return emitBlock(type); }

  wabt::Result OnDelegateExpr(Index depth) override {
    if (depth_ == 0) return fail("delegate: found outside of a try");
    const wabt::Result result = emitIndex(depth);
    --depth_;
    return result;
  }

  wabt::Result OnEndExpr() override {
    if (depth_ > 0) {
      const wabt::Result result = emit();
      --depth_;
      return result;
    }
    ended_ = true;
    in_instruction_ = false;
    if (!sink_.end(instr_.offset)) return stop();
    return advance();
  }

  wabt::Result OnBrTableExpr(Index count, Index* depths, Index default_depth) override {
    targets_.assign(depths, depths + count);
    targets_.push_back(default_depth);
    instr_.targets = targets_;
    return emit();
  }

  wabt::Result OnRefNullExpr(wabt::Type type) override {
    const auto ref = valType(type);
    if (!ref)  // a type that wabt takes for another one
      return fail(explainValueType(typeCode(type)).value_or("ref.null: unknown reference type"));
    instr_.type = *ref;
    return emit();
  }

  wabt::Result OnSelectExpr(Index count, wabt::Type* types) override {
    if (instr_.op == Opcode::SelectT) {
      if (count != 1) return fail("select: found " + std::to_string(count) + " result types, expected 1");
      instr_.type = *valType(types[0]);
    }
    return emit();
  }

 private:
  // The end of the previous instruction is the start of the next.
  wabt::Result advance() {
    next_ = state->offset;
    return wabt::Result::Ok;
  }

  wabt::Result stop() {
    stopped_ = true;
    return wabt::Result::Error;
  }

  wabt::Result fail(std::string message) {
    error_ = Diagnostic{std::move(message), next_ + shift_, {}, {}, {}};
    return stop();
  }

  // What is wrong around the instructions.
  std::string explainBody(const std::string& message) const {
    if (message.find("END opcode") != std::string::npos || message == "unable to read uint8_t: opcode")
      return "the function body lacks its final end";
    if (message.find("longer than given size") != std::string::npos)
      return "the last instruction runs past the function body's end";
    return rewordReadError(message);
  }

  // What is wrong with the immediates of the instruction in hand.
  std::string explainInstruction(const std::string& message) const {
    const std::string name = opcodeText(instr_.op);
    if (message.find("out of range") != std::string::npos) {
      const size_t digits = message.find_first_of("0123456789");
      return name + ": unknown memory: found index " +
             std::to_string(std::strtoul(&message[digits], nullptr, 10)) + ", there are " +
             std::to_string(module_.memories.size());
    }
    const size_t at = state->offset + shift_ - 1;
    const uint8_t last = module_.bytes[at];
    const bool names_memory = message.find("reserved") != std::string::npos && last != 0;
    const bool flags_memory = message.find("alignment: ") != std::string::npos && last >= 64 && last < 128;
    if (names_memory || flags_memory) return refusal(Feature::MultiMemory, name + " with a memory index");
    if (message.find("block signature") != std::string::npos || message.find("type") != std::string::npos)
      if (auto proposal = explainValueType(last)) return *proposal;
    return name + ": " + rewordReadError(message);
  }

  wabt::Result emit() {
    in_instruction_ = false;
    if (!sink_.instruction(instr_)) return stop();
    return advance();
  }

  wabt::Result emitIndex(Index index, Index index2 = 0) {
    instr_.index = index;
    instr_.index2 = index2;
    return emit();
  }

  wabt::Result emitBits(uint64_t bits, uint64_t bits_hi = 0) {
    instr_.bits = bits;
    instr_.bits_hi = bits_hi;
    return emit();
  }

  wabt::Result emitAccess(Index memory, Address align, Address offset, uint64_t lane = 0) {
    instr_.mem = {memory, static_cast<uint32_t>(align), offset};
    instr_.lane = static_cast<uint32_t>(lane);
    if (wide_offsets_ && !offsetWellFormed())
      return fail(std::string(opcodeText(instr_.op)) +
                  ": the offset is malformed or too large for the memory");
    return emit();
  }

  // wabt takes offsets of 64 bits with more bits than that, and decides by the first memory how all are
  // encoded.
  bool offsetWellFormed() const {
    ByteReader in(module_.bytes, next_ + shift_, state->offset + shift_);
    in.byte();
    if (opcodeCode(instr_.op).prefix != 0) in.u32();
    constexpr uint32_t kHasMemoryIndex = 1 << 6;
    if (in.u32().value_or(0) & kHasMemoryIndex) in.u32();
    return module_.memories[instr_.mem.memory].type.limits.is64 ? in.u64().has_value() : in.u32().has_value();
  }

  wabt::Result emitBlock(wabt::Type type) {
    if (type.IsIndex()) {
      const Index index = type.GetIndex();
      if (index >= module_.types.size())
        return fail(std::string(opcodeText(instr_.op)) + ": unknown type: found index " +
                    std::to_string(index) + ", the module has " + std::to_string(module_.types.size()));
      instr_.block = {module_.types[index].params, module_.types[index].results};
    } else if (const auto result = valType(type)) {
      const auto at = std::ranges::find(kInlineBlockResults, *result);
      instr_.block = {{}, {at, 1}};
    }
    ++depth_;
    return emit();
  }

  const Module& module_;
  const uint32_t first_;
  const size_t shift_;
  const bool wide_offsets_;
  InstrSink& sink_;
  std::optional<Diagnostic> error_;
  bool stopped_ = false;
  uint32_t function_ = 0;
  std::vector<LocalRun> runs_;
  std::vector<uint32_t> targets_;
  Instr instr_;
  size_t next_ = 0;  // start of the instruction that comes or is being read, in the bytes that are read
  uint32_t depth_ = 0;
  bool begun_ = false;
  bool ended_ = false;
  bool in_instruction_ = false;  // between its opcode and its event
};

bool hasMemory64(const Module& module) {
  return std::ranges::any_of(module.memories, [](const Memory& m) { return m.type.limits.is64 != 0; });
}

void appendSection(std::vector<uint8_t>& out, SectionId id, const std::vector<uint8_t>& contents) {
  out.push_back(static_cast<uint8_t>(id));
  appendU32(out, static_cast<uint32_t>(contents.size()));
  out.insert(out.end(), contents.begin(), contents.end());
}

// Everything before the wanted bodies. Where one memory is 64-bit all are said to be, so that all offsets can
// be read; BodyReader::offsetWellFormed sees to the rest.
std::vector<uint8_t> makePrologue(const Module& module, uint32_t count, size_t code_size, bool memory64) {
  std::vector<uint8_t> out = {0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00};
  std::vector<uint8_t> section;
  appendU32(section, count);
  section.insert(section.end(), count, 0);
  appendSection(out, SectionId::Function, section);

  section.clear();
  appendU32(section, static_cast<uint32_t>(module.memories.size()));
  constexpr uint8_t kIs64 = 0x04;
  for (size_t i = 0; i < module.memories.size(); ++i) {
    section.push_back(memory64 ? kIs64 : 0);
    section.push_back(0);
  }
  appendSection(out, SectionId::Memory, section);

  section.clear();
  appendU32(section, static_cast<uint32_t>(module.data_segments.size()));
  appendSection(out, SectionId::DataCount, section);

  section.clear();
  appendU32(section, count);
  out.push_back(static_cast<uint8_t>(SectionId::Code));
  appendU32(out, static_cast<uint32_t>(section.size() + code_size));
  out.insert(out.end(), section.begin(), section.end());
  return out;
}

}  // namespace

std::optional<Diagnostic> readBodies(const Module& module, bool multi_memory, uint32_t first, uint32_t count,
                                     InstrSink& sink) {
  if (count == 0) return std::nullopt;
  const Function& last = module.functions[first + count - 1];
  const size_t begin = module.functions[first].body_offset;
  const size_t end = last.body_offset + last.body_size;
  // The size of the first body; those of the others are copied along with the bodies.
  std::vector<uint8_t> first_size;
  appendU32(first_size, module.functions[first].body_size);

  const bool memory64 = hasMemory64(module);
  std::vector<uint8_t> bytes = makePrologue(module, count, first_size.size() + (end - begin), memory64);
  bytes.insert(bytes.end(), first_size.begin(), first_size.end());
  const size_t shift = begin - bytes.size();
  bytes.insert(bytes.end(), module.bytes.begin() + static_cast<ptrdiff_t>(begin),
               module.bytes.begin() + static_cast<ptrdiff_t>(end));

  BodyReader reader(module, first, shift, memory64, sink);
  wabt::ReadBinaryOptions options;
  options.features = readerFeatures(multi_memory);
  (void)wabt::ReadBinary(bytes.data(), bytes.size(), &reader, options);
  return reader.takeError();
}

}  // namespace wasmc::compiler
