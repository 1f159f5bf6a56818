#include "frontend/isolated.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <span>
#include <system_error>

namespace wasmc::compiler {
namespace {

constexpr int kReturned = 0;
constexpr int kCannotWrite = 1;

bool writeAll(int fd, std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes = bytes.subspan(static_cast<size_t>(n));
  }
  return true;
}

std::vector<uint8_t> readAll(int fd) {
  std::vector<uint8_t> bytes;
  std::array<uint8_t, 1 << 16> buffer;
  while (true) {
    const ssize_t n = read(fd, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return bytes;
    bytes.insert(bytes.end(), buffer.begin(), buffer.begin() + n);
  }
}

// Handlers of the host program have no business here, and what a failing library prints is not for its users.
[[noreturn]] void runChild(const std::function<std::vector<uint8_t>()>& work, int result) {
  for (int signal : {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP}) std::signal(signal, SIG_DFL);
  const int null = open("/dev/null", O_RDWR);
  if (null >= 0) {
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
  }
  _exit(writeAll(result, work()) ? kReturned : kCannotWrite);
}

std::string systemError(const char* what) {
  return std::string("cannot ") + what + ": " + std::generic_category().message(errno);
}

}  // namespace

std::expected<std::vector<uint8_t>, std::string> runIsolated(
    const std::function<std::vector<uint8_t>()>& work) {
  std::array<int, 2> fds;
  if (pipe2(fds.data(), O_CLOEXEC) != 0) return std::unexpected(systemError("make a pipe"));
  const pid_t child = fork();
  if (child < 0) {
    auto message = systemError("start a process");
    close(fds[0]);
    close(fds[1]);
    return std::unexpected(std::move(message));
  }
  if (child == 0) runChild(work, fds[1]);
  close(fds[1]);
  std::vector<uint8_t> bytes = readAll(fds[0]);
  close(fds[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return std::unexpected(systemError("wait for a process"));
  if (WIFEXITED(status) && WEXITSTATUS(status) == kReturned) return bytes;
  if (WIFSIGNALED(status))
    return std::unexpected(std::string("it stopped with the signal ") + strsignal(WTERMSIG(status)));
  return std::unexpected("it stopped with the exit status " + std::to_string(WEXITSTATUS(status)));
}

}  // namespace wasmc::compiler
