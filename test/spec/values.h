// The suite's constants, to and from the runtime library's values.
#ifndef WASMC_TEST_SPEC_VALUES_H
#define WASMC_TEST_SPEC_VALUES_H

#include "script.h"

#include <wasmc/wasmc.h>
#include <expected>
#include <map>
#include <string>

namespace wasmc::spec {

// What a host reference of the suite, `(ref.extern 7)`, refers to.
struct HostNumber {
  uint64_t number;
};

// Makes arguments. The same host reference is the same object for as long as the store lives.
class ValueMaker {
 public:
  explicit ValueMaker(StoreRef store) : store_(store) {}
  std::expected<Val, std::string> make(const Constant& constant);

 private:
  StoreRef store_;
  std::map<uint64_t, ExternRef> host_references_;
};

bool matches(const Constant& expected, const Val& found);
std::string describe(const Constant& constant);
// With the bits of numbers, because a NaN's payload matters.
std::string describe(const Val& value);

}  // namespace wasmc::spec

#endif  // WASMC_TEST_SPEC_VALUES_H
