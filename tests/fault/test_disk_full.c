/* The disk is full while the shop sells: a sale is stored or refused, never
 * half of it; and when there is room again, selling goes on by itself. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/crypto.h"
#include "db/writer.h"
#include "pos/data.h"
#include "tests/bench/big_shop.h"
#include "tests/fault/crash_books.h"
#include "tests/tools/shop_folder.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

enum {
    PRODUCTS = 10,
    SALES_MAX = 5000,      /* by then it was full, or never is */
    FILE_LIMIT = 900 * 1024,
    DISK = 4 * 1024 * 1024,
    RECOVER_MS = 8000
};

struct selling {
    struct open_shop open;
    uint64_t random;
    struct crash_ack acks[SALES_MAX];
    size_t len;
};

static enum err
sell(struct selling *s, struct big_bill *bill)
{
    struct sale_done done;
    enum err e = sale_commit(&s->open.shop, &bill->ask, &done, NULL);
    struct crash_ack *a = &s->acks[s->len];

    if (e != OK)
        return e;
    memset(a, 0, sizeof(*a));
    snprintf(a->key, sizeof(a->key), "%s", bill->key);
    a->sale_id = done.sale_id;
    s->len++;
    return OK;
}

static void
sell_some(struct selling *s, struct big_bill *bill)
{
    for (int i = 0; i < 20; i++) {
        big_bill_make(bill, &s->random, PRODUCTS);
        CHECK(sell(s, bill) == OK);
    }
}

/* Sell until it is refused; what the till is told is that it could not be
 * stored. */
static void
sell_until_full(struct selling *s, struct big_bill *bill)
{
    enum err e = OK;

    while (e == OK && s->len < SALES_MAX / 2) {
        big_bill_make(bill, &s->random, PRODUCTS);
        e = sell(s, bill);
    }
    CHECK(e == ERR_DB_FULL || e == ERR_DB);
    for (int i = 0; i < 5; i++) { /* and again: no better, no harm */
        e = sell(s, bill);
        CHECK(e == ERR_DB_FULL || e == ERR_DB || e == ERR_BUSY);
    }
}

/* The bill that was refused is asked for until it is stored. */
static void
sell_again(struct selling *s, struct big_bill *bill)
{
    const struct timespec pause = {.tv_nsec = 100000000};
    size_t before = s->len;

    for (int i = 0; i < RECOVER_MS / 100 && s->len == before; i++)
        if (sell(s, bill) != OK)
            nanosleep(&pause, NULL);
    CHECK(s->len == before + 1);
    CHECK(writer_ok(s->open.shop.writer));
    sell_some(s, bill);
}

static void
prove(struct selling *s, const struct settings *settings)
{
    struct crash_books books;
    char path[DATA_PATH];

    data_path(settings->data_dir, "ocop-pos.db", path);
    crash_books_init(&books, path);
    crash_books_read(&books);
    CHECK(crash_books_lost(&books, s->acks, s->len) == 0);
    CHECK(crash_books_doubled(&books) == 0);
    CHECK(books.len == s->len); /* what was refused is not in the books */
    CHECK(crash_books_prove(&books, 1) == 0);
    crash_books_finish(&books);
}

static void
limit_files(rlim_t bytes)
{
    struct rlimit limit;

    CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
}

/* In a process of its own: the limit is the process's. */
static int
sell_in_small_files(void)
{
    static struct selling s = {.random = 5};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct shop_folder folder;
    struct big_bill bill;

    sigaction(SIGXFSZ, &ignore, NULL);
    shop_folder_init(&folder);
    big_shop_make(folder.settings.data_dir, PRODUCTS);
    CHECK(open_shop(&folder.settings, 1, &s.open) == OK);
    sell_some(&s, &bill);
    limit_files(FILE_LIMIT);
    sell_until_full(&s, &bill);
    limit_files(RLIM_INFINITY);
    sell_again(&s, &bill);
    close_shop(&s.open);
    prove(&s, &folder.settings);
    shop_folder_close(&folder);
    return t_bad;
}

static void
test_sale__is_whole_or_refused_when_files_may_not_grow(void)
{
    int status = 0;
    pid_t child;

    fflush(stdout);
    child = fork();
    if (child == 0)
        _exit(sell_in_small_files() != 0);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* Take all the room there is; where the ballast lies. */
static void
fill_disk(const char *dir, char path[DATA_PATH])
{
    static const char zeros[4096];
    FILE *file;

    data_path(dir, "ballast", path);
    file = fopen(path, "w");
    setvbuf(file, NULL, _IONBF, 0);
    while (fwrite(zeros, 1, sizeof(zeros), file) == sizeof(zeros))
        ;
    fclose(file);
}

static void
test_sale__is_whole_or_refused_when_the_disk_is_full(void)
{
    static struct selling s = {.random = 6};
    struct shop_folder folder;
    char ballast[DATA_PATH], size[32];
    struct big_bill bill;

    shop_folder_init(&folder);
    snprintf(size, sizeof(size), "size=%d", DISK);
    if (mount("none", folder.dir, "tmpfs", 0, size) != 0) {
        printf("SKIP a small disk cannot be mounted here\n");
        shop_folder_close(&folder);
        return;
    }
    big_shop_make(folder.settings.data_dir, PRODUCTS);
    CHECK(open_shop(&folder.settings, 1, &s.open) == OK);
    sell_some(&s, &bill);
    fill_disk(folder.dir, ballast);
    sell_until_full(&s, &bill);
    CHECK(unlink(ballast) == 0);
    sell_again(&s, &bill);
    close_shop(&s.open);
    prove(&s, &folder.settings);
    CHECK(umount(folder.dir) == 0);
    shop_folder_close(&folder);
}

int
main(void)
{
    CHECK(crypto_init() == OK && open_lang() == OK);
    RUN(test_sale__is_whole_or_refused_when_files_may_not_grow);
    RUN(test_sale__is_whole_or_refused_when_the_disk_is_full);
    return T_END();
}
