/* pos/print/reprint.h - one more copy on paper: counted, in the journal. */
#ifndef POS_PRINT_REPRINT_H
#define POS_PRINT_REPRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct shop;

struct reprinted {
    int64_t copy;  /* which copy this is, from 1 */
    bool printing; /* false: no printer is set */
};

/* ERR_NOT_FOUND when there is no such receipt. */
enum err reprint_commit(struct shop *shop, int64_t sale_id, int64_t staff,
    struct reprinted *out);

#endif
