// Threads that wait at addresses of shared memories: memory.atomic.wait32, wait64 and notify.
//
// Whoever shares a memory sees it at the same host address, which so identifies the place in all stores. (A
// futex of theirs would do for 32 bits, but not for the 64 of wait64.) Each of them sleeps on a word of its
// own, which the interruption of its thread ends.
#ifndef WASMC_PARKING_LOT_H
#define WASMC_PARKING_LOT_H

#include <wasmc/shared_memory.h>

#include <cstdint>
#include <optional>

namespace wasmc::detail {

// Waits at `address` if it holds `expected`, until `unpark` picks this thread, or for `timeout` nanoseconds;
// a negative timeout is none. No value: the guest that waits, or whose host function does, was interrupted.
std::optional<WaitResult> park(const uint32_t* address, uint32_t expected, int64_t timeout);
std::optional<WaitResult> park(const uint64_t* address, uint64_t expected, int64_t timeout);

// Wakes those who wait at `address`, in the order in which they came, at most `count`. Returns how many.
uint32_t unpark(const void* address, uint32_t count);

}  // namespace wasmc::detail

#endif  // WASMC_PARKING_LOT_H
