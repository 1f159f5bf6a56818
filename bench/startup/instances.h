// What instances cost: made anew, and taken from a pool.
#ifndef WASMC_BENCH_STARTUP_INSTANCES_H
#define WASMC_BENCH_STARTUP_INSTANCES_H

#include <filesystem>

// Adds the benchmarks, of the module megabyte.c.
void addInstances(const std::filesystem::path& artifact);

#endif  // WASMC_BENCH_STARTUP_INSTANCES_H
