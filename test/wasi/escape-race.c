// While another process swaps a directory for a symbolic link that leads out, as fast as it can, no attempt to go through
// it reaches anything outside. `lit -D wasi_race=1000000` makes a million attempts.
// RUN: rm -rf %t && mkdir -p %t/root/swap %t/outside && echo canary > %t/outside/secret && echo inside > %t/root/swap/secret
// RUN: ln -s ../outside %t/root/evil && ln -s secret %t/root/swap/link && ln -s canary %t/outside/link
// RUN: ls -la --time-style=full-iso %t/outside | grep -v '[.][.]$' > %t/before
// RUN: %clang_wasm -O1 -Wall %s -o %t/race.wasm
// RUN: %with_racer %t/root/swap %t/root/evil -- %wasmrun --dir %t/root::/ %t/race.wasm %race_attempts > %t/out
// RUN: FileCheck %s < %t/out
// RUN: echo canary | diff - %t/outside/secret
// RUN: ls -la --time-style=full-iso %t/outside | grep -v '[.][.]$' | diff %t/before -
// CHECK: {{[0-9]+}}000 attempts, 0 out, both met: 1
#include <wasi/api.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const __wasi_lookupflags_t follow = __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW;
static __wasi_filestat_t in;  // of the inside file: its inode tells where a function has been
static int out, inside, refused;

// Counts an attempt that reads nothing; what has changed outside is looked at afterwards.
static int count(__wasi_errno_t error) {
  error == 0 ? ++inside : ++refused;
  return error == 0;
}

static void read_file(void) {
  __wasi_fd_t fd;
  __wasi_size_t size;
  char text[16] = "";
  __wasi_iovec_t vec = {(uint8_t *)text, sizeof(text)};
  if (!count(__wasi_path_open(3, 0, "swap/secret", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd))) return;
  if (__wasi_fd_read(fd, &vec, 1, &size) != 0 || text[0] != 'i') ++out;
  if (__wasi_fd_close(fd) != 0) ++out;
}

static void create_file(void) {
  __wasi_fd_t fd;
  if (count(__wasi_path_open(3, 0, "swap/new", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_TRUNC, __WASI_RIGHTS_FD_WRITE, 0, 0,
                             &fd)))
    if (__wasi_fd_close(fd) != 0) ++out;
}

static void list(void) {
  __wasi_fd_t fd;
  __wasi_size_t size;
  static uint8_t names[1024];
  if (!count(__wasi_path_open(3, follow, "swap", __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_FD_READDIR, 0, 0, &fd))) return;
  __wasi_filestat_t status;
  if (__wasi_fd_readdir(fd, names, sizeof(names), 0, &size) != 0 || size == 0) ++out;
  if (__wasi_path_filestat_get(fd, 0, "secret", &status) != 0 || status.ino != in.ino) ++out;
  if (__wasi_fd_close(fd) != 0) ++out;
}

static void stat_file(void) {
  __wasi_filestat_t status;
  if (count(__wasi_path_filestat_get(3, follow, "swap/secret", &status)) && status.ino != in.ino) ++out;
}

static void read_link(void) {
  uint8_t text[16];
  __wasi_size_t size;
  if (count(__wasi_path_readlink(3, "swap/link", text, sizeof(text), &size)) && text[0] != 's') ++out;
}

static void attempt(int i) {
  switch (i % 16) {
    case 0: read_file(); break;
    case 1: stat_file(); break;
    case 2: count(__wasi_path_create_directory(3, "swap/dir")); break;
    case 3: count(__wasi_path_remove_directory(3, "swap/dir")); break;
    case 4: create_file(); break;
    case 5: count(__wasi_path_rename(3, "swap/new", 3, "swap/renamed")); break;
    case 6: count(__wasi_path_link(3, 0, "swap/renamed", 3, "swap/linked")); break;
    case 7: count(__wasi_path_unlink_file(3, "swap/linked")); break;
    case 8: count(__wasi_path_unlink_file(3, "swap/renamed")); break;
    case 9: count(__wasi_path_symlink("secret", 3, "swap/symlink")); break;
    case 10: count(__wasi_path_unlink_file(3, "swap/symlink")); break;
    case 11: count(__wasi_path_filestat_set_times(3, follow, "swap/secret", 0, 1, __WASI_FSTFLAGS_MTIM)); break;
    case 12: read_link(); break;
    case 13: list(); break;
    case 14: read_file(); break;
    case 15: stat_file(); break;
  }
}

int main(int argc, char **argv) {
  const int attempts = argc > 1 ? atoi(argv[1]) : 0;
  while (__wasi_path_filestat_get(3, follow, "swap/secret", &in) != 0) {
  }
  for (int i = 0; i < attempts; ++i) attempt(i);
  printf("%d attempts, %d out, both met: %d\n", attempts, out, inside > 0 && refused > 0);
}
