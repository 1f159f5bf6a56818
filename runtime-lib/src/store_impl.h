// What a Store points to.
#ifndef WASMC_STORE_IMPL_H
#define WASMC_STORE_IMPL_H

#include <wasmc/abi/layout.h>
#include <wasmc/detail/host_function.h>
#include <wasmc/extern_ref.h>
#include <wasmc/store.h>
#include <wasmc/tag.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_set>
#include <vector>

#include "memory_impl.h"
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
  void keep(HostFunctionPtr function) { host_functions_.insert(std::move(function)); }
  // To be called when an instance of the artifact is made: gives host functions the adapters that they wait
  // for.
  void addArtifact(const Artifact& artifact);

  // Safe in a signal handler that interrupted guest code of this store.
  bool ownsMemoryAddress(uintptr_t address) const;

  // abi::Value[abi::kTailArguments], made when the first module wants it.
  abi::Value* tailArguments();

  // The header that stands for "no instance" where a header is needed.
  abi::InstanceHeader* nullInstance() { return &null_instance_; }

  const Engine engine;
  const StoreLimits limits;
  const bool uses_signals;                            // EngineOptions::signal_handlers
  const std::shared_ptr<MemoryBudget> memory_budget;  // StoreLimits::memory_bytes
  bool fuel_limited = false;                          // setFuel gave it a number
  std::vector<std::unique_ptr<InstanceImpl>> instances;
  std::vector<std::unique_ptr<MemoryImpl>> memories;
  std::vector<std::unique_ptr<TableImpl>> tables;
  std::deque<abi::Value> globals;  // of the host
  std::deque<TagImpl> tags;
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

  abi::InstanceHeader null_instance_ = {};
  std::unique_ptr<abi::Value[]> tail_arguments_;
  std::deque<abi::ImportSlot> host_slots_;
  std::vector<abi::ImportSlot*> unresolved_;
  std::unordered_set<HostFunctionPtr> host_functions_;
  std::unordered_set<const Artifact*> artifacts_;
};

}  // namespace wasmc::detail

#endif  // WASMC_STORE_IMPL_H
