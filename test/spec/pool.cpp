#include "pool.h"

#include <sys/wait.h>
#include <unistd.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>

namespace wasmc::spec {
namespace {

// A child writes its result to an unnamed file, which holds any amount without anyone reading.
struct Child {
  size_t task;
  std::unique_ptr<FILE, int (*)(FILE*)> output;
};

[[noreturn]] void runChild(const Task& task, FILE* output, unsigned timeout_seconds,
                           const std::function<ScriptResult(const Task&)>& run) {
  alarm(timeout_seconds);
  const std::string text = run(task).serialize();
  const bool written =
      std::fwrite(text.data(), 1, text.size(), output) == text.size() && std::fflush(output) == 0;
  // Nothing that the parent registered may run in the child.
  _exit(written ? 0 : 1);
}

std::string readAll(FILE* file) {
  std::string text;
  char buffer[1 << 16];
  std::rewind(file);
  while (const size_t n = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, n);
  return text;
}

std::string ending(int status, unsigned timeout_seconds) {
  if (WIFEXITED(status)) return "ended with status " + std::to_string(WEXITSTATUS(status)) + " and no result";
  if (WTERMSIG(status) == SIGALRM) return "took longer than " + std::to_string(timeout_seconds) + " s";
  return std::string("crashed: ") + strsignal(WTERMSIG(status));
}

ScriptResult collect(const Task& task, const Child& child, int status, unsigned timeout_seconds) {
  if (status == 0)
    if (std::optional<ScriptResult> result = ScriptResult::parse(readAll(child.output.get()))) return *result;
  return {task.script, task.level, 0, {task.script + ": " + ending(status, timeout_seconds)}, {}, {}};
}

}  // namespace

std::vector<ScriptResult> runInProcesses(const std::vector<Task>& tasks, unsigned jobs,
                                         unsigned timeout_seconds,
                                         const std::function<ScriptResult(const Task&)>& run,
                                         const std::function<void(const ScriptResult&)>& done) {
  std::vector<ScriptResult> results(tasks.size());
  std::map<pid_t, Child> children;
  size_t next = 0;
  while (next < tasks.size() || !children.empty()) {
    if (next < tasks.size() && children.size() < jobs) {
      std::unique_ptr<FILE, int (*)(FILE*)> output(std::tmpfile(), std::fclose);
      const pid_t pid = output ? fork() : -1;
      if (pid == 0) runChild(tasks[next], output.get(), timeout_seconds, run);
      if (pid < 0) {
        std::perror("wasmc-spec: can not start a process");
        std::exit(1);
      }
      children.emplace(pid, Child{next++, std::move(output)});
      continue;
    }
    int status = 0;
    const pid_t pid = wait(&status);
    const auto child = children.find(pid);
    if (child == children.end()) continue;
    const size_t task = child->second.task;
    results[task] = collect(tasks[task], child->second, status, timeout_seconds);
    children.erase(child);
    done(results[task]);
  }
  return results;
}

}  // namespace wasmc::spec
