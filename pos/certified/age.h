/* pos/certified/age.h - how old the lists of certified products are.
 *
 * The registry signs its timestamp anew every hour, to be good for some days.
 * While the trusted one is good, the lists are fresh.  Past it they are stale:
 * selling goes on, their date is shown on screen and slip.  Thirty days past
 * it the mark and the stars are no longer printed
 * (contract/registry-protocol.md). */
#ifndef POS_CERTIFIED_AGE_H
#define POS_CERTIFIED_AGE_H

#include <stdint.h>

#include "base/err.h"

struct db;

enum { LIST_TOO_OLD_S = 30 * 24 * 3600 };

/* Stored in journal records by name: "none", "fresh", "stale", "too_old". */
enum list_age { LIST_NONE, LIST_FRESH, LIST_STALE, LIST_TOO_OLD };

struct list_age_info {
    enum list_age age;
    int64_t list_at; /* unix: the lists were last known to be the newest then;
                        0 when there are none */
};

/* `now` is made the time floor here (list_time_floor): the caller passes the
 * clock, or the time of the record it writes.  LIST_NONE: there is no list at
 * all; a showroom that only ever had a list from a file ("file") is
 * LIST_FRESH, since nobody promised newer ones. */
enum err list_age_now(struct db *db, int64_t now, struct list_age_info *out);

/* The largest of `now`, the last record's time and the newest time at which
 * something of the registry was verified: setting the clock back revives
 * nothing. */
enum err list_time_floor(struct db *db, int64_t now, int64_t *floor_out);

const char *list_age_name(enum list_age age);

#endif
