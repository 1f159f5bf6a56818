// WebAssembly's names as identifiers of C and C++.
#ifndef WASMC_COMPILER_HEADER_IDENTIFIERS_H
#define WASMC_COMPILER_HEADER_IDENTIFIERS_H

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace wasmc::compiler {

// The names of one scope. What they are depends on the order in which they are asked for alone.
class Identifiers {
 public:
  // `reserved` are names that the header uses itself in this scope.
  explicit Identifiers(std::span<const std::string_view> reserved);

  // An identifier for the name that no other one in this scope has. Letters, digits and single underscores
  // stay, everything else becomes an underscore; keywords, common macros and what is reserved get one
  // appended, further names that come out the same a number: "do" -> "do_", "a.b" -> "a_b", "a-b" -> "a_b_2".
  std::string take(std::string_view name);

 private:
  using Set = std::set<std::string, std::less<>>;

  Set reserved_;
  Set taken_;
  std::map<std::string, size_t> uses_;  // of what names come out as: many can come out the same
};

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_HEADER_IDENTIFIERS_H
