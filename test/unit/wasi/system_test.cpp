// Arguments, clocks, randomness, the process, sockets, and the configuration.
#include "guest.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace wasmc::wasi::test {
namespace {

class SystemTest : public GuestTest {};

TEST_F(SystemTest, ArgumentsAreStringsBehindPointers) {
  WasiConfig config;
  config.args = {"prog", "", "two words"};
  start(std::move(config));
  EXPECT_EQ(call<&args_sizes_get>(0x100, 0x104), Errno::Success);
  EXPECT_EQ(get<uint32_t>(0x100), 3u);
  EXPECT_EQ(get<uint32_t>(0x104), 16u);
  EXPECT_EQ(call<&args_get>(0x200, 0x300), Errno::Success);
  EXPECT_EQ(get<uint32_t>(0x200), 0x300u);
  EXPECT_EQ(get<uint32_t>(0x208), 0x306u);
  EXPECT_EQ(bytes(0x300, 16), std::string("prog\0\0two words\0", 16));
}

TEST_F(SystemTest, EnvironmentIsNamesAndValues) {
  WasiConfig config;
  config.env = {{"A", "1"}, {"EMPTY", ""}};
  start(std::move(config));
  EXPECT_EQ(call<&environ_sizes_get>(0x100, 0x104), Errno::Success);
  EXPECT_EQ(get<uint32_t>(0x100), 2u);
  EXPECT_EQ(call<&environ_get>(0x200, 0x300), Errno::Success);
  EXPECT_EQ(bytes(0x300, 11), std::string("A=1\0EMPTY=\0", 11));
}

TEST_F(SystemTest, ArgumentsThatDoNotFitInMemoryAreAFault) {
  WasiConfig config;
  config.args = {"prog"};
  start(std::move(config));
  EXPECT_EQ(call<&args_get>(memorySize() - 3, 0x300), Errno::Fault);
  EXPECT_EQ(call<&args_get>(0x200, memorySize() - 4), Errno::Fault);
  EXPECT_EQ(call<&args_get>(0x200, memorySize() - 5), Errno::Success);
}

TEST_F(SystemTest, ClocksTellTheTime) {
  start(WasiConfig());
  EXPECT_EQ(call<&clock_time_get>(ClockId::Realtime, 0, kOut), Errno::Success);
  const uint64_t seconds = get<uint64_t>(kOut) / 1'000'000'000;
  EXPECT_LE(static_cast<uint64_t>(time(nullptr)) - seconds, 2u);
  for (const ClockId id : {ClockId::Monotonic, ClockId::ProcessCputime, ClockId::ThreadCputime}) {
    EXPECT_EQ(call<&clock_time_get>(id, 0, kOut), Errno::Success);
    const uint64_t first = get<uint64_t>(kOut);
    EXPECT_EQ(call<&clock_time_get>(id, 0, kOut), Errno::Success);
    EXPECT_GE(get<uint64_t>(kOut), first);
    EXPECT_EQ(call<&clock_res_get>(id, kOut), Errno::Success);
    EXPECT_GT(get<uint64_t>(kOut), 0u);
  }
}

TEST_F(SystemTest, ClocksAndRandomnessOfTheHostMakeARunRepeatable) {
  WasiConfig config;
  config.clock = [](WasiClock clock) { return clock == WasiClock::Monotonic ? 42 : 43; };
  config.random = [](std::span<std::byte> out) { std::fill(out.begin(), out.end(), std::byte{7}); };
  start(std::move(config));
  EXPECT_EQ(call<&clock_time_get>(ClockId::Monotonic, 0, kOut), Errno::Success);
  EXPECT_EQ(get<uint64_t>(kOut), 42u);
  EXPECT_EQ(call<&random_get>(kOut, 8), Errno::Success);
  EXPECT_EQ(get<uint64_t>(kOut), 0x0707'0707'0707'0707u);
}

TEST_F(SystemTest, RandomnessFillsALargeBufferToItsEnd) {
  start(WasiConfig());
  EXPECT_EQ(call<&random_get>(0, memorySize()), Errno::Success);
  EXPECT_NE(bytes(memorySize() - 32, 32), std::string(32, '\0'));
  EXPECT_EQ(call<&random_get>(1, memorySize()), Errno::Fault);
  EXPECT_EQ(call<&random_get>(0xffff'ffff, 0), Errno::Success);
}

TEST_F(SystemTest, ExitCarriesItsStatus) {
  start(WasiConfig());
  EXPECT_EQ(call<&proc_exit>(3).status, 3u);
  EXPECT_EQ(call<&sched_yield>(), Errno::Success);
}

TEST_F(SystemTest, RaisedSignalsDoWhatTheyDoByDefault) {
  start(WasiConfig());
  EXPECT_EQ(call<&proc_raise>(Signal::Abrt).error().status, 134u);
  EXPECT_EQ(call<&proc_raise>(Signal::Term).error().status, 143u);
  EXPECT_EQ(call<&proc_raise>(Signal::None), Errno::Success);
  EXPECT_EQ(call<&proc_raise>(Signal::Chld), Errno::Success);
  EXPECT_EQ(call<&proc_raise>(Signal::Stop), Errno::Notsup);
  EXPECT_EQ(call<&proc_raise>(99), Errno::Inval);
}

TEST_F(SystemTest, AcceptedConnectionIsRead) {
  const HostFd listener(socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  ASSERT_EQ(bind(listener.get(), reinterpret_cast<sockaddr*>(&address), length), 0);
  ASSERT_EQ(listen(listener.get(), 1), 0);
  ASSERT_EQ(getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &length), 0);
  WasiConfig config;
  config.sockets = {listener.get()};
  start(std::move(config));

  const HostFd client(socket(AF_INET, SOCK_STREAM, 0));
  ASSERT_EQ(connect(client.get(), reinterpret_cast<sockaddr*>(&address), length), 0);
  ASSERT_EQ(::write(client.get(), "ping", 4), 4);
  ASSERT_EQ(call<&sock_accept>(3, FdFlags::Nonblock, kOut), Errno::Success);
  const Fd connection = opened();
  EXPECT_EQ(connection, Fd{4});

  put(0x200, Iovec{0x5000, 100});
  EXPECT_EQ(call<&sock_recv>(connection, 0x200, 1, RiFlags::Peek, kOut, 0x180), Errno::Success);
  EXPECT_EQ(call<&sock_recv>(connection, 0x200, 1, 0, kOut, 0x180), Errno::Success);
  EXPECT_EQ(bytes(0x5000, get<uint32_t>(kOut)), "ping");
  EXPECT_EQ(call<&sock_recv>(connection, 0x200, 1, 0, kOut, 0x180), Errno::Again);

  put(0x200, Iovec{0x5000, 4});
  EXPECT_EQ(call<&sock_send>(connection, 0x200, 1, 0, kOut), Errno::Success);
  EXPECT_EQ(call<&sock_shutdown>(connection, SdFlags::Wr), Errno::Success);
  char answer[8];
  EXPECT_EQ(::read(client.get(), answer, sizeof(answer)), 4);
  EXPECT_EQ(::read(client.get(), answer, sizeof(answer)), 0);
}

TEST_F(SystemTest, ConnectedSocketOfTheHostIsReadAndWritten) {
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const HostFd guests(ends[0]), hosts(ends[1]);
  WasiConfig config;
  config.sockets = {guests.get()};
  start(std::move(config));
  EXPECT_EQ(writeText(Fd{3}, "ping"), Errno::Success);
  char text[8] = "";
  EXPECT_EQ(::read(hosts.get(), text, sizeof(text)), 4);
  ASSERT_EQ(::write(hosts.get(), "pong", 4), 4);
  EXPECT_EQ(readText(Fd{3}), "pong");
}

// No function of sockets may work without its right.
TEST_F(SystemTest, EachFunctionOfSocketsNeedsItsRight) {
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const HostFd mine(ends[0]), other(ends[1]);
  WasiConfig config;
  config.sockets = {mine.get()};
  start(std::move(config));
  EXPECT_EQ(call<&fd_fdstat_set_rights>(3, 0, 0), Errno::Success);
  EXPECT_EQ(call<&sock_accept>(3, 0, kOut), Errno::Notcapable);
  EXPECT_EQ(call<&sock_shutdown>(3, SdFlags::Rd), Errno::Notcapable);
  EXPECT_EQ(call<&sock_recv>(3, 0x200, 1, 0, kOut, 0x180), Errno::Badf);
  EXPECT_EQ(call<&sock_send>(3, 0x200, 1, 0, kOut), Errno::Badf);
}

TEST_F(SystemTest, WritingToASocketThatNobodyReadsIsAnErrorAndNoSignal) {
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const HostFd mine(ends[0]);
  close(ends[1]);
  WasiConfig config;
  config.sockets = {mine.get()};
  start(std::move(config));
  EXPECT_EQ(writeText(Fd{3}, "x"), Errno::Pipe);
}

TEST_F(SystemTest, SocketFunctionsRefuseOtherDescriptors) {
  write(root() / "file", "");
  start(config());
  ASSERT_EQ(open(kRoot, "file"), Errno::Success);
  EXPECT_EQ(call<&sock_shutdown>(opened(), SdFlags::Rd), Errno::Notsock);
  EXPECT_EQ(call<&sock_accept>(kRoot, 0, kOut), Errno::Notsock);
  EXPECT_EQ(call<&sock_shutdown>(99, SdFlags::Rd), Errno::Badf);
}

std::string errorOf(WasiConfig config) {
  const auto context = Context::create(std::move(config));
  return context ? "none" : context.error().message;
}

TEST_F(SystemTest, DirectoryThatIsNotThereIsNamed) {
  WasiConfig config;
  config.preopens.push_back({"no/such/place", "/", {}});
  EXPECT_EQ(errorOf(config), "directory 'no/such/place': No such file or directory");
  write(outside() / "plain", "");
  config.preopens[0].host = outside() / "plain";
  EXPECT_EQ(errorOf(config), "'" + (outside() / "plain").string() + "' is not a directory");
}

TEST_F(SystemTest, FilesForStreamsThatAreNotThereAreNamed) {
  WasiConfig config;
  config.standard_input = WasiInput::file("no/such/file");
  EXPECT_EQ(errorOf(config), "standard input from 'no/such/file': No such file or directory");
}

TEST_F(SystemTest, StringsThatCanNotBePassedAreRefused) {
  WasiConfig config;
  config.args = {std::string("a\0b", 3)};
  EXPECT_EQ(errorOf(config), "an argument contains a NUL byte");
  WasiConfig other;
  other.env = {{"A=B", "c"}};
  EXPECT_EQ(errorOf(other), "environment variable 'A=B': a name is not empty and has no '='");
}

TEST_F(SystemTest, SomethingElseThanASocketIsRefused) {
  const HostFd fd(::open("/dev/null", O_RDONLY));
  WasiConfig config;
  config.sockets = {fd.get()};
  EXPECT_EQ(errorOf(config), "socket " + std::to_string(fd.get()) + " is not a socket");
}

TEST_F(SystemTest, TypesOfImportsFollowFromSignatures) {
  EXPECT_EQ(toString(*wasiFunctionType("wasi_snapshot_preview1", "fd_write")),
            "(i32, i32, i32, i32) -> (i32)");
  EXPECT_EQ(toString(*wasiFunctionType("wasi_snapshot_preview1", "proc_exit")), "(i32) -> ()");
  EXPECT_EQ(toString(*wasiFunctionType("wasi_snapshot_preview1", "path_open")),
            "(i32, i32, i32, i32, i32, i64, i64, i32, i32) -> (i32)");
}

}  // namespace
}  // namespace wasmc::wasi::test
