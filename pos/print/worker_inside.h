/* pos/print/worker_inside.h - the worker's two halves: worker.c, the thread;
 * worker_print.c, one job. */
#ifndef POS_PRINT_WORKER_INSIDE_H
#define POS_PRINT_WORKER_INSIDE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "pos/print/worker.h"

struct print_worker {
    struct print_worker_config config;
    struct settings_printer printer; /* a copy: outlives the shop, see close */

    /* The thread's own. */
    struct link *link; /* NULL: not there */
    bool flush;        /* what the printer has of the last job is unknown */
    int64_t looked_ms, attended_ms;
    struct err_state failure; /* of the last printing */
    bool broken; /* it ended so that the printer is to be opened anew */
    bool hung;   /* one that answers fell silent: it gets nothing before it
                    answers again, or it would swallow job after job */

    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken, ended;
    /* Under the lock. */
    bool work;      /* rows may be new */
    bool stop;
    bool opening;   /* in link_open, which may take seconds */
    bool abandoned; /* nobody waits for the thread: it frees the worker */
    bool over;
    struct print_view view;
};

bool worker_stopping(struct print_worker *w);

/* A drawer that was to open so long ago opens no more: nobody stands there
 * with change in the hand. */
enum { PRINT_DRAWER_WAITS_S = 15 };

/* Bring the counts up to date and refuse drawers that waited too long; tell
 * when something changed. */
void worker_attend(struct print_worker *w);

/* What the printer says, into the view; told when it is new. */
void worker_learn(struct print_worker *w, const struct link_health *health);

/* The job in hand has this state now. */
void worker_hand(struct print_worker *w, const struct print_job *job,
    bool busy);

/* Print one queued job and write down how it went.  False when it is to be
 * tried again only after a while. */
bool worker_print(struct print_worker *w, struct print_job *job);

#endif
