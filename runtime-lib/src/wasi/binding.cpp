#include "wasi/binding.h"

#include <memory>
#include <span>
#include <string>

namespace wasmc::wasi {

Context* contextOf(const Caller& caller) {
  const auto* context = caller.data<std::shared_ptr<Context>>();
  return context ? context->get() : nullptr;
}

std::unexpected<Error> noContext(const FunctionInfo& info) {
  return error(ErrorCode::Wasi,
               std::string(info.name) + ": the store of the guest was given no WASI (Wasi::giveTo)");
}

GuestMemory memoryOf(const Caller& caller) {
  const Result<Memory> memory = caller.memory();
  if (!memory) [[unlikely]]
    return GuestMemory(nullptr, 0);
  const std::span<uint8_t> bytes = memory->span();
  return GuestMemory(bytes.data(), bytes.size());
}

}  // namespace wasmc::wasi
