/* bench_print - what printing costs a sale: from its commit to the first byte
 * on the wire, bytes a receipt, and how fast sales go beside a printer that
 * prints, one that hangs, and none.  The printer is on the network of this
 * machine; it takes what comes.
 *
 *     bench_print [SECONDS] */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "tests/bench/big_shop.h"
#include "tests/bench/load.h"
#include "tests/fault/print_cable.h"
#include "tests/fault/print_rig.h"

enum { LINES = 15, SALES = 200, CLIENTS = 4, REPEATS = 5 };

struct bench {
    struct print_rig rig;
    struct cable *cable;
    uint64_t random[CLIENTS];
};

static void
bench_open(struct bench *b, const char *roles)
{
    char printers[200];

    *b = (struct bench){.cable = cable_new(CABLE_TCP, NULL)};
    cable_plug(b->cable);
    if (roles)
        snprintf(printers, sizeof(printers),
            "printers = ({ id = \"receipt\"; at = \"%s\"; roles = \"%s\"; });",
            cable_at(b->cable), roles);
    else
        snprintf(printers, sizeof(printers), "printer = \"null:\";");
    rig_open(&b->rig, printers, NULL);
    for (int i = 0; i < CLIENTS; i++)
        b->random[i] = (uint64_t)(i + 1) * 977;
}

static void
bench_close(struct bench *b)
{
    rig_close(&b->rig);
    cable_free(b->cable);
}

/* --- from the commit to the wire --- */

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* One sale on an idle printer; ms from its commit to the first byte. */
static double
first_byte_ms(struct bench *b)
{
    size_t before = cable_count(b->cable).taken;
    int64_t first;

    b->rig.committed_us = 0;
    rig_sell(&b->rig);
    while (cable_count(b->cable).taken == before)
        rig_nap(20);
    first = clock_mono_us();
    if (!rig_wait_done(&b->rig, "receipt"))
        exit(1);
    return (double)(first - b->rig.committed_us) / 1e3;
}

static void
measure_wire(const char *roles, const char *what)
{
    static double ms[SALES];
    static struct bench b;
    bench_open(&b, roles);
    b.rig.lines = BIG_LINES;
    if (!rig_wait_state(&b.rig, "receipt", PRINTER_READY))
        exit(1);
    for (int i = 0; i < SALES; i++)
        ms[i] = first_byte_ms(&b);
    qsort(ms, SALES, sizeof(ms[0]), by_size);
    printf("  %s: p50 %.1f ms, p99 %.1f ms; %zu bytes a receipt of %d lines\n",
        what, ms[SALES / 2], ms[SALES * 99 / 100],
        cable_count(b.cable).taken / SALES, BIG_LINES);
    fflush(stdout);
    bench_close(&b);
}

/* --- sales beside it --- */

static void
sell(void *arg, int client)
{
    struct bench *b = arg;
    struct big_bill bill;
    struct sale_done done;

    big_bill_make(&bill, &b->random[client], RIG_PRODUCTS);
    big_must(sale_commit(&b->rig.folder.open.shop, &bill.ask, &done, NULL),
        "sale");
}

struct beside {
    const char *what, *roles, *command;
    struct load_result best; /* as others use the machine too */
};

static void
measure_beside(struct beside *one, double seconds)
{
    struct load_result now;
    static struct bench b;

    bench_open(&b, one->roles);
    if (one->roles && !rig_wait_state(&b.rig, "receipt", PRINTER_READY))
        exit(1);
    if (one->command)
        cable_command(b.cable, one->command);
    now = load_run(CLIENTS, seconds, sell, &b);
    if (now.per_second > one->best.per_second)
        one->best = now;
    bench_close(&b);
}

/* In turn, so that a machine that is busy for a while is so for all. */
static void
measure_sales(double seconds)
{
    struct beside all[] = {{.what = "no printer"},
        {.what = "one that hangs",
            .roles = "receipt drawer",
            .command = "stall"},
        {.what = "one that prints", .roles = "receipt drawer"}};

    for (int r = 0; r < REPEATS; r++)
        for (size_t i = 0; i < 3; i++)
            measure_beside(&all[i], seconds);
    for (size_t i = 0; i < 3; i++)
        printf("  %s: %.0f sales/s, %.2f of none's; p99 %.2f ms\n",
            all[i].what, all[i].best.per_second,
            all[i].best.per_second / all[0].best.per_second,
            all[i].best.p99_ms);
}

int
main(int argc, char **argv)
{
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 2;

    big_must(crypto_init(), "crypto");
    printf("from the commit to the first byte on the wire, %d sales one by "
           "one (goal: 50 ms)\n",
        SALES);
    measure_wire("receipt", "the receipt");
    measure_wire("receipt drawer", "the drawer before it");
    printf("%d tills sell at once, %d lines a bill\n", CLIENTS, BIG_LINES);
    measure_sales(seconds);
    return 0;
}
