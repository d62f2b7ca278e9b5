/* pos/http/events.h - what happens, told to pages that listen.
 *
 * Facts come from the journal itself: a listener reads on from the last record
 * it saw, however long ago, also across restarts; the hub only wakes it.  What
 * is no fact (a printer's state, a cart) is said through events_say, kept for
 * a moment, and lost to whoever is not listening. */
#ifndef POS_HTTP_EVENTS_H
#define POS_HTTP_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct events;

enum {
    EVENTS_STREAMS_MAX = 64,
    EVENTS_SAID = 64,      /* messages kept */
    EVENTS_DATA_MAX = 1024 /* bytes of one message */
};

struct events *events_new(void);
/* After events_stop and when all have left.  NULL is taken. */
void events_free(struct events *ev);

/* Records up to `last_seq` are there.  Made for writer_on_commit; `arg` is the
 * hub. */
void events_wake(void *arg, int64_t last_seq);

/* Tell listeners now: `event` is cart, printer or sync; `data` is one line of
 * JSON without personal data.  Too long a one is not told. */
void events_say(struct events *ev, const char *event, const char *data);

/* End all streams; more are not begun. */
void events_stop(struct events *ev);

/* Begin and end listening; false when too many do, or the hub is stopped. */
bool events_join(struct events *ev);
void events_leave(struct events *ev);
int64_t events_streams(struct events *ev);

enum events_why { EVENTS_NEWS, EVENTS_QUIET, EVENTS_STOP };

/* The number of the last message said. */
int64_t events_said(struct events *ev);

/* Wait until there is a record past `seq` or a message past `said`, at most
 * `wait_ms`. */
enum events_why events_wait(struct events *ev, int64_t seq, int64_t said,
    int wait_ms);

/* Append messages past *said as server-sent events, and move *said. */
void events_take(struct events *ev, int64_t *said, struct buf *out);

#endif
