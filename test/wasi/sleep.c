// Clocks go on while the program sleeps, and by as much.
// RUN: %same_as_native %s %t
#include "report.h"

#include <poll.h>
#include <time.h>

static long long now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(void) {
  long long start = now(CLOCK_MONOTONIC), wall = now(CLOCK_REALTIME);
  struct timespec delay = {0, 30000000};
  REPORT(nanosleep(&delay, NULL));
  printf("slept %d\n", now(CLOCK_MONOTONIC) - start >= 30000000);
  printf("wall %d\n", now(CLOCK_REALTIME) - wall >= 29000000);
  start = now(CLOCK_MONOTONIC);
  struct timespec until = {(start + 20000000) / 1000000000, (start + 20000000) % 1000000000};
  printf("until %d\n", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL));
  printf("reached %d\n", now(CLOCK_MONOTONIC) - start >= 20000000);
  REPORT(usleep(1000));
  struct timespec none = {0, 0};
  REPORT(nanosleep(&none, NULL));
  printf("clocks %d\n", wall > 1700000000LL * 1000000000LL);
}
