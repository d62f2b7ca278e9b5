/* pos/print/jobs.h - what is to be printed, written down where it is decided:
 * inside the write of the sale, so that no receipt is ever forgotten and none
 * is printed for a sale that was not stored. */
#ifndef POS_PRINT_JOBS_H
#define POS_PRINT_JOBS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/print_job.h"
#include "db/sale.h"

struct db;
struct shop;

/* Inside a write: what a new receipt (sale or refund) needs on paper.  Nothing
 * when no printer is set. */
enum err jobs_add_receipt(struct db *db, const struct shop *shop,
    const struct sale *sale);

/* Inside a write: the receipt once more, as its `copy`-th; `follows` the
 * unknown job that is repeated, or 0. */
enum err jobs_add_again(struct db *db, const struct shop *shop,
    const struct print_job *again, int64_t *id_out);

#endif
