#include "pos/print/worker.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/settings.h"
#include "db/print_job.h"
#include "db/readers.h"
#include "db/writer.h"
#include "drivers/printer.h"
#include "pos/print/makers.h"
#include "pos/sell/receipt_no.h"

enum { RETRY_S = 5 };

struct print_worker {
    struct shop *shop;
    struct font *font;
    struct printer *printer;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool work;
    bool stop;
};

static enum err
mark_write(struct db *db, void *arg)
{
    struct print_mark *m = arg;

    m->at = clock_now();
    return db_print_job_mark(db, m);
}

static enum err
begin_write(struct db *db, void *arg)
{
    return db_print_job_begin(db, *(const int64_t *)arg);
}

static enum err
mark(struct print_worker *w, int64_t id, enum print_state state,
    const char *message)
{
    struct print_mark m = {.id = id, .state = state, .message = message};

    if (state == PRINT_CONFIRMED)
        m.level = 4; /* the transport took it */
    return db_write(w->shop->writer, "print_job", mark_write, &m);
}

static enum err
recover_write(struct db *db, void *arg)
{
    (void)arg;
    return db_print_job_recover(db, clock_now());
}

/* Its bytes and its picture. */
static enum err
draw(struct print_worker *w, const struct print_job *job, struct buf *bytes,
    struct buf *png)
{
    struct db *db = readers_take(w->shop->readers);
    struct link_health health = {.state = PRINTER_UNKNOWN};
    struct making m = {.db = db,
        .shop = w->shop,
        .font = w->font,
        .job = job,
        .printer = &w->shop->settings->printers[0],
        .health = &health,
        .bytes = bytes,
        .png = png};
    enum err e = make_job(&m);

    readers_give(w->shop->readers, db);
    return e;
}

static enum print_state
send(struct print_worker *w, const struct print_job *job,
    const struct buf *bytes, const struct buf *png)
{
    char name[PRINTER_JOB_NAME_MAX], no[RECEIPT_NO];
    size_t sent = 0;
    enum err e;

    receipt_no_format(w->shop->number, job->sale_id, no);
    snprintf(name, sizeof(name), "%s%s", no, job->copy ? "-copy" : "");
    e = printer_print(w->printer, name, bytes->data, bytes->len, &sent);
    if (e != OK) {
        log_warn("print", "job %" PRId64 ": %s", job->id, err_msg());
        printer_close(w->printer); /* what was unplugged comes back another */
        w->printer = NULL;
        return sent ? PRINT_UNKNOWN : PRINT_QUEUED;
    }
    if (printer_preview(w->printer, png->data, png->len) != OK)
        log_warn("print", "job %" PRId64 ": %s", job->id, err_msg());
    return PRINT_CONFIRMED;
}

/* Is there a printer to send to?  One that was lost is looked for again. */
static bool
have_printer(struct print_worker *w)
{
    if (!w->printer
        && printer_open(w->shop->settings->printers[0].at, &w->printer) != OK) {
        log_warn("print", "%s", err_msg());
        w->printer = NULL;
    }
    return w->printer != NULL;
}

/* One job from the queue; false when the printer is to be tried later. */
static bool
print_one(struct print_worker *w, const struct print_job *job)
{
    struct buf bytes, png;
    enum print_state state = PRINT_FAILED;
    const char *message = NULL;
    int64_t id = job->id;
    char kept[ERR_MSG];

    buf_init(&bytes, MAKE_BYTES_MAX);
    buf_init(&png, MAKE_BYTES_MAX);
    if (draw(w, job, &bytes, &png) != OK) {
        snprintf(kept, sizeof(kept), "%s", err_msg());
        message = kept;
        log_error("print", "job %" PRId64 ": %s", job->id, kept);
    } else if (db_write(w->shop->writer, "print_begin", begin_write, &id)
               == OK) {
        state = send(w, job, &bytes, &png);
    } else {
        state = PRINT_QUEUED; /* cannot be written down: do not print */
    }
    buf_finish(&bytes);
    buf_finish(&png);
    if (mark(w, job->id, state, message) != OK)
        log_error("print", "job %" PRId64 ": %s", job->id, err_msg());
    return state != PRINT_QUEUED;
}

static bool
next_job(struct print_worker *w, struct print_job *job)
{
    struct db *db = readers_take(w->shop->readers);
    enum err e;

    e = db_print_job_next(db, "receipt", job);
    readers_give(w->shop->readers, db);
    return e == OK;
}

/* Wait for work; after a failure only for so long.  False at the end. */
static bool
wait(struct print_worker *w, bool failed)
{
    struct timespec until;
    bool go;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += RETRY_S;
    pthread_mutex_lock(&w->lock);
    while (!w->stop && (failed || !w->work)) {
        if (!failed)
            pthread_cond_wait(&w->woken, &w->lock);
        else if (pthread_cond_timedwait(&w->woken, &w->lock, &until) != 0)
            failed = false, w->work = true;
    }
    w->work = false;
    go = !w->stop;
    pthread_mutex_unlock(&w->lock);
    return go;
}

static bool
stopping(struct print_worker *w)
{
    bool stop;

    pthread_mutex_lock(&w->lock);
    stop = w->stop;
    pthread_mutex_unlock(&w->lock);
    return stop;
}

static void *
run(void *arg)
{
    struct print_worker *w = arg;
    struct print_job job;
    bool failed = false;

    while (wait(w, failed)) {
        failed = false;
        while (!failed && !stopping(w) && next_job(w, &job))
            failed = !have_printer(w) || !print_one(w, &job);
    }
    return NULL;
}

enum err
print_worker_open(struct shop *shop, struct font *font,
    struct print_worker **out)
{
    struct print_worker *w;
    struct printer *printer;
    enum err e;

    *out = NULL;
    if (!shop->settings->printers_len)
        return OK;
    e = printer_open(shop->settings->printers[0].at, &printer);
    if (e == OK)
        e = db_write(shop->writer, "print_recover", recover_write, NULL);
    if (e != OK)
        return e;
    w = mem_new(1, sizeof(*w));
    w->shop = shop;
    w->font = font;
    w->printer = printer;
    w->work = true; /* what waited from last time */
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->woken, NULL);
    if (pthread_create(&w->thread, NULL, run, w) != 0) {
        printer_close(printer);
        mem_free(w);
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
print_worker_close(struct print_worker *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_signal(&w->woken);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->woken);
    printer_close(w->printer);
    mem_free(w);
}
