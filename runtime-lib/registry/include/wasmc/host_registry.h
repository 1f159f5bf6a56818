// Host functions in groups, and manifests that say which groups a module gets.
//
//   HostRegistry registry;
//   registry.group("log").define("write", [](uint32_t at, uint32_t length) { … });
//   registry.group("clock").define("now", [] { return now(); });
//   auto manifest = Manifest::parse(R"({"namespaces": ["log"]})");
//   auto linker = registry.link(engine, *manifest, module);   // has log.write, and nothing else
#ifndef WASMC_HOST_REGISTRY_H
#define WASMC_HOST_REGISTRY_H

#include <wasmc/linker.h>
#include <wasmc/module.h>
#include <wasmc/result.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wasmc {

// Which namespaces a module may import from. Hosts with another format than JSON fill it in themselves.
struct Manifest {
  std::vector<std::string> namespaces;

  // From JSON: {"namespaces": ["log", "clock"]}. ErrorCode::Format for anything else: other keys, too.
  static Result<Manifest> parse(std::string_view json);
};

// Complete it first; then it may be used from any thread. Its functions are shared by all linkers that it
// makes.
class HostRegistry {
 public:
  // The functions of one namespace, which is the module name that guests import them from.
  class Group {
   public:
    // As Linker::define. Defining a name again replaces it.
    template <typename F>
    Group& define(std::string_view name, F callable) {
      functions_.insert_or_assign(std::string(name), detail::makeHostFunction(std::move(callable)));
      return *this;
    }
    Group& define(std::string_view name, FuncType type, HostCallback callback) {
      functions_.insert_or_assign(std::string(name),
                                  detail::makeHostFunction(std::move(type), std::move(callback)));
      return *this;
    }
    // For what is more than functions that all modules share, like WASI: called for each linker that gets the
    // namespace. Its error is that of `link`.
    Group& install(std::function<Result<void>(Linker&)> installer) {
      installers_.push_back(std::move(installer));
      return *this;
    }

   private:
    friend class HostRegistry;
    std::map<std::string, detail::HostFunctionPtr> functions_;
    std::vector<std::function<Result<void>(Linker&)>> installers_;
  };

  // The group of that name, a new one if there is none. The reference is valid as long as the registry.
  Group& group(std::string_view name);

  // A linker with the namespaces of the manifest and nothing else. ErrorCode::Link if the manifest names a
  // namespace that is not there, or the module imports what the manifest does not give it, or as another
  // type: the message lists all of that, with types.
  Result<Linker> link(const Engine& engine, const Manifest& manifest, const Module& module) const;

 private:
  std::map<std::string, Group, std::less<>> groups_;
};

}  // namespace wasmc

#endif  // WASMC_HOST_REGISTRY_H
