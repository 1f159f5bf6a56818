// Which value an address has after ranges have been painted over each other, the later over the earlier: of
// scopes that nest, painted from the outermost inwards, the innermost.
#ifndef WASMC_COMPILER_SUPPORT_PAINTED_RANGES_H
#define WASMC_COMPILER_SUPPORT_PAINTED_RANGES_H

#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

namespace wasmc::compiler {

template <typename Value>
class PaintedRanges {
 public:
  explicit PaintedRanges(Value background) : background_(std::move(background)) {}

  void paint(uint64_t begin, uint64_t end, Value value) {
    if (begin >= end) return;
    const Value after = at(end);
    starts_.erase(starts_.lower_bound(begin), starts_.upper_bound(end));
    starts_.insert_or_assign(begin, std::move(value));
    starts_.insert_or_assign(end, after);
  }

  const Value& at(uint64_t address) const {
    const auto next = starts_.upper_bound(address);
    return next == starts_.begin() ? background_ : std::prev(next)->second;
  }

 private:
  Value background_;
  std::map<uint64_t, Value> starts_;  // the value from an address up to the next
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_SUPPORT_PAINTED_RANGES_H
