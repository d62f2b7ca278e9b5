/* pos/certified/swap.h - the one write in which new lists come into force.
 *
 * Changes of deltas, the names of the generations, what is trusted of the
 * registry, and the journal record go in together or not at all. */
#ifndef POS_CERTIFIED_SWAP_H
#define POS_CERTIFIED_SWAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/certified.h"
#include "db/db.h"
#include "pos/certified/diff.h"
#include "pos/certified/row.h"

/* A list that changes: to a generation that is staged, or by a few changes to
 * the one in force. */
struct swap_list {
    struct certified_list list; /* seq and applied_at are set by the swap */
    struct list_row *ops;       /* of a delta; NULL: the generation is staged */
    size_t ops_len;
};

struct swap {
    struct swap_list *lists; /* at most FACT_LISTS */
    size_t lists_len;
    struct diff *diff;
    struct claims *claims;
    int64_t staff; /* who did it; 0: the daemon, or the operator */
    /* What else belongs to the same write; NULL: nothing. */
    write_fn *also;
    void *also_arg;
    int64_t seq; /* out: of the journal record */
};

/* ERR_LIST_REFUSED, and nothing changed, when a record would stand in two
 * lists. */
write_fn swap_write;

#endif
