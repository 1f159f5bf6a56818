// Reading, writing, seeking.
#include "guest.h"

namespace wasmc::wasi::test {
namespace {

class FdIoTest : public GuestTest {
 protected:
  void SetUp() override {
    write(root() / "file", "0123456789");
    start(config());
  }
  Fd openFile(Rights base = rights::FdRead | rights::FdWrite, FdFlags flags = FdFlags::None) {
    EXPECT_EQ(open(kRoot, "file", {}, base, LookupFlags::SymlinkFollow, flags), Errno::Success);
    return opened();
  }
};

TEST_F(FdIoTest, ReadScattersOverIovecsInOrder) {
  const Fd fd = openFile();
  put(0x200, Iovec{0x5000, 3});
  put(0x208, Iovec{0x6000, 0});
  put(0x210, Iovec{0x7000, 100});
  EXPECT_EQ(call<&fd_read>(fd, 0x200, 3, kOut), Errno::Success);
  EXPECT_EQ(get<uint32_t>(kOut), 10u);
  EXPECT_EQ(bytes(0x5000, 3), "012");
  EXPECT_EQ(bytes(0x7000, 7), "3456789");
}

TEST_F(FdIoTest, NoIovecsTransferNothing) {
  const Fd fd = openFile();
  put(kOut, uint32_t{99});
  EXPECT_EQ(call<&fd_read>(fd, 0, 0, kOut), Errno::Success);
  EXPECT_EQ(get<uint32_t>(kOut), 0u);
  EXPECT_EQ(call<&fd_write>(fd, 0, 0, kOut), Errno::Success);
}

TEST_F(FdIoTest, ManyThousandIovecsTransferAll) {
  const Fd fd = openFile();
  constexpr uint32_t kCount = 4096;
  for (uint32_t i = 0; i < kCount; ++i) put(0x4000 + 8 * i, Iovec{0x1000 + i % 4, 1});
  text("abcd");
  EXPECT_EQ(call<&fd_write>(fd, 0x4000, kCount, kOut), Errno::Success);
  EXPECT_EQ(get<uint32_t>(kOut), kCount);
  EXPECT_EQ(read(root() / "file").size(), kCount);
  EXPECT_EQ(read(root() / "file").substr(4092), "abcd");
  for (uint32_t i = 0; i < kCount; ++i) put(0x4000 + 8 * i, Iovec{0xc000 + i % 16, 1});
  EXPECT_EQ(call<&fd_pread>(fd, 0x4000, kCount, 0, kOut), Errno::Success);
  EXPECT_EQ(get<uint32_t>(kOut), kCount);
}

TEST_F(FdIoTest, IovecPastTheEndOfMemoryIsAFaultAndNothingIsTransferred) {
  const Fd fd = openFile();
  put(0x200, Iovec{0x5000, 4});
  put(0x208, Iovec{memorySize() - 1, 2});
  EXPECT_EQ(call<&fd_write>(fd, 0x200, 2, kOut), Errno::Fault);
  EXPECT_EQ(read(root() / "file"), "0123456789");
  put(0x208, Iovec{0xffff'fff0, 0x20});
  EXPECT_EQ(call<&fd_read>(fd, 0x200, 2, kOut), Errno::Fault);
}

TEST_F(FdIoTest, BadIovecBehindTheFirstThousandIsFoundBeforeAnyTransfer) {
  const Fd fd = openFile();
  for (uint32_t i = 0; i < 2000; ++i) put(0x4000 + 8 * i, Iovec{0x1000, 1});
  put(0x4000 + 8 * 1999, Iovec{memorySize(), 1});
  EXPECT_EQ(call<&fd_write>(fd, 0x4000, 2000, kOut), Errno::Fault);
  EXPECT_EQ(read(root() / "file"), "0123456789");
}

TEST_F(FdIoTest, ArrayOfIovecsPastTheEndOfMemoryIsAFault) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_write>(fd, memorySize() - 8, 2, kOut), Errno::Fault);
  EXPECT_EQ(call<&fd_write>(fd, 0, 0x2000'0000, kOut), Errno::Fault);
}

TEST_F(FdIoTest, IovecsWhoseSumHasNoResultAreRefused) {
  // 6,000 overlapping iovecs of nearly 1 MiB each are more than 2^32 - 1 bytes.
  memory().resize(1 << 20);
  const Fd fd = openFile();
  for (uint32_t i = 0; i < 6000; ++i) put(0x8000 + 8 * i, Iovec{0, memorySize()});
  EXPECT_EQ(call<&fd_write>(fd, 0x8000, 6000, kOut), Errno::Inval);
  EXPECT_EQ(read(root() / "file"), "0123456789");
}

TEST_F(FdIoTest, OverlappingIovecsAreWrittenAsTheyStand) {
  const Fd fd = openFile();
  text("abcdef", 0x5000);
  put(0x200, Iovec{0x5000, 4});
  put(0x208, Iovec{0x5002, 4});
  EXPECT_EQ(call<&fd_write>(fd, 0x200, 2, kOut), Errno::Success);
  EXPECT_EQ(read(root() / "file"), "abcdcdef89");
}

TEST_F(FdIoTest, ResultAddressOutsideIsAFaultBeforeAnythingIsRead) {
  const Fd fd = openFile();
  put(0x200, Iovec{0x5000, 4});
  EXPECT_EQ(call<&fd_read>(fd, 0x200, 1, memorySize() - 3), Errno::Fault);
  EXPECT_EQ(readText(fd), "0123456789");
}

TEST_F(FdIoTest, PreadAndPwriteLeaveThePositionAlone) {
  const Fd fd = openFile();
  text("xy", 0x5000);
  put(0x200, Iovec{0x5000, 2});
  EXPECT_EQ(call<&fd_pwrite>(fd, 0x200, 1, 4, kOut), Errno::Success);
  EXPECT_EQ(call<&fd_pread>(fd, 0x200, 1, 8, kOut), Errno::Success);
  EXPECT_EQ(bytes(0x5000, 2), "89");
  EXPECT_EQ(readText(fd), "0123xy6789");
}

TEST_F(FdIoTest, OffsetsThatTheHostHasNotAreRefused) {
  const Fd fd = openFile();
  put(0x200, Iovec{0x5000, 2});
  EXPECT_EQ(call<&fd_pread>(fd, 0x200, 1, ~uint64_t{0}, kOut), Errno::Inval);
  EXPECT_EQ(call<&fd_pwrite>(fd, 0x200, 1, uint64_t{1} << 63, kOut), Errno::Inval);
}

TEST_F(FdIoTest, AppendWritesAtTheEndWhereverThePositionIs) {
  const Fd fd = openFile(rights::FdRead | rights::FdWrite, FdFlags::Append);
  EXPECT_EQ(writeText(fd, "abc"), Errno::Success);
  EXPECT_EQ(read(root() / "file"), "0123456789abc");
}

TEST_F(FdIoTest, SeekKnowsAllThreeOrigins) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_seek>(fd, 4, Whence::Set, kOut), Errno::Success);
  EXPECT_EQ(call<&fd_seek>(fd, -1, Whence::Cur, kOut), Errno::Success);
  EXPECT_EQ(get<uint64_t>(kOut), 3u);
  EXPECT_EQ(call<&fd_seek>(fd, -3, Whence::End, kOut), Errno::Success);
  EXPECT_EQ(readText(fd), "789");
  EXPECT_EQ(call<&fd_tell>(fd, kOut), Errno::Success);
  EXPECT_EQ(get<uint64_t>(kOut), 10u);
}

TEST_F(FdIoTest, Snapshot0NumbersTheOriginsDifferently) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&snapshot0::fd_seek>(fd, 4, 2 /* set */, kOut), Errno::Success);
  EXPECT_EQ(call<&snapshot0::fd_seek>(fd, 2, 0 /* cur */, kOut), Errno::Success);
  EXPECT_EQ(get<uint64_t>(kOut), 6u);
  EXPECT_EQ(call<&snapshot0::fd_seek>(fd, -1, 1 /* end */, kOut), Errno::Success);
  EXPECT_EQ(get<uint64_t>(kOut), 9u);
}

TEST_F(FdIoTest, SeekToAnImpossiblePlaceIsRefused) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_seek>(fd, -1, Whence::Set, kOut), Errno::Inval);
  EXPECT_EQ(call<&fd_seek>(fd, 0, 3, kOut), Errno::Inval);
}

TEST_F(FdIoTest, DirectionNotOpenedForIsBadf) {
  EXPECT_EQ(writeText(openFile(rights::FdRead), "x"), Errno::Badf);
  EXPECT_EQ(readText(openFile(rights::FdWrite)), "Badf");
}

TEST_F(FdIoTest, DirectoriesAreNotReadOrWritten) {
  EXPECT_EQ(readText(kRoot), "Isdir");
  EXPECT_EQ(writeText(kRoot, "x"), Errno::Badf);
}

TEST_F(FdIoTest, NumbersThatAreNotOpenAreBadf) {
  EXPECT_EQ(readText(Fd{4}), "Badf");
  EXPECT_EQ(readText(Fd{0xffff'ffff}), "Badf");
}

TEST_F(FdIoTest, LimitOnWrittenBytesCutsTheLastWriteAndRefusesTheNext) {
  WasiConfig limited = config();
  limited.max_bytes_written = 5;
  start(std::move(limited));
  const Fd fd = openFile();
  EXPECT_EQ(writeText(fd, "abc"), Errno::Success);
  EXPECT_EQ(writeText(fd, "defg"), Errno::Success);
  EXPECT_EQ(get<uint32_t>(kOut), 2u);
  EXPECT_EQ(writeText(fd, "h"), Errno::Nospc);
  EXPECT_EQ(read(root() / "file"), "abcde56789");
}

TEST_F(FdIoTest, LimitOnWrittenBytesHoldsForEveryWayToWrite) {
  WasiConfig limited = config();
  limited.max_bytes_written = 10;
  start(std::move(limited));
  const Fd fd = openFile();
  EXPECT_EQ(writeText(Fd{1}, "abcd"), Errno::Success);
  EXPECT_EQ(call<&fd_pwrite>(fd, 0x200, 1, 0, kOut), Errno::Success);
  EXPECT_EQ(call<&fd_allocate>(fd, 0, 3), Errno::Nospc);
  EXPECT_EQ(call<&fd_allocate>(fd, 0, 2), Errno::Success);
  EXPECT_EQ(call<&fd_pwrite>(fd, 0x200, 1, 0, kOut), Errno::Nospc);
  EXPECT_EQ(writeText(Fd{1}, "x"), Errno::Nospc);
}

class StreamTest : public GuestTest {};

TEST_F(StreamTest, EverythingIsDeniedByDefault) {
  start(WasiConfig());
  EXPECT_EQ(readText(Fd{0}), "");
  EXPECT_EQ(writeText(Fd{1}, "lost"), Errno::Success);
  EXPECT_EQ(get<uint32_t>(kOut), 4u);
  EXPECT_EQ(call<&fd_prestat_get>(3, kOut), Errno::Badf);
}

TEST_F(StreamTest, InputFromBytesEnds) {
  WasiConfig config;
  config.standard_input = WasiInput::bytes("some text");
  start(std::move(config));
  EXPECT_EQ(readText(Fd{0}, 4), "some");
  EXPECT_EQ(readText(Fd{0}), " text");
  EXPECT_EQ(readText(Fd{0}), "");
}

TEST_F(StreamTest, OutputIsCaptured) {
  auto out = std::make_shared<std::string>();
  WasiConfig config;
  config.standard_output = WasiOutput::capture(out);
  start(std::move(config));
  EXPECT_EQ(writeText(Fd{1}, "one "), Errno::Success);
  EXPECT_EQ(writeText(Fd{1}, "two"), Errno::Success);
  EXPECT_EQ(*out, "one two");
}

TEST_F(StreamTest, OutputAndInputCanBeFiles) {
  write(outside() / "in", "from file");
  WasiConfig config;
  config.standard_input = WasiInput::file(outside() / "in");
  config.standard_error = WasiOutput::file(outside() / "err");
  start(std::move(config));
  EXPECT_EQ(readText(Fd{0}), "from file");
  EXPECT_EQ(writeText(Fd{2}, "message"), Errno::Success);
  EXPECT_EQ(read(outside() / "err"), "message");
}

TEST_F(StreamTest, FailingCallbackIsAnIoError) {
  WasiConfig config;
  config.standard_input = WasiInput::callback([](std::span<std::byte>) { return std::nullopt; });
  config.standard_output = WasiOutput::callback([](std::span<const std::byte>) { return false; });
  start(std::move(config));
  EXPECT_EQ(readText(Fd{0}), "Io");
  EXPECT_EQ(writeText(Fd{1}, "x"), Errno::Io);
}

TEST_F(StreamTest, StreamsHaveNoPosition) {
  start(WasiConfig());
  EXPECT_EQ(call<&fd_seek>(0, 0, Whence::Set, kOut), Errno::Spipe);
  EXPECT_EQ(call<&fd_tell>(1, kOut), Errno::Spipe);
}

TEST_F(StreamTest, StandardInputIsNotWrittenAndOutputNotRead) {
  start(WasiConfig());
  EXPECT_EQ(writeText(Fd{0}, "x"), Errno::Badf);
  EXPECT_EQ(readText(Fd{1}), "Badf");
}

}  // namespace
}  // namespace wasmc::wasi::test
