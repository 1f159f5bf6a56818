#include "driver/workers.h"

#include <llvm/Support/thread.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace wasmc::compiler {

void runTasks(size_t count, unsigned threads, const std::function<void(size_t)>& task) {
  constexpr unsigned kStackSize = 64u << 20;  // address space; only what is touched takes memory
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < count; i = next++) task(i);
  };
  std::vector<llvm::thread> workers;
  for (size_t i = 0; i < std::min<size_t>(threads, count); ++i)
    workers.emplace_back(std::optional<unsigned>(kStackSize), work);
  for (llvm::thread& worker : workers) worker.join();
}

}  // namespace wasmc::compiler
