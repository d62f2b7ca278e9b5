/* tests/bench/bench_writer.c - how fast is a durable write?
 *
 *     bench_writer [FOLDER] [SECONDS]
 *
 * For 1, 4, 16, 64 threads that write one journal record of a five-line sale
 * (hashed and signed) again and again: writes a second, as a ratio to how many
 * 4 KB appends a second this disk makes durable just then; waiting time;
 * syncs, WAL frames and CPU a write.  Numbers of different runs, or of a
 * machine that does other work, are not to be compared; ratios may. */
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/mem.h"
#include "db/journal.h"
#include "db/writer.h"

enum { THREADS_MAX = 64, SAMPLES = 200000 };

static const char body[] =
    "{\"cash\":500000,\"change\":37000,\"key\":\"0198f0a2-7c1e-7a3b-9b52-"
    "3f1d2c4b5a69\",\"lines\":[{\"amount\":120000,\"list_seq\":417,\"lot\":9,"
    "\"ocop\":\"VN01-000101\",\"price\":60000,\"product\":17,\"qty\":2000,"
    "\"stars\":4,\"vat\":800},{\"amount\":45000,\"lot\":12,\"price\":45000,"
    "\"product\":3,\"qty\":1000,\"vat\":800},{\"amount\":98000,\"lot\":71,"
    "\"price\":98000,\"product\":44,\"qty\":1000,\"vat\":500},{\"amount\":"
    "150000,\"lot\":88,\"price\":50000,\"product\":51,\"qty\":3000,\"vat\":"
    "800},{\"amount\":170000,\"lot\":5,\"price\":170000,\"product\":2,"
    "\"qty\":1000,\"vat\":1000}],\"rounding\":0,\"staff\":3,\"till\":1,"
    "\"total\":583000,\"ts\":1795310104}";

struct client {
    pthread_t thread;
    struct writer *writer;
    int64_t until_us;
    uint32_t *us; /* waiting time of each write */
    int len;
};

static enum err
sell(struct db *db, void *arg)
{
    (void)arg;
    return db_journal_append(db, "sale", body, sizeof(body) - 1, NULL);
}

static void *
client_main(void *arg)
{
    struct client *c = arg;
    int64_t begun = clock_mono_us(), now;

    while (begun < c->until_us && c->len < SAMPLES) {
        if (db_write(c->writer, "bench", sell, NULL) != OK) {
            fprintf(stderr, "%s\n", err_msg());
            exit(1);
        }
        now = clock_mono_us();
        c->us[c->len++] = (uint32_t)(now - begun);
        begun = now;
    }
    return NULL;
}

/* Durable appends of 4 KB a second. */
static double
disk_rate(const char *path, double seconds)
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
    close(fd);
    unlink(path);
    return n ? n * 1e6 / (double)(now - begun) : 0;
}

static double
cpu_us(void)
{
    struct rusage r;

    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e6 +
        (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec);
}

static int
by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Everyone's samples in one sorted array; owned by the caller. */
static uint32_t *
collect(struct client *clients, int n, size_t *len_out)
{
    uint32_t *all;
    size_t len = 0;
    int i;

    for (i = 0; i < n; i++)
        len += (size_t)clients[i].len;
    all = mem_new(len + 1, sizeof(*all));
    len = 0;
    for (i = 0; i < n; i++) {
        memcpy(all + len, clients[i].us,
            (size_t)clients[i].len * sizeof(*all));
        len += (size_t)clients[i].len;
        mem_free(clients[i].us);
    }
    qsort(all, len, sizeof(*all), by_value);
    *len_out = len;
    return all;
}

static void
report(int n, double rate, double disk, const uint32_t *us, size_t len,
    const struct writer_stats *a, const struct writer_stats *b, double cpu)
{
    double writes = (double)(b->writes - a->writes);
    double commits = (double)(b->commits - a->commits);
    /* a checkpoint syncs the WAL, the file, and then the WAL's new head */
    double syncs = commits + 3 * (double)(b->checkpoints - a->checkpoints);

    printf("%2d threads: %6.0f writes/s = %.2f of %5.0f fdatasync/s; "
           "p50 %.2f p99 %.2f ms; %.3f syncs, %.1f frames, %.0f us CPU "
           "a write; %.1f writes a commit\n",
        n, rate, rate / disk, disk, us[len / 2] / 1e3, us[len * 99 / 100] / 1e3,
        syncs / writes, (double)(b->frames - a->frames) / writes, cpu / writes,
        writes / commits);
}

static void
round_of(struct writer *w, const char *disk_path, int n, double seconds)
{
    struct client clients[THREADS_MAX];
    struct writer_stats before = writer_stats(w), after;
    double disk = disk_rate(disk_path, seconds / 4), cpu = cpu_us();
    int64_t begun = clock_mono_us(), took;
    uint32_t *all;
    size_t len;
    int i;

    for (i = 0; i < n; i++) {
        clients[i] = (struct client){.writer = w,
            .until_us = begun + (int64_t)(seconds * 1e6),
            .us = mem_new(SAMPLES, sizeof(uint32_t))};
        pthread_create(&clients[i].thread, NULL, client_main, &clients[i]);
    }
    for (i = 0; i < n; i++)
        pthread_join(clients[i].thread, NULL);
    took = clock_mono_us() - begun;
    cpu = cpu_us() - cpu;
    after = writer_stats(w);
    disk = (disk + disk_rate(disk_path, seconds / 4)) / 2;
    all = collect(clients, n, &len);
    report(n, (double)len * 1e6 / (double)took, disk, all, len, &before,
        &after, cpu);
    mem_free(all);
}

int
main(int argc, char **argv)
{
    static const int threads[] = {1, 4, 16, 64};
    double seconds = argc > 2 ? strtod(argv[2], NULL) : 2;
    struct journal_key key = {.number = 1};
    char path[512], disk_path[512];
    struct writer *w;
    size_t i;

    snprintf(path, sizeof(path), "%s/bench.db", argc > 1 ? argv[1] : ".");
    snprintf(disk_path, sizeof(disk_path), "%.500s.disk", path);
    unlink(path);
    if (crypto_init() != OK ||
        crypto_keypair(key.public_key, key.secret_key) != OK ||
        writer_open(path, NULL, &w) != OK) {
        fprintf(stderr, "%s\n", err_msg());
        return 1;
    }
    writer_use_key(w, &key);
    for (i = 0; i < sizeof(threads) / sizeof(threads[0]); i++)
        round_of(w, disk_path, threads[i], seconds);
    writer_close(w);
    unlink(path);
    return 0;
}
