// The walk over a path in user space, for kernels without openat2(2). See path.h.
#ifndef WASMC_WASI_PATH_WALK_H
#define WASMC_WASI_PATH_WALK_H

#include "wasi/errno.h"
#include "wasi/host_fd.h"

#include <sys/types.h>

namespace wasmc::wasi {

// Opens the relative `path` below `directory`, like openat(2) with these flags. Perm where it would leave it.
Expected<HostFd> walkAndOpen(int directory, const char* path, int flags, mode_t mode);

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_PATH_WALK_H
