#include "frontend/wabt_errors.h"

namespace wasmc::compiler {
namespace {

// A message of wabt is `prefix` and the name of what it was reading; ours has that name before `said`.
struct Rewording {
  std::string_view prefix;
  std::string_view said;
};

constexpr Rewording kRewordings[] = {
    {"unable to read u32 leb128: ", " is malformed: expected an unsigned LEB128 number of 32 bits"},
    {"unable to read u64 leb128: ", " is malformed: expected an unsigned LEB128 number of 64 bits"},
    {"unable to read i32 leb128: ", " is malformed: expected a signed LEB128 number of 32 bits"},
    {"unable to read i64 leb128: ", " is malformed: expected a signed LEB128 number of 64 bits"},
    {"unable to read uint8_t: ", " is missing: expected a byte, found the end"},
    {"unable to read float: ", " is cut off: expected 4 bytes, found the end"},
    {"unable to read double: ", " is cut off: expected 8 bytes, found the end"},
    {"unable to read v128: ", " is cut off: expected 16 bytes, found the end"},
    {"unable to read string: ", " is cut off: its length runs past the end of the section"},
    {"unable to read data: ", " is cut off: its length runs past the end of the section"},
    {"invalid utf-8 encoding: ", " is malformed: expected UTF-8"},
};

}  // namespace

std::string rewordReadError(std::string_view message) {
  for (const Rewording& r : kRewordings)
    if (message.starts_with(r.prefix)) return std::string(message.substr(r.prefix.size())).append(r.said);
  return std::string(message);
}

}  // namespace wasmc::compiler
