// Attributes of files: between the host's representation and the guest's.
#ifndef WASMC_WASI_FILESTAT_H
#define WASMC_WASI_FILESTAT_H

#include "wasi/fd_table.h"

#include <sys/stat.h>
#include <time.h>

#include <array>

namespace wasmc::wasi {

// Filestat or snapshot0::Filestat.
template <typename Result>
Result toFilestat(const struct stat& status) {
  const auto nanoseconds = [](const timespec& time) {
    // A time before 1970 has no representation.
    if (time.tv_sec < 0) return Timestamp{0};
    return static_cast<Timestamp>(time.tv_sec) * 1'000'000'000 + static_cast<Timestamp>(time.tv_nsec);
  };
  Result result;
  result.dev = status.st_dev;
  result.ino = status.st_ino;
  result.filetype = fileTypeOf(status);
  result.nlink = static_cast<decltype(result.nlink)>(status.st_nlink);
  result.size = static_cast<FileSize>(status.st_size);
  result.atim = nanoseconds(status.st_atim);
  result.mtim = nanoseconds(status.st_mtim);
  result.ctim = nanoseconds(status.st_ctim);
  return result;
}

using HostTimes = std::array<timespec, 2>;  // of access, of modification: for futimens and utimensat

// Inval where a time is to be both set and set to now.
Expected<HostTimes> toHostTimes(Timestamp atim, Timestamp mtim, FstFlags flags);

// The status flags of open(2).
int toHostFlags(FdFlags flags);
FdFlags fromHostFlags(int flags);

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_FILESTAT_H
