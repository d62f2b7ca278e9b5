/* pos/fact/fact_product.h - kinds "product" (added or changed) and "price". */
#ifndef POS_FACT_FACT_PRODUCT_H
#define POS_FACT_FACT_PRODUCT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/journal.h"
#include "db/product.h"

struct db;

enum { PRODUCT_CODES_MAX = 32 };

/* "piece", "weighed", "basket", "service", NULL: the words of the API, in the
 * order of enum product_kind. */
extern const char *const product_kind_words[];

/* The whole product as it is from now on, with all its codes. */
struct fact_product {
    int64_t at;
    int64_t staff;
    struct product product; /* seq is set by posting */
    struct barcode codes[PRODUCT_CODES_MAX];
    size_t codes_len;
};

/* A price in force from `from_at`. */
struct fact_price {
    int64_t at;
    int64_t staff;
    int64_t product_id;
    int64_t from_at;
    int64_t price;
};

/* ERR_EXISTS when another product has the SKU. */
enum err fact_product_post(struct db *db, struct fact_product *f,
    struct journal_head *head_out);
enum err fact_product_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

enum err fact_price_post(struct db *db, const struct fact_price *f,
    struct journal_head *head_out);
enum err fact_price_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

#endif
