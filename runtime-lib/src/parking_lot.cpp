#include "parking_lot.h"

#include <array>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>

namespace wasmc::detail {
namespace {

struct Waiter {
  const void* address;
  std::condition_variable woken;
  bool picked = false;  // by unpark, which has taken it off the list
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

// Until `waiter` is picked; false if the time is over before.
bool sleep(Waiter& waiter, std::unique_lock<std::mutex>& lock, int64_t timeout) {
  const auto picked = [&] { return waiter.picked; };
  if (timeout >= 0 && timeout < kLongest)
    return waiter.woken.wait_for(lock, std::chrono::nanoseconds(timeout), picked);
  waiter.woken.wait(lock, picked);
  return true;
}

template <typename T>
WaitResult parkAt(const T* address, T expected, int64_t timeout) {
  Bucket& bucket = bucketOf(address);
  std::unique_lock lock(bucket.lock);
  if (__atomic_load_n(address, __ATOMIC_SEQ_CST) != expected) return WaitResult::NotEqual;
  Waiter waiter{address, {}};
  const auto place = bucket.waiters.insert(bucket.waiters.end(), &waiter);
  if (sleep(waiter, lock, timeout)) return WaitResult::Ok;
  bucket.waiters.erase(place);
  return WaitResult::TimedOut;
}

}  // namespace

WaitResult park(const uint32_t* address, uint32_t expected, int64_t timeout) {
  return parkAt(address, expected, timeout);
}

WaitResult park(const uint64_t* address, uint64_t expected, int64_t timeout) {
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
    (*at)->picked = true;
    // Under the lock: the waiter is gone as soon as it can see that it was picked.
    (*at)->woken.notify_one();
    at = bucket.waiters.erase(at);
    ++woken;
  }
  return woken;
}

}  // namespace wasmc::detail
