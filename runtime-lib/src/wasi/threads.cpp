// The threads of a program: a host thread, a store and an instance for each.
#include <wasmc/func.h>
#include <wasmc/instance.h>
#include <wasmc/interrupt.h>
#include <wasmc/shared_memory.h>
#include <wasmc/wasi_threads.h>

#include <pthread.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>

namespace wasmc {
namespace {

constexpr char kModule[] = "wasi";
constexpr char kSpawn[] = "thread-spawn";
constexpr char kStart[] = "wasi_thread_start";
using Start = void(int32_t thread, int32_t argument);

// Numbers of threads are positive, and the standard keeps the highest bits.
constexpr int32_t kLastThread = (1 << 29) - 1;
// What thread-spawn returns if there is no thread: any negative number.
constexpr int32_t kNoThread = -1;

FuncType startType() { return {{ValType::i32(), ValType::i32()}, {}}; }

}  // namespace

struct WasiThreads::Program {
  Program(const Module& m, const Linker& l, WasiThreadsConfig c)
      : module(m), linker(l), config(std::move(c)) {}

  // The number of the new thread, or kNoThread.
  int32_t spawn(int32_t argument);
  // Runs one thread of the program, in the calling thread of the host.
  Result<void> run(int32_t number, int32_t argument);
  // The number of the next thread, or kNoThread.
  int32_t take();
  void give(int32_t number);
  // Ends the guest code of all threads. No other starts.
  void interrupt();
  // Waits for the last thread, after which no other starts.
  void close();

  const Module module;
  const Linker& linker;
  const WasiThreadsConfig config;
  std::mutex lock;
  std::condition_variable ended;
  uint32_t running = 0;
  int32_t last = 0;
  bool closed = false;
  std::map<int32_t, InterruptHandle> handles;  // of running threads, by number
};

namespace {

// What a new host thread is given. The program is there until the thread has given its number back.
template <typename Program>
struct Job {
  Program& program;
  int32_t number;
  int32_t argument;
};

template <typename Program>
void* runJob(void* pointer) {
  const std::unique_ptr<Job<Program>> job(static_cast<Job<Program>*>(pointer));
  Program& program = job->program;
  {
    const Result<void> ended = program.run(job->number, job->argument);
    if (!ended && program.config.on_end) program.config.on_end(ended.error());
  }
  program.give(job->number);
  return nullptr;
}

}  // namespace

int32_t WasiThreads::Program::take() {
  const std::lock_guard guard(lock);
  if (closed || running >= config.max_threads || last == kLastThread) return kNoThread;
  ++running;
  return ++last;
}

void WasiThreads::Program::give(int32_t number) {
  const std::lock_guard guard(lock);
  handles.erase(number);
  --running;
  ended.notify_all();
}

void WasiThreads::Program::close() {
  std::unique_lock guard(lock);
  ended.wait(guard, [&] { return running == 0; });
  closed = true;
}

int32_t WasiThreads::Program::spawn(int32_t argument) {
  const int32_t number = take();
  if (number == kNoThread) return kNoThread;
  auto* job = new Job<Program>{*this, number, argument};  // the thread's, as soon as there is one
  pthread_t thread;
  if (pthread_create(&thread, nullptr, &runJob<Program>, job) != 0) {
    delete job;
    give(number);
    return kNoThread;
  }
  pthread_detach(thread);
  return number;
}

void WasiThreads::Program::interrupt() {
  const std::lock_guard guard(lock);
  closed = true;
  for (const auto& [number, handle] : handles) handle.interrupt();
}

Result<void> WasiThreads::Program::run(int32_t number, int32_t argument) {
  const Store store(module.engine(), config.limits);
  {
    const std::lock_guard guard(lock);
    const auto [place, added] = handles.emplace(number, store.interruptHandle());
    if (closed) place->second.interrupt();
  }
  const Result<Instance> instance = linker.instantiate(store, module);
  if (!instance) return std::unexpected(instance.error());
  const Result<TypedFunc<Start>> start = instance->func<Start>(kStart);
  if (!start) return std::unexpected(start.error());
  return (*start)(number, argument);
}

bool usesWasiThreads(const Module& module) {
  return std::ranges::any_of(module.imports(), [](const ImportType& import) {
    return import.module == kModule && import.name == kSpawn;
  });
}

Result<void> WasiThreads::check(const Module& module) {
  const auto isStart = [](const ExportType& item) {
    const auto* type = std::get_if<FuncType>(&item.type);
    return item.name == kStart && type != nullptr && *type == startType();
  };
  if (std::ranges::any_of(module.exports(), isStart)) return {};
  return error(ErrorCode::Link, std::string("the module imports ") + kModule + "." + kSpawn +
                                    " and does not export the " + toString(ExternType(startType())) +
                                    " named '" + kStart + "' that its threads would run");
}

Result<void> defineSharedMemories(const Module& module, Linker& linker, uint64_t max_bytes) {
  for (const ImportType& import : module.imports()) {
    const auto* type = std::get_if<MemoryType>(&import.type);
    if (type == nullptr || !type->limits.shared) continue;
    const Result<SharedMemory> memory = SharedMemory::create(*type, max_bytes, module.memoryGuard());
    if (!memory) return std::unexpected(memory.error());
    linker.define(import.module, import.name, *memory);
  }
  return {};
}

Result<WasiThreads> WasiThreads::create(const Module& module, Linker& linker, WasiThreadsConfig config) {
  if (Result<void> checked = check(module); !checked) return std::unexpected(checked.error());
  if (Result<void> done = defineSharedMemories(module, linker, config.max_memory_bytes); !done)
    return std::unexpected(done.error());
  auto program = std::make_shared<Program>(module, linker, std::move(config));
  // The linker does not keep the program: a thread's own share of it would never let go.
  linker.define(kModule, kSpawn, [weak = std::weak_ptr(program)](int32_t argument) {
    const std::shared_ptr<Program> alive = weak.lock();
    return alive ? alive->spawn(argument) : kNoThread;
  });
  return WasiThreads(std::move(program));
}

WasiThreads::WasiThreads(std::shared_ptr<Program> program) : program_(std::move(program)) {}
WasiThreads::WasiThreads(WasiThreads&&) noexcept = default;

WasiThreads::~WasiThreads() {
  if (program_) program_->close();
}

void WasiThreads::interrupt() const { program_->interrupt(); }

}  // namespace wasmc
