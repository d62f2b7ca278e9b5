#include "pos/print/worker.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/readers.h"
#include "db/writer.h"
#include "pos/print/makers.h"
#include "pos/print/worker_inside.h"

enum {
    REST_MS = 1000,  /* between two looks at an idle printer, and two tries at
                        one that failed or is not there */
    ABANDON_MS = 300 /* how long a stop waits for an address to answer */
};

bool
worker_stopping(struct print_worker *w)
{
    bool stop;

    pthread_mutex_lock(&w->lock);
    stop = w->stop;
    pthread_mutex_unlock(&w->lock);
    return stop;
}

static int
rest_ms(const struct print_worker *w)
{
    return w->config.pace.rest_ms ? w->config.pace.rest_ms : REST_MS;
}

/* Tell who listens; the view is only changed by this thread. */
static void
tell(struct print_worker *w)
{
    if (w->config.changed)
        w->config.changed(w->config.arg, &w->view);
}

static bool
same_health(const struct link_health *a, const struct link_health *b)
{
    return a->state == b->state && a->paper_low == b->paper_low &&
        a->drawer_open == b->drawer_open && a->answers == b->answers &&
        a->best == b->best && a->quirks == b->quirks &&
        strcmp(a->id.serial, b->id.serial) == 0 &&
        strcmp(a->id.model, b->id.model) == 0 &&
        strcmp(a->id.port, b->id.port) == 0;
}

void
worker_learn(struct print_worker *w, const struct link_health *health)
{
    bool news = !same_health(&w->view.health, health);

    if (w->view.health.state != health->state)
        log_info("print", "%s: %s", w->printer.id,
            printer_state_name(health->state));
    pthread_mutex_lock(&w->lock);
    w->view.health = *health;
    if (health->state != PRINTER_GONE)
        w->view.why.err = OK;
    pthread_mutex_unlock(&w->lock);
    if (news)
        tell(w);
}

void
worker_hand(struct print_worker *w, const struct print_job *job, bool busy)
{
    pthread_mutex_lock(&w->lock);
    w->view.job = *job;
    w->view.busy = busy;
    pthread_mutex_unlock(&w->lock);
    tell(w);
}

static enum err
late_write(struct db *db, void *arg)
{
    const struct print_worker *w = arg;

    return db_print_job_refuse_late(
        db, w->printer.id, clock_now() - PRINT_DRAWER_WAITS_S, clock_now());
}

static enum err
count(struct print_worker *w, struct print_counts *out)
{
    struct db *db = readers_take(w->config.shop->readers);
    enum err e = db_print_job_counts(
        db, w->printer.id, clock_now() - PRINT_DRAWER_WAITS_S, out);

    readers_give(w->config.shop->readers, db);
    return e;
}

void
worker_attend(struct print_worker *w)
{
    struct print_counts counts;
    enum err e = count(w, &counts);
    bool news;

    w->attended_ms = clock_mono_ms();
    if (e == OK && counts.late)
        e = db_write(w->config.shop->writer, "drawer_late", late_write, w);
    if (e == OK && counts.late)
        e = count(w, &counts);
    if (e != OK) {
        log_warn("print", "%s: %s", w->printer.id, err_msg());
        return;
    }
    news = counts.waiting != w->view.counts.waiting ||
        counts.asked != w->view.counts.asked;
    pthread_mutex_lock(&w->lock);
    w->view.counts = counts;
    pthread_mutex_unlock(&w->lock);
    if (news)
        tell(w);
}

static void
gone(struct print_worker *w, const struct err_state *why)
{
    struct link_health health = w->view.health;

    pthread_mutex_lock(&w->lock);
    w->view.why = *why;
    pthread_mutex_unlock(&w->lock);
    link_close(w->link);
    w->link = NULL;
    health.state = PRINTER_GONE;
    health.answers = health.drawer_open = health.paper_low = false;
    worker_learn(w, &health);
}

/* Opening may wait for an address that does not answer.  Nothing of the shop
 * is used meanwhile, so that a stop need not wait for it too. */
static bool
open_link(struct print_worker *w)
{
    struct link_config config = {.where = w->printer.at,
        .language = (enum link_language)w->printer.language,
        .quirks = w->config.quirks,
        .pace = w->config.pace,
        .dirty = w->flush};
    bool abandoned;
    enum err e;

    pthread_mutex_lock(&w->lock);
    w->opening = true;
    pthread_mutex_unlock(&w->lock);
    e = link_open(&config, &w->link);
    pthread_mutex_lock(&w->lock);
    w->opening = false;
    abandoned = w->abandoned;
    pthread_mutex_unlock(&w->lock);
    if (e != OK)
        w->link = NULL;
    if (abandoned)
        return false;
    if (e != OK) {
        if (w->view.health.state != PRINTER_GONE || !w->view.why.err)
            log_warn("print", "%s: %s", w->printer.id, err_msg());
        gone(w, err_last());
    }
    w->looked_ms = 0;
    return e == OK;
}

/* Ask it how it is, now and then. */
static bool
look(struct print_worker *w)
{
    struct link_health health;

    if (w->looked_ms && clock_mono_ms() - w->looked_ms < rest_ms(w))
        return true;
    if (link_look(w->link, &health) != OK) {
        log_warn("print", "%s: %s", w->printer.id, err_msg());
        gone(w, err_last());
        return false;
    }
    w->looked_ms = clock_mono_ms();
    worker_learn(w, &health);
    return true;
}

/* Does it still hang? */
static bool
hangs(struct print_worker *w)
{
    if (w->hung && !w->view.health.answers) {
        gone(w, &w->failure); /* opened anew it is asked anew */
        return true;
    }
    w->hung = false;
    return false;
}

/* It said itself that it prints nothing now. */
static bool
blocked(const struct print_worker *w)
{
    return w->view.health.state != PRINTER_READY &&
        w->view.health.state != PRINTER_UNKNOWN;
}

/* Whatever waits; of a printer that prints nothing, what opens its drawer. */
static bool
next_job(struct print_worker *w, struct print_job *job)
{
    const struct link_health *health = &w->view.health;
    struct db *db;
    enum err e;

    if (blocked(w) && !make_at_once(health))
        return false;
    db = readers_take(w->config.shop->readers);
    e = db_print_job_next(
        db, w->printer.id, blocked(w) ? PRINT_DRAWER : 0, job);
    readers_give(w->config.shop->readers, db);
    return e == OK;
}

/* What there is to do; how long to rest afterwards. */
static int
work(struct print_worker *w)
{
    struct print_job job;

    worker_attend(w);
    if (!w->link && !open_link(w))
        return rest_ms(w);
    if (!look(w) || hangs(w))
        return rest_ms(w);
    while (!worker_stopping(w) && next_job(w, &job)) {
        bool go_on = worker_print(w, &job);

        if (w->broken || link_health(w->link)->state == PRINTER_GONE)
            gone(w, &w->failure);
        w->broken = false;
        worker_attend(w);
        if (!go_on || !w->link)
            return rest_ms(w);
    }
    return rest_ms(w);
}

/* Until there may be work, at most so long.  After a failure no wake ends it:
 * selling goes on, and each sale would try the printer again. */
static void
rest(struct print_worker *w, int ms)
{
    struct timespec until = clock_mono_after(ms);
    bool failed = !w->link;

    pthread_mutex_lock(&w->lock);
    while (!w->stop && (failed || !w->work))
        if (pthread_cond_timedwait(&w->woken, &w->lock, &until) != 0)
            break;
    w->work = false;
    pthread_mutex_unlock(&w->lock);
}

static void
free_worker(struct print_worker *w)
{
    link_close(w->link);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->woken);
    pthread_cond_destroy(&w->ended);
    mem_free(w);
}

static void *
run(void *arg)
{
    struct print_worker *w = arg;
    bool abandoned;

    while (!worker_stopping(w))
        rest(w, work(w));
    pthread_mutex_lock(&w->lock);
    abandoned = w->abandoned;
    w->over = true;
    pthread_cond_signal(&w->ended);
    pthread_mutex_unlock(&w->lock);
    if (abandoned)
        free_worker(w);
    return NULL;
}

static void
init_locks(struct print_worker *w)
{
    pthread_condattr_t attr;

    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->woken, &attr);
    pthread_cond_init(&w->ended, &attr);
    pthread_condattr_destroy(&attr);
}

/* Did the last job end in a way that leaves half a picture in the printer? */
static bool
left_unknown(const struct print_worker_config *config)
{
    struct db *db = readers_take(config->shop->readers);
    bool unknown;
    enum err e = db_print_job_left_unknown(db, config->printer->id, &unknown);

    readers_give(config->shop->readers, db);
    return e != OK || unknown;
}

enum err
print_worker_open(const struct print_worker_config *config,
    struct print_worker **out)
{
    struct print_worker *w = mem_new(1, sizeof(*w));

    w->config = *config;
    w->printer = *config->printer;
    w->view.printer = *config->printer;
    w->view.health.state = PRINTER_UNKNOWN;
    w->flush = left_unknown(config);
    init_locks(w);
    if (pthread_create(&w->thread, NULL, run, w) != 0) {
        free_worker(w);
        return err_set(ERR_SYSTEM, "no thread for the printer");
    }
    *out = w;
    return OK;
}

void
print_worker_wake(struct print_worker *w)
{
    pthread_mutex_lock(&w->lock);
    w->work = true;
    pthread_cond_signal(&w->woken);
    pthread_mutex_unlock(&w->lock);
}

void
print_worker_view(struct print_worker *w, struct print_view *out)
{
    pthread_mutex_lock(&w->lock);
    *out = w->view;
    pthread_mutex_unlock(&w->lock);
}

void
print_worker_stop(struct print_worker *w)
{
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_signal(&w->woken);
    pthread_mutex_unlock(&w->lock);
}

void
print_worker_close(struct print_worker *w)
{
    struct timespec until;
    bool abandoned = false;

    if (!w)
        return;
    print_worker_stop(w);
    pthread_mutex_lock(&w->lock);
    while (!w->over && !abandoned) {
        until = clock_mono_after(ABANDON_MS);
        if (pthread_cond_timedwait(&w->ended, &w->lock, &until) != 0 &&
            !w->over)
            abandoned = w->opening;
    }
    w->abandoned = abandoned;
    if (abandoned)
        pthread_detach(w->thread);
    pthread_mutex_unlock(&w->lock);
    if (abandoned)
        return; /* the thread frees it when the address has answered */
    pthread_join(w->thread, NULL);
    free_worker(w);
}
