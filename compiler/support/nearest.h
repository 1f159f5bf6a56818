// "did you mean": the names that someone who wrote `word` may have meant.
#ifndef WASMC_COMPILER_SUPPORT_NEAREST_H
#define WASMC_COMPILER_SUPPORT_NEAREST_H

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::compiler {

// At most three of `names`, nearest first, by edit distance; none that differ in more than a third of their
// letters, or in two more than the nearest.
std::vector<std::string> nearest(std::string_view word, std::span<const std::string> names);

// The same as the end of a message: "; did you mean 'haswell' or 'broadwell'?", or nothing.
std::string didYouMean(std::string_view word, std::span<const std::string> names);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_SUPPORT_NEAREST_H
