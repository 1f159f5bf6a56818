#include "supervisor.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <system_error>
#include <thread>

namespace wasmc::tool {
namespace {

constexpr std::array kInterrupts = {SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t interrupt = 0;
volatile std::sig_atomic_t child = 0;
volatile std::sig_atomic_t timed_out = 0;

void forward(int signal) {
  interrupt = signal;
  if (child > 0) kill(static_cast<pid_t>(child), SIGKILL);
}

void endForTime(int) {
  timed_out = 1;
  if (child > 0) kill(static_cast<pid_t>(child), SIGKILL);
}

void startTimer(double seconds) {
  struct sigaction action{};
  action.sa_handler = endForTime;
  sigaction(SIGALRM, &action, nullptr);
  const auto whole = static_cast<time_t>(seconds);
  const auto rest = static_cast<suseconds_t>((seconds - static_cast<double>(whole)) * 1e6);
  const itimerval once{{0, 0}, {whole, whole == 0 && rest == 0 ? 1 : rest}};
  setitimer(ITIMER_REAL, &once, nullptr);
}

// Shared by both processes: whether the child came to its own end. LLVM calls exit(1), too.
bool* sharedFlag() {
  void* page = mmap(nullptr, sizeof(bool), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? nullptr : new (page) bool(false);
}

struct OutOfMemory {
  const char* name;
  uint64_t limit;  // that --max-memory set, or 0
  bool* finished;
};
OutOfMemory out_of_memory{};

[[noreturn]] void reportOutOfMemory() {
  if (out_of_memory.limit)
    std::fprintf(stderr, "%s: error: needs more than %llu bytes of memory (--max-memory)\n",
                 out_of_memory.name, static_cast<unsigned long long>(out_of_memory.limit));
  else
    std::fprintf(stderr, "%s: error: out of memory\n", out_of_memory.name);
  *out_of_memory.finished = true;
  _exit(1);
}

uint64_t residentBytes() {
  // The second number of statm, in pages.
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (!file) return 0;
  char line[128] = {};
  const bool read = std::fgets(line, sizeof line, file) != nullptr;
  std::fclose(file);
  if (!read) return 0;
  char* resident = nullptr;
  std::strtoull(line, &resident, 10);
  return std::strtoull(resident, nullptr, 10) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

// Ends the process when it holds more. A limit of the system (RLIMIT_AS, RLIMIT_DATA) would count address
// space, of which the threads' stacks reserve much more than they use.
void watchMemory(uint64_t bytes) {
  std::thread([bytes] {
    while (residentBytes() <= bytes) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    reportOutOfMemory();
  }).detach();
}

[[noreturn]] void runChild(const std::string& name, uint64_t max_memory, const std::function<int()>& work,
                           bool* finished) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (int signal : kInterrupts) std::signal(signal, SIG_DFL);
  out_of_memory = {name.c_str(), max_memory, finished};
  if (max_memory) watchMemory(max_memory);
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

int supervise(const std::string& name, const Limits& limits, const std::function<int()>& work) {
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
    runChild(name, limits.memory, work, finished);
  }
  child = pid;
  if (limits.seconds > 0) startTimer(limits.seconds);
  sigprocmask(SIG_SETMASK, &before, nullptr);

  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (*finished) return WEXITSTATUS(status);
  if (timed_out) {
    std::fprintf(stderr, "%s: error: not compiled after %g seconds (--timeout)\n", name.c_str(),
                 limits.seconds);
    return 1;
  }
  if (!interrupt)
    std::fprintf(stderr, "%s: error: internal error: %s\n", name.c_str(), ending(status).c_str());
  return 1;
}

int interruptedBy() { return interrupt; }

}  // namespace wasmc::tool
