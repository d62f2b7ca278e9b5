#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/err.h"
#include "db/db.h"
#include "db/journal.h"
#include "db/writer.h"
#include "db/writer_inside.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

enum { THREADS = 16, WRITES = 200 };

static struct journal_key key = {.number = 1};

static struct writer *
fresh(const struct writer_options *options)
{
    struct writer *w = NULL;

    t_dir_empty();
    CHECK(writer_open(t_path("a.db"), options, &w) == OK);
    writer_use_key(w, &key);
    return w;
}

/* What one thread asks for, and what it heard. */
struct client {
    pthread_t thread;
    struct writer *w;
    int id, n;
    int64_t seq; /* of the record just added */
    int stored, refused;
};

static enum err
append(struct db *db, void *arg)
{
    struct client *c = arg;
    struct journal_head head;
    char body[64];
    enum err e;

    CHECK(db_in_write(db));
    snprintf(body, sizeof(body), "{\"id\":%d,\"n\":%d}", c->id, c->n);
    e = db_journal_append(db, "test", body, strlen(body), &head);
    if (e == OK)
        c->seq = head.seq;
    if (e == OK && c->n % 7 == 3) { /* one in seven thinks better of it */
        err_arg("n", "%d", c->n);
        err_at("lines[%d]", c->id);
        e = err_set(ERR_STOCK_SHORT, "client %d, write %d", c->id, c->n);
    }
    return e;
}

static void *
client_main(void *arg)
{
    struct client *c = arg;
    char want[64];
    int64_t before = 0;

    for (c->n = 0; c->n < WRITES; c->n++) {
        enum err e = db_write(c->w, "test", append, c);

        if (c->n % 7 == 3) {
            snprintf(want, sizeof(want), "client %d, write %d", c->id, c->n);
            c->refused += e == ERR_STOCK_SHORT &&
                strcmp(err_msg(), want) == 0 && err_last()->args_len == 1;
            continue;
        }
        c->stored += e == OK && c->seq > before;
        before = c->seq;
    }
    return NULL;
}

/* Every write that was answered OK is there once, in each thread's order. */
struct tally {
    int next[THREADS];
    int out_of_order, records;
};

static enum err
tally_record(void *arg, const struct journal_record *r)
{
    struct tally *t = arg;
    const char *at = r->body + strlen("{\"id\":");
    char *end;
    int id = (int)strtol(at, &end, 10);
    int n = (int)strtol(end + strlen(",\"n\":"), NULL, 10);

    CHECK(id >= 0 && id < THREADS);
    if (t->next[id] % 7 == 3)
        t->next[id]++;
    t->out_of_order += n != t->next[id]++;
    t->records++;
    return OK;
}

static void
test_writer__sixteen_threads_land_each_write_once_and_in_order(void)
{
    struct client clients[THREADS];
    struct tally tally = {.records = 0};
    struct writer *w = fresh(NULL);
    struct writer_stats stats;
    struct db *db;
    int i, stored = 0;

    for (i = 0; i < THREADS; i++) {
        clients[i] = (struct client){.w = w, .id = i};
        pthread_create(&clients[i].thread, NULL, client_main, &clients[i]);
    }
    for (i = 0; i < THREADS; i++) {
        pthread_join(clients[i].thread, NULL);
        CHECK(clients[i].stored + clients[i].refused == WRITES);
        stored += clients[i].stored;
    }
    stats = writer_stats(w);
    CHECK(stats.writes == stored);
    CHECK(stats.refused == THREADS * WRITES - stored);
    CHECK(stats.failures == 0 && stats.frames > 0 && stats.queue_now == 0);
    CHECK(stats.commits < stats.writes + stats.refused); /* grouped */
    writer_close(w);
    CHECK(db_open(t_path("a.db"), DB_READ, &db) == OK);
    CHECK(db_journal_each(db, 1, INT64_MAX, tally_record, &tally) == OK);
    CHECK(tally.records == stored && tally.out_of_order == 0);
    db_close(db);
}

static void
test_writer__what_failed_is_told_with_arguments_and_path(void)
{
    struct writer *w = fresh(NULL);
    struct client c = {.w = w, .id = 5, .n = 3};

    CHECK(db_write(w, "test", append, &c) == ERR_STOCK_SHORT);
    CHECK_STR(err_msg(), "client 5, write 3");
    CHECK_STR(err_last()->path, "lines[5]");
    CHECK_STR(err_last()->args[0].name, "n");
    CHECK_STR(err_last()->args[0].value, "3");
    CHECK(writer_ok(w));
    writer_close(w);
}

static void
note_seq(void *arg, int64_t last_seq)
{
    atomic_store((_Atomic int64_t *)arg, last_seq);
}

static enum err
nothing(struct db *db, void *arg)
{
    (void)db;
    (void)arg;
    return OK;
}

static void
test_writer__tells_of_new_records_before_it_answers(void)
{
    struct writer *w = fresh(NULL);
    struct client c = {.w = w};
    _Atomic int64_t told = -1;

    writer_on_commit(w, note_seq, &told);
    CHECK(db_write(w, "test", nothing, NULL) == OK);
    CHECK(atomic_load(&told) == -1);
    CHECK(db_write(w, "test", append, &c) == OK);
    CHECK(atomic_load(&told) == 1);
    c.n = 3; /* taken back: nothing new */
    CHECK(db_write(w, "test", append, &c) == ERR_STOCK_SHORT);
    CHECK(atomic_load(&told) == 1);
    writer_close(w);
}

/* A write that stands inside the writer until it is let go. */
struct gate {
    sem_t inside, go;
};

static enum err
stand(struct db *db, void *arg)
{
    struct gate *g = arg;

    (void)db;
    sem_post(&g->inside);
    sem_wait(&g->go);
    return OK;
}

struct asker {
    pthread_t thread;
    struct writer *w;
    write_fn *fn;
    void *arg;
    enum err e;
};

static void *
ask(void *arg)
{
    struct asker *a = arg;

    a->e = db_write(a->w, "test", a->fn, a->arg);
    return NULL;
}

static void
gate_init(struct gate *g)
{
    sem_init(&g->inside, 0, 0);
    sem_init(&g->go, 0, 0);
}

static void
wait_for_queue(struct writer *w, int64_t len)
{
    while (writer_stats(w).queue_now < len)
        sched_yield();
}

static void
test_writer__a_full_queue_says_try_again(void)
{
    struct writer_options options = {.queue_max = 2};
    struct writer *w = fresh(&options);
    struct asker a[3];
    struct gate g;
    int i;

    gate_init(&g);
    a[0] = (struct asker){.w = w, .fn = stand, .arg = &g};
    pthread_create(&a[0].thread, NULL, ask, &a[0]);
    sem_wait(&g.inside);
    for (i = 1; i < 3; i++) {
        a[i] = (struct asker){.w = w, .fn = nothing};
        pthread_create(&a[i].thread, NULL, ask, &a[i]);
        wait_for_queue(w, i);
    }
    CHECK(db_write(w, "test", nothing, NULL) == ERR_BUSY);
    sem_post(&g.go);
    for (i = 0; i < 3; i++) {
        pthread_join(a[i].thread, NULL);
        CHECK(a[i].e == OK);
    }
    CHECK(db_write(w, "test", nothing, NULL) == OK);
    writer_close(w);
}

static void *
close_writer(void *arg)
{
    writer_close(arg);
    return NULL;
}

static void
test_writer__closing_finishes_what_waits_and_refuses_what_comes(void)
{
    struct writer *w = fresh(NULL);
    struct client c = {.w = w, .n = 1};
    struct asker standing = {.w = w}, waiting = {.w = w};
    struct gate g;
    struct db *db;
    struct journal_head head;
    pthread_t closer;
    enum err e;

    gate_init(&g);
    standing.fn = stand;
    standing.arg = &g;
    waiting.fn = append;
    waiting.arg = &c;
    pthread_create(&standing.thread, NULL, ask, &standing);
    sem_wait(&g.inside);
    pthread_create(&waiting.thread, NULL, ask, &waiting);
    wait_for_queue(w, 1);
    pthread_create(&closer, NULL, close_writer, w);
    do { /* until it is stopping; before that it would wait behind the gate */
        pthread_mutex_lock(&w->lock);
        e = w->stopping ? ERR_STOPPING : OK;
        pthread_mutex_unlock(&w->lock);
    } while (e == OK);
    CHECK(db_write(w, "test", nothing, NULL) == ERR_STOPPING);
    sem_post(&g.go);
    pthread_join(standing.thread, NULL);
    pthread_join(waiting.thread, NULL);
    pthread_join(closer, NULL);
    CHECK(standing.e == OK && waiting.e == OK);
    CHECK(db_open(t_path("a.db"), DB_READ, &db) == OK);
    CHECK(db_journal_head(db, &head) == OK && head.seq == 1);
    db_close(db);
}

static void
test_writer__an_idle_one_checkpoints(void)
{
    struct writer_options options = {.idle_ms = 1};
    struct writer *w = fresh(&options);
    struct client c = {.w = w};

    CHECK(db_write(w, "test", append, &c) == OK);
    while (writer_stats(w).checkpoints == 0) /* ends, or the test hangs */
        sched_yield();
    CHECK(writer_ok(w));
    writer_close(w);
}

int
main(void)
{
    if (crypto_init() != OK ||
        crypto_keypair(key.public_key, key.secret_key) != OK)
        return 1;
    RUN(test_writer__sixteen_threads_land_each_write_once_and_in_order);
    RUN(test_writer__what_failed_is_told_with_arguments_and_path);
    RUN(test_writer__tells_of_new_records_before_it_answers);
    RUN(test_writer__a_full_queue_says_try_again);
    RUN(test_writer__closing_finishes_what_waits_and_refuses_what_comes);
    RUN(test_writer__an_idle_one_checkpoints);
    return T_END();
}
