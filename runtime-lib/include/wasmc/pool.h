// Pools of instances of one module: an instance that is given back is reset, and serves again.
#ifndef WASMC_POOL_H
#define WASMC_POOL_H

#include <wasmc/api.h>
#include <wasmc/instance.h>
#include <wasmc/linker.h>
#include <wasmc/module.h>
#include <wasmc/result.h>
#include <wasmc/store.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace wasmc {

namespace detail {
class PoolImpl;
struct PoolSlot;
}  // namespace detail

struct PoolOptions {
  uint32_t max_instances = 1000;  // that exist at a time, in use or waiting
  uint32_t warm_instances = 0;    // made together with the pool
  StoreLimits limits = {};        // of each instance's store
};

// An instance that is in use, in a store of its own. Whoever has it may use both as any other instance and
// store: one thread at a time. Its end gives the instance back to the pool: memories, tables, globals and
// segments get their initial state, everything that was added to the store is destroyed, host data too.
// Handles of the store must not be used after that, and no call into it may be active.
class PooledInstance {
 public:
  PooledInstance(PooledInstance&&) noexcept = default;
  PooledInstance& operator=(PooledInstance&& other) noexcept {
    std::swap(pool_, other.pool_);
    std::swap(slot_, other.slot_);
    return *this;
  }
  WASMC_API ~PooledInstance();

  WASMC_API Instance instance() const;
  StoreRef store() const { return instance().store(); }

 private:
  friend class InstancePool;
  PooledInstance(std::shared_ptr<detail::PoolImpl> pool, detail::PoolSlot* slot)
      : pool_(std::move(pool)), slot_(slot) {}

  std::shared_ptr<detail::PoolImpl> pool_;  // null: moved from
  detail::PoolSlot* slot_;
};

// Usable from any thread: instances are handed out and taken back without a lock. What one user of an
// instance left in it, the next does not see. May be destroyed while instances are in use; they are destroyed
// when they are given back.
class InstancePool {
 public:
  // The imports are looked up once, in `linker`, which is not needed afterwards. It must give the module
  // things of no store: host functions, which all instances share and several threads may call, and shared
  // memories, which the pool does not reset. ErrorCode::Link otherwise, as Linker::instantiate.
  // ErrorCode::Limit if not all of the warm instances can be made.
  WASMC_API static Result<InstancePool> create(const Linker& linker, const Module& module,
                                               const PoolOptions& options = {});

  // An instance as Linker::instantiate makes it. Its start function runs now, if the module has one; before
  // that `prepare`, if given, can put host data into the store. ErrorCode::Limit if all instances of the pool
  // are in use; errors of instantiation, if a new one has to be made.
  WASMC_API Result<PooledInstance> acquire(const std::function<void(StoreRef store)>& prepare = {}) const;

 private:
  explicit InstancePool(std::shared_ptr<detail::PoolImpl> impl) : impl_(std::move(impl)) {}

  std::shared_ptr<detail::PoolImpl> impl_;
};

}  // namespace wasmc

#endif  // WASMC_POOL_H
