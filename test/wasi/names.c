// Names that are long, strange, or not UTF-8.
// RUN: %same_as_native %s %t
#include "report.h"

#include <dirent.h>

int main(void) {
  char name[300];
  memset(name, 'n', sizeof(name));
  name[255] = 0;
  REPORT_OPEN(open(name, O_WRONLY | O_CREAT, 0666));
  name[255] = 'n';
  name[256] = 0;
  REPORT_OPEN(open(name, O_WRONLY | O_CREAT, 0666));
  static char path[5000];
  for (int i = 0; i < 2500; ++i) strcat(path, "./");
  REPORT_OPEN(open(path, O_RDONLY));
  path[4094] = 0;
  REPORT_OPEN(open(path, O_RDONLY));
  const char *strange[] = {" ", "\n", "\\", "*", "-x", "...", "\xff\xfe", "\xc3\x28", "caf\xc3\xa9", "a:b"};
  for (int i = 0; i < 10; ++i) put_file(strange[i], "x");
  struct stat status;
  int found = 0;
  DIR *dir = opendir(".");
  for (struct dirent *entry; (entry = readdir(dir));)
    for (int i = 0; i < 10; ++i) found += strcmp(strange[i], entry->d_name) == 0 && stat(entry->d_name, &status) == 0;
  printf("%d found\n", found);
}
