/* pos/print/label_job.h - labels as print jobs: {"kind":"shelf","product":17,
 * "lot":null,"copies":3} in the job's body.  Price and certificate are read
 * when the job is printed, so a label is never older than its paper. */
#ifndef POS_PRINT_LABEL_JOB_H
#define POS_PRINT_LABEL_JOB_H

#include "base/err.h"
#include "db/print_job.h"
#include "pos/print/label.h"
#include "pos/print/makers.h"

/* Make `job` a label's; the printer is the caller's to choose. */
void label_job_set(
    struct print_job *job, const struct label_ask *ask, int copies);

enum { LABEL_ITEMS_MAX = 100 /* of one order */ };

struct label_item {
    struct label_ask ask;
    int copies;
};

/* Would `printer` print them all, as the shop is now?  The failure of the first
 * that it would not, at items[i]. */
enum err label_items_check(struct db *db, const struct shop *shop,
    const struct settings_printer *printer, const struct label_item *items,
    size_t len);

/* Queue a job for each, all or none; `jobs_out` has room for `len`.
 * `printer_id` "": the one for labels.  ERR_NOT_FOUND. */
enum err label_items_queue(struct shop *shop, const char *printer_id,
    const struct label_item *items, size_t len, struct print_job *jobs_out);

/* What its body asks for.  ERR_FIELD_* or ERR_JSON when it is none of ours. */
enum err label_job_read(
    const struct print_job *job, struct label_ask *ask_out, int *copies_out);

/* Of pos/print/makers.c. */
make_fn make_label;

#endif
