#include "debug/places.h"

#include <llvm/Support/DataExtractor.h>

#include "support/symbols.h"

namespace wasmc::compiler {
namespace {

namespace dwarf = llvm::dwarf;

constexpr uint8_t kAddressSize = 4;

// DW_OP_WASM_location's first operand (tool conventions, DWARF for WebAssembly).
enum WasmLocation : uint64_t { kLocal = 0, kGlobal = 1, kOperandStack = 2, kGlobalU32 = 3 };

class Translator {
 public:
  explicit Translator(const std::optional<Place>& frame_base) : frame_base_(frame_base) {}

  std::optional<Place> translate(llvm::ArrayRef<uint8_t> bytes, bool is_value) {
    const llvm::DataExtractor data(bytes, /*IsLittleEndian=*/true, kAddressSize);
    for (const llvm::DWARFExpression::Operation& op : llvm::DWARFExpression(data, kAddressSize)) {
      if (op.isError() || is_value_ || !add(op)) return std::nullopt;
    }
    if (!place_) return std::nullopt;
    if (is_value || is_value_) return place_;
    // It is in linear memory: of the address, 32 bits count, and it begins at what the artifact knows.
    place_->operations.append({dwarf::DW_OP_constu, UINT32_MAX, dwarf::DW_OP_and, dwarf::DW_OP_constu,
                               kDebugMemoryMark, dwarf::DW_OP_deref, dwarf::DW_OP_plus, dwarf::DW_OP_deref});
    return place_;
  }

 private:
  bool begin(VariablePlace::Kind kind, uint64_t value) {
    if (place_) return false;  // only one value can come from the code
    place_ = Place{kind, value, {}};
    return true;
  }

  bool addOffset(int64_t offset) {
    if (offset >= 0)
      place_->operations.append({dwarf::DW_OP_plus_uconst, static_cast<uint64_t>(offset)});
    else
      place_->operations.append({dwarf::DW_OP_constu, static_cast<uint64_t>(-offset), dwarf::DW_OP_minus});
    return true;
  }

  bool add(const llvm::DWARFExpression::Operation& op) {
    const uint8_t code = op.getCode();
    if (code >= dwarf::DW_OP_lit0 && code <= dwarf::DW_OP_lit31)
      return constant(static_cast<uint64_t>(code - dwarf::DW_OP_lit0));
    switch (code) {
      case dwarf::DW_OP_WASM_location: return location(op.getRawOperand(0), op.getRawOperand(1));
      case dwarf::DW_OP_fbreg:
        if (!frame_base_ || place_) return false;
        place_ = frame_base_;
        return addOffset(static_cast<int64_t>(op.getRawOperand(0)));
      case dwarf::DW_OP_constu:
      case dwarf::DW_OP_consts:
      case dwarf::DW_OP_const1u:
      case dwarf::DW_OP_const1s:
      case dwarf::DW_OP_const2u:
      case dwarf::DW_OP_const2s:
      case dwarf::DW_OP_const4u:
      case dwarf::DW_OP_const4s:
      case dwarf::DW_OP_const8u:
      case dwarf::DW_OP_const8s: return constant(op.getRawOperand(0));
      case dwarf::DW_OP_plus_uconst: return place_ && addOffset(static_cast<int64_t>(op.getRawOperand(0)));
      case dwarf::DW_OP_stack_value: is_value_ = true; return place_.has_value();
      case dwarf::DW_OP_plus:
      case dwarf::DW_OP_minus:
      case dwarf::DW_OP_mul:
      case dwarf::DW_OP_and:
      case dwarf::DW_OP_or:
      case dwarf::DW_OP_xor:
      case dwarf::DW_OP_shl:
      case dwarf::DW_OP_shr:
      case dwarf::DW_OP_shra:
        if (!place_ || place_->operations.empty()) return false;
        place_->operations.push_back(code);
        return true;
      default: return false;
    }
  }

  bool constant(uint64_t value) {
    if (!place_) return begin(VariablePlace::Kind::Constant, value);
    place_->operations.append({dwarf::DW_OP_constu, value});
    return true;
  }

  bool location(uint64_t kind, uint64_t index) {
    if (kind == kLocal) return begin(VariablePlace::Kind::Local, index);
    if (kind == kOperandStack) return begin(VariablePlace::Kind::Operand, index);
    return false;
  }

  const std::optional<Place>& frame_base_;
  std::optional<Place> place_;
  bool is_value_ = false;
};

}  // namespace

std::optional<Place> placeOf(llvm::ArrayRef<uint8_t> expression, const std::optional<Place>& frame_base) {
  return Translator(frame_base).translate(expression, /*is_value=*/false);
}

std::optional<Place> frameBaseOf(llvm::ArrayRef<uint8_t> expression) {
  return Translator(std::nullopt).translate(expression, /*is_value=*/true);
}

}  // namespace wasmc::compiler
