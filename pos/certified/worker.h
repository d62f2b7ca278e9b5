/* pos/certified/worker.h - the thread that keeps the lists of certified
 * products those of the registry.
 *
 * It runs a cycle (pos/certified/cycle.h) at the start, then every
 * sync_interval_minutes, sooner after a failure (sync/backoff.h), and at once
 * when asked.  A cycle that fails changes no list and is told in the state.
 * After each it links what links itself and tells of what ends soon
 * (pos/certified/after.h). */
#ifndef POS_CERTIFIED_WORKER_H
#define POS_CERTIFIED_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "pos/shop.h"

struct certified_worker;

/* A plain value.  Times are unix seconds; 0: never, or not known. */
struct sync_state {
    bool running;        /* a cycle is under way */
    int64_t checked_at;  /* a cycle last ended well: nothing newer was there,
                            or it is in force now */
    int64_t changed_at;  /* a list last changed */
    int64_t tried_at;    /* a cycle last ended, well or not */
    int64_t next_at;     /* the next one is due */
    int failures;        /* in a row */
    struct err_state error; /* why the last one failed; error.err is OK when it
                               did not.  lang_error makes the sentence. */
};

/* Start.  *out is NULL, with OK, when settings->registry_url is empty.
 * ERR_FETCH for an address that is none, ERR_FILE for a registry_root that
 * cannot be read while nothing is trusted yet. */
enum err certified_worker_open(
    struct shop *shop, struct certified_worker **out);

/* Break off the cycle under way, if there is one, and let go of who waits for
 * it: before those are joined.  NULL is taken. */
void certified_worker_stop(struct certified_worker *w);

/* The same, and free it.  NULL is taken. */
void certified_worker_close(struct certified_worker *w);

/* Run a cycle that begins after this call, and wait for its end at most
 * `wait_ms` (0: not at all).  True when it ended in that time; how it ended is
 * in the state.  From any thread, never inside a write. */
bool certified_worker_now(struct certified_worker *w, int wait_ms);

/* From any thread; of NULL: a state of zeros. */
void certified_worker_state(
    struct certified_worker *w, struct sync_state *out);

/* Nobody changes lists or trust between the two but the caller: for what takes
 * a list in by another way.  NULL is taken: then there is nobody else. */
void certified_worker_hold(struct certified_worker *w);
void certified_worker_release(struct certified_worker *w);

#endif
