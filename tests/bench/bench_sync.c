/* tests/bench/bench_sync.c - lists of certified products: how fast they come
 * in, what they cost, and whether a till notices.
 *
 *     bench_sync FOLDER [RECORDS...]
 *
 * For 10,000 records, and each number given, over 34 lists:
 * the first list through HTTP in records a second, the peak of memory, a cycle
 * that finds nothing, one that finds 40 changes, in milliseconds and bytes on
 * the wire.  Then the rate of verifying and of parsing alone, and the 99th of
 * 100 sales while a list of 50,000 comes in, against a shop at rest.  What is
 * in FOLDER is removed by whoever made it. */
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/http_server.h"
#include "pos/certified/cycle.h"
#include "pos/data.h"
#include "sync/lines.h"
#include "sync/registry/serve.h"
#include "tests/bench/big_shop.h"
#include "tests/bench/load.h"
#include "tests/tools/list_repo.h"

enum { LISTS = 34, PRODUCTS = 1000, TEXT_MAX = 64 * 1024 * 1024, PATH = 200,
    CHANGES_A_DAY = 40, SALES_LIST = 50000 };

static struct list_repo repo;

struct bench {
    char dir[PATH];
    struct open_shop open;
    struct list_source source;
    pid_t server;
};

/* --- the registry: a folder and a process that serves it --- */

static void
put_list(int province, int64_t seq, size_t n, size_t mark, int64_t rev)
{
    char name[16];
    struct buf text, delta;
    int64_t cert = 1 + INT64_C(1000000) * province;

    snprintf(name, sizeof(name), "p%02d", province);
    buf_init(&text, TEXT_MAX);
    buf_init(&delta, TEXT_MAX);
    sample_list(&text, province, cert, n, mark, rev);
    list_repo_list(&repo, name, seq, text.data, text.len);
    if (mark) {
        sample_delta(&delta, province, cert, n, mark, rev);
        list_repo_delta(&repo, name, seq - 1, delta.data, delta.len);
    }
    buf_finish(&text);
    buf_finish(&delta);
}

static void
publish_first(size_t n)
{
    for (int p = 1; p <= LISTS; p++)
        put_list(p, 1, n / LISTS, 0, 0);
    list_repo_publish(&repo, clock_now());
}

static void
publish_day(size_t n)
{
    put_list(1, 2, n / LISTS, n / LISTS / CHANGES_A_DAY, 2);
    list_repo_publish(&repo, clock_now());
}

static void
publish_again(size_t n)
{
    (void)n;
    list_repo_publish(&repo, clock_now() + 3600);
}

/* In a process of its own, whose memory is not ours; what it knows of the
 * repository comes back through a file. */
static void
in_child(void (*fn)(size_t n), size_t n)
{
    char path[PATH + 40];
    pid_t child;
    int status;
    FILE *f;

    snprintf(path, sizeof(path), "%.180s/state", repo.dir);
    child = fork();
    if (child == 0) {
        fn(n);
        f = fopen(path, "wb");
        _exit(!f || fwrite(&repo, sizeof(repo), 1, f) != 1 || fclose(f) != 0);
    }
    if (waitpid(child, &status, 0) != child || status != 0)
        exit(1);
    f = fopen(path, "rb");
    if (!f || fread(&repo, sizeof(repo), 1, f) != 1)
        exit(1);
    fclose(f);
}

static pid_t
serve(const char *dir, int *port_out)
{
    struct http_config config = {.listen = "127.0.0.1:0",
        .handle = serve_answer};
    struct http_server *server;
    struct serve s;
    int ends[2], port;
    pid_t child;

    if (pipe(ends) != 0)
        exit(1);
    child = fork();
    if (child == 0) {
        snprintf(s.www, sizeof(s.www), "%s", dir);
        config.arg = &s;
        big_must(http_server_open(&config, &server), "server");
        port = http_server_port(server);
        if (write(ends[1], &port, sizeof(port)) != sizeof(port))
            _exit(1);
        for (;;)
            pause();
    }
    if (read(ends[0], port_out, sizeof(*port_out)) != sizeof(*port_out))
        exit(1);
    close(ends[0]);
    close(ends[1]);
    return child;
}

/* --- the showroom --- */

static double
peak_mb(void)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[200];
    double kb = 0;

    while (f && fgets(line, sizeof(line), f))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kb = strtod(line + 6, NULL);
    if (f)
        fclose(f);
    return kb / 1000;
}

static void
open_bench(struct bench *b, const char *dir, size_t n)
{
    struct settings settings;
    char shop[PATH + 40], v1[PATH + 40];
    int port;

    *b = (struct bench){.open.lock = -1};
    snprintf(b->dir, sizeof(b->dir), "%.120s/%zu", dir, n);
    snprintf(shop, sizeof(shop), "%s/shop", b->dir);
    snprintf(v1, sizeof(v1), "%s/v1", b->dir);
    if (mkdir(b->dir, 0700) != 0)
        exit(1);
    list_repo_init(&repo, v1);
    b->server = serve(b->dir, &port);
    big_shop_make(shop, PRODUCTS);
    settings_default(&settings);
    snprintf(settings.data_dir, sizeof(settings.data_dir), "%s", shop);
    snprintf(settings.registry_url, sizeof(settings.registry_url),
        "http://127.0.0.1:%d", port);
    snprintf(settings.registry_root, sizeof(settings.registry_root),
        "%s/1.root.json", v1);
    big_must(open_shop(&settings, 4, &b->open), "shop");
    big_must(source_open_url(&b->source, b->open.shop.settings, NULL, NULL),
        "source");
}

static void
close_bench(struct bench *b)
{
    source_close(&b->source);
    close_shop(&b->open);
    kill(b->server, SIGKILL);
    waitpid(b->server, NULL, 0);
}

struct cost {
    double ms;
    int64_t bytes;
};

static struct cost
cycle(struct bench *b, struct cycle *c)
{
    int64_t begun = clock_mono_us(), bytes = source_received(&b->source);
    struct cost cost;

    *c = (struct cycle){.shop = &b->open.shop, .source = &b->source};
    big_must(cycle_run(c), "cycle");
    cost.ms = (double)(clock_mono_us() - begun) / 1e3;
    cost.bytes = source_received(&b->source) - bytes;
    return cost;
}

static void
measure_lists(const char *dir, size_t n)
{
    struct bench b;
    struct cycle c;
    struct cost cost;
    double cpu;

    open_bench(&b, dir, n);
    in_child(publish_first, n);
    cpu = load_cpu_us();
    cost = cycle(&b, &c);
    cpu = load_cpu_us() - cpu;
    printf("%8" PRId64 " records: %6.0f a second (%.1f s, %.1f us CPU each), "
           "peak %.0f MB\n",
        c.counts[CHANGE_NEW], (double)c.counts[CHANGE_NEW] * 1e3 / cost.ms,
        cost.ms / 1e3, cpu / (double)c.counts[CHANGE_NEW], peak_mb());
    cost = cycle(&b, &c);
    printf("  nothing newer: %.0f ms, %" PRId64 " bytes on the wire\n",
        cost.ms, cost.bytes);
    in_child(publish_again, n);
    cost = cycle(&b, &c);
    printf("  signed again, nothing changed: %.0f ms, %" PRId64 " bytes\n",
        cost.ms, cost.bytes);
    in_child(publish_day, n);
    cost = cycle(&b, &c);
    printf("  %" PRId64 " changes in %zu delta: %.0f ms, %" PRId64
           " bytes; peak %.0f MB\n",
        c.counts[CHANGE_CHANGED], c.deltas, cost.ms, cost.bytes, peak_mb());
    fflush(stdout);
    close_bench(&b);
}

/* --- verifying and parsing alone --- */

static void
measure_parts(size_t n)
{
    struct buf text;
    struct lines lines;
    struct line line;
    uint8_t hash[32];
    int64_t begun, hashed, parsed;

    buf_init(&text, TEXT_MAX);
    sample_list(&text, 1, 1, n, 0, 0);
    begun = clock_mono_us();
    crypto_sha256(text.data, text.len, hash);
    hashed = clock_mono_us() - begun;
    lines_init(&lines, "p01", false);
    begun = clock_mono_us();
    for (size_t at = 0; at < text.len;) {
        size_t len = strcspn(text.data + at, "\n");

        big_must(lines_read(&lines, text.data + at, len, &line), "line");
        at += len + 1;
    }
    parsed = clock_mono_us() - begun;
    lines_finish(&lines);
    printf("verify %.0f MB/s, parse and check %.0f records a second of %zu "
           "bytes each\n",
        (double)text.len / (double)hashed, (double)n * 1e6 / (double)parsed,
        text.len / n);
    fflush(stdout);
    buf_finish(&text);
}

/* --- a till beside it --- */

struct selling {
    struct bench *b;
    uint64_t random[16];
};

static void
sell(void *arg, int client)
{
    struct selling *s = arg;
    struct big_bill bill;
    struct sale_done done;

    big_bill_make(&bill, &s->random[client], PRODUCTS);
    big_must(
        sale_commit(&s->b->open.shop, &bill.ask, &done, NULL), "sale");
}

struct applying {
    struct bench *b;
    double ms;
};

static void *
apply(void *arg)
{
    struct applying *a = arg;
    struct cycle c;

    a->ms = cycle(a->b, &c).ms;
    return NULL;
}

static void
publish_one(size_t n)
{
    put_list(1, repo.timestamp + 1, n, 0, 0);
    list_repo_publish(&repo, clock_now());
}

static void
measure_sales(const char *dir, int clients)
{
    struct applying a;
    struct bench b;
    struct selling s = {.b = &b};
    struct load_result idle, busy;
    pthread_t thread;

    for (int i = 0; i < 16; i++)
        s.random[i] = UINT64_C(88172645463325252) + (uint64_t)i;
    open_bench(&b, dir, (size_t)clients);
    in_child(publish_one, SALES_LIST);
    idle = load_run(clients, 3, sell, &s);
    a = (struct applying){.b = &b};
    if (pthread_create(&thread, NULL, apply, &a) != 0)
        exit(1);
    busy = load_run(clients, 2, sell, &s);
    pthread_join(thread, NULL);
    printf("%d tills: at rest p50 %.2f p99 %.2f ms (%.0f sales/s); while "
           "%d records come in (%.1f s) p50 %.2f p99 %.2f ms (%.0f sales/s): "
           "p99 x %.1f\n",
        clients, idle.p50_ms, idle.p99_ms, idle.per_second, SALES_LIST,
        a.ms / 1e3, busy.p50_ms, busy.p99_ms, busy.per_second,
        busy.p99_ms / idle.p99_ms);
    fflush(stdout);
    close_bench(&b);
}

int
main(int argc, char **argv)
{
    if (argc < 2 || crypto_init() != OK)
        return 2;
    measure_lists(argv[1], 10000);
    for (int i = 2; i < argc; i++)
        measure_lists(argv[1], (size_t)strtoul(argv[i], NULL, 10));
    measure_parts(30000);
    measure_sales(argv[1], 1);
    measure_sales(argv[1], 4);
    return 0;
}
