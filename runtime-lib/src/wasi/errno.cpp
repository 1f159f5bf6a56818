#include "wasi/errno.h"

#include <cerrno>

namespace wasmc::wasi {
namespace {

struct Row {
  const char* name;
  Errno error;
  int host;
};

constexpr Row kRows[] = {
#define WASMC_ERRNO(Name, number, host) {#Name, Errno::Name, host},
#include "wasi/errno.def"
};

}  // namespace

Errno fromHost(int host_errno) {
  if (host_errno == 0) return Errno::Success;
  for (const Row& row : kRows) {
    if (row.host == host_errno) return row.error;
  }
  return Errno::Io;
}

Errno lastError() { return fromHost(errno); }

const char* errnoName(Errno error) {
  for (const Row& row : kRows) {
    if (row.error == error) return row.name;
  }
  return "?";
}

}  // namespace wasmc::wasi
