/* pos/stock/receive.h - goods come in: lots, and what stands on the shelf. */
#ifndef POS_STOCK_RECEIVE_H
#define POS_STOCK_RECEIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;
struct shop;

struct receive_line {
    int64_t product_id;
    int64_t qty_milli;
    const char *lot_code; /* empty: none */
    int32_t expires_day;  /* DAY_NEVER: none */
    int64_t cost;         /* dong a unit */
};

struct receive_ask {
    const char *key;       /* NULL: not to be repeated safely */
    const uint8_t *digest; /* 16 bytes, with `key` */
    int64_t staff;
    const char *supplier;  /* cleaned text */
    const char *note;      /* cleaned text */
    const struct receive_line *lines;
    size_t lines_len;
};

struct receive_done {
    int64_t receiving_id;
    bool replayed;
};

/* Post the document.  More of a lot that is there (same code, expiry, supplier
 * and cost) goes to that lot.  ERR_NOT_FOUND (product), ERR_FIELD_VALUE,
 * ERR_KEY_REUSED. */
enum err receive_commit(struct shop *shop, const struct receive_ask *ask,
    struct receive_done *done_out);

/* The same inside a write already begun. */
enum err receive_write(struct db *db, const struct receive_ask *ask,
    struct receive_done *done_out);

#endif
