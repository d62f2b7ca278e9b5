/* pos/stock/import.h - a catalogue with its opening stock, from a table.
 *
 * Columns by name, in any order; only `sku` must be there:
 *   sku, name, unit, price (dong), vat_class, kind (piece if not said),
 *   barcodes (CODE or CODE*QTY of a pack, apart by spaces), registry_id,
 *   and of what stands on the shelf: lot, expires (YYYY-MM-DD or DD/MM/YYYY),
 *   cost (dong a unit), qty, supplier.
 * A product whose SKU is there is changed where the row says something else;
 * an empty cell leaves it as it is.  A SKU again is a further lot.  Rows with
 * a quantity become receivings, one a supplier (of at most
 * RECEIVING_LINES_MAX lines); the same receiving is never written twice, so
 * the same file may be taken in again.
 *
 * Every row is tried; all is written in one write, or nothing when a row is
 * wrong. */
#ifndef POS_STOCK_IMPORT_H
#define POS_STOCK_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct shop;

enum { IMPORT_ROWS_MAX = 20 * 1000 /* one write: a few seconds */ };

/* A row that is wrong, and why; rows may be told out of order.  `line` is
 * where it begins in the file, the column names are line 1. */
typedef void import_refuse_fn(
    void *arg, size_t line, const struct err_state *why);

struct import_products {
    const char *text;
    size_t len;
    int64_t staff;
    bool dry_run; /* try all, write nothing */
    import_refuse_fn *refuse;
    void *refuse_arg;
    /* out: what was done, or would have been without the wrong rows */
    int64_t rows;
    int64_t refused;
    int64_t added;
    int64_t changed;
    int64_t receivings;
    int64_t receivings_before; /* were written by an earlier import */
};

/* OK also when rows were refused: look at x->refused.  ERR_INVALID, ERR_TEXT
 * (base/csv.h), ERR_FIELD_UNKNOWN, ERR_FIELD_MISSING (a column), ERR_TOO_LARGE
 * for the table as a whole; what db_write answers. */
enum err import_products(struct shop *shop, struct import_products *x);

#endif
