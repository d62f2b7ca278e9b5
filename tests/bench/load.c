#include "tests/bench/load.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

enum { CLIENTS_MAX = 256, SAMPLES = 200000 };

struct client {
    pthread_t thread;
    int number;
    int64_t until_us;
    load_fn *fn;
    void *arg;
    uint32_t *us;
    size_t len;
};

static void *
client_main(void *arg)
{
    struct client *c = arg;
    int64_t begun = clock_mono_us(), now;

    while (begun < c->until_us && c->len < SAMPLES) {
        c->fn(c->arg, c->number);
        now = clock_mono_us();
        c->us[c->len++] = (uint32_t)(now - begun);
        begun = now;
    }
    return NULL;
}

static int
by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static struct load_result
judge(struct client *clients, int n, int64_t took_us, double cpu_us)
{
    struct load_result r = {0};
    uint32_t *all;
    size_t at = 0;

    for (int i = 0; i < n; i++)
        r.calls += clients[i].len;
    all = mem_new(r.calls + 1, sizeof(all[0]));
    for (int i = 0; i < n; i++) {
        memcpy(all + at, clients[i].us, clients[i].len * sizeof(all[0]));
        at += clients[i].len;
        mem_free(clients[i].us);
    }
    qsort(all, r.calls, sizeof(all[0]), by_value);
    r.per_second = (double)r.calls * 1e6 / (double)took_us;
    r.p50_ms = all[r.calls / 2] / 1e3;
    r.p99_ms = all[r.calls * 99 / 100] / 1e3;
    r.cpu_us = r.calls ? cpu_us / (double)r.calls : 0;
    mem_free(all);
    return r;
}

struct load_result
load_run(int n, double seconds, load_fn *fn, void *arg)
{
    static struct client clients[CLIENTS_MAX];
    double cpu = load_cpu_us();
    int64_t begun = clock_mono_us(), took;

    for (int i = 0; i < n; i++) {
        clients[i] = (struct client){.number = i,
            .until_us = begun + (int64_t)(seconds * 1e6),
            .fn = fn, .arg = arg,
            .us = mem_new(SAMPLES, sizeof(uint32_t))};
        if (pthread_create(&clients[i].thread, NULL, client_main,
                &clients[i]) != 0)
            exit(1);
    }
    for (int i = 0; i < n; i++)
        pthread_join(clients[i].thread, NULL);
    took = clock_mono_us() - begun;
    return judge(clients, n, took, load_cpu_us() - cpu);
}

double
load_disk_rate(const char *path, double seconds)
{
    static const char page[4096] = "x";
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600), n = 0;
    int64_t begun = clock_mono_us(), now = begun;

    while (fd >= 0 && (double)(now - begun) < seconds * 1e6) {
        if (write(fd, page, sizeof(page)) != sizeof(page) || fdatasync(fd))
            break;
        n++;
        now = clock_mono_us();
    }
    if (fd >= 0)
        close(fd);
    unlink(path);
    return n ? n * 1e6 / (double)(now - begun) : 0;
}

double
load_cpu_us(void)
{
    struct rusage r;

    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e6
           + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec);
}

double
load_resident_mb(void)
{
    FILE *f = fopen("/proc/self/statm", "r");
    char line[128], *end;
    long pages = 0;

    if (f && fgets(line, sizeof(line), f)) {
        strtol(line, &end, 10);
        pages = strtol(end, NULL, 10);
    }
    if (f)
        fclose(f);
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

uint32_t
load_random(uint64_t *state, uint32_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)((*state >> 32) % below);
}
