#include "db/writer.h"

#include <assert.h>
#include <string.h>

#include "base/crypto.h"
#include "base/mem.h"
#include "db/writer_inside.h"

static void
enqueue(struct writer *w, struct waiting *x)
{
    x->next = NULL;
    *w->queue_end = x;
    w->queue_end = &x->next;
    w->queue_len++;
}

/* Queue `x`, or say why not. */
static enum err
join_queue(struct writer *w, struct waiting *x)
{
    enum err e = OK;

    pthread_mutex_lock(&w->lock);
    if (w->stopping) {
        e = err_set(ERR_STOPPING, "%s: the writer is stopping", x->what);
    } else if (!w->ok) {
        e = err_load(&w->failure);
    } else if (w->queue_len >= w->options.queue_max) {
        e = err_set(ERR_BUSY, "%s: %zu writes wait", x->what, w->queue_len);
    } else {
        if (!w->queue) /* else it was called already */
            pthread_cond_signal(&w->work);
        enqueue(w, x);
    }
    pthread_mutex_unlock(&w->lock);
    return e;
}

enum err
db_write(struct writer *w, const char *what, write_fn *fn, void *arg)
{
    struct waiting x = {.what = what, .fn = fn, .arg = arg};
    enum err e;

    assert(!batch_is_inside()); /* it would wait for itself */
    sem_init(&x.answered, 0, 0);
    e = join_queue(w, &x);
    if (e == OK) {
        while (sem_wait(&x.answered) != 0)
            ; /* a signal: wait on */
        e = x.err == OK ? OK : err_load(&x.failure);
    }
    sem_destroy(&x.answered);
    return e;
}

static void
set_options(struct writer *w, const struct writer_options *given)
{
    struct writer_options *o = &w->options;

    if (given)
        *o = *given;
    o->batch_max = o->batch_max ? o->batch_max : 64;
    o->batch_time_ms = o->batch_time_ms ? o->batch_time_ms : 20;
    o->gather_us = o->gather_us ? o->gather_us : 200;
    o->queue_max = o->queue_max ? o->queue_max : 256;
    o->checkpoint_bytes = o->checkpoint_bytes ? o->checkpoint_bytes : 8 << 20;
    o->wal_limit_bytes = o->wal_limit_bytes ? o->wal_limit_bytes : 64 << 20;
    o->idle_ms = o->idle_ms ? o->idle_ms : 500;
    o->reopen_ms = o->reopen_ms ? o->reopen_ms : 1000;
    if (o->gather_us < 0)
        o->gather_us = 0;
}

/* The thread sleeps by the clock that nobody sets. */
static void
init_locks(struct writer *w)
{
    pthread_condattr_t attr;

    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&w->work, &attr);
    pthread_condattr_destroy(&attr);
}

static void
free_writer(struct writer *w)
{
    db_close(w->db);
    pthread_cond_destroy(&w->work);
    pthread_mutex_destroy(&w->lock);
    crypto_wipe(&w->key, sizeof(w->key));
    mem_free(w->path);
    mem_free(w);
}

enum err
writer_open(const char *path, const struct writer_options *options,
    struct writer **out)
{
    struct db *db;
    struct writer *w;
    int rc;
    enum err e = db_open(path, DB_WRITE, &db);

    if (e != OK)
        return e;
    w = mem_new(1, sizeof(*w));
    w->path = mem_dup_str(path);
    w->db = db;
    w->ok = true;
    w->queue_end = &w->queue;
    set_options(w, options);
    w->tidy_frames = frames_of(w->options.checkpoint_bytes);
    init_locks(w);
    rc = pthread_create(&w->thread, NULL, writer_thread_main, w);
    if (rc != 0) {
        free_writer(w);
        return err_set(ERR_SYSTEM, "a thread: %s", strerror(rc));
    }
    *out = w;
    return OK;
}

void
writer_close(struct writer *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_signal(&w->work);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    free_writer(w);
}

void
writer_use_key(struct writer *w, const struct journal_key *key)
{
    pthread_mutex_lock(&w->lock);
    w->key = *key;
    pthread_mutex_unlock(&w->lock);
}

void
writer_on_commit(
    struct writer *w, void (*fn)(void *arg, int64_t last_seq), void *arg)
{
    pthread_mutex_lock(&w->lock);
    w->on_commit = fn;
    w->on_commit_arg = arg;
    pthread_mutex_unlock(&w->lock);
}

bool
writer_ok(struct writer *w)
{
    bool ok;

    pthread_mutex_lock(&w->lock);
    ok = w->ok;
    pthread_mutex_unlock(&w->lock);
    return ok;
}

struct writer_stats
writer_stats(struct writer *w)
{
    struct writer_stats stats;

    pthread_mutex_lock(&w->lock);
    stats = w->stats;
    stats.queue_now = (int64_t)w->queue_len;
    pthread_mutex_unlock(&w->lock);
    return stats;
}
