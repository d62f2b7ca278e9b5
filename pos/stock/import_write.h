/* pos/stock/import_write.h - the rows of a catalogue become products and
 * receivings: the writing half of pos/stock/import.h. */
#ifndef POS_STOCK_IMPORT_WRITE_H
#define POS_STOCK_IMPORT_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "db/db.h"
#include "pos/stock/import.h"
#include "pos/stock/import_row.h"

struct import_table {
    struct import_products *x;
    struct import_row *rows; /* in the order of the file */
    size_t len;
    bool undone; /* out: failed only to take everything back */
};

/* Over a struct import_table.  Fails when a row is wrong, or for a dry run, so
 * that nothing stays. */
write_fn import_table_write;

#endif
