// Results that a benchmark cannot do without.
#ifndef WASMC_BENCH_STARTUP_MUST_H
#define WASMC_BENCH_STARTUP_MUST_H

#include <wasmc/result.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

template <typename T>
T must(wasmc::Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

#endif  // WASMC_BENCH_STARTUP_MUST_H
