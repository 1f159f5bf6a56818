// The address map: for any machine code address of the artifact, the WebAssembly function and the byte offset
// in the module that it came from. A trap and its backtrace are reported with it.
//
// Lowering gives each instruction a debug location whose line, or with debug information for debuggers its
// discriminator, is the wasm byte offset plus one. LLVM carries these through optimisation and writes them to
// each object's `.debug_line`. We read them back, with the function symbols, and make one more object, whose
// addresses are relocations relative to their own place:
//
//   object 1: .text [f0 f1 f2]  .debug_line  ┐
//   object 2: .text [f3 f4]     .debug_line  ┴─> map object: { f0 - ., ... } { f1 - ., ... } ... line
//   programs
//
// Where LLVM inlined a wasm function into another, the object's DWARF says at which call, whose line is a
// wasm byte offset, too; so that a backtrace has the calls that are no calls any more.
//
// The linker puts the objects' code one behind the other in the order given, so entries made in that order
// are sorted by address without knowing any.

#include <llvm/ADT/SmallString.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/DebugInfo/DWARF/DWARFDebugLine.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Support/LEB128.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>
#include <wasmc/abi/descriptor.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "codegen/codegen.h"
#include "support/painted_ranges.h"
#include "support/symbols.h"

namespace wasmc::compiler {
namespace {

struct Row {
  uint64_t section;
  uint64_t address;
  size_t order;  // of rows at the same address the last one counts
  uint32_t line;
  uint32_t inlining;  // as in the map
};

struct Code {
  uint64_t section;
  uint64_t address;
  uint64_t size;
  std::string symbol;
  bool global;
};

// One entry of the map before it has addresses: code at `anchor` + `distance`.
struct Entry {
  std::string anchor;
  uint64_t distance;
  abi::AddressMapFunction function;
};

struct Map {
  std::vector<Entry> entries;
  std::vector<abi::AddressMapInline> inlines;
  llvm::SmallString<0> lines;
};

using ElfObject = llvm::object::ELFObjectFileBase;

Diagnostic internalError(llvm::Error why) {
  return {"internal error in the address map: " + llvm::toString(std::move(why)), {}, {}, {}, {}};
}

llvm::Expected<std::vector<Code>> functionsOf(const ElfObject& object) {
  std::vector<Code> functions;
  for (const llvm::object::ELFSymbolRef symbol : object.symbols()) {
    if (symbol.getELFType() != llvm::ELF::STT_FUNC || symbol.getSize() == 0) continue;
    auto name = symbol.getName();
    auto address = symbol.getAddress();
    auto section = symbol.getSection();
    if (!name) return name.takeError();
    if (!address) return address.takeError();
    if (!section) return section.takeError();
    if (*section == object.section_end()) continue;
    functions.push_back({(*section)->getIndex(), *address, symbol.getSize(), name->str(),
                         symbol.getBinding() == llvm::ELF::STB_GLOBAL});
  }
  std::sort(functions.begin(), functions.end(), [](const Code& a, const Code& b) {
    return std::tie(a.section, a.address, a.symbol) < std::tie(b.section, b.address, b.symbol);
  });
  return functions;
}

// The inlinings of one unit of DWARF: which one each address is in, by section.
class Inlinings {
 public:
  Inlinings(OffsetIn offsets, std::vector<abi::AddressMapInline>& inlines)
      : call_(offsets == OffsetIn::Lines ? llvm::dwarf::DW_AT_call_line
                                         : llvm::dwarf::DW_AT_GNU_discriminator),
        inlines_(inlines) {}

  void add(llvm::DWARFUnit& unit) {
    for (const llvm::DWARFDie& die : unit.getUnitDIE(false).children())
      if (die.getTag() == llvm::dwarf::DW_TAG_subprogram) addBelow(die, 0);
  }

  uint32_t at(uint64_t section, uint64_t address) const {
    const auto found = sections_.find(section);
    return found == sections_.end() ? 0 : found->second.at(address);
  }

 private:
  void addBelow(const llvm::DWARFDie& outer, uint32_t parent) {
    for (const llvm::DWARFDie& die : outer.children()) {
      const bool inlined = die.getTag() == llvm::dwarf::DW_TAG_inlined_subroutine;
      addBelow(die, inlined ? addInlining(die, parent) : parent);
    }
  }

  uint32_t addInlining(const llvm::DWARFDie& die, uint32_t parent) {
    const uint64_t line = llvm::dwarf::toUnsigned(die.find(call_), 0);
    auto ranges = die.getAddressRanges();
    if (!ranges) llvm::consumeError(ranges.takeError());
    if (!ranges || line == 0) return parent;
    inlines_.push_back({parent, static_cast<uint32_t>(line - 1)});
    const auto inlining = static_cast<uint32_t>(inlines_.size());
    for (const llvm::DWARFAddressRange& range : *ranges)
      sections_.try_emplace(range.SectionIndex, 0).first->second.paint(range.LowPC, range.HighPC, inlining);
    return inlining;
  }

  llvm::dwarf::Attribute call_;  // what says where; inlinings without it are the source compiler's
  std::vector<abi::AddressMapInline>& inlines_;
  std::map<uint64_t, PaintedRanges<uint32_t>> sections_;
};

// Every row that has a line, sorted by address.
std::vector<Row> rowsOf(const ElfObject& object, OffsetIn offsets,
                        std::vector<abi::AddressMapInline>& inlines) {
  std::vector<Row> rows;
  const auto ignore = [](llvm::Error e) { llvm::consumeError(std::move(e)); };
  const auto dwarf = llvm::DWARFContext::create(object, llvm::DWARFContext::ProcessDebugRelocations::Process,
                                                nullptr, "", ignore, ignore);
  for (const auto& unit : dwarf->compile_units()) {
    auto table = dwarf->getLineTableForUnit(unit.get(), ignore);
    if (!table) {
      llvm::consumeError(table.takeError());
      continue;
    }
    if (!*table) continue;
    Inlinings inlinings(offsets, inlines);
    inlinings.add(*unit);
    for (const auto& row : (*table)->Rows) {
      const auto [address, section] = row.Address;
      const uint32_t line = offsets == OffsetIn::Lines ? row.Line : row.Discriminator;
      if (line != 0 && !row.EndSequence)
        rows.push_back({section, address, rows.size(), line, inlinings.at(section, address)});
    }
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tie(a.section, a.address, a.order) < std::tie(b.section, b.address, b.order);
  });
  return rows;
}

// Appends the line program of one function; returns the number of its rows.
uint32_t encodeLines(const Code& code, llvm::ArrayRef<Row> rows, llvm::raw_ostream& out) {
  uint32_t count = 0;
  uint64_t address = code.address;
  int64_t offset = 0;
  uint32_t inlining = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const bool replaced = i + 1 < rows.size() && rows[i + 1].address == row.address;
    const int64_t next = int64_t{row.line} - 1;
    const bool moved = row.inlining != inlining;
    if (replaced || (count > 0 && next == offset && !moved)) continue;
    llvm::encodeULEB128((row.address - address) << 1 | (moved ? 1 : 0), out);
    llvm::encodeSLEB128(next - offset, out);
    if (moved) llvm::encodeULEB128(row.inlining, out);
    address = row.address;
    offset = next;
    inlining = row.inlining;
    ++count;
  }
  return count;
}

llvm::ArrayRef<Row> rowsIn(llvm::ArrayRef<Row> rows, const Code& code) {
  const auto before = [](const Row& row, std::pair<uint64_t, uint64_t> at) {
    return std::pair(row.section, row.address) < at;
  };
  const auto* first =
      std::lower_bound(rows.begin(), rows.end(), std::pair(code.section, code.address), before);
  const auto* last =
      std::lower_bound(first, rows.end(), std::pair(code.section, code.address + code.size), before);
  return {first, last};
}

llvm::Error addObject(const Bytes& bytes, OffsetIn offsets, Map& map) {
  const llvm::StringRef data(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  auto file = llvm::object::ObjectFile::createELFObjectFile(llvm::MemoryBufferRef(data, "object"));
  if (!file) return file.takeError();
  const auto& object = llvm::cast<ElfObject>(**file);
  auto functions = functionsOf(object);
  if (!functions) return functions.takeError();

  // Local functions (copies that LLVM specialised) have no name outside: a global one of their section has.
  std::map<uint64_t, const Code*> anchors;
  for (const Code& code : *functions)
    if (code.global) anchors.try_emplace(code.section, &code);

  const std::vector<Row> rows = rowsOf(object, offsets, map.inlines);
  for (const Code& code : *functions) {
    const auto anchor = anchors.find(code.section);
    if (anchor == anchors.end()) continue;
    const int64_t index = functionIndexOfSymbol(code.symbol);
    abi::AddressMapFunction f{};
    f.size = static_cast<uint32_t>(code.size);
    f.function = index < 0 ? abi::kNone : static_cast<uint32_t>(index);
    f.lines = static_cast<uint32_t>(map.lines.size());
    llvm::raw_svector_ostream out(map.lines);
    f.lines_count = encodeLines(code, rowsIn(rows, code), out);
    map.entries.push_back({anchor->second->symbol, code.address - anchor->second->address, f});
  }
  return llvm::Error::success();
}

// The map as data of an LLVM module, in the layout of abi::AddressMap.
class Emitter {
 public:
  Emitter(llvm::Module& module, const Map& map)
      : module_(module), map_(map), i32_(llvm::Type::getInt32Ty(module.getContext())) {}

  void emit() {
    llvm::LLVMContext& context = module_.getContext();
    auto* entry_type = llvm::StructType::get(context, {i32_, i32_, i32_, i32_, i32_});
    auto* entries_type = llvm::ArrayType::get(entry_type, map_.entries.size());
    llvm::Constant* inlines = inlineTable();
    auto* lines =
        llvm::ConstantDataArray::getRaw(map_.lines.str(), map_.lines.size(), llvm::Type::getInt8Ty(context));
    auto* type = llvm::StructType::get(
        context, {i32_, i32_, i32_, entries_type, inlines->getType(), lines->getType()}, /*isPacked=*/true);
    auto* global = new llvm::GlobalVariable(module_, type, true, llvm::GlobalValue::ExternalLinkage, nullptr,
                                            kAddressMapSymbol);
    std::vector<llvm::Constant*> entries;
    for (size_t i = 0; i < map_.entries.size(); ++i) entries.push_back(entry(*global, entry_type, i));
    global->setInitializer(llvm::ConstantStruct::get(
        type,
        {number(static_cast<uint32_t>(map_.entries.size())),
         number(static_cast<uint32_t>(map_.inlines.size())), number(static_cast<uint32_t>(map_.lines.size())),
         llvm::ConstantArray::get(entries_type, entries), inlines, lines}));
    global->setVisibility(llvm::GlobalValue::HiddenVisibility);
    global->setSection(abi::kAddressMapSection);
    global->setAlignment(llvm::Align(8));
  }

 private:
  llvm::Constant* number(uint32_t n) { return llvm::ConstantInt::get(i32_, n); }

  llvm::Constant* inlineTable() {
    static_assert(sizeof(abi::AddressMapInline) == 2 * sizeof(uint32_t), "written as pairs of words");
    std::vector<uint32_t> words;
    for (const abi::AddressMapInline& i : map_.inlines) words.insert(words.end(), {i.parent, i.call_offset});
    return llvm::ConstantDataArray::get(module_.getContext(), words);
  }

  llvm::Constant* entry(llvm::GlobalVariable& global, llvm::StructType* type, size_t i) {
    static_assert(sizeof(abi::AddressMapFunction) == 5 * sizeof(uint32_t), "the entry is spelled out below");
    const Entry& e = map_.entries[i];
    llvm::Constant* place = llvm::ConstantExpr::getInBoundsGetElementPtr(
        global.getValueType(), &global,
        llvm::ArrayRef<llvm::Constant*>{number(0), number(3), number(static_cast<uint32_t>(i))});
    return llvm::ConstantStruct::get(
        type, {difference(code(e), place), number(e.function.size), number(e.function.function),
               number(e.function.lines), number(e.function.lines_count)});
  }

  llvm::Constant* code(const Entry& e) {
    llvm::GlobalVariable*& symbol = anchors_[e.anchor];
    llvm::Type* byte = llvm::Type::getInt8Ty(module_.getContext());
    if (!symbol) {
      symbol = new llvm::GlobalVariable(module_, byte, true, llvm::GlobalValue::ExternalLinkage, nullptr,
                                        e.anchor);
      symbol->setVisibility(llvm::GlobalValue::HiddenVisibility);
    }
    llvm::Type* i64 = llvm::Type::getInt64Ty(module_.getContext());
    return llvm::ConstantExpr::getInBoundsGetElementPtr(byte, symbol,
                                                        llvm::ConstantInt::get(i64, e.distance));
  }

  llvm::Constant* difference(llvm::Constant* a, llvm::Constant* b) {
    llvm::Type* i64 = llvm::Type::getInt64Ty(module_.getContext());
    return llvm::ConstantExpr::getTrunc(llvm::ConstantExpr::getSub(llvm::ConstantExpr::getPtrToInt(a, i64),
                                                                   llvm::ConstantExpr::getPtrToInt(b, i64)),
                                        i32_);
  }

  llvm::Module& module_;
  const Map& map_;
  llvm::Type* i32_;
  llvm::StringMap<llvm::GlobalVariable*> anchors_;
};

}  // namespace

Result<Bytes> makeAddressMap(const std::vector<Bytes>& objects, const Target& target, OffsetIn offsets) {
  Map map;
  for (const Bytes& object : objects)
    if (llvm::Error e = addObject(object, offsets, map)) return std::unexpected(internalError(std::move(e)));

  llvm::LLVMContext context;
  llvm::Module module("wasmc.address_map", context);
  const std::unique_ptr<llvm::TargetMachine> machine = target.machine();
  module.setTargetTriple(machine->getTargetTriple());
  module.setDataLayout(machine->createDataLayout());
  Emitter(module, map).emit();
  return emitObject(module, *machine);
}

}  // namespace wasmc::compiler
