// A read-only directory can be gone round by no function, also with a writable one beside it.
// RUN: rm -rf %t && mkdir -p %t/ro/dir %t/rw && echo original > %t/ro/file
// RUN: %clang_wasm -O1 -I%inputs %s -o %t/permissions.wasm
// RUN: %wasmrun --dir %t/ro::/ro:ro --dir %t/rw::/rw %t/permissions.wasm | FileCheck %s
// RUN: echo original | diff - %t/ro/file
#include "report.h"

#include <time.h>

int main(void) {
  struct timespec times[2] = {{1, 0}, {1, 0}};
  // CHECK: open("/ro/file", O_RDONLY): open
  REPORT_OPEN(open("/ro/file", O_RDONLY));
  // CHECK: open("/ro/file", O_WRONLY): EROFS
  REPORT_OPEN(open("/ro/file", O_WRONLY));
  // CHECK: open("/ro/file", O_RDONLY | O_TRUNC): EROFS
  REPORT_OPEN(open("/ro/file", O_RDONLY | O_TRUNC));
  // CHECK: open("/ro/new", O_RDWR | O_CREAT, 0666): EROFS
  REPORT_OPEN(open("/ro/new", O_RDWR | O_CREAT, 0666));
  // CHECK: rename("/ro/file", "/rw/file"): EROFS
  REPORT(rename("/ro/file", "/rw/file"));
  // CHECK: link("/ro/file", "/rw/file"): EROFS
  REPORT(link("/ro/file", "/rw/file"));
  // CHECK: unlink("/ro/file"): EROFS
  REPORT(unlink("/ro/file"));
  // CHECK: rmdir("/ro/dir"): EROFS
  REPORT(rmdir("/ro/dir"));
  // CHECK: symlink("x", "/ro/x"): EROFS
  REPORT(symlink("x", "/ro/x"));
  // CHECK: utimensat(AT_FDCWD, "/ro/file", times, 0): EROFS
  REPORT(utimensat(AT_FDCWD, "/ro/file", times, 0));
  // The way from one directory to the other is closed for links, too.
  symlink("../ro/file", "/rw/link");
  // CHECK: open("/rw/link", O_RDWR): EPERM
  REPORT_OPEN(open("/rw/link", O_RDWR));
  // CHECK: open("/rw/new", O_RDWR | O_CREAT, 0666): open
  REPORT_OPEN(open("/rw/new", O_RDWR | O_CREAT, 0666));
}
