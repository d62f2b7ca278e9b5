/* tests/fault/print_rig.h - a showroom that sells and prints in this process:
 * real database, real printing threads, fake printers at cables. */
#ifndef TESTS_FAULT_PRINT_RIG_H
#define TESTS_FAULT_PRINT_RIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/limits.h"
#include "db/print_job.h"
#include "drivers/link.h"
#include "drivers/raster.h"
#include "pos/print/printers.h"
#include "tests/fault/print_slip.h"
#include "tests/tools/shop_folder.h"

enum { RIG_PRODUCTS = 10, RIG_WAIT_MS = 20000 };

struct print_rig {
    struct shop_folder folder;
    struct font *font;
    _Atomic(struct printers *) printers; /* the writer wakes them */
    uint64_t random;
    char key[DB_KEY]; /* of the last sale */
    int lines; /* of a bill; 1 unless said */
    _Atomic int64_t committed_us; /* the first commit since it was made 0 */
};

/* `printers`: what stands in the settings file about them. */
void rig_open(struct print_rig *r, const char *printers,
    const struct link_pace *pace);
void rig_close(struct print_rig *r);
/* The daemon is stopped and started; printers look for theirs anew. */
void rig_restart(struct print_rig *r, const struct link_pace *pace);

/* Quick: a test waits for what is, not for what may still come. */
extern const struct link_pace rig_quick;

/* Sell for cash; the receipt's id, once it is durable. */
int64_t rig_sell(struct print_rig *r);

/* The jobs of a receipt, the oldest first; how many. */
size_t rig_jobs(struct print_rig *r, int64_t sale_id,
    struct print_job jobs[PRINT_JOBS]);
/* The newest of its receipts on paper: the original, or printed again. */
struct print_job rig_receipt(struct print_rig *r, int64_t sale_id);

/* Does the printer have nothing queued and nothing in hand? */
bool rig_is_done(struct print_rig *r, const char *printer);
struct print_view rig_view(struct print_rig *r, const char *printer);

/* Wait, RIG_WAIT_MS at most: false when it did not come true. */
bool rig_wait_done(struct print_rig *r, const char *printer);
bool rig_wait_state(struct print_rig *r, const char *printer,
    enum printer_state state);
bool rig_wait_job(struct print_rig *r, int64_t job, enum print_state state);
void rig_nap(int us);

/* Somebody looked at the paper. */
bool rig_answer(struct print_rig *r, int64_t job, bool printed);

/* The dots that this job puts on paper; raster_finish. */
void rig_draw(struct print_rig *r, const struct print_job *job,
    struct raster *raster_out);

#endif
