// readv and writev: none, empty, overlapping, a thousand.
// RUN: %same_as_native %s %t
#include "report.h"

#include <sys/uio.h>

int main(void) {
  static struct iovec many[1024];
  char text[] = "abcdefgh", back[64] = "";
  int fd = open("file", O_RDWR | O_CREAT, 0666);
  struct iovec overlapping[3] = {{text, 4}, {text + 2, 0}, {text + 2, 4}};
  REPORT(writev(fd, overlapping, 3));
  REPORT(writev(fd, overlapping, 0));
  for (int i = 0; i < 1024; ++i) many[i] = (struct iovec){text + i % 8, 1};
  REPORT(writev(fd, many, 1024));
  REPORT(lseek(fd, 4, SEEK_SET));
  struct iovec parts[3] = {{back, 2}, {back + 10, 5}, {back + 20, 30}};
  REPORT(readv(fd, parts, 3));
  printf("%s %s %s\n", back, back + 10, back + 20);
  REPORT(lseek(fd, -3, SEEK_END));
  REPORT(readv(fd, parts, 3));
  REPORT(readv(fd, parts, 3));
}
