/* One job of a worker: made, marked, sent, marked again. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "db/readers.h"
#include "db/writer.h"
#include "pos/print/makers.h"
#include "pos/print/worker_inside.h"
#include "pos/sell/receipt_no.h"

enum { ATTEND_MS = 1000, MARK_AGAIN_MS = 200 };

static enum err
begin_write(struct db *db, void *arg)
{
    return db_print_job_begin(db, *(const int64_t *)arg);
}

static enum err
mark_write(struct db *db, void *arg)
{
    struct print_mark *m = arg;

    m->at = clock_now();
    return db_print_job_mark(db, m);
}

static enum err
make(struct print_worker *w, const struct print_job *job, struct buf *bytes,
    struct buf *png)
{
    struct db *db = readers_take(w->config.shop->readers);
    struct making m = {.db = db,
        .shop = w->config.shop,
        .font = w->config.font,
        .job = job,
        .printer = &w->printer,
        .health = &w->view.health,
        .bytes = bytes,
        .png = png};
    enum err e = make_job(&m);

    readers_give(w->config.shop->readers, db);
    return e;
}

/* "0101-000012", "0101-000012-copy", "0101-000012-drawer", "label-17". */
static void
job_name(const struct print_worker *w, const struct print_job *job,
    char out[PRINTER_JOB_NAME_MAX])
{
    char no[RECEIPT_NO];

    if (!job->sale_id) {
        snprintf(out, PRINTER_JOB_NAME_MAX, "%s-%" PRId64,
            print_kind_name(job->kind), job->id);
        return;
    }
    receipt_no_format(w->config.shop->number, job->sale_id, no);
    snprintf(out, PRINTER_JOB_NAME_MAX, "%s%s", no,
        job->kind == PRINT_DRAWER       ? "-drawer"
            : job->kind == PRINT_COPY   ? "-second"
            : !job->copy                ? ""
            : job->why_again == PRINT_AFTER_UNKNOWN ? "-again"
                                        : "-copy");
}

/* The job's row and what listeners see of it. */
static enum err
mark(struct print_worker *w, struct print_job *job, enum print_state state,
    const char *message)
{
    struct print_mark m = {.id = job->id,
        .state = state,
        .level = job->level,
        .counted = job->counted,
        .message = message};
    enum err e = db_write(w->config.shop->writer, "print_mark", mark_write, &m);

    job->state = state;
    snprintf(job->message, sizeof(job->message), "%s", message ? message : "");
    worker_hand(w, job, state == PRINT_SENT);
    return e;
}

/* How it ended must be written down: until then the row says that it is being
 * sent, which is true enough at a crash, and keeps it from being sent again. */
static void
mark_end(struct print_worker *w, struct print_job *job, enum print_state state,
    const char *message)
{
    struct timespec pause = {.tv_nsec = MARK_AGAIN_MS * 1000000L};

    while (mark(w, job, state, message) != OK) {
        log_error("print", "job %" PRId64 ": %s", job->id, err_msg());
        if (worker_stopping(w))
            return;
        nanosleep(&pause, NULL);
    }
}

struct watching {
    struct print_worker *w;
    struct print_job *job;
};

static void
watch_state(void *arg, const struct link_health *health)
{
    struct watching *watch = arg;

    worker_learn(watch->w, health);
}

/* Every byte is taken.  Of a pulse, and of a printer that confirms nothing, the
 * end follows at once: one write is enough. */
static void
watch_sent(void *arg)
{
    struct watching *watch = arg;

    if (watch->w->view.health.best == LINK_ACCEPTED ||
        watch->job->kind == PRINT_DRAWER)
        return;
    if (mark(watch->w, watch->job, PRINT_SENT, NULL) != OK)
        log_warn("print", "job %" PRId64 ": %s", watch->job->id, err_msg());
}

static bool
late(const struct print_job *job)
{
    int64_t age = clock_now() - job->created_at;

    return job->kind == PRINT_DRAWER && age > PRINT_DRAWER_WAITS_S;
}

static bool
watch_stop(void *arg)
{
    struct watching *watch = arg;
    struct print_worker *w = watch->w;

    if (clock_mono_ms() - w->attended_ms >= ATTEND_MS)
        worker_attend(w);
    return worker_stopping(w) || late(watch->job);
}

/* Why it is not on paper for certain, as a word of printer.why. */
static const char *
why(const struct print_worker *w, const struct print_job *job, enum err e,
    const struct link_outcome *outcome)
{
    if (e == ERR_STOPPING)
        return late(job) ? "late" : "stopped";
    if (link_health(w->link)->state == PRINTER_GONE)
        return "gone";
    if (outcome->interrupted)
        return "interrupted";
    return outcome->all ? "unconfirmed" : "stalled";
}

/* What became of it.  True when the next may follow at once. */
static bool
settle(struct print_worker *w, struct print_job *job, enum err e,
    const struct link_outcome *outcome)
{
    bool sure = e == OK && outcome->level != LINK_NONE;
    const char *word = sure ? NULL : why(w, job, e, outcome);

    job->level = outcome->level;
    job->counted = (int64_t)outcome->counted;
    if (!sure && outcome->counted)
        w->flush = true;
    else if (sure && job->kind != PRINT_DRAWER)
        w->flush = false; /* a pulse leaves half a slip where it is */
    if (sure) {
        mark_end(w, job, PRINT_CONFIRMED, NULL);
    } else if (e != OK && e != ERR_PRINTER && e != ERR_STOPPING) {
        mark_end(w, job, PRINT_FAILED, w->failure.msg);
    } else if (outcome->counted) {
        mark_end(w, job, PRINT_UNKNOWN, word);
    } else {
        if (job->kind == PRINT_DRAWER)
            mark_end(w, job, PRINT_FAILED, word);
        else
            mark_end(w, job, PRINT_QUEUED, NULL);
        return job->kind == PRINT_DRAWER && !w->broken;
    }
    return true;
}

static bool
send(struct print_worker *w, struct print_job *job, const struct buf *bytes,
    const struct buf *png)
{
    char name[PRINTER_JOB_NAME_MAX];
    struct link_job out = {.name = name,
        .bytes = bytes->data,
        .len = bytes->len,
        .number = (uint32_t)job->id,
        .flush = w->flush,
        .pulse = job->kind == PRINT_DRAWER,
        .real_time = job->kind == PRINT_DRAWER &&
            make_at_once(&w->view.health)};
    struct watching watching = {.w = w, .job = job};
    struct link_watch watch = {.state = watch_state,
        .sent = watch_sent,
        .stop = watch_stop,
        .arg = &watching};
    struct link_outcome outcome = {.counted = 0};
    enum err e;

    job_name(w, job, name);
    e = link_print(w->link, &out, &watch, &outcome);
    err_save(&w->failure);
    w->broken = e == ERR_PRINTER && !outcome.all;
    w->hung = w->broken && link_health(w->link)->answers;
    w->looked_ms = clock_mono_ms();
    if (e != OK)
        log_warn("print", "job %" PRId64 ": %s", job->id, err_msg());
    else if (png->len && link_preview(w->link, png->data, png->len) != OK)
        log_warn("print", "job %" PRId64 ": %s", job->id, err_msg());
    worker_learn(w, link_health(w->link));
    return settle(w, job, e, &outcome);
}

bool
worker_print(struct print_worker *w, struct print_job *job)
{
    struct buf bytes, png;
    bool go_on = true;
    enum err e;

    buf_init(&bytes, MAKE_BYTES_MAX);
    buf_init(&png, MAKE_BYTES_MAX);
    if (make(w, job, &bytes, &png) != OK) {
        char failure[ERR_MSG];

        snprintf(failure, sizeof(failure), "%s", err_msg());
        log_error("print", "job %" PRId64 ": %s", job->id, failure);
        mark_end(w, job, PRINT_FAILED, failure);
    } else {
        e = db_write(
            w->config.shop->writer, "print_begin", begin_write, &job->id);
        if (e == OK) {
            job->state = PRINT_SENDING;
            job->attempts++;
            worker_hand(w, job, true);
            go_on = send(w, job, &bytes, &png);
        } else {
            /* not ours any more; or it cannot be written down: then it is not
             * printed */
            go_on = e == ERR_NOT_QUEUED;
        }
    }
    buf_finish(&bytes);
    buf_finish(&png);
    return go_on;
}
