#include <wasmc/pool.h>

#include "initialise.h"
#include "instance_impl.h"
#include "instantiate.h"
#include "pool_impl.h"

namespace wasmc {
namespace detail {
namespace {

// Numbers threads in the order of their first call.
size_t threadNumber() {
  static std::atomic<size_t> threads = 0;
  thread_local const size_t number = threads++;
  return number;
}

}  // namespace

void SlotList::push(std::vector<PoolSlot>& slots, uint32_t number) {
  uint64_t head = head_;
  uint64_t changed = 0;
  do {
    slots[number].next_in_list = static_cast<uint32_t>(head);
    changed = ((head >> 32) + 1) << 32 | (number + 1);
  } while (!head_.compare_exchange_weak(head, changed));
}

std::optional<uint32_t> SlotList::pop(std::vector<PoolSlot>& slots) {
  uint64_t head = head_;
  uint64_t changed = 0;
  do {
    if (static_cast<uint32_t>(head) == 0) return std::nullopt;
    changed = ((head >> 32) + 1) << 32 | slots[static_cast<uint32_t>(head) - 1].next_in_list;
  } while (!head_.compare_exchange_weak(head, changed));
  return static_cast<uint32_t>(head) - 1;
}

Result<std::shared_ptr<PoolImpl>> PoolImpl::create(const LinkerImpl& linker, const Module& module,
                                                   const PoolOptions& options) {
  // Nothing belongs to the store that is none.
  const auto found = resolveImports(linker, *module.impl(), StoreRef(nullptr));
  if (!found) return std::unexpected(found.error());
  std::vector<Definition> imports;
  imports.reserve(found->size());
  for (const Definition* definition : *found) imports.push_back(*definition);
  auto pool = std::make_shared<PoolImpl>(module, options, std::move(imports));
  if (Result<void> warmed = pool->warm(); !warmed) return std::unexpected(std::move(warmed).error());
  return pool;
}

PoolImpl::PoolImpl(const Module& module, const PoolOptions& options, std::vector<Definition> imports)
    : module_(module.impl()), options_(options), imports_(std::move(imports)), slots_(options.max_instances) {
  for (uint32_t i = options.max_instances; i > 0; --i) empty_.push(slots_, i - 1);
}

Result<void> PoolImpl::warm() {
  if (options_.warm_instances > options_.max_instances)
    return error(ErrorCode::Limit, "PoolOptions::warm_instances (" + std::to_string(options_.warm_instances) +
                                       ") is more than max_instances (" +
                                       std::to_string(options_.max_instances) + ")");
  for (uint32_t i = 0; i < options_.warm_instances; ++i) {
    const uint32_t number = *empty_.pop(slots_);
    if (Result<void> made = make(slots_[number]); !made) return made;
    made_[0].push(slots_, number);
  }
  return {};
}

Result<void> PoolImpl::make(PoolSlot& slot) const {
  auto store = std::make_unique<StoreImpl>(module_->engine, options_.limits);
  std::vector<const Definition*> imports;
  imports.reserve(imports_.size());
  for (const Definition& definition : imports_) imports.push_back(&definition);
  const Result<InstanceImpl*> instance = instantiateStopped(*store, module_, imports);
  if (!instance) return std::unexpected(instance.error());
  slot.store = std::move(store);
  slot.instance = *instance;
  slot.made = slot.store->mark();
  return {};
}

std::optional<uint32_t> PoolImpl::takeMade() {
  const size_t own = threadNumber();
  for (size_t i = 0; i < made_.size(); ++i)
    if (const std::optional<uint32_t> number = made_[(own + i) % made_.size()].pop(slots_)) return number;
  return std::nullopt;
}

Result<PoolSlot*> PoolImpl::take() {
  if (const std::optional<uint32_t> number = takeMade()) return &slots_[*number];
  const std::optional<uint32_t> number = empty_.pop(slots_);
  if (!number)
    return error(ErrorCode::Limit, "all instances of the pool are in use; PoolOptions::max_instances is " +
                                       std::to_string(options_.max_instances));
  if (Result<void> made = make(slots_[*number]); !made) {
    empty_.push(slots_, *number);
    return std::unexpected(std::move(made).error());
  }
  return &slots_[*number];
}

void PoolImpl::giveBack(PoolSlot& slot) {
  const auto number = static_cast<uint32_t>(&slot - slots_.data());
  if (slot.store->rewind(slot.made) && resetInstance(*slot.instance))
    return made_[threadNumber() % made_.size()].push(slots_, number);
  slot.instance = nullptr;
  slot.store.reset();
  empty_.push(slots_, number);
}

}  // namespace detail

PooledInstance::~PooledInstance() {
  if (pool_) pool_->giveBack(*slot_);
}

Instance PooledInstance::instance() const { return Instance(slot_->instance); }

Result<InstancePool> InstancePool::create(const Linker& linker, const Module& module,
                                          const PoolOptions& options) {
  Result<std::shared_ptr<detail::PoolImpl>> pool = detail::PoolImpl::create(linker.impl(), module, options);
  if (!pool) return std::unexpected(std::move(pool).error());
  return InstancePool(*std::move(pool));
}

Result<PooledInstance> InstancePool::acquire(const std::function<void(StoreRef)>& prepare) const {
  const Result<detail::PoolSlot*> slot = impl_->take();
  if (!slot) return std::unexpected(slot.error());
  PooledInstance instance(impl_, *slot);
  if (prepare) prepare(StoreRef((*slot)->store.get()));
  if (Result<void> started = detail::runStart(*(*slot)->instance); !started)
    return std::unexpected(std::move(started).error());
  return instance;
}

}  // namespace wasmc
