/* kill -9 of the daemon while four tills sell, again and again on the same
 * showroom.  A till repeats what was not answered under the same key until it
 * is.  Nothing acknowledged is lost, nothing is sold twice, the books are
 * right.
 *
 *     fault_crash DAEMON [KILLS [SEED]] */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/mem.h"
#include "db/writer.h"
#include "pos/data.h"
#include "pos/staff/staff.h"
#include "tests/bench/big_shop.h"
#include "tests/fault/crash_books.h"
#include "tests/fault/crash_till.h"
#include "tests/tools/shop_folder.h"
#include "tests/unit/t_data.h"

enum {
    TILLS = 4,
    CHECK_EVERY = 20, /* kills */
    SILENCE_MAX_S = 180 /* whoever sells nothing for so long is stuck */
};

struct world {
    const char *program;
    struct shop_folder folder;
    struct crash_shop shop;
    struct crash_till tills[TILLS];
    size_t checked[TILLS]; /* answers held against the books */
    struct crash_books books;
    char config[DATA_PATH];
    uint64_t chance;
    int kills;
    int64_t silence_ms; /* the longest without an answer, restarts counted */
    int64_t bad; /* lost, doubled, found */
};

static int64_t
draw(struct world *w, int64_t below)
{
    return (int64_t)(t_random(&w->chance) >> 16) % below;
}

static void
nap(int64_t us)
{
    const struct timespec t = {
        .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};

    nanosleep(&t, NULL);
}

/* A showroom full of goods, and a token for its tills. */
static void
make_shop(struct world *w)
{
    struct token_new t = {.role = ROLE_CASHIER};
    struct open_shop open;
    const char *dir = w->folder.settings.data_dir;
    FILE *f;

    shop_folder_init(&w->folder);
    big_shop_make(dir, CRASH_PRODUCTS);
    big_must(open_shop(&w->folder.settings, 1, &open), "open");
    big_must(token_new_prepare(&t, "crash"), "token");
    big_must(db_write(open.shop.writer, "token", token_new_write, &t),
        "token");
    close_shop(&open);
    snprintf(w->shop.token, sizeof(w->shop.token), "%s", t.token);
    w->shop.port = crash_free_port();
    data_path(dir, "crash.conf", w->config);
    f = fopen(w->config, "w");
    fprintf(f, "listen = \"127.0.0.1:%d\";\ndata_dir = \"%s\";\n"
               "printer = \"null:\";\nlog_level = \"warn\";\n",
        w->shop.port, dir);
    fclose(f);
}

static pid_t
start(struct world *w)
{
    pid_t daemon = fork();
    int null;

    if (daemon == 0) {
        null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        execl(w->program, w->program, "--config", w->config, (char *)NULL);
        _exit(127);
    }
    return daemon;
}

/* Wait until the tills have heard `more` answers than now. */
static void
wait_sold(struct world *w, pid_t daemon, int64_t more)
{
    int64_t heard = crash_sold(&w->shop), want = heard + more, now;
    int64_t since = clock_mono_ms();

    while (heard < want) {
        if (waitpid(daemon, NULL, WNOHANG) != 0) {
            fprintf(stderr, "FAIL the daemon ended by itself\n");
            exit(1);
        }
        now = clock_mono_ms();
        if (now - since > w->silence_ms)
            w->silence_ms = now - since;
        if (now - since > SILENCE_MAX_S * 1000) {
            fprintf(stderr, "FAIL no answer for %d s\n", SILENCE_MAX_S);
            kill(daemon, SIGKILL);
            exit(1);
        }
        nap(500);
        if (crash_sold(&w->shop) == heard)
            continue;
        heard = crash_sold(&w->shop);
        since = now;
    }
}

/* Most lives sell a few things; some die while they start, some live long
 * enough to empty their WAL. */
static void
one_life(struct world *w)
{
    pid_t daemon = start(w);
    int64_t kind = draw(w, 20);

    if (kind < 2)
        nap(draw(w, 80000));
    else
        wait_sold(w, daemon, kind < 19 ? 1 + draw(w, 25) : 300);
    nap(draw(w, 2000));
    kill(daemon, SIGKILL);
    waitpid(daemon, NULL, 0);
    w->kills++;
}

/* The answers heard since the last look are in the books. */
static void
look(struct world *w)
{
    struct crash_ack *acks;
    size_t len;

    crash_books_read(&w->books);
    for (int i = 0; i < TILLS; i++) {
        len = crash_till_heard(&w->tills[i], w->checked[i], &acks);
        w->checked[i] += len;
        w->bad += (int64_t)crash_books_lost(&w->books, acks, len);
        mem_free(acks);
    }
    w->bad += (int64_t)crash_books_doubled(&w->books);
}

/* Let every till hear the answer to what it asked last. */
static void
finish(struct world *w)
{
    pid_t daemon = start(w);

    crash_stop(&w->shop);
    for (int i = 0; i < TILLS; i++)
        crash_till_join(&w->tills[i]);
    kill(daemon, SIGTERM);
    waitpid(daemon, NULL, 0);
    memset(w->checked, 0, sizeof(w->checked)); /* all of them once more */
    look(w);
    w->bad += crash_books_prove(&w->books, true);
}

static int
report(struct world *w)
{
    size_t heard = 0, again = 0, replayed = 0, refused = 0;

    for (int i = 0; i < TILLS; i++) {
        heard += w->tills[i].acks_len;
        again += w->tills[i].again;
        replayed += w->tills[i].replayed;
        refused += w->tills[i].refused;
    }
    printf("%d kills: %zu sales acknowledged, %zu in the books, %zu requests "
           "repeated, %zu of them answered from the books; %d ms the longest "
           "wait for an answer\n",
        w->kills, heard, w->books.len, again, replayed, (int)w->silence_ms);
    if (heard != w->books.len || refused || w->bad)
        printf("FAIL %zu refused, %d lost, doubled or wrong\n", refused,
            (int)w->bad);
    else
        printf("ok   nothing lost, nothing doubled, the books are right\n");
    return heard != w->books.len || refused > 0 || w->bad > 0;
}

int
main(int argc, char **argv)
{
    static struct world w = {.chance = 1};
    int kills = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 200;
    int prove_every = kills / 10 < CHECK_EVERY ? CHECK_EVERY : kills / 10;
    char path[DATA_PATH];
    int bad;

    if (argc < 2) {
        fputs("fault_crash DAEMON [KILLS [SEED]]\n", stderr);
        return 2;
    }
    w.program = argv[1];
    if (argc > 3)
        w.chance = strtoull(argv[3], NULL, 10);
    big_must(crypto_init(), "crypto");
    big_must(open_lang(), "sentences");
    make_shop(&w);
    data_path(w.folder.settings.data_dir, "ocop-pos.db", path);
    crash_books_init(&w.books, path);
    for (int i = 0; i < TILLS; i++)
        crash_till_start(&w.tills[i], &w.shop, i);
    while (w.kills < kills) {
        one_life(&w);
        if (w.kills % CHECK_EVERY == 0)
            look(&w);
        if (w.kills % prove_every == 0)
            w.bad += crash_books_prove(&w.books, false);
    }
    finish(&w);
    bad = report(&w);
    printf("%d passed, %d failed\n", !bad, bad);
    for (int i = 0; i < TILLS; i++)
        crash_till_finish(&w.tills[i]);
    crash_books_finish(&w.books);
    shop_folder_close(&w.folder);
    return bad;
}
