#include "instantiate.h"

#include <wasmc/func.h>

#include <cstring>

#include "artifact.h"
#include "instance_impl.h"
#include "log.h"
#include "os.h"
#include "store_impl.h"

namespace wasmc::detail {
namespace {

using log::Category;

class Instantiation {
 public:
  Instantiation(StoreImpl& store, const std::shared_ptr<ModuleImpl>& module)
      : store_(store),
        instance_(std::make_unique<InstanceImpl>(store, module)),
        artifact_(instance_->artifact()),
        meta_(artifact_.meta()),
        layout_(instance_->layout()) {}

  Result<InstanceImpl*> run(const std::vector<const Definition*>& imports) {
    if (store_.instances.size() >= store_.limits.instances)
      return error(ErrorCode::Limit, "the store has StoreLimits::instances (" +
                                         std::to_string(store_.limits.instances) + ") instances already");
    if (Result<void> usable = checkEngine(store_.engine, artifact_); !usable)
      return std::unexpected(std::move(usable).error());
    bindImports(imports);
    fillTypeIds();
    fillFuncRefs();
    makeTags();
    initialiseGlobals();
    // What can fail for lack of resources comes before anything that others can see.
    if (Result<void> made = makeMemories(); !made) return std::unexpected(std::move(made).error());
    if (Result<void> made = makeTables(); !made) return std::unexpected(std::move(made).error());
    InstanceImpl* instance = handToStore();
    for (auto step : {&Instantiation::applyElements, &Instantiation::applyData, &Instantiation::runStart})
      if (Result<void> done = (this->*step)(*instance); !done)
        return std::unexpected(std::move(done).error());
    return instance;
  }

 private:
  void bindImports(const std::vector<const Definition*>& imports);
  void bindFunction(uint32_t index, const Definition& definition);
  void bindHostFunction(abi::ImportSlot& slot, uint32_t index, void* native, void* env);
  void fillTypeIds();
  void fillFuncRefs();
  void makeTags();
  void initialiseGlobals();
  Result<void> makeMemories();
  Result<void> loadImage(abi::MemoryInstance& memory);
  Result<void> makeTables();
  InstanceImpl* handToStore();
  Result<void> applyElements(InstanceImpl& instance);
  Result<void> applyData(InstanceImpl& instance);
  Result<void> runStart(InstanceImpl& instance);

  StoreImpl& store_;
  std::unique_ptr<InstanceImpl> instance_;
  const Artifact& artifact_;
  const abi::MetadataView& meta_;
  const abi::InstanceLayout& layout_;
  std::vector<std::unique_ptr<MemoryImpl>> memories_;
  std::vector<std::unique_ptr<TableImpl>> tables_;
};

void Instantiation::bindImports(const std::vector<const Definition*>& imports) {
  for (size_t i = 0; i < imports.size(); ++i) {
    const abi::ImportEntry& import = meta_.imports()[i];
    if (import.kind == ExternKind::Func) {
      bindFunction(import.index, *imports[i]);
      continue;
    }
    const auto* shared = std::get_if<SharedMemory>(imports[i]);
    const Extern item = shared ? Extern(shared->in(StoreRef(&store_))) : std::get<Extern>(*imports[i]);
    if (const auto* table = std::get_if<Table>(&item))
      instance_->at<abi::TableInstance*>(layout_.importedTable(import.index)) = table->raw();
    else if (const auto* memory = std::get_if<Memory>(&item))
      instance_->at<abi::MemoryInstance*>(layout_.importedMemory(import.index)) = memory->raw();
    else if (const auto* global = std::get_if<Global>(&item))
      instance_->at<abi::Value*>(layout_.importedGlobal(import.index)) = global->raw();
    else if (const auto* tag = std::get_if<Tag>(&item))
      instance_->at<TagImpl*>(layout_.tag(import.index)) = tag->raw();
  }
}

void Instantiation::bindFunction(uint32_t index, const Definition& definition) {
  auto& slot = instance_->at<abi::ImportSlot>(layout_.import(index));
  slot.caller = instance_->header();
  if (const auto* host = std::get_if<HostFunctionPtr>(&definition)) {
    bindHostFunction(slot, index, (*host)->native, host->get());
    store_.keep(*host);
    return;
  }
  const abi::FuncRef& ref = *std::get<Func>(std::get<Extern>(definition)).raw();
  // A host function gets a slot of its own in each instance, so that it is told who calls.
  if (isHost(ref))
    bindHostFunction(slot, index, slotOf(ref).native, slotOf(ref).env);
  else
    slot.ref = ref;
}

void Instantiation::bindHostFunction(abi::ImportSlot& slot, uint32_t index, void* native, void* env) {
  const uint32_t type = meta_.functions()[index].type;
  slot.native = native;
  slot.env = env;
  slot.ref.code = meta_.types()[type].native_compatible ? native : artifact_.adapter(type);
  slot.ref.context = &slot;
  slot.ref.type_id = artifact_.typeIds()[type];
  slot.ref.flags = kHostFuncRef;
}

void Instantiation::fillTypeIds() {
  const std::span<const uint32_t> ids = artifact_.typeIds();
  if (!ids.empty()) std::memcpy(&instance_->at<uint32_t>(layout_.typeId(0)), ids.data(), ids.size_bytes());
}

void Instantiation::fillFuncRefs() {
  const std::span<const abi::FunctionEntry> functions = meta_.functions();
  for (uint32_t f = meta_->imported_functions; f < functions.size(); ++f) {
    const uint32_t i = functions[f].func_ref;
    if (i == abi::kNone) continue;
    auto& ref = instance_->at<abi::FuncRef>(layout_.funcRef(i));
    ref.code = artifact_.funcRefCode(i);
    ref.context = instance_->header();
    ref.type_id = artifact_.typeIds()[functions[f].type];
    ref.array_call = artifact_.arrayCall(functions[f].type);
    ref.tail_code = artifact_.tailCode(i);
  }
}

void Instantiation::makeTags() {
  for (uint32_t i = layout_.counts().imported_tags; i < meta_.tags().size(); ++i) {
    const auto type = std::get<TagType>(instance_->module()->typeOf(ExternKind::Tag, i));
    instance_->at<TagImpl*>(layout_.tag(i)) = &store_.tags.emplace_back(TagImpl{type, &store_});
  }
}

void Instantiation::initialiseGlobals() {
  const std::span<const abi::GlobalEntry> globals = meta_.globals();
  for (uint32_t i = layout_.counts().imported_globals; i < globals.size(); ++i)
    instance_->global(i) = instance_->evaluate(globals[i].init);
}

Result<void> Instantiation::makeMemories() {
  for (uint32_t i = 0; i < layout_.counts().defined_memories; ++i) {
    const abi::MemoryType& type = meta_.memories()[layout_.counts().imported_memories + i];
    auto& where = instance_->at<abi::MemoryInstance>(layout_.definedMemory(i));
    Result<std::unique_ptr<MemoryImpl>> memory =
        MemoryImpl::create(store_, {toLimits(type.limits)}, artifact_.memoryGuard(), &where);
    if (!memory) return std::unexpected(std::move(memory).error());
    memories_.push_back(*std::move(memory));
  }
  if (meta_.imageRuns().empty()) return {};
  return loadImage(memories_.front()->instance());
}

Result<void> Instantiation::loadImage(abi::MemoryInstance& memory) {
  const int file = store_.engine.options().copy_memory_image ? -1 : artifact_.imageFile();
  for (const abi::ImageRun& run : meta_.imageRuns()) {
    uint8_t* to = memory.base + run.memory_offset;
    if (file >= 0 && os::mapPrivate(to, run.size, file, artifact_.imageInFile() + run.image_offset)) continue;
    std::memcpy(to, artifact_.memoryImage() + run.image_offset, run.size);
  }
  log::write(Category::Instantiate, "%s: memory of %llu bytes, image of %llu bytes %s",
             artifact_.label().c_str(), static_cast<unsigned long long>(abi::currentSize(memory)),
             static_cast<unsigned long long>(meta_->image_size), file >= 0 ? "mapped" : "copied");
  return {};
}

Result<void> Instantiation::makeTables() {
  for (uint32_t i = 0; i < layout_.counts().defined_tables; ++i) {
    const abi::TableEntryInit& entry = meta_.tables()[layout_.counts().imported_tables + i];
    void* init = reinterpret_cast<void*>(instance_->evaluate(entry.init).lo);
    auto& where = instance_->at<abi::TableInstance>(layout_.definedTable(i));
    Result<std::unique_ptr<TableImpl>> table =
        TableImpl::create(store_, toTableType(entry.type), init, &where);
    if (!table) return std::unexpected(std::move(table).error());
    tables_.push_back(*std::move(table));
  }
  return {};
}

// From here on the instance stays even if it fails: its functions may stand in tables of others.
InstanceImpl* Instantiation::handToStore() {
  for (auto& memory : memories_) store_.memories.push_back(std::move(memory));
  for (auto& table : tables_) store_.tables.push_back(std::move(table));
  store_.addArtifact(artifact_);
  store_.instances.push_back(std::move(instance_));
  return store_.instances.back().get();
}

Result<void> trapIn(TrapCode code, const char* what, uint32_t segment) {
  Error error = Error::ofTrap(code);
  error.message += std::string(" (active ") + what + " segment " + std::to_string(segment) + ")";
  return std::unexpected(std::move(error));
}

Result<void> Instantiation::applyElements(InstanceImpl& instance) {
  const std::span<const abi::ElemSegment> segments = meta_.elemSegments();
  for (uint32_t i = 0; i < segments.size(); ++i) {
    const abi::ElemSegment& segment = segments[i];
    if (segment.mode == abi::SegmentMode::Passive) continue;
    if (segment.mode == abi::SegmentMode::Active) {
      const uint64_t count = std::max(segment.exprs.count, segment.functions.count);
      const uint64_t to = static_cast<uint32_t>(instance.evaluate(segment.offset).lo);
      const TrapCode code = instance.tableInit(segment.table, i, to, 0, count);
      if (code != TrapCode::None) return trapIn(code, "element", i);
    }
    instance.dropElem(i);
  }
  return {};
}

Result<void> Instantiation::applyData(InstanceImpl& instance) {
  const std::span<const abi::DataSegment> segments = meta_.dataSegments();
  for (uint32_t i = 0; i < segments.size(); ++i) {
    const abi::DataSegment& segment = segments[i];
    if (segment.mode != abi::SegmentMode::Active) continue;
    if (!segment.in_image) {
      const uint64_t offset = instance.evaluate(segment.offset).lo;
      const bool is64 = meta_.memories()[segment.memory].limits.is64 != 0;
      const uint64_t to = is64 ? offset : static_cast<uint32_t>(offset);
      const TrapCode code = instance.memoryInit(segment.memory, i, to, 0, segment.size);
      if (code != TrapCode::None) return trapIn(code, "data", i);
    }
    instance.dropData(i);
  }
  return {};
}

Result<void> Instantiation::runStart(InstanceImpl& instance) {
  if (meta_->start_function == abi::kNone) return {};
  abi::Value value;
  if (Error* failed = invoke(instance.func(meta_->start_function), &value)) return takeError(failed);
  return {};
}

}  // namespace

Result<InstanceImpl*> instantiate(StoreImpl& store, const std::shared_ptr<ModuleImpl>& module,
                                  const std::vector<const Definition*>& imports) {
  return Instantiation(store, module).run(imports);
}

}  // namespace wasmc::detail
