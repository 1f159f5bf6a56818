// Compilation in a child process. What comes back is the artifact or the error, and then one byte, kDone or
// kFailed.
#include <cstring>
#include <string>
#include <utility>

#include "frontend/isolated.h"
#include "wasmc/compiler.h"

namespace wasmc::compiler {
namespace {

enum : uint8_t { kFailed, kDone };

using Bytes = std::vector<uint8_t>;

Bytes done(Bytes artifact) {
  artifact.push_back(kDone);
  return artifact;
}

// The text, then the offset, UINT64_MAX for none. Binary modules have no lines.
Bytes failed(const CompileError& error) {
  const uint64_t offset = error.offset.value_or(UINT64_MAX);
  Bytes message(error.message.begin(), error.message.end());
  message.resize(message.size() + sizeof offset);
  std::memcpy(message.data() + message.size() - sizeof offset, &offset, sizeof offset);
  message.push_back(kFailed);
  return message;
}

CompileError readError(const Bytes& message) {
  CompileError error;
  uint64_t offset = UINT64_MAX;
  const size_t text = message.size() - sizeof offset;
  std::memcpy(&offset, message.data() + text, sizeof offset);
  if (offset != UINT64_MAX) error.offset = offset;
  error.message.assign(message.begin(), message.begin() + static_cast<ptrdiff_t>(text));
  return error;
}

std::expected<Bytes, CompileError> inChild(const std::function<Bytes()>& work) {
  auto message = runIsolated(work);
  if (!message)
    return std::unexpected(CompileError{"the compiler's process failed: " + message.error(), {}, {}, {}});
  const bool empty = message->empty();
  const uint8_t kind = empty ? uint8_t{kFailed} : message->back();
  if (!empty) message->pop_back();
  if (kind == kDone) return std::move(*message);
  if (message->size() < sizeof(uint64_t))
    return std::unexpected(CompileError{"the compiler's process gave no result", {}, {}, {}});
  return std::unexpected(readError(*message));
}

}  // namespace

std::expected<std::vector<uint8_t>, CompileError> compileInChild(std::span<const uint8_t> wasm,
                                                                 const CompileOptions& options) {
  return inChild([&] {
    auto result = compile(wasm, options);
    return result ? done(std::move(result->bytes)) : failed(result.error());
  });
}

std::expected<void, CompileError> validateInChild(std::span<const uint8_t> wasm,
                                                  const CompileOptions& options) {
  const auto result = inChild([&] {
    const auto valid = validate(wasm, options);
    return valid ? done({}) : failed(valid.error());
  });
  if (!result) return std::unexpected(result.error());
  return {};
}

}  // namespace wasmc::compiler
