#include "instance_impl.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "builtins.h"
#include "store_impl.h"

namespace wasmc::detail {
namespace {

std::byte* allocateBlock(uint64_t size) {
  void* block = ::operator new(size, std::align_val_t{16});
  std::memset(block, 0, size);
  return static_cast<std::byte*>(block);
}

bool fits(uint64_t start, uint64_t count, uint64_t size) { return start <= size && count <= size - start; }

// The bits of a value that stands in the low bytes.
abi::Value bits(uint64_t lo) { return {lo, 0}; }
abi::Value pointer(const void* p) { return bits(reinterpret_cast<uintptr_t>(p)); }

uint64_t arithmetic(abi::ConstInstr::Op op, uint64_t a, uint64_t b) {
  using Op = abi::ConstInstr::Op;
  switch (op) {
    case Op::I32Add: return static_cast<uint32_t>(a + b);
    case Op::I32Sub: return static_cast<uint32_t>(a - b);
    case Op::I32Mul: return static_cast<uint32_t>(a * b);
    case Op::I64Add: return a + b;
    case Op::I64Sub: return a - b;
    case Op::I64Mul: return a * b;
    default: return 0;  // not an arithmetic instruction: evaluate() does not pass one
  }
}

}  // namespace

InstanceImpl::InstanceImpl(StoreImpl& store, std::shared_ptr<ModuleImpl> module)
    : store_(store),
      module_(std::move(module)),
      layout_(module_->artifact->layout()),
      block_(allocateBlock(layout_.size())),
      dropped_data_(meta().dataSegments().size()),
      dropped_elem_(meta().elemSegments().size()),
      memory_export_(artifact().findExport("memory")) {
  abi::InstanceHeader& h = *header();
  h.builtins = &kBuiltins;
  h.runtime = this;
  h.store = &store_;
  if (artifact().uses("tail-call")) h.tail_arguments = store_.tailArguments();
  if (memory_export_ != abi::kNone && meta().exports()[memory_export_].kind != ExternKind::Memory)
    memory_export_ = abi::kNone;
}

abi::MemoryInstance& InstanceImpl::memory(uint32_t index) const {
  const uint32_t imported = layout_.counts().imported_memories;
  if (index < imported) return *at<abi::MemoryInstance*>(layout_.importedMemory(index));
  return at<abi::MemoryInstance>(layout_.definedMemory(index - imported));
}

TableImpl& InstanceImpl::table(uint32_t index) const {
  const uint32_t imported = layout_.counts().imported_tables;
  if (index < imported) return TableImpl::of(*at<abi::TableInstance*>(layout_.importedTable(index)));
  return TableImpl::of(at<abi::TableInstance>(layout_.definedTable(index - imported)));
}

abi::Value& InstanceImpl::global(uint32_t index) const {
  const uint32_t imported = layout_.counts().imported_globals;
  if (index < imported) return *at<abi::Value*>(layout_.importedGlobal(index));
  return at<abi::Value>(layout_.definedGlobal(index - imported));
}

abi::FuncRef* InstanceImpl::func(uint32_t index) const {
  if (index == abi::kNone) return nullptr;
  if (index < layout_.counts().imported_functions) return &at<abi::ImportSlot>(layout_.import(index)).ref;
  return &at<abi::FuncRef>(layout_.funcRef(meta().functions()[index].func_ref));
}

TagImpl* InstanceImpl::tag(uint32_t index) const { return at<TagImpl*>(layout_.tag(index)); }

Extern InstanceImpl::exported(uint32_t export_index) const {
  const abi::ExportEntry& item = meta().exports()[export_index];
  switch (item.kind) {
    case ExternKind::Func: return Func::fromRaw(func(item.index));
    case ExternKind::Table: return Table::fromRaw(&table(item.index).instance());
    case ExternKind::Memory: return Memory::fromRaw(&memory(item.index));
    case ExternKind::Global:
      return Global::fromRaw(StoreRef(&store_), toGlobalType(meta().globals()[item.index].type),
                             &global(item.index));
    case ExternKind::Tag: break;
  }
  return Tag::fromRaw(tag(item.index));
}

abi::Value InstanceImpl::evaluate(abi::ConstExpr expression) const {
  using Op = abi::ConstInstr::Op;
  std::vector<abi::Value> stack;
  for (const abi::ConstInstr& instr : meta().array(expression)) {
    switch (instr.op) {
      case Op::I32Const:
      case Op::I64Const:
      case Op::F32Const:
      case Op::F64Const: stack.push_back(bits(instr.bits)); break;
      case Op::V128Const: stack.push_back({instr.bits, instr.bits_hi}); break;
      case Op::GlobalGet: stack.push_back(global(instr.index)); break;
      case Op::RefNull: stack.push_back({}); break;
      case Op::RefFunc: stack.push_back(pointer(func(instr.index))); break;
      default: {
        const uint64_t b = stack.back().lo;
        stack.pop_back();
        stack.back() = bits(arithmetic(instr.op, stack.back().lo, b));
      }
    }
  }
  return stack.empty() ? abi::Value{} : stack.back();
}

TrapCode InstanceImpl::memoryInit(uint32_t memory_index, uint32_t segment_index, uint64_t to, uint64_t from,
                                  uint64_t count) const {
  const abi::MemoryInstance& m = memory(memory_index);
  std::span<const uint8_t> bytes;
  if (!dropped_data_[segment_index]) bytes = artifact().segmentData(meta().dataSegments()[segment_index]);
  if (!fits(from, count, bytes.size()) || !fits(to, count, abi::currentSize(m)))
    return TrapCode::MemoryOutOfBounds;
  if (count > 0) std::memcpy(m.base + to, bytes.data() + from, count);
  return TrapCode::None;
}

void* InstanceImpl::element(const abi::ElemSegment& segment, uint64_t i) const {
  if (segment.exprs.count > 0) return reinterpret_cast<void*>(evaluate(meta().array(segment.exprs)[i]).lo);
  return func(meta().array(segment.functions)[i]);
}

TrapCode InstanceImpl::tableInit(uint32_t table_index, uint32_t segment_index, uint64_t to, uint64_t from,
                                 uint64_t count) const {
  TableImpl& t = table(table_index);
  const abi::ElemSegment& segment = meta().elemSegments()[segment_index];
  const uint64_t elements =
      dropped_elem_[segment_index] ? 0 : std::max(segment.exprs.count, segment.functions.count);
  if (!fits(from, count, elements) || !fits(to, count, t.size())) return TrapCode::TableOutOfBounds;
  for (uint64_t i = 0; i < count; ++i) t.set(to + i, element(segment, from + i));
  return TrapCode::None;
}

TrapCode InstanceImpl::tableCopy(uint32_t to_table, uint32_t from_table, uint64_t to, uint64_t from,
                                 uint64_t count) const {
  TableImpl& target = table(to_table);
  const TableImpl& source = table(from_table);
  if (!fits(from, count, source.size()) || !fits(to, count, target.size())) return TrapCode::TableOutOfBounds;
  target.copy(to, source, from, count);
  return TrapCode::None;
}

TrapCode InstanceImpl::tableFill(uint32_t table_index, uint64_t start, void* value, uint64_t count) const {
  TableImpl& t = table(table_index);
  if (!fits(start, count, t.size())) return TrapCode::TableOutOfBounds;
  t.fill(start, count, value);
  return TrapCode::None;
}

abi::MemoryInstance* InstanceImpl::exportedMemory() const {
  if (memory_export_ == abi::kNone) return nullptr;
  return &memory(meta().exports()[memory_export_].index);
}

}  // namespace wasmc::detail
