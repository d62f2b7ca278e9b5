/* db/product.h - the catalogue: products, dated prices, barcodes, VAT rates.
 *
 * Reading functions run on any connection, adding functions inside a write. */
#ifndef DB_PRODUCT_H
#define DB_PRODUCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"

struct db;

enum product_kind {
    PRODUCT_PIECE = 1, /* whole units only */
    PRODUCT_WEIGHED,   /* thousandths of the unit */
    PRODUCT_BASKET,
    PRODUCT_SERVICE    /* no stock */
};

struct product {
    int64_t id;
    int64_t seq; /* the record that last set it */
    char sku[DB_SKU];
    char name[DB_NAME];
    char unit[DB_UNIT];
    enum product_kind kind;
    char vat_class[DB_VAT];
    char registry_id[DB_ID]; /* empty: not an OCOP product */
    bool retired;
};

struct barcode {
    char code[DB_CODE];
    int64_t qty_milli; /* what one pack holds */
};

/* ERR_NOT_FOUND when there is none. */
enum err db_product_get(struct db *db, int64_t id, struct product *out);
enum err db_product_by_sku(struct db *db, const char *sku,
    struct product *out);

/* Products in id order after `after`; fn's failure ends the walk. */
enum err db_product_each(struct db *db, int64_t after, int64_t limit,
    enum err (*fn)(void *arg, const struct product *p), void *arg);

/* The highest id given so far; 0 when there is none. */
enum err db_product_last_id(struct db *db, int64_t *id_out);

/* Add the product, or set it anew when the id is there.  ERR_EXISTS when
 * another product has the SKU. */
enum err db_product_put(struct db *db, const struct product *p);

/* Price in force at `at`; ERR_PRICE_MISSING when none has begun. */
enum err db_price_get(struct db *db, int64_t product_id, int64_t at,
    int64_t *price_out);

/* A price from `from_at` on; a second one from the same second replaces it. */
enum err db_price_put(struct db *db, int64_t product_id, int64_t from_at,
    int64_t price, int64_t seq);

/* What `code` (a GTIN as 14 digits, else as scanned) may mean, at most `max`
 * products; `*len_out` 0 when nothing. */
struct barcode_hit {
    int64_t product_id;
    int64_t qty_milli;
};
enum err db_barcode_find(struct db *db, const char *code,
    struct barcode_hit *hits_out, size_t max, size_t *len_out);

/* The product's codes, at most `max`. */
enum err db_barcode_list(struct db *db, int64_t product_id,
    struct barcode *codes_out, size_t max, size_t *len_out);

/* The product's codes become exactly these. */
enum err db_barcode_set(struct db *db, int64_t product_id,
    const struct barcode *codes, size_t len, int64_t seq);

/* Rate of a VAT class on a day, in hundredths of a percent; -1 where no VAT is
 * spoken of (KCT, KKKNT).  ERR_NOT_FOUND for a class that is not known. */
enum err db_vat_rate(struct db *db, const char *vat_class, int32_t day,
    int *rate_bp_out);

/* Copy into a fixed field; asserts that it fits, checked before. */
void db_copy(char *to, size_t size, const char *from);

#endif
