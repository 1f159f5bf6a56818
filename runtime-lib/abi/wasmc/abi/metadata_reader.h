// Reads a metadata block (descriptor.h) that may come from anywhere: truncated, made by something else, or
// hostile.
//
// validateMetadata looks at everything once. What it accepts can then be followed without further checks
// through MetadataView, and is as consistent as what the compiler writes:
//   * every reference lies inside the block, aligned, and arrays do not overlap each other (so the work is
//     bounded by the block's size);
//   * every index (type, function, table, memory, global, func_ref) is in range, counts agree with arrays;
//   * constant expressions are well-typed, and globals refer to earlier ones only;
//   * functions whose reference the module takes, exports or starts with have a func_ref.
#ifndef WASMC_ABI_METADATA_READER_H
#define WASMC_ABI_METADATA_READER_H

#include <wasmc/abi/descriptor.h>
#include <wasmc/abi/fingerprint.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace wasmc::abi {

inline constexpr uint64_t kImagePageSize = 4096;
inline constexpr size_t kMetadataAlignment = 8;

// A block that validateMetadata accepted.
class MetadataView {
 public:
  MetadataView() = default;
  explicit MetadataView(std::span<const uint8_t> block) : block_(block.data()) {}

  const Metadata& header() const { return *reinterpret_cast<const Metadata*>(block_); }
  const Metadata* operator->() const { return &header(); }

  template <typename T>
  std::span<const T> array(ArrayRef<T> ref) const {
    return {reinterpret_cast<const T*>(block_ + ref.offset), ref.count};
  }
  std::string_view string(StringRef ref) const {
    return {reinterpret_cast<const char*>(block_ + ref.offset), ref.count};
  }

  std::span<const TypeEntry> types() const { return array(header().types); }
  std::span<const ImportEntry> imports() const { return array(header().imports); }
  std::span<const ExportEntry> exports() const { return array(header().exports); }
  std::span<const FunctionEntry> functions() const { return array(header().functions); }
  std::span<const TableEntryInit> tables() const { return array(header().tables); }
  std::span<const MemoryType> memories() const { return array(header().memories); }
  std::span<const GlobalEntry> globals() const { return array(header().globals); }
  std::span<const uint32_t> tags() const { return array(header().tags); }
  std::span<const DataSegment> dataSegments() const { return array(header().data_segments); }
  std::span<const ElemSegment> elemSegments() const { return array(header().elem_segments); }
  std::span<const ImageRun> imageRuns() const { return array(header().image_runs); }
  std::span<const CustomSection> customSections() const { return array(header().custom_sections); }

 private:
  const uint8_t* block_ = nullptr;
};

namespace detail {

// Each check returns false after it has set error_. Later checks rely on the earlier ones, in the order of
// run().
class MetadataValidator {
 public:
  explicit MetadataValidator(std::span<const uint8_t> block) : block_(block) {}

  const char* run() {
    if (!header()) return error_;
    view_ = MetadataView(block_);
    m_ = &view_.header();
    if (names() && counts() && types() && functions() && tags() && imports() && exports() && tables() &&
        memories() && globals() && tableInits() && dataSegments() && elemSegments() && imageRuns() &&
        customSections() && start()) {
      return nullptr;
    }
    return error_;
  }

 private:
  bool fail(const char* error) {
    error_ = error;
    return false;
  }

  bool header() {
    if (block_.size() < sizeof(Metadata)) return fail("metadata is truncated: its header is incomplete");
    if (reinterpret_cast<uintptr_t>(block_.data()) % kMetadataAlignment != 0)
      return fail("metadata is misaligned");
    const auto& m = *reinterpret_cast<const Metadata*>(block_.data());
    if (m.magic != kMetadataMagic) return fail("metadata has a wrong magic number");
    if (m.abi_version != kAbiVersion) return fail("metadata has another ABI version");
    if (m.fingerprint != kFingerprint) return fail("metadata has another ABI fingerprint");
    if (m.size < sizeof(Metadata)) return fail("metadata states a size smaller than its header");
    if (m.size > block_.size()) return fail("metadata is truncated: it states a greater size than it has");
    block_ = block_.first(m.size);
    return true;
  }

  // References

  bool within(uint64_t offset, uint64_t bytes) const {
    return offset <= block_.size() && bytes <= block_.size() - offset;
  }

  template <typename T>
  bool array(ArrayRef<T> ref) {
    if (ref.count == 0) return ref.offset <= block_.size() || fail("a reference points outside the metadata");
    const uint64_t bytes = uint64_t{ref.count} * sizeof(T);
    if (!within(ref.offset, bytes)) return fail("a reference points outside the metadata");
    if (ref.offset % alignof(T) != 0) return fail("a reference is misaligned");
    visited_ += bytes;
    return visited_ <= block_.size() || fail("arrays in the metadata overlap");
  }

  bool string(StringRef ref) {
    return within(ref.offset, ref.count) || fail("a string lies outside the metadata");
  }

  bool strings(ArrayRef<StringRef> ref) {
    if (!array(ref)) return false;
    for (StringRef s : view_.array(ref)) {
      if (!string(s)) return false;
    }
    return true;
  }

  bool names() {
    return string(m_->compiler) && string(m_->target) && string(m_->cpu) && string(m_->options) &&
           string(m_->module_name) && strings(m_->cpu_features) && strings(m_->wasm_features);
  }

  bool counts() {
    const InstanceCounts& c = m_->counts;
    const auto agree = [](uint64_t total, uint64_t imported, uint64_t defined) {
      return total == imported + defined;
    };
    if (m_->imported_functions != c.imported_functions || m_->functions.count < c.imported_functions ||
        c.func_refs > m_->functions.count - c.imported_functions || m_->types.count != c.types ||
        !agree(m_->tables.count, c.imported_tables, c.defined_tables) ||
        !agree(m_->memories.count, c.imported_memories, c.defined_memories) ||
        !agree(m_->globals.count, c.imported_globals, c.defined_globals) ||
        !agree(m_->tags.count, c.imported_tags, c.defined_tags)) {
      return fail("counts in the metadata disagree");
    }
    return (m_->modes & ~uint32_t{kAllModes}) == 0 || fail("a mode of compilation is unknown");
  }

  // Types

  bool valueType(ValType t) {
    switch (t.code) {
      case TypeCode::I32:
      case TypeCode::I64:
      case TypeCode::F32:
      case TypeCode::F64:
      case TypeCode::V128: return t == ValType::num(t.code) || fail("a value type is malformed");
      case TypeCode::Ref: return refType(t);
    }
    return fail("an unknown value type");
  }

  bool refType(ValType t) {
    if (t.nullable > 1 || t.reserved != 0) return fail("a reference type is malformed");
    if (t.heap == HeapCode::Concrete)
      return t.index < m_->types.count || fail("a type index is out of range");
    const bool known = t.heap >= HeapCode::Exn && t.heap <= HeapCode::NoExn;
    return (known && t.index == 0) || fail("an unknown heap type");
  }

  bool valueTypes(ArrayRef<ValType> ref) {
    if (!array(ref)) return false;
    for (ValType t : view_.array(ref)) {
      if (!valueType(t)) return false;
    }
    return true;
  }

  bool types() {
    if (!array(m_->types)) return false;
    for (const TypeEntry& t : view_.types()) {
      if (t.kind != TypeEntry::Kind::Func || t.native_compatible > 1) return fail("an unknown kind of type");
      if (!valueTypes(t.params) || !valueTypes(t.results)) return false;
    }
    return true;
  }

  // `most`: the greatest size that the index type allows.
  bool limits(const Limits& l, uint64_t most) {
    if (l.is64 > 1 || l.shared > 1) return fail("limits are malformed");
    if (l.min > most || l.min > l.max) return fail("limits are out of range");
    return true;
  }

  // Index spaces

  bool functions() {
    if (!array(m_->functions)) return false;
    uint32_t index = 0;
    uint32_t func_refs = 0;
    for (const FunctionEntry& f : view_.functions()) {
      if (f.type >= m_->types.count) return fail("a type index is out of range");
      if (f.func_ref != kNone) {
        if (index < m_->imported_functions) return fail("an imported function has a func_ref of its own");
        if (f.func_ref != func_refs++) return fail("func_refs are not numbered in order");
      }
      if (!string(f.name)) return false;
      ++index;
    }
    return func_refs == m_->counts.func_refs || fail("the number of func_refs is wrong");
  }

  // Whether a reference to the function can be made at run time.
  bool functionReference(uint32_t index) {
    if (index >= m_->functions.count) return fail("a function index is out of range");
    if (index >= m_->imported_functions && view_.functions()[index].func_ref == kNone) {
      return fail("a function that is referred to has no func_ref");
    }
    return true;
  }

  bool tags() {
    if (!array(m_->tags)) return false;
    for (uint32_t type : view_.tags()) {
      if (type >= m_->types.count) return fail("a type index is out of range");
    }
    return true;
  }

  // Index spaces start with the imports, in order.
  bool imports() {
    if (!array(m_->imports)) return false;
    uint32_t seen[5] = {};
    for (const ImportEntry& i : view_.imports()) {
      if (!string(i.module) || !string(i.name)) return false;
      if (i.kind > ExternKind::Tag) return fail("an import of unknown kind");
      if (i.index != seen[static_cast<uint32_t>(i.kind)]++) return fail("imports are not numbered in order");
    }
    const InstanceCounts& c = m_->counts;
    const uint32_t expected[5] = {c.imported_functions, c.imported_tables, c.imported_memories,
                                  c.imported_globals, c.imported_tags};
    for (int kind = 0; kind < 5; ++kind) {
      if (seen[kind] != expected[kind]) return fail("the number of imports is wrong");
    }
    return true;
  }

  bool exports() {
    if (!array(m_->exports)) return false;
    for (const ExportEntry& e : view_.exports()) {
      if (!string(e.name)) return false;
      switch (e.kind) {
        case ExternKind::Func:
          if (!functionReference(e.index)) return false;
          continue;
        case ExternKind::Table:
          if (e.index < m_->tables.count) continue;
          break;
        case ExternKind::Memory:
          if (e.index < m_->memories.count) continue;
          break;
        case ExternKind::Global:
          if (e.index < m_->globals.count) continue;
          break;
        case ExternKind::Tag:
          if (e.index < m_->tags.count) continue;
          break;
        default: return fail("an export of unknown kind");
      }
      return fail("an export's index is out of range");
    }
    return true;
  }

  bool tables() {
    if (!array(m_->tables)) return false;
    for (const TableEntryInit& t : view_.tables()) {
      if (!valueType(t.type.element)) return false;
      if (!t.type.element.isRef()) return fail("a table's elements are not references");
      if (!limits(t.type.limits, t.type.limits.is64 ? UINT64_MAX : UINT32_MAX)) return false;
    }
    return true;
  }

  bool memories() {
    if (!array(m_->memories)) return false;
    for (const MemoryType& memory : view_.memories()) {
      const Limits& l = memory.limits;
      if (l.page_size_log2 > 16) return fail("a memory's page size is out of range");
      const uint64_t address_bits = l.is64 ? 64 : 32;
      const uint64_t most =
          l.is64 && l.page_size_log2 == 0 ? UINT64_MAX : uint64_t{1} << (address_bits - l.page_size_log2);
      if (!limits(l, most)) return false;
    }
    return true;
  }

  bool globals() {
    if (!array(m_->globals)) return false;
    uint32_t index = 0;
    for (const GlobalEntry& g : view_.globals()) {
      if (!valueType(g.type.type)) return false;
      if (g.type.is_mutable > 1) return fail("a global's mutability is malformed");
      if (index < m_->counts.imported_globals) {
        if (g.init.count != 0) return fail("an imported global has an initial value");
      } else if (!expression(g.init, g.type.type, index)) {
        return false;
      }
      ++index;
    }
    return true;
  }

  bool tableInits() {
    for (const TableEntryInit& t : view_.tables()) {
      if (t.init.count != 0 && !expression(t.init, t.type.element, m_->counts.imported_globals)) return false;
    }
    return true;
  }

  // Constant expressions

  // Whether a value of type `found` may stand where `expected` is wanted. References of one family only: that
  // is all that the runtime's safety needs.
  static bool compatible(ValType found, ValType expected) {
    if (!found.isRef() || !expected.isRef()) return found == expected;
    const auto isFunction = [](ValType t) { return t.isFuncRef() || t.heap == HeapCode::Concrete; };
    if (isFunction(found) || isFunction(expected)) return isFunction(found) && isFunction(expected);
    if (found.isExternRef() || expected.isExternRef()) return found.isExternRef() && expected.isExternRef();
    return true;
  }

  // An expression of type `expected` that reads no globals from `globals` on.
  bool expression(ConstExpr expr, ValType expected, uint32_t globals) {
    if (!array(expr)) return false;
    stack_.clear();
    for (const ConstInstr& instr : view_.array(expr)) {
      if (!instruction(instr, expected, globals)) return false;
    }
    if (stack_.size() != 1 || !compatible(stack_[0], expected))
      return fail("a constant expression is ill-typed");
    return true;
  }

  bool instruction(const ConstInstr& instr, ValType expected, uint32_t globals) {
    using Op = ConstInstr::Op;
    switch (instr.op) {
      case Op::I32Const: return push(ValType::i32());
      case Op::I64Const: return push(ValType::i64());
      case Op::F32Const: return push(ValType::f32());
      case Op::F64Const: return push(ValType::f64());
      case Op::V128Const: return push(ValType::v128());
      case Op::RefNull: return expected.isRef() ? push(expected) : fail("a constant expression is ill-typed");
      case Op::RefFunc: return functionReference(instr.index) && push(ValType::funcref());
      case Op::GlobalGet:
        if (instr.index >= globals) return fail("a constant expression refers to a later global");
        if (view_.globals()[instr.index].type.is_mutable)
          return fail("a constant expression reads a mutable global");
        return push(view_.globals()[instr.index].type.type);
      case Op::I32Add:
      case Op::I32Sub:
      case Op::I32Mul: return binary(ValType::i32());
      case Op::I64Add:
      case Op::I64Sub:
      case Op::I64Mul: return binary(ValType::i64());
    }
    return fail("an unknown instruction in a constant expression");
  }

  bool push(ValType type) {
    stack_.push_back(type);
    return true;
  }

  bool binary(ValType type) {
    const size_t n = stack_.size();
    if (n < 2 || stack_[n - 1] != type || stack_[n - 2] != type)
      return fail("a constant expression is ill-typed");
    stack_.pop_back();
    return true;
  }

  bool offset(ConstExpr expr, bool is64) {
    return expression(expr, is64 ? ValType::i64() : ValType::i32(), m_->globals.count);
  }

  // Segments

  bool dataSegments() {
    if (!array(m_->data_segments)) return false;
    for (const DataSegment& s : view_.dataSegments()) {
      if (s.mode == SegmentMode::Active) {
        if (s.memory >= m_->memories.count) return fail("a data segment's memory is out of range");
        if (!offset(s.offset, view_.memories()[s.memory].limits.is64)) return false;
      } else if (s.mode != SegmentMode::Passive) {
        return fail("a data segment of unknown mode");
      } else if (s.offset.count != 0) {
        return fail("a segment that is not active has an offset");
      }
      if (s.in_image == 1) {
        if (s.mode != SegmentMode::Active || s.memory != 0)
          return fail("a data segment can not be in the image");
      } else if (s.in_image != 0) {
        return fail("a data segment is malformed");
      } else if (s.data > m_->segment_data_size || s.size > m_->segment_data_size - s.data) {
        return fail("a data segment lies outside the segment data");
      }
    }
    return true;
  }

  bool elemSegments() {
    if (!array(m_->elem_segments)) return false;
    for (const ElemSegment& s : view_.elemSegments()) {
      if (!valueType(s.type)) return false;
      if (!s.type.isRef()) return fail("an element segment's elements are not references");
      if (s.mode == SegmentMode::Active) {
        if (s.table >= m_->tables.count) return fail("an element segment's table is out of range");
        const TableType& table = view_.tables()[s.table].type;
        if (!compatible(s.type, table.element)) return fail("an element segment does not fit its table");
        if (!offset(s.offset, table.limits.is64)) return false;
      } else if (s.mode != SegmentMode::Passive && s.mode != SegmentMode::Declared) {
        return fail("an element segment of unknown mode");
      } else if (s.offset.count != 0) {
        return fail("a segment that is not active has an offset");
      }
      if (!elements(s)) return false;
    }
    return true;
  }

  bool elements(const ElemSegment& s) {
    if (!array(s.functions) || !array(s.exprs)) return false;
    if (s.functions.count != 0 && s.exprs.count != 0)
      return fail("an element segment has its elements twice");
    bool any_function = false;
    for (uint32_t f : view_.array(s.functions)) {
      if (f == kNone) continue;
      any_function = true;
      if (!functionReference(f)) return false;
    }
    if (any_function && !compatible(ValType::funcref(), s.type))
      return fail("an element segment is ill-typed");
    for (ConstExpr e : view_.array(s.exprs)) {
      if (!expression(e, s.type, m_->globals.count)) return false;
    }
    return true;
  }

  bool imageRuns() {
    if (!array(m_->image_runs)) return false;
    if (m_->image_runs.count == 0) return true;
    if (m_->memories.count == 0 || m_->counts.imported_memories != 0)
      return fail("an image without a memory of its own");
    const Limits& l = view_.memories()[0].limits;
    const uint64_t most = UINT64_MAX >> l.page_size_log2;
    const uint64_t memory_size = l.min > most ? UINT64_MAX : l.min << l.page_size_log2;
    uint64_t end = 0;
    for (const ImageRun& run : view_.imageRuns()) {
      if ((run.memory_offset | run.image_offset | run.size) % kImagePageSize != 0)
        return fail("an image run is misaligned");
      if (run.memory_offset < end) return fail("image runs are not in order");
      if (run.memory_offset > memory_size || run.size > memory_size - run.memory_offset) {
        return fail("an image run lies outside the memory");
      }
      if (run.image_offset > m_->image_size || run.size > m_->image_size - run.image_offset) {
        return fail("an image run lies outside the image");
      }
      end = run.memory_offset + run.size;
    }
    return true;
  }

  bool customSections() {
    if (!array(m_->custom_sections)) return false;
    for (const CustomSection& s : view_.customSections()) {
      if (!string(s.name) || !string(s.bytes)) return false;
    }
    return true;
  }

  bool start() {
    if (m_->start_function == kNone) return true;
    if (!functionReference(m_->start_function)) return false;
    const TypeEntry& type = view_.types()[view_.functions()[m_->start_function].type];
    return (type.params.count == 0 && type.results.count == 0) ||
           fail("the start function has parameters or results");
  }

  std::span<const uint8_t> block_;
  MetadataView view_;
  const Metadata* m_ = nullptr;
  const char* error_ = nullptr;
  uint64_t visited_ = 0;        // bytes of the arrays seen so far
  std::vector<ValType> stack_;  // of the constant expression under check
};

}  // namespace detail

// Why the block can not be used, or null if it can. Never reads outside `block`, which must be aligned to
// kMetadataAlignment bytes.
inline const char* validateMetadata(std::span<const uint8_t> block) {
  return detail::MetadataValidator(block).run();
}

}  // namespace wasmc::abi

#endif  // WASMC_ABI_METADATA_READER_H
