#include "wasm_text.h"

#include "contents.h"
#include "frontend/frontend.h"

#include <wasmc/text.h>

#include <bit>
#include <cinttypes>
#include <cmath>
#include <cstdio>

namespace wasmc::inspect {
namespace {

using compiler::Instr;
using compiler::Opcode;

std::string number(uint64_t n) { return " " + std::to_string(n); }

template <typename F>
std::string floatText(F value, uint64_t bits) {
  char text[64];
  if (std::isnan(value))
    std::snprintf(text, sizeof text, " nan:0x%" PRIx64, bits);
  else
    std::snprintf(text, sizeof text, " %a", static_cast<double>(value));
  return text;
}

std::string blockType(const compiler::BlockType& type) {
  std::string text;
  for (abi::ValType t : type.params) text += " (param " + typeText(t) + ")";
  for (abi::ValType t : type.results) text += " (result " + typeText(t) + ")";
  return text;
}

std::string memoryArgument(const Instr& i) {
  std::string text;
  if (i.mem.memory) text += number(i.mem.memory);
  if (i.mem.offset) text += " offset=" + std::to_string(i.mem.offset);
  if ((uint64_t{1} << i.mem.align_log2) != compiler::opcodeMemorySize(i.op))
    text += " align=" + std::to_string(uint64_t{1} << i.mem.align_log2);
  return text;
}

class BodyText : public compiler::FunctionVisitor {
 public:
  explicit BodyText(const compiler::Module& module) : module_(module) {}

  void begin(uint32_t, std::span<const LocalRun>) override {}

  void instruction(const Instr& i) override {
    const bool closes = i.op == Opcode::End || i.op == Opcode::Else || i.op == Opcode::Catch ||
                        i.op == Opcode::CatchAll || i.op == Opcode::Delegate;
    if (closes && depth_ > 0) --depth_;
    lines_.push_back({i.offset, std::string(2 * depth_, ' ') + compiler::opcodeText(i.op) + immediates(i)});
    const bool opens = i.op == Opcode::Block || i.op == Opcode::Loop || i.op == Opcode::If ||
                       i.op == Opcode::Try || i.op == Opcode::Else || i.op == Opcode::Catch ||
                       i.op == Opcode::CatchAll;
    if (opens) ++depth_;
  }

  void end(uint64_t offset, bool) override { lines_.push_back({offset, "end"}); }

  std::vector<WasmLine> take() { return std::move(lines_); }

 private:
  std::string immediates(const Instr& i) const {
    switch (i.op) {
      case Opcode::Block:
      case Opcode::Loop:
      case Opcode::If:
      case Opcode::Try: return blockType(i.block);
      case Opcode::I32Const: return " " + std::to_string(static_cast<int32_t>(i.bits));
      case Opcode::I64Const: return " " + std::to_string(static_cast<int64_t>(i.bits));
      case Opcode::F32Const: return floatText(std::bit_cast<float>(static_cast<uint32_t>(i.bits)), i.bits);
      case Opcode::F64Const: return floatText(std::bit_cast<double>(i.bits), i.bits);
      case Opcode::V128Const: return " i64x2" + number(i.bits) + number(i.bits_hi);
      case Opcode::I8X16Shuffle: return shuffle(i);
      case Opcode::Call:
      case Opcode::ReturnCall:
      case Opcode::RefFunc: return number(i.index) + " " + printable(module_.functionLabel(i.index));
      case Opcode::CallIndirect:
      case Opcode::ReturnCallIndirect: return (i.index2 ? number(i.index2) : "") + callType(i.index);
      case Opcode::BrTable: {
        std::string text;
        for (uint32_t target : i.targets) text += number(target);
        return text;
      }
      case Opcode::RefNull: return " " + typeText(i.type);
      case Opcode::SelectT: return " (result " + typeText(i.type) + ")";
      case Opcode::TableInit:
      case Opcode::TableCopy:
      case Opcode::MemoryInit:
      case Opcode::MemoryCopy: return number(i.index) + number(i.index2);
      default: return others(i);
    }
  }

  std::string others(const Instr& i) const {
    const std::string_view text = compiler::opcodeText(i.op);
    const bool lane = text.find("_lane") != std::string_view::npos;
    const std::string lane_text = lane ? number(i.lane) : "";
    if (compiler::opcodeMemorySize(i.op) > 0) return memoryArgument(i) + lane_text;
    if (lane) return lane_text;
    for (std::string_view indexed : {"local.", "global.", "br", "table.", "memory.", "elem.", "data.",
                                     "throw", "rethrow", "catch", "delegate"})
      if (text.starts_with(indexed) && i.op != Opcode::CatchAll) return number(i.index);
    return {};
  }

  std::string callType(uint32_t type) const {
    const compiler::FuncType& t = module_.types[type];
    return " (type" + number(type) + ")" + blockType({t.params, t.results});
  }

  static std::string shuffle(const Instr& i) {
    std::string text;
    for (unsigned lane = 0; lane < 16; ++lane)
      text += number((lane < 8 ? i.bits >> (8 * lane) : i.bits_hi >> (8 * (lane - 8))) & 0xff);
    return text;
  }

  const compiler::Module& module_;
  std::vector<WasmLine> lines_;
  size_t depth_ = 1;
};

}  // namespace

std::vector<WasmLine> disassembleFunction(const compiler::Module& module, uint32_t function) {
  BodyText text(module);
  compiler::visitFunctions(module, compiler::FeatureSet(), function, 1, text);
  return text.take();
}

}  // namespace wasmc::inspect
