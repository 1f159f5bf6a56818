// No function of WASI leads out of a preopened directory: not "..", not an absolute path, not a symbolic link, made by the
// guest or from outside. The canary beside the directory is neither read nor changed.
// RUN: rm -rf %t && mkdir -p %t/root/dir %t/outside && echo canary > %t/outside/secret
// RUN: ln -s ../outside %t/root/up && ln -s %t/outside/secret %t/root/absolute && ln -s / %t/root/slash
// RUN: ln -s ../../outside/secret %t/root/dir/up
// RUN: %clang_wasm -O1 -I%inputs %s -o %t/escape.wasm
// RUN: %wasmrun --dir %t/root::/ %t/escape.wasm %t > %t/out
// RUN: FileCheck %s < %t/out
// RUN: echo canary | diff - %t/outside/secret
// RUN: ls %t/outside | FileCheck --check-prefix=OUTSIDE %s
// CHECK-NOT: reached
// CHECK: 13 ways, 0 out
// OUTSIDE: secret
// OUTSIDE-NOT: {{.}}
#include "report.h"

#include <stdlib.h>
#include <wasi/api.h>

static int reached;

static void check(const char *what, const char *path, int answer) {
  if (answer == 0 || answer == __WASI_ERRNO_SUCCESS) printf("reached: %s %s\n", what, path), ++reached;
}

// Raw calls, for wasi-libc would look at the path before WASI does.
static void attack(const char *path) {
  __wasi_fd_t fd;
  __wasi_filestat_t status;
  __wasi_size_t size;
  uint8_t text[100];
  const __wasi_rights_t all = ~0ull;
  const __wasi_lookupflags_t follow = __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW;
  check("open", path, __wasi_path_open(3, follow, path, 0, __WASI_RIGHTS_FD_READ, all, 0, &fd));
  check("create", path, __wasi_path_open(3, follow, path, __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_WRITE, all, 0, &fd));
  check("truncate", path, __wasi_path_open(3, follow, path, __WASI_OFLAGS_TRUNC, __WASI_RIGHTS_FD_WRITE, all, 0, &fd));
  check("stat", path, __wasi_path_filestat_get(3, follow, path, &status));
  check("times", path, __wasi_path_filestat_set_times(3, follow, path, 0, 0, __WASI_FSTFLAGS_MTIM));
  check("link from", path, __wasi_path_link(3, follow, path, 3, "mine"));
  char below[300];
  snprintf(below, sizeof(below), "%s/new", path);
  check("mkdir", path, __wasi_path_create_directory(3, below));
  check("symlink", path, __wasi_path_symlink("x", 3, below));
  check("rename to", path, __wasi_path_rename(3, "dir", 3, below));
  check("link to", path, __wasi_path_link(3, 0, "file", 3, below));
  snprintf(below, sizeof(below), "%s/secret", path);
  check("open below", path, __wasi_path_open(3, follow, below, 0, __WASI_RIGHTS_FD_READ, all, 0, &fd));
  check("unlink", path, __wasi_path_unlink_file(3, below));
  check("rename from", path, __wasi_path_rename(3, below, 3, "mine"));
  check("link from below", path, __wasi_path_link(3, 0, below, 3, "mine"));
  check("readlink", path, __wasi_path_readlink(3, below, text, sizeof(text), &size));
}

int main(int argc, char **argv) {
  char absolute[300], absolute_secret[300];
  snprintf(absolute, sizeof(absolute), "%s/outside", argv[1]);
  snprintf(absolute_secret, sizeof(absolute_secret), "%s/outside/secret", argv[1]);
  put_file("file", "x");
  symlink("../outside", "own");
  symlink("own", "own2");
  const char *ways[] = {"..", "../outside", "dir/../../outside", "./.././outside", "up", "dir/up", "absolute", "slash",
                        "own", "own2", "up/../outside", absolute, absolute_secret};
  const int count = sizeof(ways) / sizeof(ways[0]);
  for (int i = 0; i < count; ++i) attack(ways[i]);
  check("absolute link", "/", __wasi_path_symlink(absolute, 3, "abs"));
  printf("%d ways, %d out\n", count, reached);
}
