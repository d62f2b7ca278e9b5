/* pos/stock/import_row.h - one row of pos/stock/import.h, read and kept. */
#ifndef POS_STOCK_IMPORT_ROW_H
#define POS_STOCK_IMPORT_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/csv.h"
#include "base/err.h"
#include "db/product.h"

/* Empty texts: not said.  All texts are cleaned and lie in `bytes`. */
struct import_row {
    size_t line;
    char *bytes;
    const char *sku, *name, *unit, *vat_class, *registry_id, *barcodes, *lot,
        *supplier;
    bool has_price, has_kind;
    int64_t price;
    enum product_kind kind;
    int32_t expires_day; /* DAY_NEVER: none */
    int64_t qty_milli;   /* 0: no stock in this row */
    int64_t cost;
    const struct import_row *same; /* an earlier row with the SKU, or NULL */
    bool refused;                  /* as a further lot of it */
    int64_t product_id;            /* once it is written */
};

/* Are the columns those of a catalogue?  ERR_FIELD_UNKNOWN, ERR_FIELD_MISSING
 * with the argument `field`. */
enum err import_columns(const struct csv *c);

/* Read the row that csv_next gave; import_row_finish frees it after either
 * answer.  ERR_TEXT, ERR_FIELD_*, with err_at naming the column. */
enum err import_row_read(const struct csv *c, struct import_row *out);
void import_row_finish(struct import_row *row);

/* The row says nothing else of the product than `first` does, which has the
 * same SKU.  ERR_EXISTS. */
enum err import_row_same(
    const struct import_row *row, const struct import_row *first);

/* The barcodes as a product takes them; ERR_FIELD_VALUE. */
enum err import_row_codes(const struct import_row *row,
    struct barcode *codes_out, size_t max, size_t *len_out);

#endif
