// Work in processes of its own, which may crash.
#ifndef WASMC_TEST_DIFFERENTIAL_PROCESSES_H
#define WASMC_TEST_DIFFERENTIAL_PROCESSES_H

#include <functional>
#include <string>

namespace wasmc::differential {

struct Report {
  int status;        // as of waitpid: 0 if it came to its end
  std::string text;  // what it returned
};

// In a child process, which is ended by SIGALRM after `kSecondsPerModule`.
Report inChild(const std::function<std::string()>& work);
inline constexpr unsigned kSecondsPerModule = 60;

// "ends the process: Aborted"
std::string describeEnd(int status);

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_PROCESSES_H
