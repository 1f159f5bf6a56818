#include "values.h"

#include "types.h"

namespace wasmc::capi {
namespace {

// An externref to any object: host objects as they are, others in a box that is made once for each.
ExternRef toExternRef(StoreBox& box, const wasm_ref_t* ref) {
  if (const auto* foreign = std::get_if<ExternRef>(&ref->object)) return *foreign;
  ExternRef& boxed = box.boxed[identityOf(ref->object)];
  if (!boxed) boxed = ExternRef::create(box.store, BoxedObject{ref->object});
  return boxed;
}

std::string kindName(wasm_valkind_t kind) {
  const ValType type = typeOfKind(kind);
  return kindOf(type) == kind ? toString(type) : "unknown kind " + std::to_string(kind);
}

}  // namespace

Result<Val> toVal(StoreBox& box, const wasm_ref_t* ref, ValType wanted, std::string_view what) {
  if (!ref) return Val::null(wanted);
  if (wanted.isExternRef()) return toExternRef(box, ref);
  if (const auto* func = std::get_if<Func>(&ref->object); func && wanted.isFuncRef()) return *func;
  return error(ErrorCode::Type,
               std::string(what) + ": a reference to another kind of object, expected " + toString(wanted));
}

Result<Val> toVal(StoreBox& box, const wasm_val_t& value, ValType wanted, std::string_view what) {
  const bool both_references = wasm_valkind_is_ref(value.kind) && wanted.isRef();
  if (both_references) return toVal(box, value.of.ref, wanted, what);
  if (value.kind == kindOf(wanted)) {
    if (value.kind == WASM_I32) return Val(value.of.i32);
    if (value.kind == WASM_I64) return Val(value.of.i64);
    if (value.kind == WASM_F32) return Val(value.of.f32);
    if (value.kind == WASM_F64) return Val(value.of.f64);
  }
  return error(ErrorCode::Type,
               std::string(what) + ": found " + kindName(value.kind) + ", expected " + toString(wanted));
}

wasm_ref_t* refOf(const StoreHold& hold, const Val& reference) {
  if (reference.isNull()) return nullptr;
  if (reference.type().isFuncRef()) return makeRef(hold, Object(reference.func()));
  const ExternRef ref = reference.externRef();
  const BoxedObject* boxed = reference.type().isExternRef() ? ref.get<BoxedObject>() : nullptr;
  return makeRef(hold, boxed ? boxed->object : Object(ref));
}

Result<wasm_val_t> fromVal(const StoreHold& hold, const Val& value) {
  wasm_val_t result = {};
  result.kind = kindOf(value.type());
  switch (value.type().code) {
    case abi::TypeCode::I32: result.of.i32 = value.i32(); break;
    case abi::TypeCode::I64: result.of.i64 = value.i64(); break;
    case abi::TypeCode::F32: result.of.f32 = value.f32(); break;
    case abi::TypeCode::F64: result.of.f64 = value.f64(); break;
    case abi::TypeCode::Ref: result.of.ref = refOf(hold, value); break;
    case abi::TypeCode::V128:
      return error(ErrorCode::Unsupported, "a wasm_val_t cannot hold a v128: use wasmc_call");
  }
  return result;
}

}  // namespace wasmc::capi

void wasm_val_delete(wasm_val_t* value) {
  if (wasm_valkind_is_ref(value->kind)) wasm_ref_delete(value->of.ref);
  *value = {};
}

void wasm_val_copy(wasm_val_t* out, const wasm_val_t* from) {
  *out = *from;
  if (wasm_valkind_is_ref(from->kind) && from->of.ref) out->of.ref = wasm_ref_copy(from->of.ref);
}
