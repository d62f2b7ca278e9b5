#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "db/writer_inside.h"

enum { TRUNCATE_WAIT_MS = 100 }; /* how long readers may hold up a full WAL */

static struct waiting *
dequeue(struct writer *w)
{
    struct waiting *x = w->queue;

    if (!x)
        return NULL;
    w->queue = x->next;
    if (!w->queue)
        w->queue_end = &w->queue;
    w->queue_len--;
    return x;
}

/* Sleep until someone calls or it is `at_us`; `lock` is held. */
static void
sleep_until(struct writer *w, int64_t at_us)
{
    struct timespec at = {.tv_sec = (time_t)(at_us / 1000000),
        .tv_nsec = (long)(at_us % 1000000) * 1000};

    pthread_cond_timedwait(&w->work, &w->lock, &at);
}

/* The next to join the batch, or NULL when it should be committed.  Those who
 * wrote a moment ago are likely to write again at once: wait for them a
 * little, with the transaction open, rather than make them wait for the next
 * fsync. */
static struct waiting *
next_to_join(struct writer *w, const struct batch *b)
{
    int64_t gather_until = b->begun_us + w->options.gather_us;
    int64_t now = clock_mono_us();
    struct waiting *x;

    if ((size_t)b->len >= w->options.batch_max ||
        now - b->begun_us > w->options.batch_time_ms * 1000)
        return NULL;
    pthread_mutex_lock(&w->lock);
    while (!w->queue && b->len > 0 && b->len < w->active &&
        now < gather_until && !w->stopping) {
        sleep_until(w, gather_until);
        now = clock_mono_us();
    }
    x = dequeue(w);
    pthread_mutex_unlock(&w->lock);
    return x;
}

static void
note_commit(struct writer *w, const struct batch *b, int frames_before)
{
    struct writer_stats *s = &w->stats;
    int frames = w->db->wal_frames;
    int64_t ms = (clock_mono_us() - b->begun_us) / 1000;
    const struct waiting *x;

    if (frames < frames_before) { /* the WAL was begun again */
        w->tidy_frames = frames_of(w->options.checkpoint_bytes);
        frames_before = 0;
    }
    w->tidy_at_ms = clock_mono_ms() + w->options.idle_ms;
    pthread_mutex_lock(&w->lock);
    for (x = b->first; x; x = x->next)
        x->err == OK ? s->writes++ : s->refused++;
    s->commits++;
    s->frames += frames - frames_before;
    s->wal_frames_now = frames;
    if (ms > s->longest_ms)
        s->longest_ms = ms;
    w->active = b->len + (int)w->queue_len;
    pthread_mutex_unlock(&w->lock);
}

/* Why nothing can be stored; everybody hears it until it is open again. */
static void
note_failure(struct writer *w, int64_t open_at_ms)
{
    w->open_at_ms = open_at_ms;
    pthread_mutex_lock(&w->lock);
    w->stats.failures++;
    err_save(&w->failure);
    w->ok = false;
    pthread_mutex_unlock(&w->lock);
}

/* Everyone who waits gets the thread's last failure. */
static void
refuse_all(struct writer *w, enum err e)
{
    struct waiting *x;

    pthread_mutex_lock(&w->lock);
    x = w->queue;
    w->queue = NULL;
    w->queue_end = &w->queue;
    w->queue_len = 0;
    pthread_mutex_unlock(&w->lock);
    batch_refuse(x, e);
    batch_answer(x);
}

static void
use_key(struct writer *w)
{
    struct journal_key key;

    pthread_mutex_lock(&w->lock);
    key = w->key;
    pthread_mutex_unlock(&w->lock);
    if (key.number)
        db_journal_use_key(w->db, &key);
}

/* Run what waits as one transaction, and answer it. */
static void
run_batch(struct writer *w)
{
    int frames_before = w->db->wal_frames;
    struct waiting *x;
    struct batch b;
    enum err e;

    use_key(w);
    e = batch_begin(&b, w->db);
    if (e != OK) {
        if (e != ERR_BUSY)
            note_failure(w, 0);
        refuse_all(w, e);
        return;
    }
    while ((x = next_to_join(w, &b)) && batch_run(&b, x))
        ;
    e = batch_commit(&b);
    if (e != OK) {
        note_failure(w, 0);
    } else {
        note_commit(w, &b, frames_before);
        if (b.appended && w->on_commit)
            w->on_commit(w->on_commit_arg, b.appended);
    }
    batch_answer(b.first);
}

/* Checkpoint.  PASSIVE takes what no reader needs; when readers kept the WAL
 * from being begun again until it passed its limit, wait for them a moment. */
static void
tidy(struct writer *w)
{
    struct db *db = w->db;
    int step = frames_of(w->options.checkpoint_bytes), left;
    bool full = db->wal_frames >= frames_of(w->options.wal_limit_bytes);
    enum err e = db_checkpoint(db,
        full ? DB_CHECKPOINT_TRUNCATE : DB_CHECKPOINT_PASSIVE,
        full ? TRUNCATE_WAIT_MS : 0, &left);

    if (e != OK) /* all is still in the WAL, and safe there */
        log_error("db", "checkpoint: %s", err_msg());
    w->tidy_frames = db->wal_frames ? db->wal_frames + step / 2 : step;
    w->tidy_at_ms =
        e != OK || left > 0 ? clock_mono_ms() + w->options.idle_ms : 0;
    pthread_mutex_lock(&w->lock);
    w->stats.checkpoints++;
    w->stats.failures += e != OK;
    w->stats.wal_frames_now = db->wal_frames;
    pthread_mutex_unlock(&w->lock);
}

static void
open_anew(struct writer *w)
{
    enum err e;

    db_close(w->db);
    w->db = NULL;
    e = db_open(w->path, DB_WRITE, &w->db);
    if (e != OK) {
        log_error("db", "cannot open it again: %s", err_msg());
        note_failure(w, clock_mono_ms() + w->options.reopen_ms);
        refuse_all(w, e);
        return;
    }
    log_info("db", "open again");
    w->tidy_frames = frames_of(w->options.checkpoint_bytes);
    w->tidy_at_ms = 0;
    pthread_mutex_lock(&w->lock);
    w->ok = true;
    pthread_mutex_unlock(&w->lock);
}

enum duty { DUTY_WRITE, DUTY_TIDY, DUTY_OPEN, DUTY_STOP };

/* Sleep until there is something to do; `lock` is held. */
static enum duty
next_duty(struct writer *w)
{
    for (;;) {
        int64_t now = clock_mono_ms();
        int64_t at = w->ok ? w->tidy_at_ms : w->open_at_ms;

        if (!w->ok && (now >= at || w->queue))
            return w->stopping && !w->queue ? DUTY_STOP : DUTY_OPEN;
        if (w->queue)
            return DUTY_WRITE;
        if (w->stopping)
            return DUTY_STOP;
        if (at && now >= at)
            return DUTY_TIDY;
        if (at)
            sleep_until(w, at * 1000);
        else
            pthread_cond_wait(&w->work, &w->lock);
    }
}

void *
writer_thread_main(void *arg)
{
    struct writer *w = arg;
    enum duty duty;

    do {
        pthread_mutex_lock(&w->lock);
        duty = next_duty(w);
        pthread_mutex_unlock(&w->lock);
        if (duty == DUTY_OPEN)
            open_anew(w);
        if (duty == DUTY_WRITE)
            run_batch(w);
        if (duty == DUTY_TIDY ||
            (duty == DUTY_WRITE && w->ok &&
                w->db->wal_frames >= w->tidy_frames))
            tidy(w);
    } while (duty != DUTY_STOP);
    return NULL;
}
