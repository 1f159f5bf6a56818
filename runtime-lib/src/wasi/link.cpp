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

template <auto kFunction>
void define(Linker& linker, Snapshots snapshots, const std::shared_ptr<wasi::Context>& context,
            const wasi::FunctionInfo& info) {
  using Binding = wasi::Binding<kFunction>;
  if ((snapshots & PREVIEW1) != 0) linker.define(kPreview1, info.name, Binding::callable(context, info));
  if ((snapshots & UNSTABLE) != 0) linker.define(kUnstable, info.name, Binding::callable(context, info));
}

void defineAll(Linker& linker, const std::shared_ptr<wasi::Context>& context) {
#define WASMC_WASI(snapshots, name, function, parameters)            \
  {                                                                  \
    static constexpr wasi::FunctionInfo kInfo = {#name, parameters}; \
    define<&wasi::function>(linker, snapshots, context, kInfo);      \
  }
#include "wasi/functions.def"
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

void Wasi::addTo(Linker& linker) const { defineAll(linker, context_); }

void Wasi::addForStores(Linker& linker) { defineAll(linker, nullptr); }

void Wasi::giveTo(StoreRef store) const { store.setData(context_); }

std::optional<FuncType> wasiFunctionType(std::string_view module, std::string_view name) {
  const int snapshot = module == kPreview1 ? PREVIEW1 : module == kUnstable ? UNSTABLE : 0;
#define WASMC_WASI(snapshots, wasi_name, function, parameters) \
  if ((snapshots & snapshot) != 0 && name == #wasi_name) return wasi::Binding<&wasi::function>::type();
#include "wasi/functions.def"
  return std::nullopt;
}

}  // namespace wasmc
