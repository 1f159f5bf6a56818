#include "processes.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace wasmc::differential {

Report inChild(const std::function<std::string()>& work) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  std::fflush(stdout);
  const pid_t pid = fork();
  if (pid == 0) {
    alarm(kSecondsPerModule);
    // What it complains of is in its status.
    if (const int null = open("/dev/null", O_WRONLY | O_CLOEXEC); null >= 0) dup2(null, STDERR_FILENO);
    const std::string text = work();
    const char* at = text.data();
    for (size_t left = text.size(); left > 0;) {
      const ssize_t n = write(ends[1], at, left);
      if (n < 0) _exit(1);
      at += n;
      left -= static_cast<size_t>(n);
    }
    _exit(0);
  }
  close(ends[1]);
  Report report{0, {}};
  char buffer[65536];
  for (ssize_t n = 0; (n = read(ends[0], buffer, sizeof(buffer))) > 0;)
    report.text.append(buffer, static_cast<size_t>(n));
  close(ends[0]);
  waitpid(pid, &report.status, 0);
  return report;
}

std::string describeEnd(int status) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
    return "takes more than " + std::to_string(kSecondsPerModule) + " s";
  if (WIFSIGNALED(status)) return std::string("ends the process: ") + strsignal(WTERMSIG(status));
  return "ends the process with status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace wasmc::differential
