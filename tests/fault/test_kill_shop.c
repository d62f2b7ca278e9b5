/* kill -9 of a process that sells through the library from four threads, again
 * and again on the same showroom: what was answered is in the books, once.
 *
 *     test_kill_shop [KILLS] */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/crypto.h"
#include "pos/data.h"
#include "tests/bench/big_shop.h"
#include "tests/fault/crash_books.h"
#include "tests/tools/shop_folder.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

enum { THREADS = 4, PRODUCTS = 30, ACKS_A_LIFE = 200 };

static int kills = 30;

/* --- the child --- */

struct seller {
    pthread_t thread;
    struct shop *shop;
    uint64_t random;
    int pipe;
};

static void
sell(struct seller *s, struct big_bill *bill)
{
    struct sale_done done;
    struct crash_ack ack;

    memset(&ack, 0, sizeof(ack));
    if (sale_commit(s->shop, &bill->ask, &done, NULL) != OK) {
        fprintf(stderr, "%s\n", err_msg());
        _exit(1);
    }
    snprintf(ack.key, sizeof(ack.key), "%s", bill->key);
    ack.sale_id = done.sale_id;
    /* less than PIPE_BUF: whole or not at all */
    if (write(s->pipe, &ack, sizeof(ack)) < 0)
        _exit(1);
}

/* Every bill is asked for twice: the second time it is answered alike. */
static void *
seller_main(void *arg)
{
    struct seller *s = arg;
    struct big_bill bill;

    for (;;) {
        big_bill_make(&bill, &s->random, PRODUCTS);
        sell(s, &bill);
        sell(s, &bill);
    }
    return NULL;
}

static void
live(const struct settings *settings, int life, int pipe)
{
    static struct seller sellers[THREADS];
    struct open_shop open;

    if (open_shop(settings, 1, &open) != OK) {
        fprintf(stderr, "%s\n", err_msg());
        _exit(1);
    }
    for (int i = 0; i < THREADS; i++) {
        sellers[i] = (struct seller){.shop = &open.shop, .pipe = pipe,
            .random = (uint64_t)(life * THREADS + i + 1) * 7919};
        pthread_create(&sellers[i].thread, NULL, seller_main, &sellers[i]);
    }
    pthread_join(sellers[0].thread, NULL);
}

/* --- the parent --- */

/* Let a child sell until `enough` answers were heard, kill it, and hear what
 * was still under way. */
static size_t
one_life(const struct settings *settings, int life, size_t enough,
    struct crash_ack *acks, size_t max)
{
    int ends[2], status = 0;
    size_t n = 0;
    pid_t child;

    if (pipe(ends) != 0 || (child = fork()) < 0)
        abort();
    if (child == 0) {
        close(ends[0]);
        live(settings, life, ends[1]);
        _exit(1);
    }
    close(ends[1]);
    while (n < max && read(ends[0], &acks[n], sizeof(*acks))
            == (ssize_t)sizeof(*acks))
        if (++n == enough)
            kill(child, SIGKILL);
    close(ends[0]);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return n;
}

static void
test_shop__keeps_what_it_acknowledged_through_kill_9(void)
{
    static struct crash_ack acks[ACKS_A_LIFE * 2];
    struct shop_folder folder;
    struct crash_books books;
    char path[DATA_PATH];
    uint64_t random = 3;
    size_t heard = 0;

    shop_folder_init(&folder);
    big_shop_make(folder.settings.data_dir, PRODUCTS);
    data_path(folder.settings.data_dir, "ocop-pos.db", path);
    crash_books_init(&books, path);
    for (int i = 0; i < kills; i++) {
        size_t n = one_life(&folder.settings, i,
            1 + t_random(&random) % (ACKS_A_LIFE / 4), acks, ACKS_A_LIFE * 2);

        crash_books_read(&books);
        CHECK(crash_books_lost(&books, acks, n) == 0);
        heard += n;
    }
    CHECK(crash_books_doubled(&books) == 0);
    CHECK(crash_books_prove(&books, 1) == 0);
    CHECK(heard > (size_t)kills && books.len > heard / 4);
    printf("%d kills: %zu answers heard, %zu receipts\n", kills, heard,
        books.len);
    crash_books_finish(&books);
    shop_folder_close(&folder);
}

/* The test above can fail. */
static void
test_crash_books__see_what_is_lost_and_what_is_doubled(void)
{
    struct crash_ack in_books[2] = {
        {.key = "a", .sale_id = 1, .total = 5, .seq = 7, .hash = "00"},
        {.key = "b", .sale_id = 2, .total = 6, .seq = 8, .hash = "01"}};
    struct crash_books books = {.sales = in_books, .len = 2};
    struct crash_ack heard[2] = {in_books[0], in_books[1]};

    CHECK(crash_books_lost(&books, heard, 2) == 0);
    CHECK(crash_books_doubled(&books) == 0);
    heard[1].total = 7;
    CHECK(crash_books_lost(&books, heard, 2) == 1);
    heard[1] = in_books[1];
    heard[1].hash[0] = '1';
    CHECK(crash_books_lost(&books, heard, 2) == 1);
    heard[1] = in_books[1];
    heard[1].sale_id = 3;
    CHECK(crash_books_lost(&books, heard, 2) == 1);
    in_books[1].key[0] = 'a';
    CHECK(crash_books_doubled(&books) == 1);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        kills = (int)strtol(argv[1], NULL, 10);
    CHECK(crypto_init() == OK && open_lang() == OK);
    RUN(test_shop__keeps_what_it_acknowledged_through_kill_9);
    RUN(test_crash_books__see_what_is_lost_and_what_is_doubled);
    return T_END();
}
