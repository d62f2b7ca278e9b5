/* The daemon's own printers, which nobody else can talk with. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "db/print_job.h"
#include "db/readers.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/printer_parts.h"
#include "pos/print/answers.h"
#include "pos/print/jobs.h"
#include "pos/print/printers.h"
#include "pos/print/tell.h"

enum { WAIT_MS = 15 * 1000, LOOK_MS = 100 };

bool
daemon_prints(const struct ctl *c)
{
    return c->shop && printers_len(c->shop->print) > 0;
}

/* The printer's view, or the first one's for ""; false: there is none. */
static bool
find(const struct ctl *c, const char *id, struct print_view *out)
{
    for (size_t i = 0; i < printers_len(c->shop->print); i++) {
        printers_view(c->shop->print, i, out);
        if (!*id || strcmp(out->printer.id, id) == 0)
            return true;
    }
    return false;
}

bool
daemon_holds(const struct ctl *c, const char *port)
{
    struct print_view *view = mem_new(1, sizeof(*view));
    bool holds = false;

    for (size_t i = 0; c->shop && i < printers_len(c->shop->print); i++) {
        printers_view(c->shop->print, i, view);
        if (*port && view->health.state != PRINTER_GONE
            && strcmp(view->health.id.port, port) == 0)
            holds = true;
    }
    mem_free(view);
    return holds;
}

/* The rows are asked: what the worker last counted may be a moment old. */
static enum err
say_view(struct ctl *c, const struct print_view *view)
{
    struct printer_shown shown = {.id = view->printer.id,
        .at = view->printer.at,
        .health = &view->health};
    struct db *db = readers_take(c->shop->readers);
    struct print_counts counts = {.waiting = 0};
    enum err e = db_print_job_counts(db, view->printer.id, 0, &counts);
    struct buf why;

    readers_give(c->shop->readers, db);
    if (e != OK)
        return e;
    shown.queue = counts.waiting;
    shown.unknown = counts.asked;
    buf_init(&why, 4096);
    if (view->health.state == PRINTER_GONE && view->why.err) {
        lang_error(c->say.lang, &view->why, &why);
        shown.why = why.data;
    }
    printer_say_state(c, &shown);
    buf_finish(&why);
    return OK;
}

enum err
daemon_status(struct ctl *c)
{
    const char *id = c->args.words_len ? c->args.words[0] : "";
    struct print_view *view = mem_new(1, sizeof(*view));
    bool any = false;
    enum err e = OK;

    for (size_t i = 0; e == OK && i < printers_len(c->shop->print); i++) {
        printers_view(c->shop->print, i, view);
        if (*id && strcmp(view->printer.id, id) != 0)
            continue;
        any = true;
        e = say_view(c, view);
    }
    mem_free(view);
    return any ? e : printer_not_found(id);
}

static enum err
read_job(const struct ctl *c, struct print_job *job)
{
    struct db *db = readers_take(c->shop->readers);
    enum err e = db_print_job_get(db, job->id, job);

    readers_give(c->shop->readers, db);
    return e;
}

static bool
is_over(enum print_state state)
{
    return state != PRINT_QUEUED && state != PRINT_SENDING
           && state != PRINT_SENT;
}

/* Until it is over, the printer is in trouble, or the daemon ends: whoever
 * waits in line for commands waits too. */
static enum err
await(struct ctl *c, struct print_job *job, struct print_view *view)
{
    struct pollfd stop = {.fd = c->stop, .events = POLLIN};
    int64_t until = clock_mono_ms() + WAIT_MS;
    enum err e = OK;

    while (e == OK && !is_over(job->state) && clock_mono_ms() < until) {
        find(c, job->printer, view);
        if (!printer_is_well(view->health.state)
            || poll(&stop, 1, LOOK_MS) > 0)
            return OK;
        e = read_job(c, job);
    }
    return e;
}

static void
say_job(struct ctl *c, const struct print_job *job,
    const struct print_view *view)
{
    bool well = printer_is_well(view->health.state);
    struct say *say = &c->say;
    const char *level = tell_level(job->level);
    struct buf why;
    char id[24];

    snprintf(id, sizeof(id), "j_%" PRId64, job->id);
    say_str(say, "printer", job->printer);
    say_str(say, "at", view->printer.at);
    say_str(say, "job", id);
    say_str(say, "result", print_state_name(job->state));
    say_str(say, "says", answers_job(say->lang, job->state));
    say_str(say, "level", level ? level : "none");
    say_str(say, "state", printer_state_name(view->health.state));
    say_line(say, "ctl.printer_job");
    buf_init(&why, 4096);
    if (job->message[0])
        buf_add_str(&why, tell_why(say->lang, job));
    else if (!well)
        tell_message(say->lang, view, &why);
    if (why.len) {
        say_str(say, "why", why.data);
        say_text(say, why.data);
    }
    buf_finish(&why);
    if (job->state != PRINT_CONFIRMED)
        c->status = CTL_WRONG;
}

enum err
daemon_test(struct ctl *c)
{
    const char *id = c->args.words_len ? c->args.words[0] : "";
    struct print_view *view = mem_new(1, sizeof(*view));
    struct print_job job = {.kind = PRINT_TEST};
    enum err e = OK;

    if (!find(c, id, view))
        e = printer_not_found(id);
    if (e == OK) {
        memcpy(job.printer, view->printer.id, sizeof(job.printer));
        e = jobs_queue(c->shop, &job);
    }
    job.state = PRINT_QUEUED;
    if (e == OK)
        e = await(c, &job, view);
    if (e == OK)
        say_job(c, &job, view);
    mem_free(view);
    return e;
}
