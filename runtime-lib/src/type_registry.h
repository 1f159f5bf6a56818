// Function types by number: equal types have equal numbers in the whole process, so that an indirect call
// compares one integer. Numbers are never 0 and never reused; types stay for the life of the process.
#ifndef WASMC_TYPE_REGISTRY_H
#define WASMC_TYPE_REGISTRY_H

#include <wasmc/types.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace wasmc::detail {

class TypeRegistry {
 public:
  static TypeRegistry& global();

  TypeRegistry() = default;
  ~TypeRegistry();
  TypeRegistry(const TypeRegistry&) = delete;
  TypeRegistry& operator=(const TypeRegistry&) = delete;

  // The number of a type. Thread-safe. Ends the program if there are more than kMaxTypes, which is beyond any
  // module's limits.
  uint32_t intern(const FuncType& type);
  // The type of a number that intern gave. Thread-safe, takes no lock.
  const FuncType& type(uint32_t id) const;

 private:
  static constexpr uint32_t kChunk = 1024;
  static constexpr uint32_t kMaxChunks = 16384;
  using Chunk = std::array<FuncType, kChunk>;

  struct Hash {
    size_t operator()(const FuncType& type) const;
  };

  std::mutex mutex_;
  std::unordered_map<FuncType, uint32_t, Hash> ids_;
  std::array<std::atomic<Chunk*>, kMaxChunks> chunks_ = {};
};

}  // namespace wasmc::detail

#endif  // WASMC_TYPE_REGISTRY_H
