/* tests/bench/bench_sale.c - what a sale costs, and how many are made durable.
 *
 *     bench_sale FOLDER [SECONDS [SALES...]]
 *
 * For each number of sales behind it (10,000 and 1,000,000 unless said): WAL
 * frames, syncs and CPU of a five-line sale committed alone; durable sales a
 * second through the library with 1, 4, 16, 64 threads as ratios to what the
 * disk makes durable in 4 KB appends just then; memory; time to open.  FOLDER
 * is kept, so that a second run needs not fill it again. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "db/sale.h"
#include "db/writer.h"
#include "pos/data.h"
#include "tests/bench/big_shop.h"
#include "tests/bench/load.h"

enum { PRODUCTS = 1000, ALONE = 1000, REPEATS = 5 };

struct bench {
    struct open_shop *open;
    uint64_t random[64];
};

static void
sell(void *arg, int client)
{
    struct bench *b = arg;
    struct big_bill bill;
    struct sale_done done;

    big_bill_make(&bill, &b->random[client], PRODUCTS);
    big_must(sale_commit(&b->open->shop, &bill.ask, &done, NULL), "sale");
}

static double
syncs(const struct writer_stats *a, const struct writer_stats *b)
{
    /* a checkpoint syncs the WAL, the file, and then the WAL's new head */
    return (double)(b->commits - a->commits)
           + 3 * (double)(b->checkpoints - a->checkpoints);
}

/* One sale a transaction; the best of some repeats, as others use the CPU. */
static void
alone(struct bench *b)
{
    struct writer *w = b->open->shop.writer;
    double best_cpu = 1e9, frames = 0, sync = 0;

    for (int r = 0; r < REPEATS; r++) {
        struct writer_stats before = writer_stats(w), after;
        double cpu = load_cpu_us();

        for (int i = 0; i < ALONE; i++)
            sell(b, 0);
        cpu = (load_cpu_us() - cpu) / ALONE;
        after = writer_stats(w);
        if (cpu < best_cpu)
            best_cpu = cpu;
        frames = (double)(after.frames - before.frames) / ALONE;
        sync = syncs(&before, &after) / ALONE;
    }
    printf("  alone: %.1f WAL frames, %.2f syncs, %.0f us CPU a sale\n",
        frames, sync, best_cpu);
}

static void
together(struct bench *b, const char *disk, double seconds)
{
    static const int clients[] = {1, 4, 16, 64};
    struct writer *w = b->open->shop.writer;

    for (size_t i = 0; i < sizeof(clients) / sizeof(clients[0]); i++) {
        double rate = load_disk_rate(disk, seconds / 4);
        struct writer_stats before = writer_stats(w), after;
        struct load_result r = load_run(clients[i], seconds, sell, b);

        after = writer_stats(w);
        rate = (rate + load_disk_rate(disk, seconds / 4)) / 2;
        printf("  %2d threads: %5.0f sales/s = %.2f of %5.0f fdatasync/s; "
               "p50 %.2f p99 %.2f ms; %.3f syncs, %.1f frames, %.0f us CPU "
               "a sale\n",
            clients[i], r.per_second, r.per_second / rate, rate, r.p50_ms,
            r.p99_ms, syncs(&before, &after) / (double)r.calls,
            (double)(after.frames - before.frames) / (double)r.calls,
            r.cpu_us);
        fflush(stdout);
    }
}

static void
measure(const char *dir, const char *disk, double seconds, int64_t sales)
{
    struct open_shop open;
    struct settings settings;
    struct bench b = {.open = &open};
    int64_t begun;

    big_shop_fill(dir, PRODUCTS, sales);
    big_must(open_settings(NULL, dir, &settings), "settings");
    begun = clock_mono_us();
    big_must(open_shop(&settings, 4, &open), "open");
    printf("%" PRId64 " sales: opened in %.0f ms\n", sales,
        (double)(clock_mono_us() - begun) / 1e3);
    for (int i = 0; i < 64; i++)
        b.random[i] = (uint64_t)clock_mono_us() * 977 + (uint64_t)i;
    alone(&b);
    together(&b, disk, seconds);
    printf("  resident %.0f MB\n", load_resident_mb());
    fflush(stdout);
    close_shop(&open);
}

int
main(int argc, char **argv)
{
    static const int64_t standard[] = {10000, 1000000};
    double seconds = argc > 2 ? strtod(argv[2], NULL) : 3;
    char disk[DATA_PATH];

    if (argc < 2) {
        fputs("bench_sale FOLDER [SECONDS [SALES...]]\n", stderr);
        return 2;
    }
    big_must(crypto_init(), "crypto");
    if (!data_has_showroom(argv[1]))
        big_shop_make(argv[1], PRODUCTS);
    data_path(argv[1], "disk.tmp", disk);
    if (argc > 3)
        for (int i = 3; i < argc; i++)
            measure(argv[1], disk, seconds, strtoll(argv[i], NULL, 10));
    else
        for (size_t i = 0; i < 2; i++)
            measure(argv[1], disk, seconds, standard[i]);
    return 0;
}
