/* pos/stock/product.h - the catalogue: adding and changing products. */
#ifndef POS_STOCK_PRODUCT_H
#define POS_STOCK_PRODUCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/product.h"
#include "pos/fact/fact_product.h"

struct db;
struct shop;

/* What a product is to be.  With an id of 0 it is new and all but barcodes
 * and registry_id is needed; else only what has_* says is changed. */
struct product_ask {
    int64_t id;
    int64_t staff;
    bool has_sku, has_name, has_unit, has_kind, has_vat, has_registry,
        has_retired, has_price, has_codes;
    const char *sku;         /* cleaned text, as the next three */
    const char *name;
    const char *unit;
    const char *vat_class;
    const char *registry_id; /* empty: none */
    enum product_kind kind;
    bool retired;
    int64_t price;           /* in force from now on */
    struct barcode codes[PRODUCT_CODES_MAX]; /* as scanned */
    size_t codes_len;
};

/* Add or change.  ERR_EXISTS (SKU), ERR_NOT_FOUND, ERR_FIELD_VALUE. */
enum err product_commit(struct shop *shop, const struct product_ask *ask,
    int64_t *id_out);

/* The same inside a write already begun. */
enum err product_write(struct db *db, const struct product_ask *ask,
    int64_t *id_out);

#endif
