/* pos/certified/take.h - a list without a signature becomes the list "file":
 * for tests and for trying out, as long as no signed list is in force.
 *
 * The rows, the list's hash and its journal record go in with one write, by
 * the same hands as signed lists (stage, diff, swap). */
#ifndef POS_CERTIFIED_TAKE_H
#define POS_CERTIFIED_TAKE_H

#include <stdint.h>

#include "base/err.h"
#include "db/db.h"

struct list;

struct certified_take {
    const struct list *list; /* sync/list.h */
    int64_t staff;           /* who did it; 0: the daemon, or the operator */
    /* out */
    int64_t list_seq; /* one more than the list before */
    int64_t seq;      /* of the journal record */
    int64_t added;
    int64_t changed;   /* up, down, back, or in something else */
    int64_t withdrawn; /* withdrawn, suspended, or not there any more */
};

/* ERR_INVALID with the case "list_empty" when the list holds nothing: that is
 * a wrong file, not the end of the programme; with the case "list_signed" when
 * the registry's own lists are in force. */
write_fn certified_take_write;

#endif
