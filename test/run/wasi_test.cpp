// WASI in a host program: programs and libraries, what they are given, and how they end.
#include "guest.h"

#include <wasmc/wasi.h>

namespace wasmc::test {
namespace {

class WasiProgram : public testing::Test {
 protected:
  // An instance that has what the configuration allows.
  Instance instantiate(std::string_view wat, WasiConfig config = {}) {
    Result<Wasi> wasi = Wasi::create(std::move(config));
    EXPECT_TRUE(wasi) << wasi.error().message;
    wasi->addTo(guest.linker);
    return guest.instantiate(wat);
  }

  Guest guest;
};

constexpr char kHello[] = R"((module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\06\00\00\00")
  (data (i32.const 16) "hello\n")
  (func (export "_start")
    (call $exit (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))))";

TEST_F(WasiProgram, OutputIsCapturedAndTheStatusReturned) {
  const auto output = std::make_shared<std::string>();
  WasiConfig config;
  config.standard_output = WasiOutput::capture(output);
  const Instance instance = instantiate(kHello, std::move(config));
  const Result<int32_t> status = runCommand(instance);
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(*status, 0);
  EXPECT_EQ(*output, "hello\n");
}

TEST_F(WasiProgram, OutputGoesToACallback) {
  size_t bytes = 0;
  WasiConfig config;
  config.standard_output = WasiOutput::callback([&bytes](std::span<const std::byte> part) {
    bytes += part.size();
    return true;
  });
  EXPECT_EQ(value(runCommand(instantiate(kHello, std::move(config)))), 0);
  EXPECT_EQ(bytes, 6u);
}

TEST_F(WasiProgram, GuestsOfOneLinkerHaveWhatTheirStoreHas) {
  Wasi::addForStores(guest.linker);
  const Module module = guest.load(kHello);
  for (int i = 0; i < 2; ++i) {
    const auto output = std::make_shared<std::string>();
    WasiConfig config;
    config.standard_output = WasiOutput::capture(output);
    const Store store(guest.engine);
    Wasi::create(std::move(config))->giveTo(store);
    const Result<Instance> instance = guest.linker.instantiate(store, module);
    ASSERT_TRUE(instance) << instance.error().message;
    EXPECT_EQ(value(runCommand(*instance)), 0);
    EXPECT_EQ(*output, "hello\n");
  }
}

TEST_F(WasiProgram, AStoreThatHasNoneEndsTheCall) {
  Wasi::addForStores(guest.linker);
  const Result<int32_t> status = runCommand(guest.instantiate(kHello));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::Wasi);
  EXPECT_EQ(status.error().message, "fd_write: the store of the guest was given no WASI (Wasi::giveTo)");
}

TEST_F(WasiProgram, EachCallIsTraced) {
  std::vector<std::string> lines;
  WasiConfig config;
  config.trace = [&lines](const std::string& line) { lines.push_back(line); };
  EXPECT_EQ(value(runCommand(instantiate(kHello, std::move(config)))), 0);
  EXPECT_EQ(lines, (std::vector<std::string>{"fd_write(fd=1, iovs=0x0[1], nwritten=0x8->6) = Success",
                                             "proc_exit(rval=0) exits with 0"}));
}

TEST_F(WasiProgram, WithoutAMemoryEveryAddressIsAFault) {
  const Instance instance = instantiate(R"((module
    (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
    (func (export "random") (result i32) (call $random (i32.const 0) (i32.const 8)))))");
  EXPECT_EQ(value(get<int32_t()>(instance, "random")()), 21);
}

TEST_F(WasiProgram, ProgramThatReturnsEndsWithZero) {
  EXPECT_EQ(value(runCommand(instantiate(R"((module (func (export "_start"))))"))), 0);
}

TEST_F(WasiProgram, ProgramThatTrapsIsAnErrorAndNoStatus) {
  const Result<int32_t> status = runCommand(instantiate(R"((module (func (export "_start") unreachable)))"));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::Trap);
  EXPECT_EQ(trapOf(status), TrapCode::Unreachable);
}

TEST_F(WasiProgram, RaisedSignalEndsTheProgramAndNotTheHost) {
  EXPECT_EQ(value(runCommand(instantiate(R"((module
    (import "wasi_snapshot_preview1" "proc_raise" (func $raise (param i32) (result i32)))
    (func (export "_start") (drop (call $raise (i32.const 6))))))"))),
            134);
}

constexpr char kReactor[] = R"((module
  (global $ready (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $ready (i32.const 1)))
  (func (export "ready") (result i32) (global.get $ready))))";

TEST_F(WasiProgram, LibrarySetsItselfUpBeforeItIsUsed) {
  const Instance instance = instantiate(kReactor);
  EXPECT_EQ(value(get<int32_t()>(instance, "ready")()), 0);
  EXPECT_TRUE(initializeReactor(instance));
  EXPECT_EQ(value(get<int32_t()>(instance, "ready")()), 1);
}

TEST_F(WasiProgram, InitializeLeavesAloneWhatIsNoLibrary) {
  EXPECT_TRUE(initializeReactor(instantiate(R"((module (func (export "_start") unreachable)))")));
}

TEST_F(WasiProgram, ModuleTellsWhetherItIsAProgramOrALibrary) {
  const Module program = guest.load(kHello), library = guest.load(kReactor);
  const Module both = guest.load(R"((module (func (export "_start")) (func (export "_initialize"))))");
  const Module neither = guest.load(R"((module (memory (export "_start") 1)))");
  EXPECT_TRUE(isCommand(program) && !isReactor(program));
  EXPECT_TRUE(!isCommand(library) && isReactor(library));
  EXPECT_TRUE(isCommand(both) && !isReactor(both));
  EXPECT_TRUE(!isCommand(neither) && !isReactor(neither));
}

TEST_F(WasiProgram, RunningALibraryAsAProgramIsAnError) {
  const Result<int32_t> status = runCommand(instantiate(kReactor));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::ExportNotFound);
}

// The same functions in both snapshots, but for sock_accept.
TEST_F(WasiProgram, TypesOfAllFunctionsAreKnown) {
  EXPECT_TRUE(wasiFunctionType("wasi_snapshot_preview1", "sock_accept"));
  EXPECT_FALSE(wasiFunctionType("wasi_unstable", "sock_accept"));
  EXPECT_TRUE(wasiFunctionType("wasi_unstable", "poll_oneoff"));
  EXPECT_FALSE(wasiFunctionType("wasi_snapshot_preview1", "fd_open"));
  EXPECT_FALSE(wasiFunctionType("env", "fd_read"));
}

}  // namespace
}  // namespace wasmc::test
