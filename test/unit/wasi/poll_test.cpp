// poll_oneoff.
#include "guest.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <set>

namespace wasmc::wasi::test {
namespace {

constexpr uint64_t kMillisecond = 1'000'000;

class PollTest : public GuestTest {
 protected:
  static constexpr uint32_t kIn = 0x2000, kEvents = 0x4000;

  void SetUp() override {
    // Both ends are "preopened sockets" of the guest: 4 and 5.
    int ends[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    local_ = HostFd(ends[0]);
    remote_ = HostFd(ends[1]);
    write(root() / "file", "0123456789");
    WasiConfig config = this->config();
    config.sockets = {local_.get(), remote_.get()};
    start(std::move(config));
  }

  static Subscription clock(uint64_t userdata, Timestamp timeout, ClockId id = ClockId::Monotonic,
                            uint16_t flags = 0) {
    return {userdata, 0, {}, static_cast<uint32_t>(id), {}, timeout, 0, flags, {}};
  }
  static Subscription readable(uint64_t userdata, Fd fd) {
    return {userdata, 1, {}, static_cast<uint32_t>(fd), {}, 0, 0, 0, {}};
  }
  static Subscription writable(uint64_t userdata, Fd fd) {
    return {userdata, 2, {}, static_cast<uint32_t>(fd), {}, 0, 0, 0, {}};
  }

  std::vector<Event> poll(std::vector<Subscription> subscriptions) {
    for (uint32_t i = 0; i < subscriptions.size(); ++i) put(kIn + 48 * i, subscriptions[i]);
    EXPECT_EQ(call<&poll_oneoff>(kIn, kEvents, subscriptions.size(), kOut), Errno::Success);
    std::vector<Event> events;
    for (uint32_t i = 0; i < get<uint32_t>(kOut); ++i) events.push_back(get<Event>(kEvents + 32 * i));
    return events;
  }
  // Of one poll, in milliseconds.
  template <typename Function>
  static int64_t duration(Function function) {
    const auto start = std::chrono::steady_clock::now();
    function();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
        .count();
  }
  Timestamp now(ClockId id) {
    EXPECT_EQ(call<&clock_time_get>(id, 0, kOut), Errno::Success);
    return get<uint64_t>(kOut);
  }

  static constexpr Fd kLocal{4}, kRemote{5};

 private:
  HostFd local_, remote_;
};

TEST_F(PollTest, NoSubscriptionsAreRefused) {
  EXPECT_EQ(call<&poll_oneoff>(kIn, kEvents, 0, kOut), Errno::Inval);
}

TEST_F(PollTest, SubscriptionsOutsideOfMemoryAreAFault) {
  EXPECT_EQ(call<&poll_oneoff>(memorySize() - 47, kEvents, 1, kOut), Errno::Fault);
  EXPECT_EQ(call<&poll_oneoff>(kIn, memorySize() - 31, 1, kOut), Errno::Fault);
  EXPECT_EQ(call<&poll_oneoff>(kIn, kEvents, 0x1000'0000, kOut), Errno::Inval);
}

TEST_F(PollTest, RelativeTimeIsWaitedFor) {
  std::vector<Event> events;
  EXPECT_GE(duration([&] { events = poll({clock(77, 20 * kMillisecond)}); }), 20);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].userdata, 77u);
  EXPECT_EQ(events[0].error, Errno::Success);
  EXPECT_EQ(events[0].type, EventType::Clock);
}

TEST_F(PollTest, AbsoluteTimesOfBothClocksAreWaitedFor) {
  for (const ClockId id : {ClockId::Monotonic, ClockId::Realtime}) {
    const Timestamp until = now(id) + 20 * kMillisecond;
    EXPECT_EQ(poll({clock(1, until, id, 1)}).size(), 1u);
    EXPECT_GE(now(id), until);
  }
}

TEST_F(PollTest, PastAndZeroTimesAreThereAtOnce) {
  EXPECT_LT(duration([&] {
              EXPECT_EQ(poll({clock(1, 0)}).size(), 1u);
              EXPECT_EQ(poll({clock(1, 5, ClockId::Realtime, 1)}).size(), 1u);
            }),
            1000);
}

TEST_F(PollTest, FirstOfSeveralClocksEndsTheWait) {
  const auto events = poll({clock(1, 60'000 * kMillisecond), clock(2, kMillisecond), clock(3, ~uint64_t{0})});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].userdata, 2u);
}

TEST_F(PollTest, FilesAreAlwaysReady) {
  ASSERT_EQ(open(kRoot, "file", {}, rights::FdRead | rights::FdWrite), Errno::Success);
  const auto events = poll({readable(1, opened()), writable(2, opened()), clock(3, 60'000 * kMillisecond)});
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].nbytes, 10u);
  EXPECT_EQ(events[1].userdata, 2u);
}

TEST_F(PollTest, SocketIsReadyWhenThereIsSomethingToRead) {
  EXPECT_EQ(poll({readable(1, kLocal), clock(2, 5 * kMillisecond)})[0].userdata, 2u);
  EXPECT_EQ(writeText(kRemote, "hello"), Errno::Success);
  const auto events = poll({readable(1, kLocal), clock(2, 60'000 * kMillisecond)});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].userdata, 1u);
  EXPECT_EQ(events[0].nbytes, 5u);
}

TEST_F(PollTest, FilesPipesAndClocksAreWaitedForTogether) {
  const fs::path pipe = root() / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const HostFd host(::open(pipe.c_str(), O_RDWR | O_CLOEXEC));
  ASSERT_EQ(open(kRoot, "pipe"), Errno::Success);
  const Fd end = opened();
  ASSERT_EQ(open(kRoot, "file"), Errno::Success);
  const Fd file = opened();
  const auto ready = [&](std::vector<Subscription> subscriptions) {
    std::set<uint64_t> result;
    for (const Event& event : poll(std::move(subscriptions))) result.insert(event.userdata);
    return result;
  };
  EXPECT_EQ(ready({readable(1, end), clock(2, kMillisecond)}), (std::set<uint64_t>{2}));
  EXPECT_EQ(ready({readable(1, end), readable(2, file), clock(3, 60'000 * kMillisecond)}),
            (std::set<uint64_t>{2}));
  ASSERT_EQ(::write(host.get(), "x", 1), 1);
  EXPECT_EQ(ready({readable(1, end), readable(2, file), clock(3, 0), clock(4, 60'000 * kMillisecond)}),
            (std::set<uint64_t>{1, 2, 3}));
}

TEST_F(PollTest, DescriptorWithoutTheRightToBePolledIsAnEventWithTheError) {
  EXPECT_EQ(call<&fd_fdstat_set_rights>(kLocal, rights::kSocket & ~rights::PollFdReadwrite, 0),
            Errno::Success);
  EXPECT_EQ(poll({writable(1, kLocal)})[0].error, Errno::Notcapable);
}

TEST_F(PollTest, OtherEndThatWasShutDownIsAHangup) {
  EXPECT_EQ(call<&sock_shutdown>(kRemote, SdFlags(3)), Errno::Success);
  const auto events = poll({readable(1, kLocal)});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].flags, EventRwFlags::Hangup);
}

TEST_F(PollTest, BadSubscriptionsAreEventsWithTheError) {
  const auto events = poll({readable(1, Fd{99}), clock(2, 0, ClockId{9}),
                            clock(3, 0, ClockId::ProcessCputime), writable(4, Fd{0})});
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(events[0].error, Errno::Badf);
  EXPECT_EQ(events[1].error, Errno::Inval);
  EXPECT_EQ(events[2].error, Errno::Notsup);
  EXPECT_EQ(events[3].error, Errno::Badf);
}

TEST_F(PollTest, Snapshot0HasLongerSubscriptions) {
  snapshot0::Subscription subscription = {};
  subscription.userdata = 9;
  subscription.clock = 1;
  subscription.timeout = kMillisecond;
  put(kIn, subscription);
  EXPECT_EQ(call<&snapshot0::poll_oneoff>(kIn, kEvents, 1, kOut), Errno::Success);
  EXPECT_EQ(get<Event>(kEvents).userdata, 9u);
  EXPECT_EQ(get<Event>(kEvents).error, Errno::Success);
}

}  // namespace
}  // namespace wasmc::wasi::test
