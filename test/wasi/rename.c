// rename and link: over files, over directories, into themselves.
// RUN: %same_as_native %s %t
#include "report.h"

int main(void) {
  put_file("a", "a");
  put_file("b", "b");
  mkdir("empty", 0777);
  mkdir("full", 0777);
  put_file("full/x", "x");
  REPORT(rename("missing", "y"));
  REPORT(rename("a", "b"));
  show_file("b");
  REPORT(rename("b", "b"));
  REPORT(rename("b", "empty"));
  REPORT(rename("empty", "b"));
  REPORT(rename("empty", "full"));
  REPORT(rename("full", "empty"));
  show_file("empty/x");
  REPORT(rename("empty", "empty/sub"));
  REPORT(rename("b", "missing/b"));
  REPORT(rename("b", "empty/b"));
  REPORT(link("empty/b", "c"));
  show_file("c");
  struct stat status;
  REPORT(stat("c", &status));
  printf("links: %d\n", (int)status.st_nlink);
  REPORT(rename("c", "empty/b"));
  REPORT(link("empty", "d"));
  REPORT(link("missing", "d"));
  REPORT(link("c", "empty/x"));
  REPORT(unlink("c"));
  REPORT(unlink("c"));
  REPORT(rmdir("empty"));
  REPORT(unlink("empty/x"));
  REPORT(unlink("empty/b"));
  REPORT(rmdir("empty"));
}
