#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "db/db.h"
#include "db/internal.h"
#include "db/journal.h"
#include "db/readers.h"
#include "db/writer.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

static struct journal_key key = {.number = 1};

static enum err
append(struct db *db, void *arg)
{
    (void)arg;
    return db_journal_append(db, "sale", "{}", 2, NULL);
}

static int64_t
head_of(struct db *db)
{
    struct journal_head head = {.seq = -1};

    CHECK(db_journal_head(db, &head) == OK);
    return head.seq;
}

struct house {
    struct writer *w;
    struct readers *r;
};

static struct house
house(const struct writer_options *options, int readers)
{
    struct house h = {NULL, NULL};
    const char *path = t_path("a.db");

    t_dir_empty();
    CHECK(writer_open(path, options, &h.w) == OK);
    writer_use_key(h.w, &key);
    CHECK(readers_open(path, readers, &h.r) == OK);
    return h;
}

static void
leave(struct house h)
{
    readers_close(h.r);
    writer_close(h.w);
}

static void
test_readers__see_one_moment_until_given_back(void)
{
    struct house h = house(NULL, 2);
    struct db *a, *b;

    CHECK(db_write(h.w, "test", append, NULL) == OK);
    a = readers_take(h.r);
    CHECK(head_of(a) == 1);
    CHECK(db_write(h.w, "test", append, NULL) == OK);
    CHECK(head_of(a) == 1);
    b = readers_take(h.r);
    CHECK(head_of(b) == 2);
    readers_give(h.r, a);
    a = readers_take(h.r);
    CHECK(head_of(a) == 2);
    readers_give(h.r, a);
    readers_give(h.r, b);
    leave(h);
}

static void
test_readers__cannot_write(void)
{
    struct house h = house(NULL, 1);
    struct db *db = readers_take(h.r);
    struct stmt *q = stmt_begin(db, SQL_MIGRATION_ADD);

    stmt_bind_i64(q, ":number", 999);
    stmt_bind_text(q, ":name", "x");
    stmt_bind_text(q, ":sha256", "x");
    stmt_bind_i64(q, ":applied_at", 0);
    CHECK(stmt_done_once(q) == ERR_DB);
    readers_give(h.r, db);
    leave(h);
}

struct taker {
    struct readers *r;
    int64_t taken_ms;
};

static void *
take_and_give(void *arg)
{
    struct taker *t = arg;
    struct db *db = readers_take(t->r);

    t->taken_ms = clock_mono_ms();
    CHECK(head_of(db) == 0);
    readers_give(t->r, db);
    return NULL;
}

static void
test_readers__the_next_waits_for_a_free_one(void)
{
    struct house h = house(NULL, 1);
    struct taker t = {h.r, 0};
    struct db *db = readers_take(h.r);
    int64_t given_ms;
    pthread_t thread;

    CHECK(pthread_create(&thread, NULL, take_and_give, &t) == 0);
    CHECK(head_of(db) == 0);
    given_ms = clock_mono_ms();
    readers_give(h.r, db);
    pthread_join(thread, NULL);
    CHECK(t.taken_ms >= given_ms);
    leave(h);
}

static void
test_readers__past_its_time_a_read_is_refused(void)
{
    struct house h = house(NULL, 1);
    struct db *db = readers_take(h.r);
    struct journal_head head;

    db->deadline_ms = clock_mono_ms() - 1;
    CHECK(db_journal_head(db, &head) == ERR_BUSY);
    readers_give(h.r, db);
    db = readers_take(h.r);
    CHECK(db_journal_head(db, &head) == OK);
    readers_give(h.r, db);
    leave(h);
}

static int64_t
wal_bytes(void)
{
    struct stat st;

    return stat(t_path("a.db-wal"), &st) == 0 ? (int64_t)st.st_size : 0;
}

static const struct writer_options small = {
    .checkpoint_bytes = 64 * 4096,
    .wal_limit_bytes = 128 * 4096,
};

/* Frames of 4 KB and a bit: a generous bound for what `small` promises. */
enum { SMALL_BOUND = 400 * 4120 };

struct busy {
    pthread_t thread;
    struct readers *r;
    atomic_bool stop;
};

/* Read, read, read. */
static void *
keep_reading(void *arg)
{
    struct busy *b = arg;
    int64_t before = 0, now;

    while (!atomic_load(&b->stop)) {
        struct db *db = readers_take(b->r);

        now = head_of(db);
        CHECK(now >= before && head_of(db) == now);
        before = now;
        readers_give(b->r, db);
    }
    return NULL;
}

static void
test_writer__its_wal_stays_small_beside_busy_readers(void)
{
    struct house h = house(&small, 2);
    struct busy busy[2];
    int i;

    for (i = 0; i < 2; i++) {
        busy[i].r = h.r;
        atomic_init(&busy[i].stop, false);
        pthread_create(&busy[i].thread, NULL, keep_reading, &busy[i]);
    }
    for (i = 0; i < 800; i++)
        CHECK(db_write(h.w, "test", append, NULL) == OK);
    for (i = 0; i < 2; i++) {
        atomic_store(&busy[i].stop, true);
        pthread_join(busy[i].thread, NULL);
    }
    CHECK(wal_bytes() > 0 && wal_bytes() < SMALL_BOUND);
    CHECK(writer_stats(h.w).checkpoints > 0);
    leave(h);
    CHECK(wal_bytes() == 0);
}

static void
test_writer__is_not_held_up_by_a_reader_that_stays(void)
{
    struct house h = house(&small, 2);
    struct db *db = readers_take(h.r);
    int64_t grown;
    int i;

    CHECK(head_of(db) == 0);
    for (i = 0; i < 600; i++)
        CHECK(db_write(h.w, "test", append, NULL) == OK);
    CHECK(head_of(db) == 0);
    grown = wal_bytes();
    CHECK(grown > 600 * 4096); /* it must not be emptied under the reader */
    readers_give(h.r, db);
    for (i = 0; i < 200; i++) /* and is, once the reader has gone */
        CHECK(db_write(h.w, "test", append, NULL) == OK);
    CHECK(wal_bytes() < SMALL_BOUND);
    leave(h);
}

int
main(void)
{
    if (crypto_init() != OK ||
        crypto_keypair(key.public_key, key.secret_key) != OK)
        return 1;
    RUN(test_readers__see_one_moment_until_given_back);
    RUN(test_readers__cannot_write);
    RUN(test_readers__the_next_waits_for_a_free_one);
    RUN(test_readers__past_its_time_a_read_is_refused);
    RUN(test_writer__its_wal_stays_small_beside_busy_readers);
    RUN(test_writer__is_not_held_up_by_a_reader_that_stays);
    return T_END();
}
