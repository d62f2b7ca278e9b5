#include "pos/keeper.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/search.h"
#include "db/times.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_showroom.h"

enum {
    ROUND_S = 30,        /* between rounds */
    SALES_A_STEP = 16,   /* counted in one write: a step stays short */
    STEPS_A_ROUND = 40,
    JUMP_S = 120         /* what a clock may be off without being written up */
};

struct keeper {
    struct shop *shop;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool stop;
    int64_t wall_s, mono_ms; /* of the round before */
};

struct step {
    int left;
};

static enum err
count_write(struct db *db, void *arg)
{
    struct step *s = arg;

    return db_search_count_sales(db, SALES_A_STEP, &s->left);
}

static void
count_sales(struct keeper *k)
{
    struct step s = {.left = 1};

    for (int i = 0; s.left && i < STEPS_A_ROUND; i++)
        if (db_write(k->shop->writer, "search_count", count_write, &s) != OK) {
            log_warn("keeper", "counting sales: %s", err_msg());
            return;
        }
}

struct jump {
    int64_t expected, now;
};

static enum err
jump_write(struct db *db, void *arg)
{
    const struct jump *j = arg;
    struct fact_clock f = {.expected = j->expected, .now = j->now};
    struct journal_head head;
    struct fact_time time;
    enum err e = fact_now(db, &time);

    if (e != OK)
        return e;
    f.at = time.at;
    return fact_clock_post(db, &f, &head);
}

static void
write_jump(struct keeper *k, int64_t expected, int64_t now)
{
    struct jump j = {.expected = expected, .now = now};

    log_warn("clock", "the clock says %lld where %lld was to be",
        (long long)now, (long long)expected);
    if (db_write(k->shop->writer, "clock", jump_write, &j) != OK)
        log_error("clock", "%s", err_msg());
}

/* The wall clock against the one that only runs. */
static void
watch_clock(struct keeper *k)
{
    int64_t wall = clock_now(), mono = clock_mono_ms();
    int64_t expected = k->wall_s + (mono - k->mono_ms) / 1000;

    if (wall > expected + JUMP_S || wall < expected - JUMP_S)
        write_jump(k, expected, wall);
    k->wall_s = wall;
    k->mono_ms = mono;
}

struct last {
    int64_t at;
};

static enum err
last_write(struct db *db, void *arg)
{
    struct last *l = arg;

    return db_journal_time(db, &l->at);
}

/* At the start: is the clock behind what is written already? */
static enum err
check_start(struct keeper *k)
{
    struct last l;
    enum err e = db_write(k->shop->writer, "clock", last_write, &l);

    k->wall_s = clock_now();
    k->mono_ms = clock_mono_ms();
    if (e == OK && k->wall_s < l.at - JUMP_S)
        write_jump(k, l.at, k->wall_s);
    return e;
}

/* False when it is time to stop. */
static bool
rest(struct keeper *k)
{
    struct timespec until;
    int rc = 0;
    bool go;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ROUND_S;
    pthread_mutex_lock(&k->lock);
    while (!k->stop && rc == 0)
        rc = pthread_cond_timedwait(&k->woken, &k->lock, &until);
    go = !k->stop;
    pthread_mutex_unlock(&k->lock);
    return go;
}

static void *
run(void *arg)
{
    struct keeper *k = arg;

    count_sales(k); /* those of before the daemon was started again */
    while (rest(k)) {
        watch_clock(k);
        count_sales(k);
    }
    return NULL;
}

enum err
keeper_open(struct shop *shop, struct keeper **out)
{
    struct keeper *k = mem_new(1, sizeof(*k));
    enum err e;

    k->shop = shop;
    e = check_start(k);
    if (e == OK) {
        pthread_mutex_init(&k->lock, NULL);
        pthread_cond_init(&k->woken, NULL);
        if (pthread_create(&k->thread, NULL, run, k) != 0)
            e = err_set(ERR_SYSTEM, "no thread for housekeeping");
    }
    if (e != OK) {
        mem_free(k);
        return e;
    }
    *out = k;
    return OK;
}

void
keeper_close(struct keeper *k)
{
    if (!k)
        return;
    pthread_mutex_lock(&k->lock);
    k->stop = true;
    pthread_cond_signal(&k->woken);
    pthread_mutex_unlock(&k->lock);
    pthread_join(k->thread, NULL);
    pthread_mutex_destroy(&k->lock);
    pthread_cond_destroy(&k->woken);
    mem_free(k);
}
