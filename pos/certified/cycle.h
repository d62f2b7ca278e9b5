/* pos/certified/cycle.h - once through: from the registry's newest word to the
 * lists in force.
 *
 * roots, timestamp, snapshot, targets, the role of each list; every file
 * verified before a byte of it is parsed; a delta where there is one, else the
 * whole list, staged beside the one in force; then one write for the rows, the
 * trusted metadata and the journal record.  A cycle that fails anywhere changes
 * no list; new roots and the timestamp are kept.
 *
 * But one signer's fault is nobody else's: a list whose role is no longer good,
 * or which holds what it may not, is left as it is, the others come into force,
 * and the cycle still fails with the reason.  So a province cannot keep the
 * recalls of the others from a shop. */
#ifndef POS_CERTIFIED_CYCLE_H
#define POS_CERTIFIED_CYCLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "pos/certified/source.h"
#include "pos/fact/fact_list.h"
#include "pos/shop.h"

struct cycle {
    struct shop *shop;
    struct list_source *source;
    int64_t staff;           /* who asked; 0: the daemon, or the operator */
    bool (*stop)(void *arg); /* may be NULL */
    void *stop_arg;
    /* out */
    int64_t seq;             /* of the journal record; 0: nothing changed */
    int64_t at;              /* when it was found that nothing is newer */
    size_t lists, deltas, fulls; /* published; came as a delta, as a whole */
    int64_t counts[CHANGES];
};

/* Nobody else may change lists or trust meanwhile
 * (certified_worker_hold).  Failures, with `seq` set when lists came into force
 * all the same: those of sync/tuf/client.h, of the
 * source, of sync/lines.h, of trusted_load; ERR_STOPPING; of the writer. */
enum err cycle_run(struct cycle *c);

#endif
