#include "parking_lot.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <wasmc/interrupt.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <list>
#include <mutex>

namespace wasmc::detail {
namespace {

struct Waiter {
  const void* address;
  std::atomic<uint32_t> picked = 0;  // by unpark, which has taken it off the list
};

// Those whose addresses have the same hash. The lock orders the comparison in `park` with `unpark`: a value
// that is changed before `unpark` is seen by `park`, or the waiter is on the list already.
struct Bucket {
  std::mutex lock;
  std::list<Waiter*> waiters;
};

Bucket& bucketOf(const void* address) {
  static std::array<Bucket, 256> buckets;
  const auto key = static_cast<uint64_t>(reinterpret_cast<uintptr_t>(address) >> 2);
  return buckets[key * 0x9e37'79b9'7f4a'7c15 >> 56];
}

// Timeouts beyond what the clock can express are none.
constexpr int64_t kLongest = INT64_MAX / 4;

timespec deadlineIn(int64_t nanoseconds) {
  constexpr int64_t kSecond = 1'000'000'000;
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  const int64_t sum = time.tv_nsec + nanoseconds % kSecond;
  return {time.tv_sec + nanoseconds / kSecond + sum / kSecond, sum % kSecond};
}

// Until `waiter` is picked or the time is over: what the kernel says of it. Without a lock.
long sleep(const Waiter& waiter, const timespec* deadline) {
  long ended = 0;
  do {
    ended = waitingCall(SYS_futex, &waiter.picked, FUTEX_WAIT_BITSET_PRIVATE, 0, deadline, nullptr,
                        FUTEX_BITSET_MATCH_ANY);
  } while (ended != -ETIMEDOUT && !interrupted() && waiter.picked == 0);
  return ended;
}

template <typename T>
std::optional<WaitResult> parkAt(const T* address, T expected, int64_t timeout) {
  Bucket& bucket = bucketOf(address);
  std::unique_lock lock(bucket.lock);
  if (__atomic_load_n(address, __ATOMIC_SEQ_CST) != expected) return WaitResult::NotEqual;
  Waiter waiter{address, {}};
  const auto place = bucket.waiters.insert(bucket.waiters.end(), &waiter);
  lock.unlock();
  const bool limited = timeout >= 0 && timeout < kLongest;
  const timespec deadline = limited ? deadlineIn(timeout) : timespec();
  const long ended = sleep(waiter, limited ? &deadline : nullptr);
  lock.lock();
  if (waiter.picked != 0) return WaitResult::Ok;
  bucket.waiters.erase(place);
  if (ended == -ETIMEDOUT) return WaitResult::TimedOut;
  return std::nullopt;
}

}  // namespace

std::optional<WaitResult> park(const uint32_t* address, uint32_t expected, int64_t timeout) {
  return parkAt(address, expected, timeout);
}

std::optional<WaitResult> park(const uint64_t* address, uint64_t expected, int64_t timeout) {
  return parkAt(address, expected, timeout);
}

uint32_t unpark(const void* address, uint32_t count) {
  Bucket& bucket = bucketOf(address);
  const std::lock_guard lock(bucket.lock);
  uint32_t woken = 0;
  for (auto at = bucket.waiters.begin(); at != bucket.waiters.end() && woken < count;) {
    if ((*at)->address != address) {
      ++at;
      continue;
    }
    // Under the lock: the waiter takes it before it goes away.
    (*at)->picked = 1;
    syscall(SYS_futex, &(*at)->picked, FUTEX_WAKE_PRIVATE, 1);
    at = bucket.waiters.erase(at);
    ++woken;
  }
  return woken;
}

}  // namespace wasmc::detail
