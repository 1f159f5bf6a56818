// Programs that import wasi_unstable, the snapshot before preview 1: other struct layouts, other numbers for seeking.
// RUN: rm -rf %t && mkdir %t && echo 0123456789 > %t/file
// RUN: %clang_wasm -O1 -nostdlib -Wl,--no-entry -Wl,--export=_start %s -o %t/old.wasm
// RUN: %wasmrun --dir %t::/ %t/old.wasm | FileCheck %s
// CHECK: size 11 rest 789
typedef unsigned int u32;
typedef unsigned long long u64;
#define IMPORT(name) __attribute__((import_module("wasi_unstable"), import_name(#name)))
IMPORT(path_open) int path_open(int fd, int flags, const char *path, u32 length, int oflags, u64 base, u64 inheriting, int fdflags, int *opened);
IMPORT(fd_filestat_get) int fd_filestat_get(int fd, void *buffer);
IMPORT(fd_seek) int fd_seek(int fd, long long offset, int whence, u64 *position);
IMPORT(fd_read) int fd_read(int fd, const void *iovs, u32 count, u32 *size);
IMPORT(fd_write) int fd_write(int fd, const void *iovs, u32 count, u32 *size);
IMPORT(poll_oneoff) int poll_oneoff(const void *in, void *out, u32 count, u32 *ready);
IMPORT(proc_exit) _Noreturn void proc_exit(int status);

struct iovec { const char *at; u32 size; };
// nlink has 32 bits here.
struct filestat { u64 dev, ino; unsigned char type; u32 nlink; u64 size, atim, mtim, ctim; };
// A clock has an identifier of its own here.
struct subscription { u64 userdata; unsigned char tag; u64 identifier; u32 clock; u64 timeout, precision; unsigned short flags; };
struct event { u64 userdata; unsigned short error; unsigned char type; u64 bytes; unsigned short flags; };

static void say(const char *text, u32 size) {
  struct iovec out = {text, size};
  u32 written;
  fd_write(1, &out, 1, &written);
}

void _start(void) {
  int fd;
  u64 position;
  u32 size;
  struct filestat status;
  char text[16];
  if (path_open(3, 0, "file", 4, 0, 2 | 4, 0, 0, &fd) || fd_filestat_get(fd, &status)) proc_exit(1);
  char line[] = "size 00 rest ";
  line[5] += status.size / 10;
  line[6] += status.size % 10;
  say(line, sizeof(line) - 1);
  if (fd_seek(fd, 5, 2 /* set */, &position) || fd_seek(fd, 2, 0 /* current */, &position) || position != 7) proc_exit(2);
  struct iovec in = {text, sizeof(text)};
  if (fd_read(fd, &in, 1, &size)) proc_exit(3);
  say(text, size);
  struct subscription wait = {77, 0, 0, 1, 1000000, 0, 0};
  struct event event;
  if (poll_oneoff(&wait, &event, 1, &size) || size != 1 || event.userdata != 77 || event.error) proc_exit(4);
  proc_exit(0);
}
