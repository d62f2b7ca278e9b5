/* What the writer tells when the disk fails under it, and what is there after
 * a power cut. */
#include <pthread.h>
#include <sched.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/log.h"
#include "db/db.h"
#include "db/journal.h"
#include "db/writer.h"
#include "tests/fault/fault_vfs.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

enum { THREADS = 4, SEQ_MAX = 4096 };

static struct journal_key key = {.number = 1};

/* A small WAL, so that checkpoints are among what is interrupted. */
static const struct writer_options options = {
    .checkpoint_bytes = 40 * 4096,
    .idle_ms = 600000,
    .reopen_ms = 1,
};

static struct writer *
fresh(void)
{
    struct writer *w = NULL;

    t_dir_empty();
    fault_forget();
    fault_plan((struct fault_plan){.code = 0});
    CHECK(writer_open(t_path("a.db"), &options, &w) == OK);
    writer_use_key(w, &key);
    return w;
}

struct client {
    pthread_t thread;
    struct writer *w;
    int writes;    /* to ask for */
    int64_t seq;   /* of the record just added */
    bool *stored;  /* by sequence: answered OK */
    enum err e;    /* that it stopped at */
};

static enum err
append(struct db *db, void *arg)
{
    struct client *c = arg;
    struct journal_head head;
    enum err e = db_journal_append(db, "test", "{}", 2, &head);

    if (e == OK)
        c->seq = head.seq;
    return e;
}

/* Write until done or refused. */
static void *
client_main(void *arg)
{
    struct client *c = arg;

    for (c->e = OK; c->writes > 0 && c->e == OK; c->writes--) {
        c->e = db_write(c->w, "test", append, c);
        if (c->e == OK)
            c->stored[c->seq] = true;
    }
    return NULL;
}

/* Four threads write; the failures they met are added to *failed. */
static void
write_in_threads(struct writer *w, int writes, bool *stored, int *failed)
{
    struct client c[THREADS];
    int i;

    *failed = 0;
    for (i = 0; i < THREADS; i++) {
        c[i] = (struct client){.w = w, .writes = writes, .stored = stored};
        pthread_create(&c[i].thread, NULL, client_main, &c[i]);
    }
    for (i = 0; i < THREADS; i++) {
        pthread_join(c[i].thread, NULL);
        *failed += c[i].e != OK;
    }
}

struct after {
    const bool *stored;
    uint8_t prev[JOURNAL_HASH];
    int64_t seq;
    int broken;
};

static enum err
check_record(void *arg, const struct journal_record *r)
{
    struct after *a = arg;
    uint8_t hash[JOURNAL_HASH];

    a->seq++;
    journal_hash(a->prev, a->seq, r->kind, r->body, r->body_len, hash);
    a->broken += r->seq != a->seq || memcmp(hash, r->hash, sizeof(hash)) != 0;
    memcpy(a->prev, hash, sizeof(hash));
    return OK;
}

/* The file at `path` is whole, and has every record that was answered OK. */
static void
check_after(const char *path, const bool *stored)
{
    struct after a = {.stored = stored};
    struct buf report;
    struct db *db = NULL;
    int64_t seq;

    buf_init(&report, 4096);
    CHECK(db_open(path, DB_READ, &db) == OK); /* whoever comes first */
    db_close(db);
    CHECK(db_open(path, DB_WRITE, &db) == OK);
    CHECK(db_check(db, &report) == OK);
    CHECK_STR(report.data, "");
    CHECK(db_journal_each(db, 1, INT64_MAX, check_record, &a) == OK);
    CHECK(a.broken == 0);
    for (seq = a.seq + 1; seq < SEQ_MAX; seq++)
        CHECK(!stored[seq]);
    db_close(db);
    buf_finish(&report);
}

/* Cut the power now, in a few of the ways it can go. */
static void
check_power_cuts(const bool *stored, uint32_t seed)
{
    static const int percents[] = {0, 50, 100};
    size_t i;

    for (i = 0; i < sizeof(percents) / sizeof(percents[0]); i++) {
        fault_power_cut(t_path("a.db"), t_path("cut.db"), percents[i], seed);
        unlink(t_path("cut.db-shm"));
        check_after(t_path("cut.db"), stored);
    }
}

static void
test_writer__a_power_cut_loses_nothing_that_was_answered(void)
{
    int writes, failed;

    for (writes = 1; writes < 60; writes += 13) {
        bool stored[SEQ_MAX] = {false};
        struct writer *w = fresh();

        write_in_threads(w, writes, stored, &failed);
        CHECK(failed == 0);
        check_power_cuts(stored, (uint32_t)writes);
        writer_close(w);
        check_after(t_path("a.db"), stored);
    }
}

static void
test_writer__a_failed_fsync_is_never_answered_ok(void)
{
    int at, failed;

    for (at = 1; at <= 31; at += 6) {
        bool stored[SEQ_MAX] = {false};
        struct writer *w = fresh();

        fault_plan((struct fault_plan){
            .sync_at = at, .code = SQLITE_IOERR_FSYNC, .forever = true});
        write_in_threads(w, 60, stored, &failed);
        CHECK(failed > 0 && fault_happened());
        CHECK(!writer_ok(w));
        check_power_cuts(stored, (uint32_t)at);
        writer_close(w);
    }
}

static void
test_writer__a_failed_write_is_never_answered_ok(void)
{
    int at, failed;

    for (at = 1; at <= 181; at += 36) {
        bool stored[SEQ_MAX] = {false};
        struct writer *w = fresh();

        fault_plan((struct fault_plan){
            .write_at = at, .code = SQLITE_IOERR_WRITE, .forever = true});
        write_in_threads(w, 120, stored, &failed);
        CHECK(fault_happened());
        check_power_cuts(stored, (uint32_t)at);
        writer_close(w);
    }
}

static void
wait_until_ok(struct writer *w)
{
    while (!writer_ok(w)) /* it tries every millisecond, or the test hangs */
        sched_yield();
}

static void
test_writer__goes_on_by_itself_after_a_passing_failure(void)
{
    int at, failed;

    for (at = 1; at <= 9; at += 2) {
        bool stored[SEQ_MAX] = {false};
        struct writer *w = fresh();

        fault_plan((struct fault_plan){
            .sync_at = at, .code = SQLITE_IOERR_FSYNC});
        write_in_threads(w, 60, stored, &failed);
        CHECK(fault_happened());
        CHECK(writer_stats(w).failures > 0);
        wait_until_ok(w);
        write_in_threads(w, 5, stored, &failed);
        CHECK(failed == 0);
        check_power_cuts(stored, (uint32_t)at);
        writer_close(w);
        check_after(t_path("a.db"), stored);
    }
}

static void
test_writer__says_that_the_disk_is_full_and_goes_on_when_it_is_not(void)
{
    bool stored[SEQ_MAX] = {false};
    struct writer *w = fresh();
    struct client c = {.w = w, .writes = 3, .stored = stored};

    client_main(&c);
    CHECK(c.e == OK);
    fault_plan((struct fault_plan){
        .write_at = 1, .code = SQLITE_FULL, .forever = true});
    c.writes = 1;
    client_main(&c);
    CHECK(c.e == ERR_DB_FULL && err_class(c.e) == ERR_CLASS_FAULT);
    CHECK(!writer_ok(w));
    CHECK(db_write(w, "test", append, &c) == ERR_DB_FULL); /* and at once */
    fault_plan((struct fault_plan){.code = 0});
    wait_until_ok(w);
    c.writes = 3;
    client_main(&c);
    CHECK(c.e == OK);
    writer_close(w);
    check_after(t_path("a.db"), stored);
}

int
main(void)
{
    if (crypto_init() != OK ||
        crypto_keypair(key.public_key, key.secret_key) != OK)
        return 1;
    log_set_level(LOG_ERROR + 1); /* what fails here is meant to */
    fault_install();
    RUN(test_writer__a_power_cut_loses_nothing_that_was_answered);
    RUN(test_writer__a_failed_fsync_is_never_answered_ok);
    RUN(test_writer__a_failed_write_is_never_answered_ok);
    RUN(test_writer__goes_on_by_itself_after_a_passing_failure);
    RUN(test_writer__says_that_the_disk_is_full_and_goes_on_when_it_is_not);
    fault_forget();
    return T_END();
}
