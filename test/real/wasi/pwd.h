// There are no users to look up.
#pragma once

#include <stddef.h>
#include <sys/types.h>

struct passwd {
  char* pw_dir;
};

static inline struct passwd* getpwuid(uid_t user) { return (void)user, (struct passwd*)NULL; }
