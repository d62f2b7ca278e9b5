/* pos/sell/refund.h - giving back: lines of a receipt, or all that is left.
 *
 * A refund is a receipt of its own that names the sale.  Never more than sold
 * less refunded: checked inside the write, so two at the same moment cannot
 * both pass.  The parts of a line add up to the whole of it to the dong. */
#ifndef POS_SELL_REFUND_H
#define POS_SELL_REFUND_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/sale.h"
#include "db/stock.h"
#include "pos/sell/sale.h"

struct shop;

struct refund_ask_line {
    int64_t line;      /* n on the sale's receipt */
    int64_t qty_milli;
    enum account to;   /* ACCOUNT_SHELF or ACCOUNT_DAMAGED */
};

struct refund_ask {
    const char *key;
    const uint8_t *digest; /* 16 bytes */
    int64_t sale_id;
    int64_t till;          /* 0: the till of the sale */
    int64_t staff;
    enum pay_method method;
    const struct refund_ask_line *lines;
    size_t lines_len;      /* 0: all that is left, to the shelf */
    const char *reason;    /* cleaned text */
};

/* Errors: ERR_NOT_FOUND (no such sale, or it is a refund), ERR_REFUND_EXCEEDS,
 * ERR_SHIFT_CLOSED, ERR_FIELD_VALUE, ERR_KEY_REUSED. */
enum err refund_commit(struct shop *shop, const struct refund_ask *ask,
    struct sale_done *done_out);

/* The share of `whole` that `part` of `all` is, rounded half up: what is given
 * back of a line's amount and VAT once `part` of it has come back. */
int64_t refund_share(int64_t whole, int64_t part, int64_t all);

/* The same inside a write already begun. */
enum err refund_write(struct db *db, const struct shop *shop,
    const struct refund_ask *ask, struct sale_done *done_out);

#endif
