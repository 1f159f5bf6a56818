// WASI for hosts in C: what a configuration gives to a guest.
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "guest.h"

namespace wasmc::test {
namespace {

namespace fs = std::filesystem;

using Linker = Owned<wasmc_linker_t, wasmc_linker_delete>;
using Capture = Owned<wasmc_capture_t, wasmc_capture_delete>;

// Functions that make one call each and return its error, or what it gave.
constexpr char kGuest[] = R"((module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\03\00\00\00")
  (data (i32.const 8) "\40\00\00\00\08\00\00\00")
  (data (i32.const 16) "out")
  (func (export "write") (param i32) (result i32)
    (call $write (local.get 0) (i32.const 0) (i32.const 1) (i32.const 32)))
  (func (export "read") (result i32)
    (call $read (i32.const 0) (i32.const 8) (i32.const 1) (i32.const 32)))
  (func (export "first byte read") (result i32) (i32.load8_u (i32.const 64)))
  (func (export "realtime") (result i32)
    (drop (call $time (i32.const 0) (i64.const 0) (i32.const 40))) (i32.load (i32.const 40)))
  (func (export "monotonic") (result i32)
    (drop (call $time (i32.const 1) (i64.const 0) (i32.const 40))) (i32.load (i32.const 40)))
  (func (export "random") (result i32)
    (drop (call $random (i32.const 48) (i32.const 4))) (i32.load (i32.const 48)))
  (func (export "create") (result i32)
    (call $open (i32.const 3) (i32.const 0) (i32.const 16) (i32.const 3) (i32.const 1) (i64.const 64)
                (i64.const 0) (i32.const 0) (i32.const 32)))
  (func (export "_start") (call $exit (i32.const 7)))))";

// Numbers of the standard.
enum : int32_t { kSuccess = 0, kIo = 29, kNospc = 51, kRofs = 69 };

class CApiWasi : public CApi {
 protected:
  CApiWasi() { fs::create_directories(folder()); }
  ~CApiWasi() override {
    wasmc_wasi_config_delete(config_);
    fs::remove_all(folder());
  }
  static fs::path folder() { return testing::TempDir() + "c_api_wasi." + std::to_string(getpid()); }

  wasmc_wasi_config_t* config() { return config_; }
  // Makes the guest, with what has been configured.
  void start() {
    ASSERT_TRUE(wasmc_linker_define_wasi(linker_.get(), std::exchange(config_, nullptr)))
        << wasmc_last_error();
    instance_.reset(wasmc_linker_instantiate(linker_.get(), store.get(), load(kGuest).get(), nullptr));
    ASSERT_TRUE(instance_) << wasmc_last_error();
  }
  int32_t run(const char* function, std::vector<wasm_val_t> args = {}) const {
    const Owned<wasm_extern_t, wasm_extern_delete> item(wasmc_instance_export(instance_.get(), function));
    return callI32(wasm_extern_as_func(item.get()), std::move(args));
  }
  int32_t write(int32_t fd) const { return run("write", {WASM_I32_VAL(fd)}); }
  const wasm_instance_t* instance() const { return instance_.get(); }

 private:
  const Linker linker_{wasmc_linker_new(engine.get())};
  wasmc_wasi_config_t* config_ = wasmc_wasi_config_new();
  Instance instance_;
};

std::string contents(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(CApiWasi, AProgramRunsWithCapturedOutput) {
  const Capture output(wasmc_wasi_config_capture(config(), WASMC_STDOUT));
  start();
  EXPECT_EQ(write(STDOUT_FILENO), kSuccess);
  EXPECT_STREQ(wasmc_capture_bytes(output.get()), "out");
  int32_t status = 0;
  EXPECT_TRUE(wasmc_run_command(instance(), &status, nullptr)) << wasmc_last_error();
  EXPECT_EQ(status, 7);
}

TEST_F(CApiWasi, InputComesFromAFunctionOfTheHost) {
  char letter = 'x';
  wasmc_wasi_config_set_input(
      config(),
      [](void* env, byte_t* buffer, size_t size) -> ptrdiff_t {
        EXPECT_EQ(size, 8u);
        *buffer = *static_cast<char*>(env);
        return *buffer == 'x' ? 1 : -1;
      },
      &letter);
  start();
  EXPECT_EQ(run("read"), kSuccess);
  EXPECT_EQ(run("first byte read"), 'x');
  letter = 'y';
  EXPECT_EQ(run("read"), kIo);
}

TEST_F(CApiWasi, OutputGoesToAFunctionOfTheHost) {
  std::string written;
  wasmc_wasi_config_set_output(
      config(), WASMC_STDERR,
      [](void* env, const byte_t* bytes, size_t size) {
        static_cast<std::string*>(env)->append(bytes, size);
        return static_cast<std::string*>(env)->size() < 6;
      },
      &written);
  start();
  EXPECT_EQ(write(STDERR_FILENO), kSuccess);
  EXPECT_EQ(written, "out");
  EXPECT_EQ(write(STDERR_FILENO), kIo);
}

TEST_F(CApiWasi, StandardStreamsAreFiles) {
  std::ofstream(folder() / "in") << "input";
  wasmc_wasi_config_set_stdin_file(config(), (folder() / "in").c_str());
  wasmc_wasi_config_set_output_file(config(), WASMC_STDOUT, (folder() / "out").c_str());
  start();
  EXPECT_EQ(run("read"), kSuccess);
  EXPECT_EQ(run("first byte read"), 'i');
  EXPECT_EQ(write(STDOUT_FILENO), kSuccess);
  EXPECT_EQ(contents(folder() / "out"), "out");
}

TEST_F(CApiWasi, ClocksAreTheHostsWhereItSetsThem) {
  uint64_t offset = 100;
  wasmc_wasi_config_set_clock(
      config(), [](void* env, wasmc_clock_t clock) { return *static_cast<uint64_t*>(env) + clock; }, &offset);
  start();
  EXPECT_EQ(run("realtime"), 100 + WASMC_CLOCK_REALTIME);
  EXPECT_EQ(run("monotonic"), 100 + WASMC_CLOCK_MONOTONIC);
}

TEST_F(CApiWasi, RandomBytesAreTheHostsWhereItSetsThem) {
  int fill = 5;
  wasmc_wasi_config_set_random(
      config(),
      [](void* env, byte_t* buffer, size_t size) { std::memset(buffer, *static_cast<int*>(env), size); },
      &fill);
  start();
  EXPECT_EQ(run("random"), 0x05050505);
}

TEST_F(CApiWasi, ADirectoryGivesWhatItsPermissionsSay) {
  wasmc_wasi_config_add_preopen(config(), folder().c_str(), "/",
                                WASMC_READ_WRITE & ~WASMC_CHANGE_DIRECTORIES);
  start();
  EXPECT_EQ(run("create"), kRofs);
  EXPECT_TRUE(fs::is_empty(folder()));
}

TEST_F(CApiWasi, ADirectoryCanBeGivenWhole) {
  wasmc_wasi_config_add_preopen(config(), folder().c_str(), "/", WASMC_READ_WRITE);
  start();
  EXPECT_EQ(run("create"), kSuccess);
  EXPECT_TRUE(fs::exists(folder() / "out"));
}

TEST_F(CApiWasi, ADirectoryThatIsNotThereIsAnError) {
  const Linker linker(wasmc_linker_new(engine.get()));
  wasmc_wasi_config_t* missing = wasmc_wasi_config_new();
  wasmc_wasi_config_add_preopen(missing, "/nowhere", "/", WASMC_READ_ONLY);
  EXPECT_FALSE(wasmc_linker_define_wasi(linker.get(), missing));
  EXPECT_EQ(wasmc_last_error_code(), WASMC_ERROR_Wasi);
  EXPECT_TRUE(std::strstr(wasmc_last_error(), "'/nowhere'")) << wasmc_last_error();
}

TEST_F(CApiWasi, ASocketFollowsTheDirectories) {
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  wasmc_wasi_config_add_socket(config(), ends[0]);
  wasmc_wasi_config_add_preopen(config(), folder().c_str(), "/", WASMC_READ_ONLY);
  start();
  EXPECT_EQ(write(4), kSuccess);
  char received[4] = {};
  EXPECT_EQ(recv(ends[1], received, 3, 0), 3);
  EXPECT_STREQ(received, "out");
  close(ends[0]);
  close(ends[1]);
}

TEST_F(CApiWasi, BytesWrittenAreLimited) {
  wasmc_wasi_config_set_limits(config(), 16, 3);
  start();
  EXPECT_EQ(write(STDOUT_FILENO), kSuccess);
  EXPECT_EQ(write(STDOUT_FILENO), kNospc);
}

TEST_F(CApiWasi, TheTraceHasALineForEachCall) {
  std::string lines;
  wasmc_wasi_config_set_shared_by_threads(config(), true);
  wasmc_wasi_config_set_trace(
      config(), [](void* env, const char* line) { *static_cast<std::string*>(env) += line; }, &lines);
  start();
  EXPECT_EQ(write(STDOUT_FILENO), kSuccess);
  EXPECT_EQ(lines, "fd_write(fd=1, iovs=0x0[1], nwritten=0x20->3) = Success");
}

TEST_F(CApiWasi, CommandsAndReactorsAreToldApart) {
  const Module command = load(kGuest);
  EXPECT_TRUE(wasmc_module_is_command(command.get()));
  EXPECT_FALSE(wasmc_module_is_reactor(command.get()));
  const Module neither = load("(module)");
  EXPECT_FALSE(wasmc_module_is_command(neither.get()));
  EXPECT_FALSE(wasmc_module_is_reactor(neither.get()));
}

TEST_F(CApiWasi, AReactorSetsItselfUp) {
  constexpr char kReactor[] = R"((module (global $set (mut i32) (i32.const 0))
    (func (export "_initialize") (global.set $set (i32.const 6)))
    (func (export "get") (result i32) (global.get $set))))";
  EXPECT_TRUE(wasmc_module_is_reactor(load(kReactor).get()));
  const Instance reactor = instantiate(kReactor);
  EXPECT_TRUE(wasmc_initialize_reactor(reactor.get(), nullptr)) << wasmc_last_error();
  const Owned<wasm_extern_t, wasm_extern_delete> get(wasmc_instance_export(reactor.get(), "get"));
  EXPECT_EQ(callI32(wasm_extern_as_func(get.get())), 6);
}

}  // namespace
}  // namespace wasmc::test
