// Commands and reactors: how a module that is a WASI program is started.
#include <wasmc/func.h>
#include <wasmc/wasi.h>

#include <algorithm>

namespace wasmc {
namespace {

bool exportsFunction(const Module& module, std::string_view name) {
  const std::vector<ExportType> exports = module.exports();
  return std::any_of(exports.begin(), exports.end(), [name](const ExportType& item) {
    return item.name == name && std::holds_alternative<FuncType>(item.type);
  });
}

Result<void> call(const Instance& instance, std::string_view name) {
  const Result<TypedFunc<void()>> function = instance.func<void()>(name);
  if (!function) return std::unexpected(function.error());
  return (*function)();
}

}  // namespace

bool isCommand(const Module& module) { return exportsFunction(module, "_start"); }

bool isReactor(const Module& module) { return !isCommand(module) && exportsFunction(module, "_initialize"); }

Result<int32_t> runCommand(const Instance& instance) {
  const Result<void> ended = call(instance, "_start");
  if (ended) return 0;
  if (ended.error().code == ErrorCode::Exit) return ended.error().exit_status;
  return std::unexpected(ended.error());
}

Result<void> initializeReactor(const Instance& instance) {
  if (!isReactor(instance.module())) return {};
  return call(instance, "_initialize");
}

}  // namespace wasmc
