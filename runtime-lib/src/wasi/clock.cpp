// Clocks and randomness.
#include "wasi/functions.h"

#include <sys/random.h>
#include <time.h>

#include <algorithm>
#include <cerrno>

namespace wasmc::wasi {
namespace {

clockid_t hostClock(ClockId id) {
  switch (id) {
    case ClockId::Realtime: return CLOCK_REALTIME;
    case ClockId::Monotonic: return CLOCK_MONOTONIC;
    case ClockId::ProcessCputime: return CLOCK_PROCESS_CPUTIME_ID;
    case ClockId::ThreadCputime: return CLOCK_THREAD_CPUTIME_ID;
  }
  return CLOCK_MONOTONIC;
}

Timestamp toTimestamp(const timespec& time) {
  return static_cast<Timestamp>(time.tv_sec) * 1'000'000'000 + static_cast<Timestamp>(time.tv_nsec);
}

}  // namespace

Expected<Timestamp> readClock(const Context& context, ClockId id) {
  if (context.clock) return context.clock(static_cast<WasiClock>(id));
  timespec time;
  if (clock_gettime(hostClock(id), &time) != 0) return failWithLastError();
  return toTimestamp(time);
}

Errno clock_res_get(Call&, ClockId id, GuestPtr<Timestamp> resolution) {
  timespec time;
  if (clock_getres(hostClock(id), &time) != 0) return lastError();
  resolution.store(toTimestamp(time));
  return Errno::Success;
}

Errno clock_time_get(Call& call, ClockId id, Timestamp, GuestPtr<Timestamp> time) {
  const Expected<Timestamp> now = readClock(call.context, id);
  if (!now) return now.error();
  time.store(*now);
  return Errno::Success;
}

Errno random_get(Call& call, GuestBytes buffer) {
  if (call.context.random) {
    call.context.random(std::as_writable_bytes(std::span(buffer.data(), buffer.size())));
    return Errno::Success;
  }
  for (uint64_t done = 0; done < buffer.size();) {
    const ssize_t count = getrandom(buffer.data() + done, buffer.size() - done, 0);
    if (count < 0 && errno != EINTR) return lastError();
    done += static_cast<uint64_t>(std::max<ssize_t>(count, 0));
  }
  return Errno::Success;
}

}  // namespace wasmc::wasi
