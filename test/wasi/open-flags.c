// open: each flag, on files, directories and nothing.
// RUN: %same_as_native %s %t
#include "report.h"

int main(void) {
  put_file("file", "0123456789");
  mkdir("dir", 0777);
  REPORT_OPEN(open("missing", O_RDONLY));
  REPORT_OPEN(open("new", O_WRONLY | O_CREAT, 0666));
  REPORT_OPEN(open("new", O_WRONLY | O_CREAT | O_EXCL, 0666));
  REPORT_OPEN(open("dir", O_RDONLY));
  REPORT_OPEN(open("dir", O_RDONLY | O_DIRECTORY));
  REPORT_OPEN(open("dir", O_WRONLY));
  REPORT_OPEN(open("dir", O_RDWR));
  REPORT_OPEN(open("file", O_RDONLY | O_DIRECTORY));
  REPORT_OPEN(open("file/below", O_RDONLY));
  REPORT_OPEN(open("file/below", O_WRONLY | O_CREAT, 0666));
  REPORT_OPEN(open("missing/below", O_WRONLY | O_CREAT, 0666));
  int fd = open("file", O_RDWR | O_TRUNC);
  REPORT(lseek(fd, 0, SEEK_END));
  REPORT(write(fd, "abc", 3));
  close(fd);
  fd = open("file", O_WRONLY | O_APPEND);
  REPORT(write(fd, "def", 3));
  REPORT(lseek(fd, 0, SEEK_SET));
  REPORT(write(fd, "ghi", 3));
  REPORT(lseek(fd, 0, SEEK_CUR));
  char byte;
  REPORT(read(fd, &byte, 1));
  REPORT(close(fd));
  REPORT(close(fd));
  REPORT(read(fd, &byte, 1));
  fd = open("file", O_RDONLY);
  REPORT(write(fd, "x", 1));
  REPORT(ftruncate(fd, 0));
  close(fd);
  show_file("file");
}
