// readdir: every entry once, with its inode and type; positions; changes while reading.
// RUN: %same_as_native %s %t
#include "report.h"

#include <dirent.h>
#include <stdlib.h>

static int count(DIR *dir) {
  int entries = 0;
  while (readdir(dir)) ++entries;
  return entries;
}

static int by_name(const void *a, const void *b) { return strcmp((const char *)a, (const char *)b); }

int main(void) {
  char name[64];
  mkdir("dir", 0777);
  for (int i = 0; i < 500; ++i) {
    snprintf(name, sizeof(name), "dir/%0*d", 1 + i % 40, i);
    put_file(name, "");
  }
  mkdir("dir/sub", 0777);
  symlink("sub", "dir/link");

  DIR *dir = opendir("dir");
  static char names[600][64];
  int entries = 0, wrong = 0;
  for (struct dirent *entry; (entry = readdir(dir));) {
    struct stat status;
    snprintf(names[entries++], sizeof(names[0]), "%s", entry->d_name);
    if (strcmp(entry->d_name, "..") == 0) continue;
    if (fstatat(dirfd(dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) ++wrong;
    if (entry->d_ino != status.st_ino) ++wrong;
    if (entry->d_type != (S_ISDIR(status.st_mode) ? DT_DIR : S_ISLNK(status.st_mode) ? DT_LNK : DT_REG)) ++wrong;
  }
  qsort(names, entries, sizeof(names[0]), by_name);
  for (int i = 0; i < entries; i += 37) printf("%s\n", names[i]);
  printf("%d entries, %d wrong\n", entries, wrong);

  rewinddir(dir);
  for (int i = 0; i < 100; ++i) readdir(dir);
  long position = telldir(dir);
  char next[64];
  snprintf(next, sizeof(next), "%s", readdir(dir)->d_name);
  printf("%d after 101\n", count(dir));
  seekdir(dir, position);
  printf("same entry again: %d\n", strcmp(next, readdir(dir)->d_name) == 0);

  rewinddir(dir);
  int removed = 0;
  for (struct dirent *entry; (entry = readdir(dir));)
    if (entry->d_type == DT_REG) removed += unlinkat(dirfd(dir), entry->d_name, 0) == 0;
  printf("%d removed while reading\n", removed);
  rewinddir(dir);
  printf("%d left\n", count(dir));
  closedir(dir);
  put_file("file", "");
  printf("%s\n", opendir("file") ? "open" : error_name(errno));
}
