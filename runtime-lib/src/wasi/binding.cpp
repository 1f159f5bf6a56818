#include "wasi/binding.h"

#include <wasmc/interrupt.h>

#include <memory>
#include <span>
#include <string>

namespace wasmc::wasi {

Context* contextOf(const Caller& caller) {
  const auto* context = caller.data<std::shared_ptr<Context>>();
  return context ? context->get() : nullptr;
}

Error* noContext(const FunctionInfo& info) {
  return new Error(error(ErrorCode::Wasi,
                         std::string(info.name) + ": the store of the guest was given no WASI (Wasi::giveTo)")
                       .error());
}

Error* failureOf(Errno error) {
  // What was waited for has been given up.
  if (error == Errno::Intr && interrupted()) return new Error(Error::ofTrap(TrapCode::Interrupted));
  return nullptr;
}

Error* failureOf(Exit exit) { return new Error(Error::exit(static_cast<int32_t>(exit.status))); }

Error* failureOf(const std::expected<Errno, Exit>& outcome) {
  return outcome ? failureOf(*outcome) : failureOf(outcome.error());
}

namespace {

Error* callFromHost(detail::HostFunction& self, Caller& caller, abi::Value* values) {
  const auto& function = static_cast<WasiFunction&>(self);
  uint64_t raw[kMostSlots + 1] = {};
  for (size_t i = 0; i < function.type.params.size(); ++i) {
    const bool is_i32 = function.type.params[i] == ValType::i32();
    raw[i] = is_i32 ? detail::fromValue<uint32_t>(values[i]) : detail::fromValue<uint64_t>(values[i]);
  }
  return function.info.careful(function, caller, raw, values);
}

}  // namespace

WasiFunction::WasiFunction(const FunctionInfo& row, std::shared_ptr<Context> context)
    : info(row), own(std::move(context)) {
  type.params.assign(row.types.begin(), row.types.end());
  if (row.returns) type.results = {ValType::i32()};
  native = row.native;
  call = &callFromHost;
}

GuestMemory memoryOf(const Caller& caller) {
  const Result<Memory> memory = caller.memory();
  if (!memory) [[unlikely]]
    return GuestMemory(nullptr, 0);
  const std::span<uint8_t> bytes = memory->span();
  return GuestMemory(bytes.data(), bytes.size());
}

}  // namespace wasmc::wasi
