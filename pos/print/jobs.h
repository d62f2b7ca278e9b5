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
#include "db/shift.h"

struct db;
struct shop;

/* Inside a write: what a new receipt (sale or refund) needs: the drawer first
 * when `cash` changes hands, the receipt, the second copy; each where a printer
 * has that role for the receipt's till. */
enum err jobs_add_receipt(struct db *db, const struct shop *shop,
    const struct sale *sale, bool cash);

/* Inside a write: open the drawer of a till.  *queued_out is false when no
 * printer opens it. */
enum err jobs_add_drawer(
    struct db *db, const struct shop *shop, int64_t till, bool *queued_out);

/* Inside a write: the slip of a shift that is being closed, where a printer
 * prints the till's receipts. */
enum err jobs_add_shift(
    struct db *db, const struct shop *shop, const struct shift *shift);

/* The slip of a shift as it is now, X or Z, and wake the printer; of a closed
 * one it is a copy, and says so.  ERR_NOT_FOUND with the case
 * "printer_till". */
enum err jobs_queue_shift(
    struct shop *shop, const struct shift *shift, struct print_job *job_out);

/* Queue a job that belongs to no receipt (label, test), and wake its printer.
 * job->printer empty: the one of its kind for any till.  On return job->id and
 * job->printer are set.  ERR_NOT_FOUND with the case "printer", no such one, or
 * "printer_for", none has the role. */
enum err jobs_queue(struct shop *shop, struct print_job *job);

/* The same for several, all or none, in this order. */
enum err jobs_queue_all(
    struct shop *shop, struct print_job *jobs, size_t len);

/* A queued job is not wanted.  ERR_NOT_FOUND, ERR_NOT_QUEUED. */
enum err jobs_cancel(
    struct shop *shop, int64_t id, struct print_job *job_out);

#endif
