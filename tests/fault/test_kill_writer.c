/* kill -9 while four threads write, again and again on the same file:
 * what was answered is there, each once, and the chain is whole.
 *
 *     test_kill_writer [KILLS] */
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/mem.h"
#include "db/db.h"
#include "db/journal.h"
#include "db/writer.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

enum { THREADS = 4, ACKS_A_LIFE = 250, BODY = 64 };

static struct journal_key key = {.number = 1};
static int kills = 30;

/* An answer that somebody heard. */
struct ack {
    int64_t seq;
    char body[BODY];
};

/* --- the child --- */

struct client {
    pthread_t thread;
    struct writer *w;
    int pipe;
    struct ack ack;
};

static enum err
append(struct db *db, void *arg)
{
    struct ack *ack = arg;
    struct journal_head head;
    enum err e = db_journal_append(
        db, "test", ack->body, strlen(ack->body), &head);

    if (e == OK)
        ack->seq = head.seq;
    return e;
}

static void *
client_main(void *arg)
{
    struct client *c = arg;
    int n;

    for (n = 0;; n++) {
        snprintf(c->ack.body, BODY, "{\"by\":\"%d.%p\",\"n\":%d}",
            (int)getpid(), (void *)c, n);
        if (db_write(c->w, "test", append, &c->ack) != OK)
            abort();
        /* less than PIPE_BUF: whole or not at all */
        if (write(c->pipe, &c->ack, sizeof(c->ack)) < 0)
            abort();
    }
}

/* Write until killed. */
static void
live(const char *path, int pipe)
{
    static const struct writer_options options = {
        .checkpoint_bytes = 40 * 4096, /* so that some die checkpointing */
    };
    struct client c[THREADS];
    struct writer *w;
    int i;

    if (writer_open(path, &options, &w) != OK) {
        fprintf(stderr, "%s\n", err_msg());
        _exit(1);
    }
    writer_use_key(w, &key);
    for (i = 0; i < THREADS; i++) {
        c[i] = (struct client){.w = w, .pipe = pipe};
        pthread_create(&c[i].thread, NULL, client_main, &c[i]);
    }
    pthread_join(c[0].thread, NULL);
}

/* --- the parent --- */

/* Let a child write until `enough` answers were heard, kill it, and hear what
 * was still under way.  How many answers are added to `acks`. */
static size_t
one_life(const char *path, size_t enough, struct ack *acks, size_t max)
{
    int ends[2], status = 0;
    size_t n = 0;
    pid_t child;

    if (pipe(ends) != 0 || (child = fork()) < 0)
        abort();
    if (child == 0) {
        close(ends[0]);
        live(path, ends[1]);
        _exit(1);
    }
    close(ends[1]);
    while (n < max && read(ends[0], &acks[n], sizeof(*acks)) ==
            (ssize_t)sizeof(*acks))
        if (++n == enough)
            kill(child, SIGKILL);
    close(ends[0]);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return n;
}

struct after {
    const struct ack **heard; /* by sequence, NULL: nobody heard */
    int64_t heard_len;
    uint8_t prev[JOURNAL_HASH];
    int64_t seq;
    int found, wrong;
};

static enum err
check_record(void *arg, const struct journal_record *r)
{
    struct after *a = arg;
    uint8_t hash[JOURNAL_HASH];

    a->seq++;
    journal_hash(a->prev, a->seq, r->kind, r->body, r->body_len, hash);
    a->wrong += r->seq != a->seq || memcmp(hash, r->hash, sizeof(hash)) != 0 ||
        !journal_signature_ok(r->hash, r->sig, key.public_key);
    memcpy(a->prev, hash, sizeof(hash));
    if (r->seq < a->heard_len && a->heard[r->seq]) {
        a->found++;
        a->wrong += strcmp(a->heard[r->seq]->body, r->body) != 0;
    }
    return OK;
}

static void
check_all(const char *path, const struct ack *acks, size_t len)
{
    struct after a = {.heard_len = 1};
    struct buf report;
    struct db *db;
    size_t i;

    for (i = 0; i < len; i++)
        if (acks[i].seq >= a.heard_len)
            a.heard_len = acks[i].seq + 1;
    a.heard = mem_new((size_t)a.heard_len, sizeof(*a.heard));
    for (i = 0; i < len; i++) {
        CHECK(!a.heard[acks[i].seq]); /* no sequence was given twice */
        a.heard[acks[i].seq] = &acks[i];
    }
    buf_init(&report, 4096);
    CHECK(db_open(path, DB_WRITE, &db) == OK);
    CHECK(db_check(db, &report) == OK);
    CHECK(db_journal_each(db, 1, INT64_MAX, check_record, &a) == OK);
    CHECK(a.wrong == 0 && a.found == (int)len);
    db_close(db);
    buf_finish(&report);
    mem_free(a.heard);
}

static void
test_writer__kill_9_loses_nothing_that_was_answered(void)
{
    const char *path = t_path("a.db");
    size_t max = (size_t)kills * 2 * ACKS_A_LIFE, len = 0;
    struct ack *acks = mem_new(max, sizeof(*acks));
    int i;

    for (i = 0; i < kills; i++)
        len += one_life(path, (size_t)(1 + i * 37 % ACKS_A_LIFE), acks + len,
            max - len);
    check_all(path, acks, len);
    printf("%d kills, %zu answers\n", kills, len);
    mem_free(acks);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        kills = (int)strtol(argv[1], NULL, 10);
    if (kills < 1 || crypto_init() != OK ||
        crypto_keypair(key.public_key, key.secret_key) != OK)
        return 2;
    RUN(test_writer__kill_9_loses_nothing_that_was_answered);
    return T_END();
}
