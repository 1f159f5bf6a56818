#include "wasi/context.h"

#include "wasi/directory_reader.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace wasmc::wasi {
namespace {

std::string reason() { return std::strerror(errno); }

Result<void> checkStrings(const WasiConfig& config) {
  for (const std::string& arg : config.args) {
    if (arg.find('\0') != std::string::npos) return error(ErrorCode::Wasi, "an argument contains a NUL byte");
  }
  for (const auto& [name, value] : config.env) {
    if (name.empty() || name.find('=') != std::string::npos) {
      return error(ErrorCode::Wasi,
                   "environment variable '" + name + "': a name is not empty and has no '='");
    }
    if ((name + value).find('\0') != std::string::npos) {
      return error(ErrorCode::Wasi, "environment variable '" + name + "' contains a NUL byte");
    }
  }
  return {};
}

}  // namespace

Result<std::shared_ptr<Context>> Context::create(WasiConfig config, PathResolver::Method method) {
  if (Result<void> ok = checkStrings(config); !ok) return std::unexpected(ok.error());
  auto context = std::make_shared<Context>(config.max_descriptors, method);
  context->args = std::move(config.args);
  for (const auto& [name, value] : config.env) context->environment.push_back(name + "=" + value);
  context->clock = std::move(config.clock);
  context->random = std::move(config.random);
  context->trace = std::move(config.trace);
  context->bytes_left_to_write = config.max_bytes_written;
  context->shared_by_threads = config.shared_by_threads;

  Result<void> ok = context->addInput(config.standard_input);
  if (ok) ok = context->addOutput(config.standard_output, STDOUT_FILENO, "standard output");
  if (ok) ok = context->addOutput(config.standard_error, STDERR_FILENO, "standard error");
  for (const WasiPreopen& preopen : config.preopens) {
    if (ok) ok = context->addPreopen(preopen);
  }
  for (const int fd : config.sockets) {
    if (ok) ok = context->addSocket(fd);
  }
  if (!ok) return std::unexpected(ok.error());
  return context;
}

Result<void> Context::add(Expected<Descriptor> descriptor, const std::string& what) {
  if (!descriptor) return error(ErrorCode::Wasi, what + ": " + errnoName(descriptor.error()));
  if (!fds.insert(std::move(*descriptor))) {
    return error(ErrorCode::Wasi, what + ": more descriptors than max_descriptors allows");
  }
  return {};
}

Result<void> Context::addInput(const WasiInput& input) {
  const std::string what = "standard input";
  Expected<Descriptor> descriptor = Descriptor();
  if (input.kind_ == WasiInput::Kind::Callback) {
    descriptor->base = (rights::kStream | rights::PollFdReadwrite) & ~rights::kNeedsWriteAccess;
    descriptor->input =
        input.read_ ? input.read_ : [](std::span<std::byte>) { return std::optional<size_t>(0); };
    return add(std::move(descriptor), what);
  }
  HostFd fd = HostFd::borrow(STDIN_FILENO);
  if (input.kind_ == WasiInput::Kind::File) {
    fd = HostFd(open(input.path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!fd) return error(ErrorCode::Wasi, what + " from '" + input.path_ + "': " + reason());
  }
  // A host without a standard input (closed before it started) has none to give.
  if (fcntl(fd.get(), F_GETFD) < 0) return addInput(WasiInput());
  return add(describe(std::move(fd), rights::kFile & ~rights::kNeedsWriteAccess, 0), what);
}

Result<void> Context::addOutput(const WasiOutput& output, int inherited, const char* what) {
  Expected<Descriptor> descriptor = Descriptor();
  if (output.kind_ == WasiOutput::Kind::Callback) {
    descriptor->base = rights::kStream & ~rights::FdRead;
    descriptor->output = output.write_ ? output.write_ : [](std::span<const std::byte>) { return true; };
    return add(std::move(descriptor), what);
  }
  HostFd fd = HostFd::borrow(inherited);
  if (output.kind_ == WasiOutput::Kind::File) {
    fd = HostFd(open(output.path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666));
    if (!fd) return error(ErrorCode::Wasi, std::string(what) + " to '" + output.path_ + "': " + reason());
  }
  if (fcntl(fd.get(), F_GETFD) < 0) return addOutput(WasiOutput(), inherited, what);
  return add(describe(std::move(fd), rights::kFile & ~rights::FdRead, 0), what);
}

Result<void> Context::addPreopen(const WasiPreopen& preopen) {
  const std::string what = "directory '" + preopen.host + "'";
  if (preopen.guest.empty() || preopen.guest.find('\0') != std::string::npos) {
    return error(ErrorCode::Wasi, what + ": the guest's name for it is empty or contains a NUL byte");
  }
  HostFd fd(open(preopen.host.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd && errno == ENOTDIR) return error(ErrorCode::Wasi, "'" + preopen.host + "' is not a directory");
  if (!fd) return error(ErrorCode::Wasi, what + ": " + reason());
  Expected<Descriptor> descriptor = describe(std::move(fd), rights::kDirectory, rights::kDirectoryInheriting);
  if (descriptor) {
    descriptor->preopen = preopen.guest;
    descriptor->permissions = preopen.permissions;
  }
  return add(std::move(descriptor), what);
}

Result<void> Context::addSocket(int fd) {
  const std::string what = "socket " + std::to_string(fd);
  Expected<Descriptor> descriptor = describe(HostFd::borrow(fd), rights::kSocket, 0);
  if (descriptor && descriptor->type != FileType::SocketDgram && descriptor->type != FileType::SocketStream) {
    return error(ErrorCode::Wasi, what + " is not a socket");
  }
  return add(std::move(descriptor), what);
}

}  // namespace wasmc::wasi
