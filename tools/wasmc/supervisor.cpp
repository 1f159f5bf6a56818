#include "supervisor.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <system_error>

namespace wasmc::tool {
namespace {

constexpr std::array kInterrupts = {SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t interrupt = 0;
volatile std::sig_atomic_t child = 0;

void forward(int signal) {
  interrupt = signal;
  if (child > 0) kill(static_cast<pid_t>(child), SIGKILL);
}

// Shared by both processes: whether the child came to its own end. LLVM calls exit(1), too.
bool* sharedFlag() {
  void* page = mmap(nullptr, sizeof(bool), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? nullptr : new (page) bool(false);
}

struct OutOfMemory {
  const char* name;
  bool* finished;
};
OutOfMemory out_of_memory{};

[[noreturn]] void reportOutOfMemory() {
  std::fprintf(stderr, "%s: error: out of memory\n", out_of_memory.name);
  *out_of_memory.finished = true;
  _exit(1);
}

[[noreturn]] void runChild(const std::string& name, const std::function<int()>& work, bool* finished) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (int signal : kInterrupts) std::signal(signal, SIG_DFL);
  out_of_memory = {name.c_str(), finished};
  std::set_new_handler(reportOutOfMemory);
  const int status = work();
  std::fflush(nullptr);
  *finished = true;
  _exit(status);
}

std::string ending(int status) {
  if (!WIFSIGNALED(status)) return "the compiler gave up";
  const int signal = WTERMSIG(status);
  if (signal == SIGKILL) return "the compiler was killed; the machine may have run out of memory";
  return std::string("the compiler was stopped by a signal (") + strsignal(signal) + ")";
}

int failed(const std::string& name, const char* what) {
  std::fprintf(stderr, "%s: error: cannot %s: %s\n", name.c_str(), what,
               std::generic_category().message(errno).c_str());
  return 1;
}

}  // namespace

int supervise(const std::string& name, const std::function<int()>& work) {
  bool* finished = sharedFlag();
  if (!finished) return failed(name, "get memory");
  struct sigaction action{};
  action.sa_handler = forward;
  sigset_t interrupts, before;
  sigemptyset(&interrupts);
  for (int signal : kInterrupts) sigaddset(&interrupts, signal);
  sigprocmask(SIG_BLOCK, &interrupts, &before);
  for (int signal : kInterrupts) {
    struct sigaction old{};
    sigaction(signal, nullptr, &old);
    if (old.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);  // under nohup it stays ignored
  }
  std::fflush(nullptr);
  const pid_t pid = fork();
  if (pid < 0) return failed(name, "start the compiler's process");
  if (pid == 0) {
    sigprocmask(SIG_SETMASK, &before, nullptr);
    runChild(name, work, finished);
  }
  child = pid;
  sigprocmask(SIG_SETMASK, &before, nullptr);

  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (*finished) return WEXITSTATUS(status);
  if (!interrupt)
    std::fprintf(stderr, "%s: error: internal error: %s\n", name.c_str(), ending(status).c_str());
  return 1;
}

int interruptedBy() { return interrupt; }

}  // namespace wasmc::tool
