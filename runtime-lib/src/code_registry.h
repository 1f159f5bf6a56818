// Which machine code belongs to which artifact. Read by the signal handler: lookups take no lock and allocate
// nothing.
#ifndef WASMC_CODE_REGISTRY_H
#define WASMC_CODE_REGISTRY_H

#include <wasmc/abi/descriptor.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>

namespace wasmc::detail {

class Artifact;

class CodeRegistry {
 public:
  static CodeRegistry& global();

  // The artifact must stay until it is removed.
  void add(uintptr_t begin, uintptr_t end, const Artifact& artifact);
  void remove(const Artifact& artifact);

  // The artifact whose code contains `pc`. The caller must know that this artifact stays: because it runs on
  // this thread.
  const Artifact* find(uintptr_t pc) const;

 private:
  // Nodes are never freed, only reused. `version` is odd while a node changes.
  struct Node {
    std::atomic<uint32_t> version = 0;
    std::atomic<uintptr_t> begin = 0;
    std::atomic<uintptr_t> end = 0;
    std::atomic<const Artifact*> artifact = nullptr;
    Node* next = nullptr;
  };
  static void set(Node& node, uintptr_t begin, uintptr_t end, const Artifact* artifact);

  std::mutex writers_;
  std::atomic<Node*> first_ = nullptr;
};

}  // namespace wasmc::detail

#endif  // WASMC_CODE_REGISTRY_H
