// A slash at the end of a path, for every function that takes one.
// RUN: %same_as_native %s %t
#include "report.h"

#include <time.h>

int main(void) {
  struct stat status;
  char text[32];
  put_file("file", "x");
  mkdir("dir", 0777);
  symlink("file", "to-file");
  symlink("dir", "to-dir");
  symlink("missing", "dangling");
  REPORT_OPEN(open("file/", O_RDONLY));
  REPORT_OPEN(open("dir/", O_RDONLY));
  REPORT_OPEN(open("to-dir/", O_RDONLY));
  REPORT_OPEN(open("to-file/", O_RDONLY));
  REPORT_OPEN(open("dangling/", O_RDONLY));
  REPORT_OPEN(open("new/", O_WRONLY | O_CREAT, 0666));
  REPORT_OPEN(open("to-dir/", O_RDONLY | O_NOFOLLOW));
  REPORT(stat("file/", &status));
  REPORT(stat("dir/", &status));
  REPORT(stat("to-file/", &status));
  REPORT(lstat("to-file/", &status));
  REPORT(lstat("to-dir/", &status));
  printf("%d\n", S_ISDIR(status.st_mode));
  REPORT(lstat("dangling/", &status));
  REPORT(mkdir("made/", 0777));
  REPORT(mkdir("made//", 0777));
  REPORT(mkdir("file/", 0777));
  REPORT(mkdir("dangling/", 0777));
  REPORT(rmdir("to-dir/"));
  REPORT(rmdir("file/"));
  REPORT(rmdir("missing/"));
  REPORT(unlink("file/"));
  REPORT(unlink("dir/"));
  REPORT(unlink("to-file/"));
  REPORT(unlink("to-dir/"));
  REPORT(unlink("missing/"));
  REPORT(rename("file/", "other"));
  REPORT(rename("file", "other/"));
  REPORT(rename("dir/", "dir2/"));
  REPORT(rename("dir2", "dir/"));
  REPORT(rename("to-dir/", "x"));
  REPORT(rename("dir", "to-dir/"));
  REPORT(link("file/", "other"));
  REPORT(link("file", "other/"));
  REPORT(link("dir/", "other"));
  REPORT(symlink("file", "other/"));
  REPORT(symlink("file", "dir/"));
  REPORT(symlink("file/", "to-file-slash"));
  REPORT_OPEN(open("to-file-slash", O_RDONLY));
  REPORT(readlink("to-file/", text, sizeof(text)));
  REPORT(readlink("to-dir/", text, sizeof(text)));
  REPORT(readlink("dir/", text, sizeof(text)));
  struct timespec times[2] = {{1, 0}, {2, 0}};
  REPORT(utimensat(AT_FDCWD, "file/", times, 0));
  REPORT(utimensat(AT_FDCWD, "to-dir/", times, AT_SYMLINK_NOFOLLOW));
  REPORT(rmdir("made/"));
  REPORT(rmdir("dir//"));
}
