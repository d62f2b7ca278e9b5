/* pos/certified/delta.h - a few changes to a list in force. */
#ifndef POS_CERTIFIED_DELTA_H
#define POS_CERTIFIED_DELTA_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/certified.h"
#include "pos/certified/diff.h"
#include "pos/certified/row.h"

struct readers;

/* More changes than these are not made in one write: the whole list is
 * fetched instead. */
enum { DELTA_OPS = 2000 };

struct delta {
    struct list_row *ops; /* in the order of their ids */
    size_t len, cap;
    int64_t records; /* of the list that comes of it */
};
void delta_finish(struct delta *d);

/* Read the verified file `path` as a delta of the list `force`, and see what
 * comes of it: *fits_out is false, and nothing else is said, when that has not
 * the hash `state`, or there are too many changes.  What changes is added to
 * `diff`.  Failures of sync/lines.h are failures of this delta, too: *fits_out
 * is false then. */
enum err delta_read(struct delta *d, struct readers *readers,
    const struct certified_list *force, const char *path,
    const uint8_t state[32], struct diff *diff, bool *fits_out);

#endif
