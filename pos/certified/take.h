/* pos/certified/take.h - a list of certified products becomes the one in
 * force.
 *
 * The rows that differ, the list's hash and its journal record go in with one
 * write: there is never half a list. */
#ifndef POS_CERTIFIED_TAKE_H
#define POS_CERTIFIED_TAKE_H

#include <stdint.h>

#include "base/err.h"
#include "db/db.h"

struct certified;
struct list;
struct list_item;

struct certified_take {
    const struct list *list; /* sync/list.h */
    int64_t staff;           /* who did it; 0: the daemon, or the operator */
    /* out */
    int64_t list_seq; /* one more than the list before */
    int64_t seq;      /* of the journal record */
    int64_t added;
    int64_t changed;
    int64_t withdrawn; /* active before, and now not, or not there */
};

/* ERR_INVALID with the case "list_empty" when the list holds nothing: that is
 * a wrong file, not the end of the programme. */
write_fn certified_take_write;

/* What the row of a record holds. */
void certified_row_of(const struct list_item *item, struct certified *row_out);

#endif
