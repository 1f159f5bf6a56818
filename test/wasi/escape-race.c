// While another process swaps a directory for a symbolic link that leads out, as fast as it can, a million attempts to
// go through it reach nothing outside.
// RUN: rm -rf %t && mkdir -p %t/root/swap %t/outside && echo canary > %t/outside/secret && echo inside > %t/root/swap/secret
// RUN: ln -s ../outside %t/root/evil
// RUN: %clang_wasm -O1 -Wno-return-type -I%inputs %s -o %t/race.wasm
// RUN: %with_racer %t/root/swap %t/root/evil -- %wasmrun --dir %t/root::/ %t/race.wasm > %t/out
// RUN: FileCheck %s < %t/out
// RUN: echo canary | diff - %t/outside/secret
// RUN: ls %t/outside | FileCheck --check-prefix=OUTSIDE %s
// CHECK: 1000000 attempts, 0 out, both met: 1
// OUTSIDE: secret
// OUTSIDE-NOT: {{.}}
#include <wasi/api.h>

#include <stdio.h>

int main(void) {
  const int attempts = 1000000;
  int out = 0, inside = 0, refused = 0;
  const __wasi_lookupflags_t follow = __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW;
  __wasi_filestat_t status, in;
  // The inside file's inode tells where a stat has been.
  while (__wasi_path_filestat_get(3, follow, "swap/secret", &in) != 0) {
  }
  for (int i = 0; i < attempts; ++i) {
    __wasi_fd_t fd;
    __wasi_size_t size;
    char text[16] = "";
    __wasi_iovec_t vec = {(uint8_t *)text, sizeof(text)};
    switch (i % 4) {
      case 0:
        if (__wasi_path_open(3, 0, "swap/secret", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd) != 0) {
          ++refused;
          break;
        }
        if (__wasi_fd_read(fd, &vec, 1, &size) != 0 || text[0] != 'i') ++out;
        ++inside;
        if (__wasi_fd_close(fd) != 0) ++out;
        break;
      case 1:
        if (__wasi_path_filestat_get(3, follow, "swap/secret", &status) == 0 && status.ino != in.ino) ++out;
        break;
      case 2:
        // Made and removed where the directory is; the canary's folder would keep it.
        if (__wasi_path_create_directory(3, "swap/new") == 0) ++inside;
        break;
      case 3:
        if (__wasi_path_remove_directory(3, "swap/new") != 0) ++refused;
        break;
    }
  }
  printf("%d attempts, %d out, both met: %d\n", attempts, out, inside > 0 && refused > 0);
}
