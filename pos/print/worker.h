/* pos/print/worker.h - the thread of one printer: looks how it is, takes what
 * is queued for it, prints, and writes down how sure that is.
 *
 * A job is marked as being sent before its first byte goes out, so a daemon
 * that dies leaves it queued or unknown, never silently printed twice:
 *   nothing of it was taken      queued again; a drawer fails: it opens now or
 *                                not at all
 *   some, or not confirmed       unknown: somebody is asked, the queue goes on,
 *                                and the next job flushes the printer first
 *   all, and confirmed           confirmed, at a level
 * Nothing of the database is held while the printer is waited for. */
#ifndef POS_PRINT_WORKER_H
#define POS_PRINT_WORKER_H

#include "base/settings_printer.h"
#include "db/print_job.h"
#include "drivers/font.h"
#include "drivers/link.h"
#include "pos/shop.h"

struct print_worker;

/* How a printer is, and what it has to do: a plain value. */
struct print_view {
    struct settings_printer printer;
    struct link_health health;
    struct err_state why; /* while it is gone; why.err may be OK */
    struct print_counts counts;
    bool busy;            /* `job` is in hand */
    struct print_job job; /* or was, last; id 0: none yet */
};

/* `changed` is called in the worker's thread when something of the view is
 * other than before; it must not wait for the worker. */
struct print_worker_config {
    struct shop *shop;
    struct font *font;
    const struct settings_printer *printer;
    unsigned quirks; /* parsed */
    struct link_pace pace;
    void (*changed)(void *arg, const struct print_view *view);
    void *arg;
};

/* Start.  A printer that is not there is looked for again and again.
 * ERR_SYSTEM. */
enum err print_worker_open(const struct print_worker_config *config,
    struct print_worker **out);

/* There may be something new in the rows of this printer.  From any thread,
 * also inside a write; quick. */
void print_worker_wake(struct print_worker *w);

void print_worker_view(struct print_worker *w, struct print_view *out);

/* Begin to stop: what the printer takes no more of is given up within half a
 * second. */
void print_worker_stop(struct print_worker *w);

/* Stop, and free it: within a second, also while a printer stalls or a network
 * does not answer.  NULL is taken. */
void print_worker_close(struct print_worker *w);

#endif
