// What system calls cost a program: built natively and for WASI, and run in a folder of its own. A native program that is
// built with -DBENEATH never follows a path out of its folder: it makes the system calls that wasmrun has to make. Prints one line a
// measurement: its name and the nanoseconds that one call takes, in the least disturbed of several rounds. With an
// argument it makes the calls of that measurement alone, once for each round, so that they can be counted.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#ifdef BENEATH
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif

enum { kMiB = 1 << 20, kFileSize = 16 * kMiB, kEntries = 10000, kRounds = 100 };

static char buffer[kMiB];
static int file;
static const char *only;

static void must(int good, const char *what) {
  if (good) return;
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

// Each does `count` calls.
static void start_over(void) { must(lseek(file, 0, SEEK_SET) == 0, "lseek"); }
static void read_each(int count, size_t size) {
  start_over();
  for (int i = 0; i < count; ++i) must(read(file, buffer, size) == (ssize_t)size, "read");
}
static void write_each(int count, size_t size) {
  start_over();
  for (int i = 0; i < count; ++i) must(write(file, buffer, size) == (ssize_t)size, "write");
}
static void read_1(int count) { read_each(count, 1); }
static void read_4k(int count) { read_each(count, 4096); }
static void read_1m(int count) { read_each(count, kMiB); }
static void write_1(int count) { write_each(count, 1); }
static void write_4k(int count) { write_each(count, 4096); }
static void write_1m(int count) { write_each(count, kMiB); }
static void pread_4k(int count) {
  for (int i = 0; i < count; ++i) must(pread(file, buffer, 4096, 4096 * i) == 4096, "pread");
}
#ifdef BENEATH
static int root;
static int open_below(const char *path, unsigned flags) {
  const struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
  return (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
}
static int stat_at(const char *path, struct stat *status) {
  if (!strchr(path, '/')) return fstatat(root, path, status, AT_SYMLINK_NOFOLLOW);
  const int fd = open_below(path, O_PATH);
  return fstat(fd, status) | close(fd);
}
#else
static int open_below(const char *path, int flags) { return open(path, flags); }
static int stat_at(const char *path, struct stat *status) { return stat(path, status); }
#endif
static void stat_path(int count, const char *path) {
  struct stat status;
  for (int i = 0; i < count; ++i) must(stat_at(path, &status) == 0, "stat");
}
static void stat_file(int count) { stat_path(count, "file"); }
static void stat_below(int count) { stat_path(count, "a/b/file"); }
static void fstat_file(int count) {
  struct stat status;
  for (int i = 0; i < count; ++i) must(fstat(file, &status) == 0, "fstat");
}
static void open_close(int count) {
  for (int i = 0; i < count; ++i) must(close(open_below("a/b/file", O_RDONLY)) == 0, "open");
}
static void list(int count) {
  for (int i = 0; i < count; ++i) {
    DIR *dir = opendir("many");
    int entries = 0;
    while (readdir(dir)) ++entries;
    must(entries == kEntries + 2 && closedir(dir) == 0, "readdir");
  }
}
static void clock_time(int count) {
  struct timespec time;
  for (int i = 0; i < count; ++i) must(clock_gettime(CLOCK_MONOTONIC, &time) == 0, "clock_gettime");
}
static void random_bytes(int count) {
  for (int i = 0; i < count; ++i) must(getentropy(buffer, 64) == 0, "getentropy");
}

static void measure(const char *name, void (*calls)(int), int count) {
  if (only && strcmp(only, name) != 0) return;
  double best = 0;
  for (int round = 0; round < kRounds; ++round) {
    const double start = now();
    calls(only ? 1 : count);
    const double taken = (now() - start) / count;
    if (round == 0 || taken < best) best = taken;
  }
  printf("%s %.1f\n", name, best);
}

static void make_files(void) {
  memset(buffer, 'x', sizeof(buffer));
  file = open("file", O_RDWR | O_CREAT, 0666);
  for (int i = 0; i < kFileSize / kMiB; ++i) must(write(file, buffer, kMiB) == kMiB, "write");
  must(mkdir("many", 0777) == 0 && mkdir("a", 0777) == 0 && mkdir("a/b", 0777) == 0, "mkdir");
  close(open("a/b/file", O_WRONLY | O_CREAT, 0666));
  for (int i = 0; i < kEntries; ++i) {
    char name[32];
    snprintf(name, sizeof(name), "many/%d", i);
    const int fd = open(name, O_WRONLY | O_CREAT, 0666);
    must(close(fd) == 0, name);
  }
}

int main(int argc, char **argv) {
  if (argc > 1) only = argv[1];
  make_files();
#ifdef BENEATH
  root = open(".", O_RDONLY | O_DIRECTORY);
#endif
  measure("read-1", read_1, 1000);
  measure("read-4KiB", read_4k, 500);
  measure("read-1MiB", read_1m, 4);
  measure("write-1", write_1, 1000);
  measure("write-4KiB", write_4k, 500);
  measure("write-1MiB", write_1m, 4);
  measure("pread-4KiB", pread_4k, 500);
  measure("stat", stat_file, 500);
  measure("stat-below", stat_below, 500);
  measure("fstat", fstat_file, 1000);
  measure("open-close", open_close, 200);
  measure("readdir-10000", list, 1);
  measure("clock_time_get", clock_time, 10000);
  measure("random_get-64", random_bytes, 1000);
}
