#include "code_registry.h"

#include "artifact.h"

namespace wasmc::detail {

CodeRegistry& CodeRegistry::global() {
  // Never destroyed: the signal handler may look at it until the very end.
  static auto* registry = new CodeRegistry;
  return *registry;
}

void CodeRegistry::set(Node& node, uintptr_t begin, uintptr_t end, const Artifact* artifact) {
  // Sequentially consistent, so that a reader that sees a new field also sees the odd version.
  node.version.fetch_add(1);
  node.begin.store(begin);
  node.end.store(end);
  node.artifact.store(artifact);
  node.version.fetch_add(1);
}

void CodeRegistry::add(uintptr_t begin, uintptr_t end, const Artifact& artifact) {
  const std::lock_guard lock(writers_);
  for (Node* node = first_.load(); node; node = node->next)
    if (!node->artifact.load()) return set(*node, begin, end, &artifact);
  auto* node = new Node;
  set(*node, begin, end, &artifact);
  node->next = first_.load();
  first_.store(node);
}

void CodeRegistry::remove(const Artifact& artifact) {
  const std::lock_guard lock(writers_);
  for (Node* node = first_.load(); node; node = node->next)
    if (node->artifact.load() == &artifact) set(*node, 0, 0, nullptr);
}

const Artifact* CodeRegistry::find(uintptr_t pc) const {
  for (const Node* node = first_.load(); node; node = node->next) {
    for (;;) {
      const uint32_t version = node->version.load();
      const bool inside = node->begin.load() <= pc && pc < node->end.load();
      const Artifact* artifact = node->artifact.load();
      if (version % 2 != 0 || node->version.load() != version) continue;
      // Code of artifacts that are linked into the program may lie between code of others.
      if (inside && artifact && artifact->ownsCode(pc)) return artifact;
      break;
    }
  }
  return nullptr;
}

}  // namespace wasmc::detail
