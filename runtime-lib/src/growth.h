// How much of something guest code may have, and why it may not have more.
#ifndef WASMC_GROWTH_H
#define WASMC_GROWTH_H

#include <wasmc/result.h>

#include <atomic>
#include <cstdint>
#include <string>

namespace wasmc::detail {

// How many bytes memories, or how many elements tables may have together. Used by several threads where one
// of the memories is shared.
class Budget {
 public:
  explicit Budget(uint64_t limit) : limit_(limit) {}

  uint64_t limit() const { return limit_; }
  // False if that many are not left.
  bool take(uint64_t amount) {
    uint64_t used = used_;
    do {
      if (amount > limit_ - used) return false;
    } while (!used_.compare_exchange_weak(used, used + amount));
    return true;
  }
  void give(uint64_t amount) { used_ -= amount; }

 private:
  const uint64_t limit_;
  std::atomic<uint64_t> used_ = 0;
};

enum class NoGrowth {
  Maximum,  // of its type
  Budget,   // of all
  Refused,  // by StoreLimits::growth
  System,   // errno says why
};

// The old size, or why it stayed.
using Grown = std::expected<uint64_t, NoGrowth>;

// ErrorCode::Limit: "`what`: ..." with the limit. `limit` is the name of the budget's.
std::unexpected<Error> growthError(NoGrowth why, const std::string& what, const char* limit,
                                   const Budget& budget);

}  // namespace wasmc::detail

#endif  // WASMC_GROWTH_H
