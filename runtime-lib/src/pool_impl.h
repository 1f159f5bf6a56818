// What an InstancePool points to.
#ifndef WASMC_POOL_IMPL_H
#define WASMC_POOL_IMPL_H

#include <wasmc/pool.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "resolve.h"
#include "store_impl.h"

namespace wasmc::detail {

// An instance and its store, or room for them. Used by one thread at a time: by whoever took its number from
// a list.
struct alignas(64) PoolSlot {
  std::unique_ptr<StoreImpl> store;  // null: not made
  InstanceImpl* instance = nullptr;
  StoreImpl::Mark made = {};               // what belongs to the instance itself
  std::atomic<uint32_t> next_in_list = 0;  // number + 1; 0: the last one
};

// A stack of slots. No locks: a thread that stops in the middle hinders no other.
class alignas(64) SlotList {  // a cache line of its own
 public:
  void push(std::vector<PoolSlot>& slots, uint32_t number);
  std::optional<uint32_t> pop(std::vector<PoolSlot>& slots);

 private:
  // The first slot's number + 1, and above it a count of changes: a slot that was taken and put back
  // meanwhile is noticed.
  std::atomic<uint64_t> head_ = 0;
};

class PoolImpl {
 public:
  static Result<std::shared_ptr<PoolImpl>> create(const LinkerImpl& linker, const Module& module,
                                                  const PoolOptions& options);
  PoolImpl(const Module& module, const PoolOptions& options, std::vector<Definition> imports);

  // A slot with an instance whose start function has not run.
  Result<PoolSlot*> take();
  // Resets the instance; one that cannot be reset is destroyed.
  void giveBack(PoolSlot& slot);

 private:
  Result<void> warm();
  // The slot gets an instance; nothing stays in it if that fails.
  Result<void> make(PoolSlot& slot) const;
  std::optional<uint32_t> takeMade();

  const std::shared_ptr<ModuleImpl> module_;
  const PoolOptions options_;
  const std::vector<Definition> imports_;  // in the module's order
  std::vector<PoolSlot> slots_;
  // Of slots with an instance. Each thread has a list that it looks at first and gives back to, so that
  // threads do not fight for one cache line, and get what is in their processor's cache.
  std::array<SlotList, 16> made_;
  SlotList empty_;
};

}  // namespace wasmc::detail

#endif  // WASMC_POOL_IMPL_H
