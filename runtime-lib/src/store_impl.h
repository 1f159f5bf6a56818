// What a Store points to.
#ifndef WASMC_STORE_IMPL_H
#define WASMC_STORE_IMPL_H

#include <wasmc/abi/layout.h>
#include <wasmc/detail/host_function.h>
#include <wasmc/extern_ref.h>
#include <wasmc/store.h>
#include <wasmc/tag.h>

#include <cstdint>
#include <list>
#include <memory>
#include <unordered_set>
#include <vector>

#include "interruption.h"
#include "memory_impl.h"
#include "store_use.h"
#include "table_impl.h"

namespace wasmc::detail {

class Artifact;
class InstanceImpl;

struct TagImpl {
  TagType type;
  StoreImpl* store;
};

class StoreImpl : public abi::StoreHead {
 public:
  StoreImpl(const Engine& engine, const StoreLimits& limits);
  ~StoreImpl();
  StoreImpl(const StoreImpl&) = delete;
  StoreImpl& operator=(const StoreImpl&) = delete;

  // A host function that belongs to no instance.
  abi::FuncRef* addHostFunction(HostFunctionPtr function);
  // Keeps a host function that something in the store refers to.
  void keep(HostFunctionPtr function) { host_functions_.push_back(std::move(function)); }
  // To be called when an instance of the artifact is made: gives host functions the adapters that they wait
  // for.
  void addArtifact(const Artifact& artifact);

  // What a store without host objects and host data holds.
  struct Mark {
    size_t instances, memories, tables, tags, host_functions;
  };
  Mark mark() const {
    return {instances.size(), memories.size(), tables.size(), tags.size(), host_functions_.size()};
  }
  // Destroys all that was added since, and takes back the bounds of execution. What it leaves must not refer
  // to any of that. False if a shared memory was among it, which may go on to count against memory_budget.
  bool rewind(const Mark& to);

  // Safe in a signal handler that interrupted guest code of this store.
  bool ownsMemoryAddress(uintptr_t address) const;

  // abi::Value[abi::kTailArguments], made when the first module wants it.
  abi::Value* tailArguments();

  // The header that stands for "no instance" where a header is needed.
  abi::InstanceHeader* nullInstance() { return &null_instance_; }

  UseCheck use_check;
  const Engine engine;
  std::shared_ptr<Interruption> interruption;
  const StoreLimits limits;
  const bool uses_signals;                      // EngineOptions::signal_handlers
  const std::shared_ptr<Budget> memory_budget;  // StoreLimits::memory_bytes
  Budget table_budget;                          // StoreLimits::table_elements
  bool fuel_limited = false;                    // setFuel gave it a number
  std::vector<std::unique_ptr<InstanceImpl>> instances;
  std::vector<std::unique_ptr<MemoryImpl>> memories;
  std::vector<std::unique_ptr<TableImpl>> tables;
  // Lists, because their elements stay in place and none take no memory.
  std::list<abi::Value> globals;  // of the host
  std::list<TagImpl> tags;
  std::vector<ExternBox*> extern_boxes;

  struct Data {
    const void* type;
    void* object;
    void (*destroy)(void*);
  };
  std::vector<Data> data;

 private:
  // Sets the code of a host function's reference; false if no artifact has an adapter for its type.
  bool resolve(abi::ImportSlot& slot, const Artifact& artifact) const;
  void updateTables(const abi::FuncRef& ref);
  void resetBounds();
  void destroyHostObjects();
  void destroyHostData();

  abi::InstanceHeader null_instance_ = {};
  std::unique_ptr<abi::Value[]> tail_arguments_;
  std::list<abi::ImportSlot> host_slots_;
  std::vector<abi::ImportSlot*> unresolved_;
  std::vector<HostFunctionPtr> host_functions_;
  std::unordered_set<const Artifact*> artifacts_;
};

}  // namespace wasmc::detail

#endif  // WASMC_STORE_IMPL_H
