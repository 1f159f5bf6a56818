// Times of files: set or kept; of links and of what they lead to.
// RUN: %same_as_native %s %t
#include "report.h"

#include <time.h>

static void show(const char *path, int flags) {
  struct stat status;
  fstatat(AT_FDCWD, path, &status, flags);
  long long accessed = status.st_atim.tv_sec, modified = status.st_mtim.tv_sec;
  long long recent = time(NULL) - 3600;
  printf("%s: %lld.%09ld %lld.%09ld\n", path, accessed > recent ? -1 : accessed, accessed > recent ? 0 : status.st_atim.tv_nsec,
         modified > recent ? -1 : modified, modified > recent ? 0 : status.st_mtim.tv_nsec);
}

int main(void) {
  put_file("file", "x");
  symlink("file", "link");
  struct timespec both[2] = {{1000, 123456789}, {2000, 987654321}};
  REPORT(utimensat(AT_FDCWD, "file", both, 0));
  show("file", 0);
  struct timespec one[2] = {{0, UTIME_OMIT}, {3000, 1}};
  REPORT(utimensat(AT_FDCWD, "file", one, 0));
  show("file", 0);
  REPORT(utimensat(AT_FDCWD, "link", one, 0));
  REPORT(utimensat(AT_FDCWD, "link", both, AT_SYMLINK_NOFOLLOW));
  show("link", AT_SYMLINK_NOFOLLOW);
  show("file", 0);
  int fd = open("file", O_RDONLY);
  REPORT(futimens(fd, both));
  show("file", 0);
  REPORT(utimensat(AT_FDCWD, "missing", both, 0));
}
