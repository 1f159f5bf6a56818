// Conversions of wabt's types; for the adapter's own files only.
#ifndef WASMC_COMPILER_FRONTEND_WABT_TYPES_H
#define WASMC_COMPILER_FRONTEND_WABT_TYPES_H

#include "frontend/module.h"

#include <wabt/feature.h>
#include <wabt/type.h>

#include <optional>

namespace wasmc::compiler {

// Nothing for types that are not value types, or of proposals beyond the reader.
inline std::optional<ValType> valType(wabt::Type type) {
  switch (static_cast<wabt::Type::Enum>(type)) {
    case wabt::Type::I32: return ValType::i32();
    case wabt::Type::I64: return ValType::i64();
    case wabt::Type::F32: return ValType::f32();
    case wabt::Type::F64: return ValType::f64();
    case wabt::Type::V128: return ValType::v128();
    case wabt::Type::FuncRef: return ValType::funcref();
    case wabt::Type::ExternRef: return ValType::externref();
    default: return std::nullopt;
  }
}

// How the binary format spells a type of one byte.
inline uint8_t typeCode(wabt::Type type) {
  return static_cast<uint8_t>(static_cast<wabt::Type::Enum>(type) & 0x7f);
}

// What the reader decodes. Which of it a module may use is decided by FeatureGate, whose messages say more.
// Of the four that are left off, 1.0.32 implements too little. Multi-memory changes how the older
// instructions are encoded.
inline wabt::Features readerFeatures(bool multi_memory) {
  wabt::Features features;
  features.EnableAll();
  features.disable_function_references();
  features.disable_gc();
  features.disable_code_metadata();
  features.disable_annotations();
  features.set_multi_memory_enabled(multi_memory);
  return features;
}

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_FRONTEND_WABT_TYPES_H
