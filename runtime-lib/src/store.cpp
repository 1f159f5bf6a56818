#include <wasmc/store.h>

#include <algorithm>

#include "artifact.h"
#include "func_ref.h"
#include "instance_impl.h"
#include "store_impl.h"
#include "thread_state.h"
#include "type_registry.h"

namespace wasmc {
namespace detail {
namespace {

// Called by guest code in place of a host function that needs an adapter which no artifact of the store has.
void raiseNoAdapter(abi::ImportSlot* slot) {
  const FuncType& type = static_cast<HostFunction*>(slot->env)->type;
  raise(new Error{ErrorCode::Unsupported,
                  "host function of type " + toString(type) +
                      " cannot be called through a table: with several results it must be of the type of an "
                      "imported function of some module in the store",
                  std::nullopt, 0});
}

}  // namespace

StoreImpl::StoreImpl(const Engine& e, const StoreLimits& l)
    : abi::StoreHead(),
      engine(e),
      interruption(std::make_shared<Interruption>(usableInterruptSignal(e.options()))),
      limits(l),
      uses_signals(e.options().signal_handlers),
      memory_budget(std::make_shared<Budget>(l.memory_bytes)),
      table_budget(l.table_elements) {
  abi::StoreHead::epoch = reinterpret_cast<const uint64_t*>(&engine.state_->epoch);
  resetBounds();
  null_instance_.store = this;
}

StoreImpl::~StoreImpl() {
  WASMC_USES_STORE(*this);
  // Memories and tables lie in instances, instances point to host functions; nothing of these calls host
  // code.
  memories.clear();
  tables.clear();
  instances.clear();
  destroyHostObjects();
  host_functions_.clear();
  destroyHostData();
}

void StoreImpl::resetBounds() {
  fuel = static_cast<int64_t>(StoreRef::kUnlimitedFuel);
  fuel_limited = false;
  epoch_deadline = UINT64_MAX;
  // Who still has a handle shall not end what runs for somebody else.
  if (interruption.use_count() > 1)
    interruption = std::make_shared<Interruption>(interruption->signal);
  else
    interruption->clear();
}

bool StoreImpl::rewind(const Mark& to) {
  WASMC_USES_STORE(*this);
  const bool shares = std::any_of(memories.begin() + static_cast<ptrdiff_t>(to.memories), memories.end(),
                                  [](const auto& memory) { return memory->shared() != nullptr; });
  memories.resize(to.memories);
  tables.resize(to.tables);
  instances.resize(to.instances);
  destroyHostObjects();
  host_functions_.resize(to.host_functions);
  destroyHostData();
  globals.clear();
  while (tags.size() > to.tags) tags.pop_back();
  host_slots_.clear();
  unresolved_.clear();
  resetBounds();
  artifacts_.clear();
  for (const std::unique_ptr<InstanceImpl>& instance : instances) artifacts_.insert(&instance->artifact());
  return !shares;
}

// Destructors of the host may add more.
void StoreImpl::destroyHostObjects() {
  while (!extern_boxes.empty()) {
    const std::unique_ptr<ExternBox> box(extern_boxes.back());
    extern_boxes.pop_back();
    box->destroy(box->object);
  }
}

void StoreImpl::destroyHostData() {
  while (!data.empty()) {
    const Data last = data.back();
    data.pop_back();
    last.destroy(last.object);
  }
}

abi::FuncRef* StoreImpl::addHostFunction(HostFunctionPtr function) {
  WASMC_USES_STORE(*this);
  abi::ImportSlot& slot = host_slots_.emplace_back();
  slot.native = function->native;
  slot.env = function.get();
  slot.caller = &null_instance_;
  slot.ref.context = &slot;
  slot.ref.type_id = TypeRegistry::global().intern(function->type);
  slot.ref.flags = kHostFuncRef;
  const bool native = function->type.results.size() <= 1;
  slot.ref.code = native ? slot.native : reinterpret_cast<void*>(&raiseNoAdapter);
  keep(std::move(function));
  if (!native && std::ranges::none_of(artifacts_, [&](const Artifact* a) { return resolve(slot, *a); }))
    unresolved_.push_back(&slot);
  return &slot.ref;
}

bool StoreImpl::resolve(abi::ImportSlot& slot, const Artifact& artifact) const {
  const std::optional<uint32_t> type = artifact.findType(slot.ref.type_id);
  void* adapter = type ? artifact.adapter(*type) : nullptr;
  if (adapter) slot.ref.code = adapter;
  return adapter != nullptr;
}

void StoreImpl::addArtifact(const Artifact& artifact) {
  if (!artifacts_.insert(&artifact).second) return;
  std::erase_if(unresolved_, [&](abi::ImportSlot* slot) {
    if (!resolve(*slot, artifact)) return false;
    updateTables(slot->ref);
    return true;
  });
}

void StoreImpl::updateTables(const abi::FuncRef& ref) {
  for (const std::unique_ptr<TableImpl>& table : tables) {
    if (!table->holdsFunctions()) continue;
    for (uint64_t i = 0; i < table->size(); ++i)
      if (table->get(i) == &ref) table->entries()[i].code = ref.code;
  }
}

abi::Value* StoreImpl::tailArguments() {
  if (!tail_arguments_) tail_arguments_ = std::make_unique<abi::Value[]>(abi::kTailArguments);
  return tail_arguments_.get();
}

bool StoreImpl::ownsMemoryAddress(uintptr_t address) const {
  return std::ranges::any_of(memories, [&](const auto& memory) { return memory->contains(address); });
}

void* findStoreData(StoreImpl* store, const void* type) {
  for (const StoreImpl::Data& d : store->data)
    if (d.type == type) return d.object;
  return nullptr;
}

void setStoreData(StoreImpl* store, const void* type, void* object, void (*destroy)(void*)) {
  WASMC_USES_STORE(*store);
  for (StoreImpl::Data& d : store->data) {
    if (d.type != type) continue;
    const StoreImpl::Data old = std::exchange(d, {type, object, destroy});
    old.destroy(old.object);
    return;
  }
  store->data.push_back({type, object, destroy});
}

ExternBox* makeExternBox(StoreRef store, ExternBox box) {
  WASMC_USES_STORE(*store.impl());
  auto owned = std::make_unique<ExternBox>(box);
  store.impl()->extern_boxes.push_back(owned.get());
  return owned.release();
}

}  // namespace detail

Engine::Engine() : Engine(EngineOptions{}) {}
Engine::Engine(const EngineOptions& options) : state_(std::make_shared<State>(options)) {
  std::optional<Backtraces>& backtraces = state_->options.backtraces;
  if (!backtraces) backtraces = detail::backtracesOfEnvironment();
}

const Engine& StoreRef::engine() const { return impl_->engine; }

void StoreRef::setFuel(uint64_t units) const {
  impl_->fuel = static_cast<int64_t>(std::min(units, kUnlimitedFuel));
  impl_->fuel_limited = units < kUnlimitedFuel;
}

void StoreRef::addFuel(uint64_t units) const {
  const auto added = static_cast<int64_t>(std::min(units, kUnlimitedFuel));
  const bool overflows = impl_->fuel > static_cast<int64_t>(kUnlimitedFuel) - added;
  impl_->fuel = overflows ? static_cast<int64_t>(kUnlimitedFuel) : impl_->fuel + added;
}

uint64_t StoreRef::fuel() const { return static_cast<uint64_t>(std::max<int64_t>(impl_->fuel, 0)); }

void StoreRef::setEpochDeadline(uint64_t ticks) const {
  const uint64_t now = engine().epoch();
  impl_->epoch_deadline = ticks > UINT64_MAX - now ? UINT64_MAX : now + ticks;
}

Store::Store(const Engine& engine, const StoreLimits& limits)
    : impl_(std::make_unique<detail::StoreImpl>(engine, limits)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

}  // namespace wasmc
