#include "pos/certified/worker.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/settings.h"
#include "db/certified.h"
#include "db/readers.h"
#include "db/trust.h"
#include "pos/certified/after.h"
#include "pos/certified/cycle.h"
#include "pos/certified/stage.h"
#include "pos/certified/trusted.h"
#include "sync/backoff.h"

enum { FIRST_RETRY_S = 30 };

struct certified_worker {
    struct shop *shop;
    struct list_source source;
    pthread_t thread;
    pthread_mutex_t holding; /* held during a cycle */
    pthread_mutex_t lock;    /* guards what follows */
    pthread_cond_t changed;
    bool stop;
    int64_t asked;           /* cycles that were asked for */
    int64_t served;          /* of these, before the last that ended began */
    int64_t due_ms;          /* clock_mono_ms of the next one by itself */
    struct sync_state state;
};

static bool
stopping(void *arg)
{
    struct certified_worker *w = arg;
    bool stop;

    pthread_mutex_lock(&w->lock);
    stop = w->stop;
    pthread_mutex_unlock(&w->lock);
    return stop;
}

/* Seconds to the next cycle. */
static int64_t
rest_seconds(struct certified_worker *w, int failures)
{
    int64_t interval = w->shop->settings->sync_interval_minutes * INT64_C(60);
    struct backoff b = {.first_seconds = interval < FIRST_RETRY_S
                            ? interval
                            : FIRST_RETRY_S,
        .max_seconds = interval};
    uint32_t chance;

    crypto_random(&chance, sizeof(chance));
    if (failures == 0) /* a thousand showrooms do not come in one second */
        return interval - interval / 10 + chance % (interval / 5 + 1);
    return backoff_seconds(
        &b, failures, chance, source_retry_after(&w->source));
}

static void
note_end(struct certified_worker *w, const struct cycle *c, enum err e,
    int64_t serving)
{
    struct sync_state *s = &w->state;
    int64_t rest;

    pthread_mutex_lock(&w->lock);
    s->running = false;
    s->tried_at = clock_now();
    s->failures = e == OK ? 0 : s->failures + 1;
    if (e == OK) {
        s->checked_at = c->at;
        s->error = (struct err_state){.err = OK};
    } else {
        s->error = *err_last();
    }
    if (c->seq > 0)
        s->changed_at = s->tried_at;
    rest = rest_seconds(w, s->failures);
    s->next_at = s->tried_at + rest;
    w->due_ms = clock_mono_ms() + rest * 1000;
    w->served = serving;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->lock);
}

static void
tell(const struct cycle *c, enum err e)
{
    if (e != OK)
        log_warn("lists", "%s: %s", err_name(e), err_msg());
    if (c->seq > 0)
        log_info("lists",
            "%lld new, %lld withdrawn; %zu lists as a whole, %zu as a delta",
            (long long)c->counts[CHANGE_NEW],
            (long long)c->counts[CHANGE_WITHDRAWN], c->fulls, c->deltas);
    else if (e == OK)
        log_debug("lists", "nothing newer");
}

static void
run_cycle(struct certified_worker *w, int64_t serving)
{
    struct cycle c = {.shop = w->shop,
        .source = &w->source,
        .stop = stopping,
        .stop_arg = w};
    struct stage sweep = {.shop = w->shop, .stop = stopping, .stop_arg = w};
    struct err_state why;
    enum err e;

    pthread_mutex_lock(&w->holding);
    e = cycle_run(&c);
    tell(&c, e);
    if (e != ERR_STOPPING) {
        err_save(&why);
        certified_after(w->shop);
        err_load(&why);
    }
    note_end(w, &c, e, serving);
    if (c.fulls > 0 && stage_sweep(&sweep) != OK)
        log_warn("lists", "rows of old lists: %s", err_msg());
    pthread_mutex_unlock(&w->holding);
}

/* Until a cycle is due or asked for; false when it is time to stop. */
static bool
rest(struct certified_worker *w, int64_t *serving_out)
{
    bool go;

    pthread_mutex_lock(&w->lock);
    while (!w->stop && w->asked == w->served
           && clock_mono_ms() < w->due_ms) {
        struct timespec until;
        int64_t left = w->due_ms - clock_mono_ms();

        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += (time_t)(left / 1000 + 1);
        pthread_cond_timedwait(&w->changed, &w->lock, &until);
    }
    go = !w->stop;
    w->state.running = go;
    *serving_out = w->asked;
    pthread_mutex_unlock(&w->lock);
    return go;
}

static void *
run(void *arg)
{
    struct certified_worker *w = arg;
    int64_t serving;

    while (rest(w, &serving))
        run_cycle(w, serving);
    return NULL;
}

/* --- from outside --- */

/* What was known before this start. */
static enum err
recall_state(struct certified_worker *w)
{
    struct db *db = readers_take(w->shop->readers);
    struct tuf_kept kept;
    struct certified_sum sum;
    struct trust t;
    enum err e = db_certified_sum(db, &sum);

    tuf_kept_init(&kept);
    if (e == OK)
        e = trusted_load(db, w->shop->settings, &kept);
    tuf_kept_finish(&kept);
    if (e == OK) {
        w->state.changed_at = sum.applied_at;
        e = db_trust_get(db, TRUSTED_CONFIRMED, &t);
        if (e == OK)
            w->state.checked_at = t.checked_at;
    }
    readers_give(w->shop->readers, db);
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err
certified_worker_open(struct shop *shop, struct certified_worker **out)
{
    struct certified_worker *w;
    enum err e;

    *out = NULL;
    if (!shop->settings->registry_url[0])
        return OK;
    w = mem_new(1, sizeof(*w));
    w->shop = shop;
    pthread_mutex_init(&w->holding, NULL);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->changed, NULL);
    e = source_open_url(&w->source, shop->settings, stopping, w);
    if (e == OK)
        e = recall_state(w);
    if (e == OK && pthread_create(&w->thread, NULL, run, w) != 0)
        e = err_set(ERR_SYSTEM, "no thread for the lists");
    if (e != OK) {
        source_close(&w->source);
        mem_free(w);
        return e;
    }
    *out = w;
    return OK;
}

void
certified_worker_stop(struct certified_worker *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->lock);
}

void
certified_worker_close(struct certified_worker *w)
{
    if (!w)
        return;
    certified_worker_stop(w);
    pthread_join(w->thread, NULL);
    source_close(&w->source);
    pthread_cond_destroy(&w->changed);
    pthread_mutex_destroy(&w->lock);
    pthread_mutex_destroy(&w->holding);
    mem_free(w);
}

bool
certified_worker_now(struct certified_worker *w, int wait_ms)
{
    struct timespec until;
    int64_t wanted;
    bool ended;
    int rc = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += wait_ms % 1000 * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    pthread_mutex_lock(&w->lock);
    wanted = ++w->asked;
    pthread_cond_broadcast(&w->changed);
    while (wait_ms > 0 && w->served < wanted && !w->stop && rc == 0)
        rc = pthread_cond_timedwait(&w->changed, &w->lock, &until);
    ended = w->served >= wanted;
    pthread_mutex_unlock(&w->lock);
    return ended;
}

void
certified_worker_state(struct certified_worker *w, struct sync_state *out)
{
    *out = (struct sync_state){.running = false};
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    *out = w->state;
    pthread_mutex_unlock(&w->lock);
}

void
certified_worker_hold(struct certified_worker *w)
{
    if (w)
        pthread_mutex_lock(&w->holding);
}

void
certified_worker_release(struct certified_worker *w)
{
    if (w)
        pthread_mutex_unlock(&w->holding);
}
