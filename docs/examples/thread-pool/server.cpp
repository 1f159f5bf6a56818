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

using Steps = wasmc::TypedFunc<int32_t(int64_t)>;

static void answer(int connection, const Steps& steps) {
  char request[32] = {};
  if (read(connection, request, sizeof request - 1) <= 0) return;
  const auto result = steps(std::atoll(request));
  const std::string text = (result ? std::to_string(*result) : result.error().message) + "\n";
  if (write(connection, text.data(), text.size()) < 0) std::perror("write");
}

// One thread: its store and instance are its own, the module's code is everybody's. After a trap the instance
// goes on; a server of several tenants would make a new one for each request.
static void work(const wasmc::Module& module, int listener, std::atomic<int>& requests) {
  const wasmc::Store store(module.engine());
  const auto instance = wasmc::Instance::create(store, module, {});
  if (!instance) return void(std::fprintf(stderr, "%s\n", instance.error().message.c_str()));
  const auto steps = instance->func<int32_t(int64_t)>("steps");
  if (!steps) return void(std::fprintf(stderr, "%s\n", steps.error().message.c_str()));
  while (requests-- > 0) {
    const int connection = accept(listener, nullptr, nullptr);
    if (connection < 0) return std::perror("accept");
    answer(connection, *steps);
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
  const auto module = wasmc::Module::load(wasmc::Engine(), WASM_MODULE_COLLATZ);
  if (!module) return std::fprintf(stderr, "%s\n", module.error().message.c_str()), 1;
  const int listener = listenOnLoopback();
  if (listener < 0) return std::perror("listen"), 1;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { work(*module, listener, requests); });
  for (std::thread& thread : threads) thread.join();
  close(listener);
  return 0;
}
