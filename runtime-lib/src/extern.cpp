#include <wasmc/extern.h>

#include "store_impl.h"
#include "value_check.h"

namespace wasmc {

ExternType typeOf(const Extern& item) {
  return std::visit([](const auto& handle) -> ExternType { return handle.type(); }, item);
}

Result<Global> Global::create(StoreRef store, const GlobalType& type, const Val& value) {
  if (Result<void> checked = detail::checkValue(value, type.type, store, "initial value"); !checked)
    return std::unexpected(std::move(checked).error());
  return Global(store, type, &store.impl()->globals.emplace_back(value.raw()));
}

Result<void> Global::set(const Val& value) const {
  if (!type_.is_mutable)
    return error(ErrorCode::Type, toString(ExternType(type_)) + " is immutable and cannot be set");
  if (Result<void> checked = detail::checkValue(value, type_.type, store_, "value of a global"); !checked)
    return checked;
  *cell_ = value.raw();
  return {};
}

Tag Tag::create(StoreRef store, const TagType& type) {
  return Tag(&store.impl()->tags.emplace_back(detail::TagImpl{type, store.impl()}));
}

const TagType& Tag::type() const { return tag_->type; }
StoreRef Tag::store() const { return StoreRef(tag_->store); }

}  // namespace wasmc
