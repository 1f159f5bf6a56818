#include <wasmc/detail/ownership.h>
#include <wasmc/extern_ref.h>
#include <wasmc/func.h>
#include <wasmc/val.h>

#include <cstdio>

#include "value_check.h"

namespace wasmc {
namespace detail {

bool isSubtype(ValType found, ValType wanted) {
  if (!found.isRef() || !wanted.isRef()) return found == wanted;
  if (found.nullable && !wanted.nullable) return false;
  using abi::HeapCode;
  const bool bottom = (found.heap == HeapCode::NoFunc && wanted.isFuncRef()) ||
                      (found.heap == HeapCode::NoExtern && wanted.isExternRef());
  return bottom || (found.heap == wanted.heap && found.index == wanted.index);
}

Result<void> checkValue(const Val& value, ValType wanted, StoreRef store, const char* what) {
  // A value that is not null fits a type that excludes null.
  ValType found = value.type();
  if (found.isRef() && !value.isNull()) found.nullable = 0;
  if (!isSubtype(found, wanted))
    return error(ErrorCode::Type,
                 std::string(what) + ": found " + value.str() + ", expected " + toString(wanted));
  if (value.type().isRef() && !belongsTo(store, value.type(), reinterpret_cast<const void*>(value.raw().lo)))
    return error(ErrorCode::InvalidHandle, std::string(what) + ": it belongs to another store");
  return {};
}

bool belongsTo(StoreRef store, ValType type, const void* raw) {
  if (!raw) return true;
  if (type.isFuncRef()) return Func::fromRaw(const_cast<void*>(raw)).store() == store;
  return static_cast<const ExternBox*>(raw)->store == store;
}

}  // namespace detail

std::string Val::str() const {
  const std::string type = toString(type_);
  char text[64];
  switch (type_.code) {
    case abi::TypeCode::I32: return type + " " + std::to_string(i32());
    case abi::TypeCode::I64: return type + " " + std::to_string(i64());
    case abi::TypeCode::F32: std::snprintf(text, sizeof text, " %.9g", static_cast<double>(f32())); break;
    case abi::TypeCode::F64: std::snprintf(text, sizeof text, " %.17g", f64()); break;
    case abi::TypeCode::V128:
      std::snprintf(text, sizeof text, " 0x%016llx%016llx", static_cast<unsigned long long>(raw_.hi),
                    static_cast<unsigned long long>(raw_.lo));
      break;
    case abi::TypeCode::Ref: return type + (isNull() ? " null" : " (not null)");
  }
  return type + text;
}

}  // namespace wasmc
