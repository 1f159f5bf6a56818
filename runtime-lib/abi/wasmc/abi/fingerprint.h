// A hash of everything that compiler and runtime library must agree on, computed at compile time from the
// tables themselves, so that a change of any row changes it and nobody has to remember to.
#ifndef WASMC_ABI_FINGERPRINT_H
#define WASMC_ABI_FINGERPRINT_H

#include <wasmc/abi/descriptor.h>
#include <wasmc/abi/source_map.h>

#include <initializer_list>

namespace wasmc::abi {
namespace detail {

class Fnv1a {
 public:
  constexpr void text(const char* s) {
    while (*s) byte(static_cast<uint8_t>(*s++));
    byte(0);
  }
  constexpr void number(uint64_t n) {
    for (int i = 0; i < 8; ++i) byte(static_cast<uint8_t>(n >> (8 * i)));
  }
  constexpr uint64_t value() const { return state_; }

 private:
  constexpr void byte(uint8_t b) { state_ = (state_ ^ b) * 0x100000001b3; }
  uint64_t state_ = 0xcbf29ce484222325;
};

constexpr uint64_t fingerprint() {
  Fnv1a h;
  h.number(kAbiVersion);
#define WASMC_STRUCT(Struct) h.text(#Struct);
#define WASMC_FIELD(Struct, type, name, access) \
  h.text(#type " " #name " " #access);          \
  h.number(offsetof(Struct, name));
#define WASMC_END(Struct) h.number(sizeof(Struct));
#include <wasmc/abi/fields.def>
#define WASMC_BUILTIN(name, result, params, attributes) h.text(#name #result #params #attributes);
#include <wasmc/abi/builtins.def>
#define WASMC_TRAP(Name, code, message) h.text(#Name " " message), h.number(code);
#include <wasmc/abi/traps.def>
#define WASMC_MODE(Name, bit, option, meaning) h.text(#Name), h.number(bit);
#include <wasmc/abi/modes.def>
  for (uint64_t size :
       {sizeof(Descriptor),       sizeof(Metadata),      sizeof(TypeEntry),      sizeof(ImportEntry),
        sizeof(ExportEntry),      sizeof(FunctionEntry), sizeof(TableEntryInit), sizeof(MemoryType),
        sizeof(GlobalEntry),      sizeof(DataSegment),   sizeof(ElemSegment),    sizeof(ImageRun),
        sizeof(CustomSection),    sizeof(ConstInstr),    sizeof(AddressMap),     sizeof(AddressMapFunction),
        sizeof(AddressMapInline), sizeof(SourceMap),     sizeof(SourceScope),    sizeof(SourceBlock),
        sizeof(LibCalls),         sizeof(Value)})
    h.number(size);
  InstanceCounts ones{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0};
  h.number(InstanceLayout(ones).size());
  return h.value();
}

}  // namespace detail

inline constexpr uint64_t kFingerprint = detail::fingerprint();

}  // namespace wasmc::abi

#endif  // WASMC_ABI_FINGERPRINT_H
