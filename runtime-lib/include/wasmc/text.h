// Text from modules, as it may be shown to people: names of imports, exports and functions are any bytes, a
// terminal's control sequences too.
#ifndef WASMC_TEXT_H
#define WASMC_TEXT_H

#include <wasmc/api.h>

#include <string>
#include <string_view>

namespace wasmc {

// In quotes, with everything but printable ASCII as \XX, as in the text format (WebAssembly 3.0, 6.3.3).
WASMC_API std::string inQuotes(std::string_view text);

// The text itself where it is harmless: printable ASCII, and not empty. Else as `inQuotes` gives it.
WASMC_API std::string printable(std::string_view text);

}  // namespace wasmc

#endif  // WASMC_TEXT_H
