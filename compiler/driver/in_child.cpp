// Compilation in a child process. What comes back is one byte, kDone or kFailed, and then the artifact or the
// error.
#include <algorithm>
#include <cstring>
#include <string>

#include "frontend/isolated.h"
#include "wasmc/compiler.h"

namespace wasmc::compiler {
namespace {

enum : uint8_t { kFailed, kDone };

using Bytes = std::vector<uint8_t>;

Bytes done(const Bytes& artifact) {
  Bytes message(1 + artifact.size(), kDone);
  std::copy(artifact.begin(), artifact.end(), message.begin() + 1);
  return message;
}

// The offset, UINT64_MAX for none, then the text. Binary modules have no lines.
Bytes failed(const CompileError& error) {
  const uint64_t offset = error.offset.value_or(UINT64_MAX);
  Bytes message(1 + sizeof offset + error.message.size(), kFailed);
  std::memcpy(message.data() + 1, &offset, sizeof offset);
  std::copy(error.message.begin(), error.message.end(), message.begin() + 1 + sizeof offset);
  return message;
}

CompileError readError(const Bytes& message) {
  CompileError error;
  uint64_t offset = UINT64_MAX;
  std::memcpy(&offset, message.data() + 1, sizeof offset);
  if (offset != UINT64_MAX) error.offset = offset;
  error.message.assign(message.begin() + 1 + sizeof offset, message.end());
  return error;
}

std::expected<Bytes, CompileError> inChild(const std::function<Bytes()>& work) {
  auto message = runIsolated(work);
  if (!message)
    return std::unexpected(CompileError{"the compiler's process failed: " + message.error(), {}, {}, {}});
  if (message->empty() || (message->front() == kFailed && message->size() < 1 + sizeof(uint64_t)))
    return std::unexpected(CompileError{"the compiler's process gave no result", {}, {}, {}});
  if (message->front() == kFailed) return std::unexpected(readError(*message));
  message->erase(message->begin());
  return std::move(*message);
}

}  // namespace

std::expected<std::vector<uint8_t>, CompileError> compileInChild(std::span<const uint8_t> wasm,
                                                                 const CompileOptions& options) {
  return inChild([&] {
    const auto result = compile(wasm, options);
    return result ? done(result->bytes) : failed(result.error());
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
