#include "instantiate.h"

#include <cstring>

#include "artifact.h"
#include "func_ref.h"
#include "initialise.h"
#include "instance_impl.h"
#include "store_impl.h"

namespace wasmc::detail {
namespace {

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
    initialiseGlobals(*instance_);
    // What can fail for lack of resources comes before anything that others can see.
    if (Result<void> made = makeMemories(); !made) return std::unexpected(std::move(made).error());
    if (Result<void> made = makeTables(); !made) return std::unexpected(std::move(made).error());
    InstanceImpl* instance = handToStore();
    if (Result<void> done = applySegments(*instance); !done) return std::unexpected(std::move(done).error());
    return instance;
  }

 private:
  void bindImports(const std::vector<const Definition*>& imports);
  void bindFunction(uint32_t index, const Definition& definition);
  void bindHostFunction(abi::ImportSlot& slot, uint32_t index, void* native, void* env);
  void fillTypeIds();
  void fillFuncRefs();
  void makeTags();
  Result<void> makeMemories();
  Result<void> makeTables();
  InstanceImpl* handToStore();

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

Result<void> Instantiation::makeMemories() {
  for (uint32_t i = 0; i < layout_.counts().defined_memories; ++i) {
    const abi::MemoryType& type = meta_.memories()[layout_.counts().imported_memories + i];
    auto& where = instance_->at<abi::MemoryInstance>(layout_.definedMemory(i));
    Result<std::unique_ptr<MemoryImpl>> memory =
        MemoryImpl::create(store_, {toLimits(type.limits)}, artifact_.memoryGuard(), &where);
    if (!memory) return std::unexpected(std::move(memory).error());
    memories_.push_back(*std::move(memory));
  }
  loadImage(*instance_);
  const abi::InstanceCounts& counts = layout_.counts();
  if (counts.imported_memories + counts.defined_memories > 0)
    artifact_.showDebuggers(instance_->memory(0).base);
  return {};
}

Result<void> Instantiation::makeTables() {
  for (uint32_t i = 0; i < layout_.counts().defined_tables; ++i) {
    const abi::TableType& type = meta_.tables()[layout_.counts().imported_tables + i].type;
    auto& where = instance_->at<abi::TableInstance>(layout_.definedTable(i));
    Result<std::unique_ptr<TableImpl>> table =
        TableImpl::create(store_, toTableType(type), initialElement(*instance_, i), &where);
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

}  // namespace

Result<InstanceImpl*> instantiateStopped(StoreImpl& store, const std::shared_ptr<ModuleImpl>& module,
                                         const std::vector<const Definition*>& imports) {
  WASMC_USES_STORE(store);
  return Instantiation(store, module).run(imports);
}

Result<InstanceImpl*> instantiate(StoreImpl& store, const std::shared_ptr<ModuleImpl>& module,
                                  const std::vector<const Definition*>& imports) {
  Result<InstanceImpl*> instance = instantiateStopped(store, module, imports);
  if (!instance) return instance;
  if (Result<void> started = runStart(**instance); !started)
    return std::unexpected(std::move(started).error());
  return instance;
}

}  // namespace wasmc::detail
