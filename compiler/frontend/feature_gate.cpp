#include "frontend/feature_gate.h"

#include "frontend/byte_reader.h"

#include <cstdio>

namespace wasmc::compiler {
namespace {

constexpr uint8_t kGcPrefix = 0xfb;
constexpr uint8_t kMiscPrefix = 0xfc;
constexpr uint8_t kSimdPrefix = 0xfd;
constexpr uint8_t kAtomicPrefix = 0xfe;
constexpr uint32_t kFirstRelaxedSimd = 0x100;

constexpr char kExnref[] = "exception handling with exnref";
constexpr char kFunctionReferences[] = "typed function references";
constexpr char kGc[] = "garbage collection";

// The instructions of a proposal share a prefix, or lie among those of one byte.
constexpr std::optional<Feature> featureOf(Opcode op, uint32_t prefix, uint32_t code) {
  switch (prefix) {
    case kSimdPrefix: return code >= kFirstRelaxedSimd ? Feature::RelaxedSimd : Feature::Simd;
    case kAtomicPrefix: return Feature::Threads;
    case kMiscPrefix:
      if (code < 0x08) return Feature::SatFloatToInt;
      return code < 0x0f ? Feature::BulkMemory : Feature::ReferenceTypes;
    default: break;
  }
  switch (op) {
    case Opcode::Try:
    case Opcode::Catch:
    case Opcode::CatchAll:
    case Opcode::Delegate:
    case Opcode::Throw:
    case Opcode::Rethrow: return Feature::Exceptions;
    case Opcode::ReturnCall:
    case Opcode::ReturnCallIndirect: return Feature::TailCall;
    case Opcode::I32Extend8S:
    case Opcode::I32Extend16S:
    case Opcode::I64Extend8S:
    case Opcode::I64Extend16S:
    case Opcode::I64Extend32S: return Feature::SignExtension;
    case Opcode::SelectT:
    case Opcode::TableGet:
    case Opcode::TableSet:
    case Opcode::RefNull:
    case Opcode::RefIsNull:
    case Opcode::RefFunc: return Feature::ReferenceTypes;
    default: return std::nullopt;
  }
}

constexpr std::optional<Feature> kOpcodeFeatures[] = {
#define WABT_OPCODE(rtype, type1, type2, type3, memory_size, prefix, code, Name, text, decomp) \
  featureOf(Opcode::Name, prefix, code),
#include <wabt/opcode.def>
#undef WABT_OPCODE
};

// Encodings of proposals that the reader does not know.
struct Unreadable {
  uint32_t code;
  const char* what;
  const char* proposal;
};

constexpr Unreadable kOpcodes[] = {
    {0x0a, "throw_ref", kExnref},
    {0x1f, "try_table", kExnref},
    {0x14, "call_ref", kFunctionReferences},
    {0x15, "return_call_ref", kFunctionReferences},
    {0xd4, "ref.as_non_null", kFunctionReferences},
    {0xd5, "br_on_null", kFunctionReferences},
    {0xd6, "br_on_non_null", kFunctionReferences},
    {0xd3, "ref.eq", kGc},
    {kGcPrefix, "an instruction with the prefix 0xfb", kGc},
};

constexpr Unreadable kMiscOpcodes[] = {
    {0x12, "memory.discard", "memory control"},  {0x13, "i64.add128", "wide arithmetic"},
    {0x14, "i64.sub128", "wide arithmetic"},     {0x15, "i64.mul_wide_s", "wide arithmetic"},
    {0x16, "i64.mul_wide_u", "wide arithmetic"},
};

constexpr Unreadable kValueTypes[] = {
    {0x64, "(ref ...)", kFunctionReferences},
    {0x63, "(ref null ...)", kFunctionReferences},
    {0x69, "exnref", kExnref},
    {0x74, "nullexnref", kExnref},
    {0x6a, "arrayref", kGc},
    {0x6b, "structref", kGc},
    {0x6c, "i31ref", kGc},
    {0x6d, "eqref", kGc},
    {0x6e, "anyref", kGc},
    {0x71, "nullref", kGc},
    {0x72, "nullexternref", kGc},
    {0x73, "nullfuncref", kGc},
    {0x77, "i16", kGc},
    {0x78, "i8", kGc},
};

constexpr Unreadable kTypeForms[] = {
    {0x4d, "a type descriptor", "custom descriptors"},
    {0x4c, "a described type", "custom descriptors"},
    {0x4e, "a recursive type group", kGc},
    {0x4f, "a final subtype", kGc},
    {0x50, "a subtype", kGc},
    {0x5d, "a continuation type", "stack switching"},
    {0x5e, "an array type", kGc},
    {0x5f, "a struct type", kGc},
};

template <size_t n>
const Unreadable* find(const Unreadable (&rows)[n], uint32_t code) {
  for (const Unreadable& row : rows)
    if (row.code == code) return &row;
  return nullptr;
}

}  // namespace

std::string hex(uint64_t value) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%02llx", static_cast<unsigned long long>(value));
  return text;
}

std::string refusal(Feature feature, std::string_view what) {
  const std::string flag(featureFlag(feature));
  const std::string message = "uses " + flag + " (" + std::string(what) + "), which ";
  if (!featureSupported(feature)) return message + "this compiler does not support yet";
  return message + "is disabled; enable it with --enable=" + flag;
}

std::optional<std::string> FeatureGate::use(Feature feature, std::string_view what) {
  used_[static_cast<size_t>(feature)] = true;
  if (enabled_.has(feature)) return std::nullopt;
  return refusal(feature, what);
}

std::vector<std::string> FeatureGate::used() const {
  std::vector<std::string> names;
  for (size_t i = 0; i < used_.size(); ++i)
    if (used_[i]) names.emplace_back(featureFlag(static_cast<Feature>(i)));
  return names;
}

std::optional<Feature> opcodeFeature(Opcode op) { return kOpcodeFeatures[static_cast<size_t>(op)]; }

std::string cannotRead(std::string_view proposal, std::string_view what) {
  return "uses " + std::string(proposal) + " (" + std::string(what) +
         "), which this build's wabt 1.0.32 can not read";
}

std::string explainOpcode(std::span<const uint8_t> bytes) {
  ByteReader in(bytes, 0, bytes.size());
  const uint8_t first = in.byte().value_or(0);
  if (const Unreadable* row = find(kOpcodes, first)) return cannotRead(row->proposal, row->what);
  if (first < kMiscPrefix) return "unknown instruction: opcode " + hex(first);
  const auto code = in.u32();
  if (!code) return "the instruction after the prefix " + hex(first) + " is malformed";
  if (first == kMiscPrefix)
    if (const Unreadable* row = find(kMiscOpcodes, *code)) return cannotRead(row->proposal, row->what);
  return "unknown instruction: prefix " + hex(first) + ", opcode " + hex(*code);
}

std::optional<std::string> explainValueType(uint8_t code) {
  if (const Unreadable* row = find(kValueTypes, code)) return cannotRead(row->proposal, row->what);
  return std::nullopt;
}

std::optional<std::string> explainTypeForm(uint8_t code) {
  if (const Unreadable* row = find(kTypeForms, code)) return cannotRead(row->proposal, row->what);
  return std::nullopt;
}

}  // namespace wasmc::compiler
