#include "wasi/filestat.h"

#include <fcntl.h>

namespace wasmc::wasi {
namespace {

Expected<timespec> toHostTime(Timestamp time, bool set, bool now) {
  if (set && now) return fail(Errno::Inval);
  if (now) return timespec{0, UTIME_NOW};
  if (!set) return timespec{0, UTIME_OMIT};
  return timespec{static_cast<time_t>(time / 1'000'000'000), static_cast<long>(time % 1'000'000'000)};
}

}  // namespace

Expected<HostTimes> toHostTimes(Timestamp atim, Timestamp mtim, FstFlags flags) {
  const Expected<timespec> access =
      toHostTime(atim, has(flags, FstFlags::Atim), has(flags, FstFlags::AtimNow));
  const Expected<timespec> change =
      toHostTime(mtim, has(flags, FstFlags::Mtim), has(flags, FstFlags::MtimNow));
  if (!access || !change) return fail(Errno::Inval);
  return HostTimes{*access, *change};
}

int toHostFlags(FdFlags flags) {
  int result = 0;
  if (has(flags, FdFlags::Append)) result |= O_APPEND;
  if (has(flags, FdFlags::Nonblock)) result |= O_NONBLOCK;
  if (has(flags, FdFlags::Dsync)) result |= O_DSYNC;
  // Linux knows no O_RSYNC of its own; the stronger flag is what it defines it as.
  if (has(flags, FdFlags::Sync) || has(flags, FdFlags::Rsync)) result |= O_SYNC;
  return result;
}

FdFlags fromHostFlags(int flags) {
  FdFlags result = FdFlags::None;
  if ((flags & O_APPEND) != 0) result = result | FdFlags::Append;
  if ((flags & O_NONBLOCK) != 0) result = result | FdFlags::Nonblock;
  if ((flags & O_SYNC) == O_SYNC) {
    result = result | FdFlags::Sync;
  } else if ((flags & O_DSYNC) != 0) {
    result = result | FdFlags::Dsync;
  }
  return result;
}

}  // namespace wasmc::wasi
