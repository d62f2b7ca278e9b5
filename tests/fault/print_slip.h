/* tests/fault/print_slip.h - what a receipt was to print, as the database
 * says, and whether this is the paper that was meant. */
#ifndef TESTS_FAULT_PRINT_SLIP_H
#define TESTS_FAULT_PRINT_SLIP_H

#include <stdbool.h>
#include <stddef.h>

#include "db/print_job.h"
#include "drivers/font.h"
#include "drivers/raster.h"
#include "pos/shop.h"
#include "tests/tools/fake_printer.h"

enum { PRINT_JOBS = 16 };

/* The jobs of a receipt, the oldest first; how many. */
size_t print_jobs_of(
    struct db *db, int64_t sale_id, struct print_job jobs[PRINT_JOBS]);
/* The newest of its receipts on paper: the original, or printed again. */
struct print_job print_receipt_of(struct db *db, int64_t sale_id);

/* The dots that this job puts on paper; raster_finish. */
void print_draw(struct db *db, const struct shop *shop, struct font *font,
    const struct print_job *job, int width_dots, struct raster *raster_out);

/* Every dot of it, no other and no more; white above and below is nothing. */
bool print_slip_is(const struct fake_slip *slip, const struct raster *r);

/* Rows, from the first that is not white, that are as in the picture. */
size_t print_slip_rows_of(
    const struct fake_slip *slip, const struct raster *r);

/* The first row in which two pictures differ, counted as above. */
size_t print_slip_parting(const struct raster *a, const struct raster *b);

#endif
