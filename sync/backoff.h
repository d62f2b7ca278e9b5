/* sync/backoff.h - how long to wait after a failure, so that a thousand
 * showrooms do not come back in the same second.
 *
 * No clock, no chance but what is passed in. */
#ifndef SYNC_BACKOFF_H
#define SYNC_BACKOFF_H

#include <stdint.h>

struct backoff {
    int64_t first_seconds; /* before the second attempt; > 0 */
    int64_t max_seconds;   /* the doubling ends here; >= first */
};

/* Seconds from the `failures`th failure in a row (from 1) to the next attempt:
 * between half and the whole of first * 2^(failures - 1), never past max;
 * `chance`, any 32 random bits, decides where.  When the server asked for
 * `retry_after_seconds` (0: did not), not before that, but at most a day. */
int64_t backoff_seconds(const struct backoff *b, int failures, uint32_t chance,
    int64_t retry_after_seconds);

#endif
