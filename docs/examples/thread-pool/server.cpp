// server REQUESTS: answers so many connections to a port of 127.0.0.1, which it prints, and ends. A request
// is a number; the answer is what the module makes of it, or why it failed.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#include <wasmc/wasmc.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

constexpr int kThreads = 4;

static std::string answer(const wasmc::InstancePool& pool, long long number) {
  const auto used = pool.acquire();
  if (!used) return used.error().message;
  const auto steps = used->instance().func<int32_t(int64_t)>("steps");
  if (!steps) return steps.error().message;
  const auto result = (*steps)(number);
  return result ? std::to_string(*result) : result.error().message;
}

// One thread. Each request has an instance as if it were new, and of what an earlier one left it sees
// nothing, however that ended.
static void work(const wasmc::InstancePool& pool, int listener, std::atomic<int>& requests) {
  while (requests-- > 0) {
    const int connection = accept(listener, nullptr, nullptr);
    if (connection < 0) return std::perror("accept");
    char request[32] = {};
    if (read(connection, request, sizeof request - 1) > 0) {
      const std::string text = answer(pool, std::atoll(request)) + "\n";
      if (write(connection, text.data(), text.size()) < 0) std::perror("write");
    }
    close(connection);
  }
}

static int listenOnLoopback() {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener < 0 || bind(listener, generic, size) != 0 || listen(listener, 64) != 0 ||
      getsockname(listener, generic, &size) != 0)
    return -1;
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return listener;
}

int main(int argc, char** argv) {
  std::atomic<int> requests = argc > 1 ? std::atoi(argv[1]) : 1;
  const wasmc::Engine engine;
  const auto module = wasmc::Module::load(engine, WASM_MODULE_COLLATZ);
  if (!module) return std::fprintf(stderr, "%s\n", module.error().message.c_str()), 1;
  const auto pool = wasmc::InstancePool::create(wasmc::Linker(engine), *module, {.warm_instances = kThreads});
  if (!pool) return std::fprintf(stderr, "%s\n", pool.error().message.c_str()), 1;
  const int listener = listenOnLoopback();
  if (listener < 0) return std::perror("listen"), 1;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back([&] { work(*pool, listener, requests); });
  for (std::thread& thread : threads) thread.join();
  close(listener);
  return 0;
}
