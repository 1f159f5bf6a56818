#include "lower/debug_values.h"

#include "lower/function_context.h"

namespace wasmc::compiler {

DebugValues::DebugValues(FunctionContext& function, std::unique_ptr<FunctionDebugInfo> info)
    : function_(function),
      info_(std::move(info)),
      builder_(*function.function().getParent(), /*AllowUnresolved=*/false, info_->subprogram->getUnit()) {}

void DebugValues::advance(uint64_t offset) {
  if (!function_.reachable()) return;
  const auto ended = [offset](const VariablePlace* place) { return place->end <= offset; };
  for (const VariablePlace* place : active_)
    if (ended(place))
      emit(*place, llvm::PoisonValue::get(function_.ir().getInt32Ty()), builder_.createExpression());
  std::erase_if(active_, ended);
  for (; next_ < info_->places.size() && info_->places[next_].begin <= offset; ++next_) {
    const VariablePlace& place = info_->places[next_];
    if (ended(&place)) continue;
    active_.push_back(&place);
    emit(place);
  }
}

void DebugValues::localChanged(uint32_t index) {
  for (const VariablePlace* place : active_)
    if (place->kind == VariablePlace::Kind::Local && place->value == index) emit(*place);
}

void DebugValues::emit(const VariablePlace& place) {
  llvm::IRBuilder<>& ir = function_.ir();
  switch (place.kind) {
    case VariablePlace::Kind::Local:
      if (place.value < function_.localCount()) {
        llvm::AllocaInst* const slot = function_.local(static_cast<uint32_t>(place.value));
        emit(place, ir.CreateLoad(slot->getAllocatedType(), slot), place.expression);
      }
      break;
    case VariablePlace::Kind::Operand:
      if (place.value < function_.height()) emit(place, function_.operand(place.value), place.expression);
      break;
    case VariablePlace::Kind::Constant: emit(place, ir.getInt64(place.value), place.expression); break;
  }
}

void DebugValues::emit(const VariablePlace& place, llvm::Value* value, llvm::DIExpression* expression) {
  builder_.insertDbgValueIntrinsic(value, place.variable, expression, place.scope,
                                   function_.ir().GetInsertBlock());
}

}  // namespace wasmc::compiler
