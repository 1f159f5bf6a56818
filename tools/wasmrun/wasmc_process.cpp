#include "wasmc_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>

namespace wasmc::tool {
namespace {

// Waits for a process. Its status as a shell would show it.
int waitFor(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Outcome<std::string> findWasmc() {
  char self[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", self, sizeof(self));
  if (length < 0)
    return failure(std::string("cannot find the folder of wasmrun: /proc/self/exe: ") + strerror(errno));
  std::string path(self, static_cast<size_t>(length));
  path.replace(path.rfind('/') + 1, std::string::npos, "wasmc");
  if (access(path.c_str(), X_OK) != 0) {
    return failure("a .wasm or .wat has to be compiled first, but there is no compiler: '" + path +
                   "': " + strerror(errno) + "; compile it with wasmc elsewhere, and run the .so");
  }
  return path;
}

std::string describeWasmc(const std::string& wasmc) {
  struct stat status;
  if (stat(wasmc.c_str(), &status) != 0) return {};
  return std::to_string(status.st_size) + " " + std::to_string(status.st_mtim.tv_sec) + "." +
         std::to_string(status.st_mtim.tv_nsec);
}

std::vector<std::string> compileArguments(const Options& options) {
  std::vector<std::string> arguments = {"-O" + options.opt_level, "--cpu=" + options.cpu};
  if (options.fuel) arguments.emplace_back("--fuel");
  return arguments;
}

Outcome<void> runWasmc(const std::string& wasmc, std::span<const std::string> arguments,
                       const std::string& file, int output) {
  std::vector<const char*> argv = {wasmc.c_str(), "--emit=so", "-o", "-"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  argv.insert(argv.end(), {"--", file.c_str(), nullptr});

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  // The program's input is not for the compiler.
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  pid_t pid = 0;
  const int error =
      posix_spawn(&pid, wasmc.c_str(), &actions, nullptr, const_cast<char* const*>(argv.data()), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return failure("cannot start '" + wasmc + "': " + strerror(error));

  const int status = waitFor(pid);
  if (status == 0) return {};
  if (status == kExitFailure) return std::unexpected(Failure{kExitFailure, ""});
  return failure("'" + wasmc + "' ended with status " + std::to_string(status) + " while compiling '" + file +
                 "'");
}

}  // namespace wasmc::tool
