// lseek, ftruncate, holes, and offsets above 4 GiB.
// RUN: %same_as_native %s %t
#include "report.h"

int main(void) {
  char text[16] = "";
  struct stat status;
  int fd = open("file", O_RDWR | O_CREAT, 0666);
  REPORT(write(fd, "0123456789", 10));
  REPORT(lseek(fd, 3, SEEK_SET));
  REPORT(read(fd, text, 4));
  printf("%s\n", text);
  REPORT(lseek(fd, -2, SEEK_CUR));
  REPORT(lseek(fd, -100, SEEK_CUR));
  REPORT(lseek(fd, 5, SEEK_END));
  REPORT(read(fd, text, 4));
  REPORT(write(fd, "x", 1));
  REPORT(fstat(fd, &status));
  printf("size %lld\n", (long long)status.st_size);
  REPORT(ftruncate(fd, 4));
  REPORT(lseek(fd, 0, SEEK_END));
  REPORT(ftruncate(fd, -1));
  REPORT(lseek(fd, 0x123456789LL, SEEK_SET));
  REPORT(write(fd, "far", 3));
  REPORT(lseek(fd, 0, SEEK_CUR));
  REPORT(pread(fd, text, 3, 0x123456789LL));
  printf("%.3s\n", text);
  REPORT(pread(fd, text, 3, 0x23456789));
  REPORT(pwrite(fd, "at 1", 4, 1));
  REPORT(lseek(fd, 0, SEEK_CUR));
  REPORT(ftruncate(fd, 6));
  REPORT(pread(fd, text, 16, 100));
  REPORT(pread(fd, text, 16, -1));
  close(fd);
  show_file("file");
  fd = open("appended", O_RDWR | O_CREAT | O_APPEND, 0666);
  REPORT(write(fd, "abc", 3));
  REPORT(pwrite(fd, "XY", 2, 0));
  REPORT(lseek(fd, 0, SEEK_END));
  REPORT(lseek(STDIN_FILENO, 0, SEEK_SET));
  REPORT(pread(STDIN_FILENO, text, 1, 0));
}
