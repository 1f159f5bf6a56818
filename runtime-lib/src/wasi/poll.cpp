// poll_oneoff: waits for clocks and descriptors.
//
// Deadlines of all clocks become points on the monotonic clock, and the call waits with ppoll(2) until the
// first of them or until a descriptor is ready. Files, and streams that are callbacks of the host, are always
// ready. A subscription that can not be waited for becomes an event that carries the error, as the standard
// wants it.
#include "wasi/functions.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace wasmc::wasi {
namespace {

constexpr Size kMaxSubscriptions = 65536;  // more than descriptors can be open
constexpr Timestamp kNever = std::numeric_limits<Timestamp>::max();

Subscription normalise(const Subscription& subscription) { return subscription; }
Subscription normalise(const snapshot0::Subscription& old) {
  const bool clock = old.tag == static_cast<uint8_t>(EventType::Clock);
  return {old.userdata,  old.tag,   {}, clock ? old.clock : old.fd, {}, old.timeout,
          old.precision, old.flags, {}};
}

Timestamp monotonicNow() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<Timestamp>(time.tv_sec) * 1'000'000'000 + static_cast<Timestamp>(time.tv_nsec);
}

Timestamp addSaturated(Timestamp a, Timestamp b) { return b > kNever - a ? kNever : a + b; }

class Poll {
 public:
  Poll(Call& call, Size count) : call_(call) { events_.reserve(count); }

  void add(const Subscription& subscription) {
    if (subscription.tag == static_cast<uint8_t>(EventType::Clock)) {
      addClock(subscription);
    } else {
      addDescriptor(subscription);
    }
  }

  Expected<std::span<const Event>> wait() {
    while (events_.empty() || !polled_) {
      if (Errno error = waitOnce(); error != Errno::Success) return fail(error);
    }
    return events_;
  }

 private:
  struct Timer {
    Event event;
    Timestamp deadline;
  };

  static Event eventFor(const Subscription& subscription) {
    Event event;
    event.userdata = subscription.userdata;
    event.type = static_cast<EventType>(subscription.tag);
    return event;
  }

  void addReady(Event event, Errno error) {
    event.error = error;
    events_.push_back(event);
  }

  void addClock(const Subscription& subscription) {
    const Event event = eventFor(subscription);
    if ((subscription.flags & ~kLimit<SubclockFlags>) != 0 || subscription.fd_or_clock > kLimit<ClockId>) {
      return addReady(event, Errno::Inval);
    }
    const auto clock = static_cast<ClockId>(subscription.fd_or_clock);
    if (clock != ClockId::Realtime && clock != ClockId::Monotonic) return addReady(event, Errno::Notsup);
    Timestamp delay = subscription.timeout;
    if ((subscription.flags & static_cast<uint16_t>(SubclockFlags::Abstime)) != 0) {
      const Expected<Timestamp> now = readClock(call_.context, clock);
      if (!now) return addReady(event, now.error());
      delay = delay > *now ? delay - *now : 0;
    }
    timers_.push_back({event, addSaturated(start_, delay)});
  }

  void addDescriptor(const Subscription& subscription) {
    Event event = eventFor(subscription);
    const bool reads = event.type == EventType::FdRead;
    const Rights needed = rights::PollFdReadwrite | (reads ? rights::FdRead : rights::FdWrite);
    const Expected<Descriptor*> found = call_.fds().get(static_cast<Fd>(subscription.fd_or_clock), needed);
    if (!found) return addReady(event, found.error());
    const Descriptor& descriptor = **found;
    if (!descriptor.host) return addReady(event, Errno::Success);
    if (descriptor.type == FileType::RegularFile) {
      if (reads) event.nbytes = bytesLeft(descriptor.host.get());
      return addReady(event, Errno::Success);
    }
    int host = descriptor.host.get();
    if (call_.lock.owns_lock()) {
      // Another thread may close the descriptor while this one waits.
      own_fds_.push_back(Call::duplicate(descriptor.host));
      if (!own_fds_.back()) return addReady(event, lastError());
      host = own_fds_.back().get();
    }
    polled_fds_.push_back({host, static_cast<short>(reads ? POLLIN : POLLOUT), 0});
    polled_events_.push_back(event);
  }

  static FileSize bytesLeft(int fd) {
    struct stat status;
    const off_t position = lseek(fd, 0, SEEK_CUR);
    if (position < 0 || fstat(fd, &status) != 0 || status.st_size < position) return 0;
    return static_cast<FileSize>(status.st_size - position);
  }

  Errno waitOnce() {
    Timestamp deadline = events_.empty() ? kNever : 0;
    for (const Timer& timer : timers_) deadline = std::min(deadline, timer.deadline);
    const Timestamp now = monotonicNow();
    const Timestamp left = deadline > now ? deadline - now : 0;
    timespec timeout = {static_cast<time_t>(left / 1'000'000'000), static_cast<long>(left % 1'000'000'000)};
    const auto wait = [&] {
      return waiting(SYS_ppoll, polled_fds_.data(), polled_fds_.size(),
                     deadline == kNever ? nullptr : &timeout, nullptr, 0);
    };
    const ssize_t count = call_.lock.owns_lock() ? call_.unlocked(wait) : wait();
    if (count < 0) return errno == EINTR && !interrupted() ? Errno::Success : lastError();
    polled_ = true;
    collectDescriptors();
    collectTimers();
    return Errno::Success;
  }

  void collectDescriptors() {
    for (size_t i = 0; i < polled_fds_.size(); ++i) {
      const short ready = polled_fds_[i].revents;
      if (ready == 0) continue;
      Event event = polled_events_[i];
      if ((ready & POLLNVAL) != 0) {
        addReady(event, Errno::Badf);
        continue;
      }
      if ((ready & (POLLHUP | POLLERR)) != 0) event.flags = EventRwFlags::Hangup;
      int available = 0;
      if (event.type == EventType::FdRead && ioctl(polled_fds_[i].fd, FIONREAD, &available) == 0) {
        event.nbytes = static_cast<FileSize>(std::max(available, 0));
      }
      addReady(event, Errno::Success);
    }
  }

  void collectTimers() {
    const Timestamp now = monotonicNow();
    for (const Timer& timer : timers_) {
      if (timer.deadline <= now) addReady(timer.event, Errno::Success);
    }
  }

  Call& call_;
  Timestamp start_ = monotonicNow();
  std::vector<Timer> timers_;
  std::vector<HostFd> own_fds_;  // duplicates among polled_fds_
  std::vector<pollfd> polled_fds_;
  std::vector<Event> polled_events_;  // one for each of polled_fds_
  std::vector<Event> events_;         // ready
  bool polled_ = false;
};

template <typename In>
Errno pollAll(Call& call, GuestAddress subscriptions, GuestAddress events, Size count, GuestPtr<Size> ready) {
  if (count == 0 || count > kMaxSubscriptions) return Errno::Inval;
  const auto in = call.memory.span<In>(subscriptions.value, count);
  const auto out = call.memory.span<Event>(events.value, count);
  if (!in || !out) return Errno::Fault;
  Poll poll(call, count);
  for (uint32_t i = 0; i < count; ++i) {
    const Subscription subscription = normalise(in->load(i));
    if (subscription.tag > static_cast<uint8_t>(EventType::FdWrite)) return Errno::Inval;
    poll.add(subscription);
  }
  const Expected<std::span<const Event>> result = poll.wait();
  if (!result) return result.error();
  for (uint32_t i = 0; i < result->size(); ++i) out->store(i, (*result)[i]);
  ready.store(static_cast<Size>(result->size()));
  return Errno::Success;
}

}  // namespace

Errno poll_oneoff(Call& call, GuestAddress subscriptions, GuestAddress events, Size count,
                  GuestPtr<Size> ready) {
  return pollAll<Subscription>(call, subscriptions, events, count, ready);
}

Errno snapshot0::poll_oneoff(Call& call, GuestAddress subscriptions, GuestAddress events, Size count,
                             GuestPtr<Size> ready) {
  return pollAll<snapshot0::Subscription>(call, subscriptions, events, count, ready);
}

}  // namespace wasmc::wasi
