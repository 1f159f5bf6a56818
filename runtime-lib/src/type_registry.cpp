#include "type_registry.h"

#include <bit>
#include <cstdlib>

namespace wasmc::detail {

TypeRegistry& TypeRegistry::global() {
  // Never destroyed: other static objects may hold modules until the very end.
  static auto* registry = new TypeRegistry;
  return *registry;
}

TypeRegistry::~TypeRegistry() {
  for (std::atomic<Chunk*>& chunk : chunks_) delete chunk.load(std::memory_order_relaxed);
}

size_t TypeRegistry::Hash::operator()(const FuncType& type) const {
  uint64_t h = 0xcbf29ce484222325;
  const auto mix = [&h](uint64_t n) { h = std::rotl((h ^ n) * 0x9e3779b97f4a7c15, 29); };
  for (ValType t : type.params) mix(std::bit_cast<uint64_t>(t));
  mix(0);
  for (ValType t : type.results) mix(std::bit_cast<uint64_t>(t));
  return h;
}

uint32_t TypeRegistry::intern(const FuncType& type) {
  const std::lock_guard lock(mutex_);
  const auto next = static_cast<uint32_t>(ids_.size());
  const auto [entry, added] = ids_.try_emplace(type, next + 1);
  if (!added) return entry->second;
  if (next / kChunk >= kMaxChunks) std::abort();
  std::atomic<Chunk*>& chunk = chunks_[next / kChunk];
  if (!chunk.load(std::memory_order_relaxed)) chunk.store(new Chunk, std::memory_order_release);
  (*chunk.load(std::memory_order_relaxed))[next % kChunk] = type;
  return entry->second;
}

const FuncType& TypeRegistry::type(uint32_t id) const {
  const uint32_t at = id - 1;
  return (*chunks_[at / kChunk].load(std::memory_order_acquire))[at % kChunk];
}

}  // namespace wasmc::detail
