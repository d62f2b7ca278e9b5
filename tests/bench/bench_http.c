/* tests/bench/bench_http.c - the daemon as a till sees it.
 *
 *     bench_http DAEMON FOLDER [SECONDS [SALES [PRODUCTS]]]
 *
 * Starts DAEMON (ocop-posd) over the showroom of FOLDER (made and filled when
 * it is not there; 10,000 sales of 1,000 products unless said): time from start
 * to the first answer, memory, durable five-line sales a second through HTTP
 * with 1, 4, 16, 64 clients as ratios to the disk's 4 KB appends just then, a
 * search, a scan into a bill of fifteen lines, a receipt drawn. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/codes.h"
#include "base/crypto.h"
#include "db/writer.h"
#include "pos/data.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_staff.h"
#include "pos/staff/staff.h"
#include "tests/bench/big_shop.h"
#include "tests/bench/load.h"
#include "tests/tools/http_client.h"

enum { CLIENTS = 64, PORT = 18480, CART_LINES = 15 };

struct bench {
    char token[SECRET_TEXT];
    struct http_client http[CLIENTS];
    uint64_t random[CLIENTS];
    char cart[CLIENTS][32]; /* a bill of its own each */
    int scans[CLIENTS];
    int products;
    pid_t daemon;
};

/* The till whose shift is open; bills are kept only where one stands. */
static enum err
put_till(struct db *db, void *arg)
{
    struct fact_till till = {.till = 1, .name = "Quầy 1", .active = true};
    struct fact_time time;
    enum err e = fact_now(db, &time);

    (void)arg;
    till.at = time.at;
    return e == OK ? fact_till_post(db, &till, NULL) : e;
}

/* A token for the cashier who is measured. */
static void
make_token(const char *dir, struct bench *b)
{
    struct token_new t = {.role = ROLE_CASHIER};
    struct open_shop open;
    struct settings settings;

    big_must(open_settings(NULL, dir, &settings), "settings");
    big_must(open_shop(&settings, 1, &open), "open");
    big_must(token_new_prepare(&t, "bench"), "token");
    big_must(db_write(open.shop.writer, "token", token_new_write, &t),
        "token");
    big_must(db_write(open.shop.writer, "till", put_till, NULL), "till");
    memcpy(b->token, t.token, sizeof(b->token));
    close_shop(&open);
}

static void
write_config(const char *dir, char path[DATA_PATH])
{
    FILE *f;

    data_path(dir, "bench.conf", path);
    f = fopen(path, "w");
    if (!f)
        exit(1);
    fprintf(f, "listen = \"127.0.0.1:%d\";\ndata_dir = \"%s\";\n"
               "printer = \"null:\";\nconnections_max = 200;\n"
               "connections_per_address = 200;\n",
        PORT, dir);
    fclose(f);
}

static void
start(const char *program, const char *dir, struct bench *b)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    int64_t begun = clock_mono_us();
    char config[DATA_PATH];
    struct http_client c;

    write_config(dir, config);
    b->daemon = fork();
    if (b->daemon == 0) {
        execl(program, program, "--config", config, (char *)NULL);
        _exit(127);
    }
    while (http_client_open(&c, PORT) != 0)
        if (waitpid(b->daemon, NULL, WNOHANG) != 0)
            exit(1);
        else
            nanosleep(&pause, NULL);
    if (http_client_ask(&c, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n",
            NULL) != 200)
        exit(1);
    http_client_close(&c);
    printf("started and healthy in %.0f ms\n",
        (double)(clock_mono_us() - begun) / 1e3);
}

static double
daemon_resident_mb(const struct bench *b)
{
    char path[64], line[128] = "", *end;
    FILE *f;

    snprintf(path, sizeof(path), "/proc/%d/statm", (int)b->daemon);
    f = fopen(path, "r");
    if (!f || !fgets(line, sizeof(line), f))
        exit(1);
    fclose(f);
    strtol(line, &end, 10);
    return (double)strtol(end, NULL, 10) * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

static void
ask(struct bench *b, int client, const char *line, const char *more,
    const char *body, int want)
{
    char head[1024];

    snprintf(head, sizeof(head),
        "%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n%s",
        line, b->token, more);
    if (http_client_ask(&b->http[client], head, body) != want) {
        fprintf(stderr, "%s: %d %s\n", line, b->http[client].status,
            b->http[client].in.data);
        exit(1);
    }
}

static void
sell(void *arg, int client)
{
    struct bench *b = arg;
    struct big_bill bill;
    struct buf body;
    char more[256];

    big_bill_make(&bill, &b->random[client], b->products);
    buf_init(&body, 4096);
    buf_add_str(&body, "{\"till\":\"1\",\"lines\":[");
    for (int i = 0; i < BIG_LINES; i++)
        buf_printf(&body, "%s{\"product\":\"p_%" PRId64 "\",\"qty\":%d}",
            i ? "," : "", bill.lines[i].product_id,
            (int)(bill.lines[i].qty_milli / 1000));
    buf_add_str(&body, "],\"payments\":[{\"method\":\"cash\","
                       "\"tendered\":100000000}]}");
    snprintf(more, sizeof(more), "Content-Type: application/json\r\n"
        "Idempotency-Key: %s\r\n", bill.key);
    ask(b, client, "POST /api/v1/sales", more, body.data, 201);
    buf_finish(&body);
}

static void
search(void *arg, int client)
{
    static const char *const words[] = {"mien", "mat%20ong", "tra%20sha",
        "nuoc%20mam", "ca%20phe%20rang", "gao", "hd", "cpr", "893",
        "tinh%20dau%20sa"};
    struct bench *b = arg;
    char line[128];

    snprintf(line, sizeof(line), "GET /api/v1/products?q=%s&limit=10",
        words[load_random(&b->random[client], 10)]);
    ask(b, client, line, "", NULL, 200);
}

static void
picture(void *arg, int client)
{
    ask(arg, client, "GET /api/v1/sales/0101-000001/receipt.escpos", "", NULL,
        200);
}

static void
open_cart(struct bench *b, int client)
{
    static const char id[] = "\"id\":\"";
    const char *at;

    ask(b, client, "POST /api/v1/carts", "Content-Type: application/json\r\n",
        "{\"till\":\"1\"}", 201);
    at = strstr(b->http[client].body, id);
    if (!at)
        exit(1);
    at += sizeof(id) - 1;
    snprintf(b->cart[client], sizeof(b->cart[client]), "%.*s",
        (int)strcspn(at, "\""), at);
}

/* The next code into the bill, and the oldest line out of it. */
static void
scan(void *arg, int client)
{
    struct bench *b = arg;
    int n = b->scans[client]++;
    char line[64], code[16], body[512], old[64] = "";

    if (n == 0)
        open_cart(b, client);
    if (n >= CART_LINES)
        snprintf(old, sizeof(old), "{\"line\":%d,\"remove\":true},",
            n - CART_LINES + 1);
    snprintf(code, sizeof(code), "893%09d",
        1 + (client * 7919 + n * 13) % b->products);
    snprintf(body, sizeof(body), "{\"version\":%d,\"op\":\"bench-scan-%010d\","
             "\"do\":[%s{\"add\":{\"code\":\"%s%c\"}}]}",
        n + 1, n, old, code, codes_gtin_check(code, 12));
    snprintf(line, sizeof(line), "PATCH /api/v1/carts/%s", b->cart[client]);
    ask(b, client, line, "Content-Type: application/json\r\n", body, 200);
}

static void
connect_all(struct bench *b)
{
    for (int i = 0; i < CLIENTS; i++) {
        b->random[i] = (uint64_t)clock_mono_us() * 977 + (uint64_t)i;
        if (http_client_open(&b->http[i], PORT) != 0)
            exit(1);
    }
}

static void
measure(struct bench *b, const char *disk, double seconds)
{
    static const int clients[] = {1, 4, 16, 64};
    struct load_result r;

    for (size_t i = 0; i < sizeof(clients) / sizeof(clients[0]); i++) {
        double rate = load_disk_rate(disk, seconds / 4);

        r = load_run(clients[i], seconds, sell, b);
        rate = (rate + load_disk_rate(disk, seconds / 4)) / 2;
        printf("  %2d clients: %5.0f sales/s = %.2f of %5.0f fdatasync/s; "
               "p50 %.2f p99 %.2f ms\n",
            clients[i], r.per_second, r.per_second / rate, rate, r.p50_ms,
            r.p99_ms);
        fflush(stdout);
    }
    r = load_run(1, seconds, search, b);
    printf("  search: p50 %.2f p99 %.2f ms\n", r.p50_ms, r.p99_ms);
    for (int n = 1; n <= 4; n += 3) {
        r = load_run(n, seconds, scan, b);
        printf("  %d tills scan: %5.0f/s p50 %.2f p99 %.2f ms\n", n,
            r.per_second, r.p50_ms, r.p99_ms);
    }
    r = load_run(1, seconds, picture, b);
    printf("  receipt drawn, encoded, sent: p50 %.2f p99 %.2f ms\n", r.p50_ms,
        r.p99_ms);
}

int
main(int argc, char **argv)
{
    double seconds = argc > 3 ? strtod(argv[3], NULL) : 3;
    int64_t sales = argc > 4 ? strtoll(argv[4], NULL, 10) : 10000;
    static struct bench b;
    int products = argc > 5 ? (int)strtol(argv[5], NULL, 10) : 1000;
    char disk[DATA_PATH];

    if (argc < 3) {
        fputs("bench_http DAEMON FOLDER [SECONDS [SALES [PRODUCTS]]]\n",
            stderr);
        return 2;
    }
    big_must(crypto_init(), "crypto");
    if (!data_has_showroom(argv[2]))
        big_shop_make(argv[2], products);
    big_shop_fill(argv[2], products, sales);
    b.products = products;
    data_path(argv[2], "disk.tmp", disk);
    make_token(argv[2], &b);
    start(argv[1], argv[2], &b);
    connect_all(&b);
    measure(&b, disk, seconds);
    printf("  resident %.0f MB\n", daemon_resident_mb(&b));
    kill(b.daemon, SIGTERM);
    waitpid(b.daemon, NULL, 0);
    return 0;
}
