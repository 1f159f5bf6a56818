// Symbolic links: followed or not, in the middle, at the end, dangling, in circles, with "..".
// RUN: %same_as_native %s %t
#include "report.h"

static void kind(const char *path) {
  struct stat status;
  if (lstat(path, &status) != 0)
    printf("%s: lstat %s;", path, error_name(errno));
  else
    printf("%s: %s;", path, S_ISLNK(status.st_mode) ? "link" : S_ISDIR(status.st_mode) ? "directory" : "file");
  if (stat(path, &status) != 0)
    printf(" stat %s\n", error_name(errno));
  else
    printf(" to a %s\n", S_ISDIR(status.st_mode) ? "directory" : "file");
}

int main(void) {
  char text[64];
  mkdir("a", 0777);
  mkdir("a/b", 0777);
  put_file("file", "top");
  put_file("a/file", "in a");
  REPORT(symlink("a/b", "deep"));
  REPORT(symlink("../../file", "a/b/up"));
  REPORT(symlink("deep/up", "chain"));
  REPORT(symlink("missing", "dangling"));
  REPORT(symlink("circle2", "circle1"));
  REPORT(symlink("circle1", "circle2"));
  REPORT(symlink(".", "self"));
  REPORT(symlink("file", "file"));
  REPORT(symlink("", "empty"));
  kind("deep");
  kind("chain");
  kind("dangling");
  kind("circle1");
  kind("circle1/x");
  kind("self/self/self/file");
  kind("a/b/up");
  kind("file/..");
  kind("missing/..");
  show_file("chain");
  show_file("deep/../file");
  show_file("a/b/../../file");
  REPORT_OPEN(open("chain", O_RDONLY | O_NOFOLLOW));
  REPORT_OPEN(open("deep", O_RDONLY | O_NOFOLLOW | O_DIRECTORY));
  REPORT_OPEN(open("deep/up", O_RDONLY));
  REPORT_OPEN(open("dangling", O_RDONLY));
  REPORT_OPEN(open("dangling", O_WRONLY | O_CREAT | O_EXCL, 0666));
  REPORT_OPEN(open("dangling", O_WRONLY | O_CREAT, 0666));
  kind("dangling");
  REPORT(readlink("deep", text, sizeof(text)));
  REPORT(readlink("deep", text, 2));
  printf("%.2s\n", text);
  REPORT(readlink("file", text, sizeof(text)));
  REPORT(readlink("none", text, sizeof(text)));
  REPORT(unlink("deep"));
  REPORT(rmdir("self"));
  kind("a/b");
  // 41 links are one too many.
  char from[16], to[16];
  for (int i = 0; i < 41; ++i) {
    snprintf(from, sizeof(from), "l%d", i + 1);
    snprintf(to, sizeof(to), "l%d", i);
    symlink(to, from);
  }
  put_file("l0", "end");
  show_file("l40");
  show_file("l41");
}
