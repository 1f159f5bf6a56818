// Gives modules their imports.
#ifndef WASMC_LINKER_H
#define WASMC_LINKER_H

#include <wasmc/api.h>
#include <wasmc/extern.h>
#include <wasmc/instance.h>
#include <wasmc/module.h>
#include <wasmc/result.h>
#include <wasmc/store.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace wasmc {

class HostRegistry;
class Wasi;

namespace detail {
class LinkerImpl;
}

// Names for things that modules may import. Defining a name again replaces it. Host functions and shared
// memories belong to no store, so a linker that holds nothing else can instantiate modules in many stores,
// and from many threads once it is complete (its host functions must then be thread-safe themselves).
// Memories, tables, globals, functions of instances and instances belong to their store.
class WASMC_API Linker {
 public:
  explicit Linker(const Engine& engine);
  Linker(Linker&&) noexcept;
  Linker& operator=(Linker&&) noexcept;
  ~Linker();

  // A host function from any callable: `linker.define("env", "add", [](int32_t a, int32_t b) { return a + b;
  // })`. Parameters and results: int32_t, uint32_t, int64_t, uint64_t, float, double, V128, Func, ExternRef.
  // A first parameter `Caller&` tells who calls. It may return nothing, one result, a std::tuple of them, or
  // a Result<> of these: an error ends the guest's call. It must not throw. Recursion of guest and host is
  // fine.
  template <typename F>
    requires(!std::is_convertible_v<F, Extern> && !std::is_same_v<F, SharedMemory>)
  void define(std::string_view module, std::string_view name, F callable) {
    defineHost(module, name, detail::makeHostFunction(std::move(callable)));
  }
  // A host function of a type that is known only at run time.
  void define(std::string_view module, std::string_view name, FuncType type, HostCallback callback) {
    defineHost(module, name, detail::makeHostFunction(std::move(type), std::move(callback)));
  }
  // A function, memory, table, global or tag that exists.
  void define(std::string_view module, std::string_view name, const Extern& item);
  // A memory that each store with a module that imports it gets to share.
  void define(std::string_view module, std::string_view name, const SharedMemory& memory);
  // All exports of an instance, under the name of a module.
  void defineInstance(std::string_view module, const Instance& instance);

  // The type of what is defined under that name; none if nothing is.
  std::optional<ExternType> typeOf(std::string_view module, std::string_view name) const;

  // Makes an instance: resolves imports, creates what the module defines, applies its active segments, runs
  // its start function. A missing import, or one of an incompatible type: ErrorCode::Link; the message lists
  // all of them. A trap in a segment or the start function: ErrorCode::Trap; what was written to imported
  // memories and tables before stays.
  Result<Instance> instantiate(StoreRef store, const Module& module) const;

  const detail::LinkerImpl& impl() const { return *impl_; }

 private:
  friend class HostRegistry;
  friend class Wasi;
  void defineHost(std::string_view module, std::string_view name, detail::HostFunctionPtr function);

  std::unique_ptr<detail::LinkerImpl> impl_;
};

}  // namespace wasmc

#endif  // WASMC_LINKER_H
