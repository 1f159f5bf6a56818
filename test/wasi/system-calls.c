// A call of WASI is the host's call and no more: one system call for each transfer, one openat2 for each path with folders
// in it, and none for the time. What an opened file is gets found out once, if somebody asks.
// REQUIRES: strace
// RUN: rm -rf %t && mkdir -p %t/folder && echo 0123456789 > %t/file && cp %t/file %t/folder/file
// RUN: %clang_wasm -O1 %s -o %t/calls.wasm && %wasmc %t/calls.wasm -o %t/calls.so
// RUN: strace -e trace=!brk,mmap,munmap,mprotect -o %t/trace %wasmrun --dir %t::. %t/calls.so
// RUN: FileCheck %s < %t/trace
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  char text[64];
  struct iovec two[2] = {{text, 2}, {text + 8, 3}};
  struct stat status;
  struct timespec time;
  int fd = open("file", O_RDWR);
  fstat(fd, &status);
  // CHECK: write(1, "begin", 5)
  write(1, "begin", 5);
  // CHECK-NEXT: read({{[0-9]+}}, "0", 1)
  read(fd, text, 1);
  // CHECK-NEXT: readv({{[0-9]+}}, [{iov_base="12", iov_len=2}, {iov_base="345", iov_len=3}], 2)
  readv(fd, two, 2);
  // CHECK-NEXT: pread64({{[0-9]+}}, "78", 2, 7)
  pread(fd, text, 2, 7);
  // CHECK-NEXT: write({{[0-9]+}}, "78", 2)
  write(fd, text, 2);
  // CHECK-NEXT: writev({{[0-9]+}}, [{iov_base="78", iov_len=2}, {iov_base="345", iov_len=3}], 2)
  writev(fd, two, 2);
  // CHECK-NEXT: pwrite64({{[0-9]+}}, "78", 2, 1)
  pwrite(fd, text, 2, 1);
  // CHECK-NEXT: lseek({{[0-9]+}}, 0, SEEK_SET)
  lseek(fd, 0, SEEK_SET);
  clock_gettime(CLOCK_MONOTONIC, &time);
  // CHECK-NEXT: getrandom({{.*}}, 16, 0)
  getentropy(text, 16);
  // CHECK-NEXT: newfstatat({{[0-9]+}}, "file",
  stat("file", &status);
  // CHECK-NEXT: openat2({{[0-9]+}}, "folder/file", {flags=O_RDONLY{{.*}}O_PATH, resolve=RESOLVE_{{.*}}BENEATH
  // CHECK-NEXT: {{(new)?fstat(at)?}}(
  // CHECK-NEXT: close(
  stat("folder/file", &status);
  // CHECK-NEXT: openat2({{[0-9]+}}, "folder/file",
  // CHECK-NEXT: close(
  close(open("folder/file", O_RDONLY));
  // CHECK-NEXT: openat2({{[0-9]+}}, "file",
  // CHECK-NEXT: {{(new)?fstat(at)?}}(
  // CHECK-NEXT: read(
  // CHECK-NEXT: close(
  fd = open("file", O_RDONLY);
  fstat(fd, &status);
  read(fd, text, 1);
  close(fd);
  // CHECK-NEXT: mkdirat({{[0-9]+}}, "new", 0777)
  mkdir("new", 0777);
  // CHECK-NEXT: openat2({{[0-9]+}}, "folder",
  // CHECK-NEXT: unlinkat({{[0-9]+}}, "file", 0)
  // CHECK-NEXT: close(
  unlink("folder/file");
  // CHECK-NEXT: write(1, "end", 3)
  write(1, "end", 3);
}
