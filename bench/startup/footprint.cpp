// What many instances that are alive cost besides the pages that guests wrote to, and system calls.
//
//   wasmc-bench-footprint ARTIFACT live COUNT    COUNT instances of a pool at a time, one page written in
//   each wasmc-bench-footprint ARTIFACT cycle COUNT   one instance of a pool taken and given back COUNT
//   times; to be
//                                                run under `strace -f -c`
#include <unistd.h>
#include <wasmc/wasmc.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "must.h"

namespace {

// Bytes that /proc/self/status says of the process.
uint64_t status(std::string_view name) {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(name)) return std::stoull(line.substr(name.size() + 1)) * 1024;
  return 0;
}

wasmc::PooledInstance use(const wasmc::InstancePool& pool) {
  wasmc::PooledInstance instance = must(pool.acquire());
  (void)must(must(instance.instance().func<uint64_t(uint32_t)>("touch"))(1000));
  return instance;
}

void live(const wasmc::InstancePool& pool, uint64_t count) {
  // Before: an instance that was used, with all that a process has once.
  std::vector<wasmc::PooledInstance> instances;
  instances.reserve(count + 1);
  instances.push_back(use(pool));
  // Pages of the artifact that are mapped belong to the system's cache, whoever maps them.
  const uint64_t memory = status("RssAnon:");
  const uint64_t tables = status("VmPTE:");
  for (uint64_t i = 0; i < count; ++i) instances.push_back(use(pool));
  const auto page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  const auto each = [&](const char* name, uint64_t before) { return (status(name) - before) / count; };
  std::printf("%llu instances; bytes of each: %llu of memory without the written page, %llu of page tables\n",
              static_cast<unsigned long long>(count),
              static_cast<unsigned long long>(each("RssAnon:", memory) - page),
              static_cast<unsigned long long>(each("VmPTE:", tables)));
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc == 4 ? argv[2] : "";
  if (mode != "live" && mode != "cycle") {
    std::fputs("usage: wasmc-bench-footprint ARTIFACT live|cycle COUNT\n", stderr);
    return 2;
  }
  const uint64_t count = std::strtoull(argv[3], nullptr, 10);
  const wasmc::Engine engine;
  const auto pool = must(
      wasmc::InstancePool::create(wasmc::Linker(engine), must(wasmc::Module::load(engine, argv[1])),
                                  {.max_instances = static_cast<uint32_t>(mode == "live" ? count + 1 : 1)}));
  if (mode == "live") {
    live(pool, count);
  } else {
    for (uint64_t i = 0; i < count; ++i) (void)use(pool);
  }
  return 0;
}
