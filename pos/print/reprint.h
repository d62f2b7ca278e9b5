/* pos/print/reprint.h - a receipt on paper once more: counted, in the journal;
 * because somebody wants a copy, or because nobody knows whether the first came
 * out. */
#ifndef POS_PRINT_REPRINT_H
#define POS_PRINT_REPRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/print_job.h"

struct shop;

struct reprint_ask {
    int64_t sale_id;
    int64_t staff;
    int64_t till; /* who asks stands there; 0: where it was sold */
};

struct reprinted {
    int64_t copy;  /* which copy this is, from 1 */
    bool printing; /* false: no printer is set */
};

/* "BẢN SAO".  ERR_NOT_FOUND when there is no such receipt. */
enum err reprint_commit(struct shop *shop, const struct reprint_ask *ask,
    struct reprinted *out);

struct print_answer {
    int64_t job_id;
    bool printed; /* somebody saw it whole */
    int64_t staff;
};

/* Answer for an unknown job: it is confirmed by a person, or printed again:
 * `again` is a job of its own with the same number and QR, headed "BẢN IN LẠI",
 * counted in the journal when it is a receipt; again->id is 0 when nothing is
 * printed again.  A drawer is never opened by it.
 * ERR_NOT_FOUND, ERR_NOT_UNKNOWN. */
enum err print_answer_commit(struct shop *shop, const struct print_answer *ask,
    struct print_job *job_out, struct print_job *again_out);

#endif
