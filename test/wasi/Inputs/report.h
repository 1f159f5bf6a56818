// Prints what calls answer, in words that are the same on the host and in WASI.
#ifndef REPORT_H
#define REPORT_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static __attribute__((unused)) const char *error_name(int error) {
#define NAME(e) \
  if (error == e) return #e
  NAME(EACCES); NAME(EAGAIN); NAME(EBADF); NAME(EBUSY); NAME(EEXIST); NAME(EFAULT); NAME(EFBIG); NAME(EINVAL);
  NAME(EIO); NAME(EISDIR); NAME(ELOOP); NAME(EMFILE); NAME(ENAMETOOLONG); NAME(ENOENT); NAME(ENOSPC); NAME(ENOTDIR);
  NAME(ENOTEMPTY); NAME(ENOTSUP); NAME(EPERM); NAME(EPIPE); NAME(EROFS); NAME(ESPIPE); NAME(EXDEV); NAME(ENOTTY);
#undef NAME
#ifdef __wasi__
  if (error == ENOTCAPABLE) return "ENOTCAPABLE";
#endif
  return strerror(error);
}

// Evaluates a call that answers -1 and sets errno where it fails.
#define REPORT(call)                                                               \
  ({                                                                               \
    errno = 0;                                                                     \
    long long answer_ = (call);                                                    \
    if (answer_ == -1)                                                             \
      printf("%d: %s: %s\n", __LINE__, #call, error_name(errno));                  \
    else                                                                           \
      printf("%d: %s = %lld\n", __LINE__, #call, answer_);                         \
    answer_;                                                                       \
  })

// As REPORT, for a call whose descriptor is closed again and whose number does not matter.
#define REPORT_OPEN(call)                                                                                      \
  do {                                                                                                         \
    errno = 0;                                                                                                 \
    int fd_ = (call);                                                                                          \
    printf("%d: %s: %s\n", __LINE__, #call, fd_ < 0 ? error_name(errno) : "open");                             \
    if (fd_ >= 0) close(fd_);                                                                                  \
  } while (0)

static __attribute__((unused)) void put_file(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text)) printf("cannot make %s\n", path);
  close(fd);
}

static __attribute__((unused)) void show_file(const char *path) {
  char text[256];
  int fd = open(path, O_RDONLY);
  ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof(text));
  if (length < 0)
    printf("%s: %s\n", path, error_name(errno));
  else
    printf("%s: '%.*s'\n", path, (int)length, text);
  if (fd >= 0) close(fd);
}

#endif  // REPORT_H
