#include <wasmc/func.h>

#include <algorithm>
#include <array>

#include "func_ref.h"
#include "instance_impl.h"
#include "store_impl.h"
#include "type_registry.h"
#include "value_check.h"

namespace wasmc {

Func Func::create(StoreRef store, detail::HostFunctionPtr function) {
  return Func(store.impl()->addHostFunction(std::move(function)));
}

const FuncType& Func::type() const { return detail::TypeRegistry::global().type(ref_->type_id); }

StoreRef Func::store() const { return StoreRef(&detail::storeOf(*ref_)); }

std::pair<const void*, const void*> Func::identity() const {
  if (!ref_) return {};
  if (detail::isHost(*ref_)) return {detail::slotOf(*ref_).env, nullptr};
  return {ref_->code, ref_->context};
}

std::string Func::name() const {
  if (!ref_ || detail::isHost(*ref_)) return {};
  const detail::InstanceImpl& instance = detail::InstanceImpl::of(ref_->context);
  const abi::MetadataView& meta = instance.meta();
  for (uint32_t i = meta->imported_functions; i < meta.functions().size(); ++i)
    if (meta.functions()[i].func_ref != abi::kNone && instance.func(i) == ref_)
      return std::string(meta.string(meta.functions()[i].name));
  return {};
}

Result<std::vector<Val>> Func::call(std::span<const Val> args) const {
  if (!ref_) return error(ErrorCode::InvalidHandle, "call of a null function");
  const FuncType& signature = type();
  if (args.size() != signature.params.size())
    return error(ErrorCode::Type, "function of type " + toString(signature) + " called with " +
                                      std::to_string(args.size()) +
                                      (args.size() == 1 ? " argument" : " arguments"));
  // Most functions need few values: no allocation for these.
  std::array<abi::Value, 8> few;
  std::vector<abi::Value> many;
  const size_t needed = std::max({signature.params.size(), signature.results.size(), size_t{1}});
  if (needed > few.size()) many.resize(needed);
  abi::Value* values = needed > few.size() ? many.data() : few.data();
  for (size_t i = 0; i < args.size(); ++i) {
    if (Result<void> checked = detail::checkValue(args[i], signature.params[i], store(), "argument");
        !checked)
      return std::unexpected(std::move(checked).error());
    values[i] = args[i].raw();
  }
  if (Error* failed = detail::invoke(ref_, values)) return detail::takeError(failed);
  std::vector<Val> results;
  results.reserve(signature.results.size());
  for (size_t i = 0; i < signature.results.size(); ++i)
    results.push_back(Val::fromRaw(signature.results[i], values[i]));
  return results;
}

std::optional<Error> detail::checkSignature(const abi::FuncRef* ref, const FuncType& wanted) {
  if (!ref) return Error{ErrorCode::InvalidHandle, "a null function has no type", std::nullopt, 0};
  const FuncType& found = TypeRegistry::global().type(ref->type_id);
  if (found == wanted) return std::nullopt;
  return Error{ErrorCode::Type,
               "function of type " + toString(found) + " taken for one of type " + toString(wanted),
               std::nullopt, 0};
}

}  // namespace wasmc
