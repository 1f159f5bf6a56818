// Arguments with spaces, quotes, nothing, and bytes that are not UTF-8.
// RUN: %same_as_native %s %t first "two words" "" "quote'\"" --dir -x
#include "report.h"

int main(int argc, char **argv) {
  for (int i = 1; i < argc; ++i) printf("%d '%s'\n", i, argv[i]);
  return argc;
}
