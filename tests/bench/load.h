/* tests/bench/load.h - measuring: threads that do one thing again and again,
 * what the disk can do, what it cost. */
#ifndef TESTS_BENCH_LOAD_H
#define TESTS_BENCH_LOAD_H

#include <stddef.h>
#include <stdint.h>

/* One call of the thing; `client` is 0..n-1.  Failing stops the program. */
typedef void load_fn(void *arg, int client);

struct load_result {
    double per_second;
    double p50_ms, p99_ms;
    double cpu_us; /* of the whole process, for each call */
    size_t calls;
};

/* `n` threads call `fn` for so long. */
struct load_result load_run(int n, double seconds, load_fn *fn, void *arg);

/* Durable appends of 4 KB a second to a file at `path`, which is removed. */
double load_disk_rate(const char *path, double seconds);

/* CPU the process has used, in microseconds. */
double load_cpu_us(void);

/* What the process holds in memory now, in MB. */
double load_resident_mb(void);

/* A number in 0..below-1, the same row of them for the same `state`. */
uint32_t load_random(uint64_t *state, uint32_t below);

#endif
