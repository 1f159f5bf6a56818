// The artifact's description of itself.
//
// An artifact exports one symbol, the Descriptor: a small constant struct of 32-bit offsets relative to its
// own address, so that it needs no relocations. It leads to
//   * the metadata: one contiguous, position-independent block (section `.wasmc.meta`) of the structs below,
//     which refer to each other by offsets from the block's start. The same block can be read from the file
//     without mapping it for execution (the loader's checks and wasminspect do);
//   * tables of code addresses, as 32-bit offsets relative to the descriptor;
//   * the memory image and raw segments;
//   * the address map (function ranges and wasm offsets of machine code), made after code generation;
//   * the source map (source_map.h: lines of the source of wasm offsets), of a module that has DWARF.
// Everything is little-endian.
#ifndef WASMC_ABI_DESCRIPTOR_H
#define WASMC_ABI_DESCRIPTOR_H

#include <wasmc/abi/layout.h>
#include <wasmc/abi/types.h>

#include <cstdint>

namespace wasmc::abi {

inline constexpr uint64_t kDescriptorMagic = 0x0a63'6d73'6177'7f00;  // "\0\x7fwasmc\n"
inline constexpr uint64_t kMetadataMagic = 0x0a61'7465'6d63'7701;
inline constexpr uint32_t kAbiVersion = 1;

// Exported symbol of a shared object; an object file's is this with "_" and the module's name appended.
inline constexpr char kDescriptorSymbol[] = "wasmc_module";
inline constexpr char kMetadataSection[] = ".wasmc.meta";
inline constexpr char kMemoryImageSection[] = ".wasmc.image";
inline constexpr char kAddressMapSection[] = ".wasmc.addrmap";

// An array inside the metadata block: byte offset from the block's start, number of elements.
template <typename T>
struct ArrayRef {
  uint32_t offset = 0;
  uint32_t count = 0;
};
using StringRef = ArrayRef<char>;  // not NUL-terminated

// 32-bit offset from the descriptor's own address; 0 is absent.
using RelOffset = int32_t;

struct Descriptor {
  uint64_t magic;        // kDescriptorMagic
  uint32_t abi_version;  // kAbiVersion
  uint32_t size;         // sizeof(Descriptor)
  uint64_t fingerprint;  // kFingerprint of the ABI that the compiler was built with
  RelOffset metadata;    // Metadata
  uint32_t metadata_size;
  RelOffset func_refs;     // RelOffset[counts.func_refs]: wasm-convention entry of each, in func_ref order
  RelOffset array_calls;   // RelOffset[types]: ArrayCall of the type, or 0 where nothing needs it
  RelOffset adapters;      // RelOffset[types]: host-call adapter of the type, or 0 (then native_compatible)
  RelOffset lib_calls;     // LibCalls, writable; the loader fills it in
  RelOffset memory_image;  // page-aligned bytes that ImageRun refers to, or 0
  RelOffset segment_data;  // bytes that DataSegment refers to
  RelOffset address_map;   // AddressMap, or 0
  RelOffset
      tail_codes;  // RelOffset[counts.func_refs]: FuncRef::tail_code of each, or 0; 0 where none has one
  RelOffset source_map;    // SourceMap, or 0
  RelOffset debug_memory;  // const void*, writable: where debuggers find the first memory of the instance
                           // that was made last; or 0
};

// A constant expression, evaluated by the runtime on a small stack.
struct ConstInstr {
  enum class Op : uint32_t {
    I32Const,
    I64Const,
    F32Const,
    F64Const,
    V128Const,  // bits (and bits_hi)
    GlobalGet,  // index
    RefNull,
    RefFunc,  // index: function index
    I32Add,
    I32Sub,
    I32Mul,
    I64Add,
    I64Sub,
    I64Mul,
  };
  Op op = Op::I32Const;
  uint32_t index = 0;
  uint64_t bits = 0;
  uint64_t bits_hi = 0;
};
using ConstExpr = ArrayRef<ConstInstr>;

// The kinds leave room for the recursion groups, structs and arrays of later proposals.
struct TypeEntry {
  enum class Kind : uint32_t { Func = 0 };
  Kind kind = Kind::Func;
  uint32_t native_compatible = 0;  // 1: the wasm convention equals the C convention for this type
  ArrayRef<ValType> params;
  ArrayRef<ValType> results;
};

struct Limits {
  uint64_t min = 0;
  uint64_t max = UINT64_MAX;  // UINT64_MAX: none declared
  uint8_t is64 = 0;
  uint8_t shared = 0;
  uint8_t page_size_log2 = 16;  // of a memory
  uint8_t reserved[5] = {};
};

struct TableType {
  ValType element;
  Limits limits;
};

struct MemoryType {
  Limits limits;
};

struct GlobalType {
  ValType type;
  uint32_t is_mutable = 0;
  uint32_t reserved = 0;
};

struct TableEntryInit {
  TableType type;
  ConstExpr init;  // empty: null
};

struct GlobalEntry {
  GlobalType type;
  ConstExpr init;  // of a defined global
};

// One import. The index spaces start with the imports in this order, kind by kind.
struct ImportEntry {
  StringRef module;
  StringRef name;
  ExternKind kind = ExternKind::Func;
  uint32_t index = 0;  // in the index space of its kind
};

struct ExportEntry {
  StringRef name;
  ExternKind kind = ExternKind::Func;
  uint32_t index = 0;
};

inline constexpr uint32_t kNone = UINT32_MAX;

struct FunctionEntry {
  uint32_t type = 0;
  uint32_t func_ref = kNone;  // position among func_refs; kNone: imported, or its reference is never taken
  StringRef name;             // from the name section, else an export's, else empty
  uint32_t body_offset = 0;   // of the body in the .wasm file; 0: imported. In the order of the functions
  uint32_t body_size = 0;
};

enum class SegmentMode : uint32_t { Active = 0, Passive = 1, Declared = 2 };

struct DataSegment {
  SegmentMode mode = SegmentMode::Passive;
  uint32_t memory = 0;
  ConstExpr offset;   // of an active segment
  uint64_t data = 0;  // byte offset in segment_data
  uint64_t size = 0;
  uint32_t in_image = 0;  // 1: already part of the memory image; nothing to do at instantiation
  uint32_t reserved = 0;
};

struct ElemSegment {
  SegmentMode mode = SegmentMode::Passive;
  uint32_t table = 0;
  ValType type;
  ConstExpr offset;              // of an active segment
  ArrayRef<uint32_t> functions;  // function indices, kNone for null; used where `exprs` is empty
  ArrayRef<ConstExpr> exprs;     // one expression an element
};

// Pages of the initial contents of memory 0: `size` bytes at `memory_offset` come from `image_offset` of the
// memory image. All three are multiples of 4096.
struct ImageRun {
  uint64_t memory_offset = 0;
  uint64_t image_offset = 0;
  uint64_t size = 0;
};

// How an artifact was compiled where that is more than a matter of speed: a set of these bits.
enum Mode : uint32_t {
#define WASMC_MODE(Name, bit, option, meaning) kMode##Name = 1u << (bit),
#include <wasmc/abi/modes.def>
  kAllModes = 0
#define WASMC_MODE(Name, bit, option, meaning) | 1u << (bit)
#include <wasmc/abi/modes.def>
};

// Of the .wasm file, as it stands there: those that the compiler was asked to keep.
struct CustomSection {
  StringRef name;
  StringRef bytes;
};

struct Metadata {
  uint64_t magic = kMetadataMagic;
  uint32_t abi_version = kAbiVersion;
  uint32_t size = 0;  // of the whole block in bytes
  uint64_t fingerprint = 0;
  uint64_t file_digest = 0;        // of a shared object: XXH3 of the whole file, with 0 in this field's place
  uint8_t source_sha256[32] = {};  // of the .wasm bytes
  StringRef compiler;              // "wasmc 0.1.0 (LLVM 22.1.8)"
  StringRef target;                // normalised triple
  StringRef cpu;                   // as asked for
  StringRef options;               // the code generation options, as on the command line
  StringRef module_name;           // from the name section, or empty
  ArrayRef<StringRef> cpu_features;   // LLVM feature names that the code needs
  ArrayRef<StringRef> wasm_features;  // proposals that the module uses
  InstanceCounts counts;
  ArrayRef<TypeEntry> types;
  ArrayRef<ImportEntry> imports;
  ArrayRef<ExportEntry> exports;
  ArrayRef<FunctionEntry> functions;  // imported ones first
  ArrayRef<TableEntryInit> tables;
  ArrayRef<MemoryType> memories;
  ArrayRef<GlobalEntry> globals;
  ArrayRef<uint32_t> tags;  // type index of each
  ArrayRef<DataSegment> data_segments;
  ArrayRef<ElemSegment> elem_segments;
  ArrayRef<ImageRun> image_runs;
  ArrayRef<CustomSection> custom_sections;
  uint64_t image_size = 0;  // bytes of the memory image
  uint64_t segment_data_size = 0;
  uint32_t start_function = kNone;
  uint32_t imported_functions = 0;
  uint32_t modes = 0;  // of Mode
  uint32_t reserved = 0;
};

// Machine code addresses to wasm functions and byte offsets. Sorted by address. Lies in its own section.
struct AddressMap {
  uint32_t function_count;
  uint32_t inline_count;
  uint32_t lines_size;  // bytes of the line programs
  // AddressMapFunction functions[function_count];
  // AddressMapInline inlines[inline_count];
  // uint8_t lines[lines_size];
};

struct AddressMapFunction {
  int32_t start;         // address of the code, relative to this struct's own address
  uint32_t size;         // bytes of code
  uint32_t function;     // wasm function index, or kNone for thunks and adapters
  uint32_t lines;        // offset in `lines`: the function's line program
  uint32_t lines_count;  // number of its rows; code before the first has no wasm offset
};
// A row of a line program: ULEB128 (code bytes since the row before, or since `start`) * 2, plus 1 where the
// inlining is another than the row before's, or than none; SLEB128 wasm byte offset, relative to the row
// before's, or to 0; and where there was that 1, ULEB128 the inlining: a position in `inlines` plus one, 0
// for none.

// A call of a wasm function that was inlined into another wasm function.
struct AddressMapInline {
  uint32_t parent;  // the inlining that the call itself is in: a position in `inlines` plus one, 0 for none
  uint32_t call_offset;  // wasm byte offset of the call
};

}  // namespace wasmc::abi

#endif  // WASMC_ABI_DESCRIPTOR_H
