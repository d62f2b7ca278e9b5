/* pos/sell/sale.h - selling: a bill becomes a receipt, or a sentence why not.
 *
 * Price, VAT class, lot and certificate come from the database, never from
 * whoever asks.  Everything is decided and written in one write. */
#ifndef POS_SELL_SALE_H
#define POS_SELL_SALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/sale.h"
#include "db/staff.h"
#include "pos/fact/fact_sale.h"

struct db;
struct shop;

/* A line as it was asked for. */
struct sale_ask_line {
    int64_t product_id; /* 0: by `code` */
    const char *code;
    bool has_qty;       /* else one unit, or what the code carries */
    int64_t qty_milli;  /* of units; of packs when the code is a pack's */
    int64_t lot_id;     /* 0: first expiring first */
    int64_t discount;   /* dong off the line */
    bool has_price;     /* another price than the list's was agreed */
    int64_t price;
};

struct sale_ask_payment {
    enum pay_method method;
    bool has_amount;
    int64_t amount;   /* transfer: required; cash: what of it pays, or rest */
    int64_t tendered; /* cash: handed over */
    const char *reference;
    int64_t transfer_id; /* 0: none; else it must be met, of that amount,
                            and its code is the reference */
};

struct sale_ask {
    const char *key;            /* Idempotency-Key */
    const uint8_t *digest;      /* 16 bytes, of the whole request */
    int64_t till;
    int64_t staff;
    enum role role;             /* for discount limits and exceptions */
    int64_t approved_by;        /* manager who approved; 0: none */
    unsigned overrides;         /* exceptions asked for */
    const struct sale_ask_line *lines;
    size_t lines_len;
    const struct sale_ask_payment *payments;
    size_t payments_len;
    bool has_expected;
    int64_t expected_total;
    const char *note;           /* cleaned text */
    int64_t bill_percent;       /* off the bill, thousandths of a percent */
    int64_t bill_discount;      /* or dong; 0 none */
    int64_t cart_id;            /* sell this cart; lines and what is off the
                                   bill are then its own; 0: none */
    int64_t cart_version;       /* as the cashier saw it */
};

struct sale_done {
    int64_t sale_id;
    bool replayed; /* the key was carried out before; nothing was written */
    int64_t cart_version; /* of the cart that was sold, now */
};

/* Sell.  The expected errors: ERR_KEY_REUSED, ERR_SHIFT_CLOSED, ERR_NOT_FOUND,
 * ERR_PRODUCT_RETIRED, ERR_PRICE_MISSING, ERR_FIELD_VALUE (with path),
 * ERR_DISCOUNT_LIMIT, ERR_RECALLED, ERR_WITHDRAWN, ERR_LOT_EXPIRED,
 * ERR_STOCK_SHORT, ERR_PRICE_CHANGED, ERR_PAID_SHORT, ERR_PAID_OVER,
 * ERR_FORBIDDEN (exceptions asked without a manager), ERR_PRICE_OVERRIDE,
 * ERR_TRANSFER_WAITING, ERR_TRANSFER_USED (pos/pay/take.h);
 * of a cart ERR_CART_SOLD, ERR_CART_CHANGED, ERR_NOT_FOUND.
 * With ERR_PRICE_CHANGED `quote_out`, when given, holds the lines as they
 * would be sold; else it is left alone.  sale_quote_finish frees it. */
struct sale_quote {
    struct sale_line *lines;
    size_t lines_len;
    int64_t total;
};
enum err sale_commit(struct shop *shop, const struct sale_ask *ask,
    struct sale_done *done_out, struct sale_quote *quote_out);
void sale_quote_finish(struct sale_quote *q);

/* The same inside a write already begun: for imports, tests, the bench. */
enum err sale_write(struct db *db, const struct shop *shop,
    const struct sale_ask *ask, struct sale_done *done_out,
    struct sale_quote *quote_out);

/* Was the key carried out?  *done_out->replayed says; ERR_KEY_REUSED when with
 * another digest. */
enum err request_seen(struct db *db, const char *key, const uint8_t *digest,
    enum request_kind kind, struct sale_done *done_out);

#endif
