// wasi-threads: programs that start threads (`wasi.thread-spawn`), as wasi-libc's pthreads do.
#ifndef WASMC_WASI_THREADS_H
#define WASMC_WASI_THREADS_H

#include <wasmc/api.h>
#include <wasmc/linker.h>
#include <wasmc/module.h>
#include <wasmc/result.h>
#include <wasmc/store.h>

#include <cstdint>
#include <functional>
#include <memory>

namespace wasmc {

// Whether the module imports `wasi.thread-spawn`.
WASMC_API bool usesWasiThreads(const Module& module);

// Defines a new shared memory of at most `max_bytes` for each import of one: WasiThreads::create does so
// itself; a program that starts no threads may import one as well. ErrorCode::Limit where it can not be.
WASMC_API Result<void> defineSharedMemories(const Module& module, Linker& linker,
                                            uint64_t max_bytes = UINT64_MAX);

struct WasiThreadsConfig {
  // Called in a thread that trapped or called proc_exit (ErrorCode::Exit), or whose instance could not be
  // made. For the standard this is the end of the program: of all its threads, the one that called `_start`
  // included. That is the host's to do: WasiThreads::interrupt ends the others, an InterruptHandle the call
  // of
  // `_start`. Several threads may get here at the same time.
  std::function<void(const Error& error)> on_end;
  uint32_t max_threads = 1024;             // at a time; thread-spawn fails beyond
  uint64_t max_memory_bytes = UINT64_MAX;  // of each shared memory
  StoreLimits limits;                      // of each thread's store
};

// The threads of one program. Each runs in a store and an instance of its own; the instances share the
// memories that the module imports.
class WasiThreads {
 public:
  // Defines in `linker` what the module imports for its threads: `wasi.thread-spawn`, and a new shared memory
  // for each import of one. The linker must stay in place, and as it is from the first call into the program
  // on: every thread instantiates with it, so it must not hold things of a store. A Wasi object in it must be
  // WasiConfig::shared_by_threads. ErrorCode::Link if the module does not export `wasi_thread_start`.
  WASMC_API static Result<WasiThreads> create(const Module& module, Linker& linker, WasiThreadsConfig config);
  WASMC_API WasiThreads(WasiThreads&&) noexcept;
  WasiThreads& operator=(WasiThreads&&) = delete;
  // Waits until all threads have ended.
  WASMC_API ~WasiThreads();

  // Ends the guest code of all threads, with ErrorCode::Interrupted for `on_end`, and lets no others begin.
  // Returns at once. From any thread, also from `on_end`.
  WASMC_API void interrupt() const;

 private:
  struct Program;
  explicit WasiThreads(std::shared_ptr<Program> program);
  static Result<void> check(const Module& module);

  std::shared_ptr<Program> program_;
};

}  // namespace wasmc

#endif  // WASMC_WASI_THREADS_H
