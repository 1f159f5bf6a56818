// The public face: makes a context, and hands its functions to a linker.
#include "log.h"
#include "wasi/binding.h"

#include <wasmc/linker.h>
#include <wasmc/wasi.h>

namespace wasmc {
namespace {

// Snapshots that a row of functions.def is part of.
enum Snapshots { PREVIEW1 = 1, UNSTABLE = 2, BOTH = 3 };

constexpr std::string_view kPreview1 = "wasi_snapshot_preview1";
constexpr std::string_view kUnstable = "wasi_unstable";

std::span<const wasi::FunctionInfo> functions() {
  static const wasi::FunctionInfo kFunctions[] = {
#define WASMC_WASI(snapshots, name, function, parameters) \
  {snapshots,                                             \
   #name,                                                 \
   parameters,                                            \
   wasi::Binding<&wasi::function>::kTypes,                \
   wasi::Binding<&wasi::function>::kReturns,              \
   wasi::Binding<&wasi::function>::native(),              \
   &wasi::Binding<&wasi::function>::careful},
#include "wasi/functions.def"
  };
  return kFunctions;
}

}  // namespace

Result<Wasi> Wasi::create(WasiConfig config) {
  if (!config.trace && log::enabled(log::Category::Wasi)) {
    config.trace = [](const std::string& line) { log::write(log::Category::Wasi, "%s", line.c_str()); };
  }
  Result<std::shared_ptr<wasi::Context>> context = wasi::Context::create(std::move(config));
  if (!context) return std::unexpected(context.error());
  return Wasi(std::move(*context));
}

void Wasi::define(Linker& linker, const std::shared_ptr<wasi::Context>& context) {
  for (const wasi::FunctionInfo& info : functions()) {
    const auto function = std::make_shared<wasi::WasiFunction>(info, context);
    if ((info.snapshots & PREVIEW1) != 0) linker.defineHost(kPreview1, info.name, function);
    if ((info.snapshots & UNSTABLE) != 0) linker.defineHost(kUnstable, info.name, function);
  }
}

void Wasi::addTo(Linker& linker) const { define(linker, context_); }

void Wasi::addForStores(Linker& linker) { define(linker, nullptr); }

void Wasi::giveTo(StoreRef store) const { store.setData(context_); }

std::optional<FuncType> wasiFunctionType(std::string_view module, std::string_view name) {
  const int snapshot = module == kPreview1 ? PREVIEW1 : module == kUnstable ? UNSTABLE : 0;
  for (const wasi::FunctionInfo& info : functions()) {
    if ((info.snapshots & snapshot) != 0 && name == info.name) return wasi::WasiFunction(info, nullptr).type;
  }
  return std::nullopt;
}

}  // namespace wasmc
