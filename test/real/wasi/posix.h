// What the programs ask of POSIX and WASI has not, as harmless answers. Included before each file of a guest.
#pragma once

#include <fcntl.h>
#include <stdio.h>
#include <sys/types.h>

// Files have no owner and no mode to change.
static inline int chmod(const char* path, mode_t mode) { return (void)path, (void)mode, 0; }
static inline int fchmod(int file, mode_t mode) { return (void)file, (void)mode, 0; }
static inline int chown(const char* path, uid_t user, gid_t group) {
  return (void)path, (void)user, (void)group, 0;
}
static inline int fchown(int file, uid_t user, gid_t group) { return (void)file, (void)user, (void)group, 0; }
static inline uid_t getuid(void) { return 0; }
static inline uid_t geteuid(void) { return 0; }

// SQLite's locking code is compiled, and not used.
enum { F_RDLCK, F_WRLCK, F_UNLCK, F_GETLK = 5, F_SETLK, F_SETLKW };

// Lua's os.tmpname.
#define LUA_TMPNAMBUFSIZE 1
#define lua_tmpnam(buffer, failed) ((void)(buffer), (failed) = 1)

int system(const char* command);
