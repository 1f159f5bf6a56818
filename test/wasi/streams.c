// The standard streams: input to its end, output in pieces, bad descriptors, isatty.
// RUN: %same_as_native %s %t
#include "report.h"

#include <poll.h>
#include <stdlib.h>

int main(void) {
  char line[64];
  struct stat status;
  REPORT(isatty(0));
  printf("%s", fgets(line, sizeof(line), stdin));
  int number = 0;
  while (fgets(line, sizeof(line), stdin)) printf("%d %s", ++number, line);
  char byte;
  REPORT(read(0, &byte, 1));
  put_file("file", "x");
  int fd = open("file", O_RDONLY);
  REPORT(isatty(fd));
  REPORT(isatty(77));
  REPORT(read(77, &byte, 1));
  REPORT(write(77, &byte, 1));
  REPORT(close(77));
  REPORT(fstat(77, &status));
  REPORT(lseek(77, 0, SEEK_SET));
  REPORT(fsync(77));
  REPORT(fsync(fd));
  struct pollfd ready = {fd, POLLIN, 0};
  REPORT(poll(&ready, 1, -1));
  printf("%d\n", ready.revents == POLLIN);
  for (int i = 0; i < 1000; ++i) printf("%d,", i * i);
  printf("%f %e %g %a\n", 1.0 / 3, 1e300, 1e-5, 0.1);
  fflush(stdout);
  exit(42);
}
