#include "growth.h"

#include <cerrno>

#include "os.h"

namespace wasmc::detail {
namespace {

std::string explain(NoGrowth why, const char* limit, const Budget& budget) {
  switch (why) {
    case NoGrowth::Maximum: return "its maximum is reached";
    case NoGrowth::Budget:
      return std::string(limit) + " (" + std::to_string(budget.limit()) + ") does not leave as much";
    case NoGrowth::Refused: return "the host's StoreLimits::growth refuses it";
    case NoGrowth::System: break;
  }
  return "the system refuses it: " + os::errorText(errno);
}

}  // namespace

std::unexpected<Error> growthError(NoGrowth why, const std::string& what, const char* limit,
                                   const Budget& budget) {
  return error(ErrorCode::Limit, what + ": " + explain(why, limit, budget));
}

}  // namespace wasmc::detail
