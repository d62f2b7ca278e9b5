/* pos/sell/cart.h - open bills, kept by the daemon.
 *
 * A cart keeps what is asked for: products, quantities, what is taken off.
 * Prices, stock and certificates are read anew whenever it is looked at or
 * sold.  Every change is one write and one version; all of it, or nothing. */
#ifndef POS_SELL_CART_H
#define POS_SELL_CART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/cart.h"

struct db;
struct shop;
struct sale_ask;
struct sale_ask_line;

enum {
    CART_DOS_MAX = 50,    /* in one change */
    CARTS_MAX = 200,      /* not sold, of the whole showroom */
    CART_KEPT_DAYS = 30   /* how long a sold one is still known */
};

/* One thing to do.  What of it counts hangs on `kind`. */
enum cart_do_kind {
    CART_DO_ADD,      /* product_id or code, qty, lot */
    CART_DO_LINE,     /* line, and what of it changes */
    CART_DO_REMOVE,   /* line */
    CART_DO_DISCOUNT, /* percent or discount off the bill; neither: none */
    CART_DO_NOTE,     /* text */
    CART_DO_LABEL,    /* text */
    CART_DO_STATE,    /* state: open or parked */
    CART_DO_TILL,     /* till */
    CART_DO_UNDO      /* the last change; alone */
};

struct cart_do {
    enum cart_do_kind kind;
    int64_t line;
    int64_t product_id; /* 0: by code */
    const char *code;
    bool has_qty, has_lot, has_discount, has_price;
    int64_t qty_milli;
    int64_t lot_id;   /* 0: first expiring first */
    int64_t discount;
    int64_t price;    /* -1: the list's */
    int64_t percent;  /* thousandths of a percent */
    int64_t till;
    enum cart_state state;
    const char *text; /* cleaned */
};

struct cart_ask {
    int64_t cart_id;
    bool any_version;    /* else it must be this one */
    int64_t version;
    const char *op;      /* 16..64 visible ASCII, made for this change */
    const uint8_t *digest; /* 16 bytes, of what is asked */
    int64_t staff;
    int64_t own_till;    /* of the device that asks; 0: a program, any */
    const struct cart_do *dos;
    size_t dos_len;
};

struct cart_done {
    struct cart cart; /* as it is now */
    bool replayed;    /* done before; nothing was written */
    bool removed;     /* it is no more */
    size_t at;        /* of a failure: which of the things to do */
};

/* Open one.  `key` is its sale's Idempotency-Key; NULL: one is made.  The same
 * key again is the same cart (replayed).  ERR_CART_SOLD, ERR_NOT_FOUND (no such
 * till), ERR_TOO_LARGE (CARTS_MAX). */
struct cart_open {
    int64_t till;
    int64_t staff;
    const char *key;
    const char *label; /* cleaned */
};
enum err cart_open(struct shop *shop, const struct cart_open *ask,
    struct cart_done *done_out);

/* Change it.  ERR_NOT_FOUND; ERR_CART_SOLD; ERR_FORBIDDEN: open at another
 * till; ERR_KEY_REUSED: the op was another change; ERR_CART_CHANGED;
 * ERR_CART_WAITING; ERR_CHOOSE: the code of do[at] means several products;
 * ERR_UNDO_EMPTY; ERR_PRODUCT_RETIRED, ERR_PRICE_MISSING, ERR_FIELD_VALUE with
 * path, ERR_TOO_LARGE. */
enum err cart_change(struct shop *shop, const struct cart_ask *ask,
    struct cart_done *done_out);

/* Throw it away; with lines on it that is a fact (kind "void").  Of `ask` the
 * members up to own_till but `op`. */
enum err cart_remove(struct shop *shop, const struct cart_ask *ask,
    struct cart_done *done_out);

/* The same inside a write already begun. */
enum err cart_open_write(struct db *db, const struct cart_open *ask,
    int64_t showroom, struct cart_done *done_out);
enum err cart_change_write(struct db *db, const struct shop *shop,
    const struct cart_ask *ask, struct cart_done *done_out);
enum err cart_remove_write(struct db *db, const struct shop *shop,
    const struct cart_ask *ask, struct cart_done *done_out);

/* ERR_NOT_FOUND, and ERR_CART_SOLD with its receipt_no. */
enum err cart_get(struct db *db, int64_t showroom, int64_t id,
    struct cart *out);

/* Inside a write: it waits for a transfer, or does so no more.  Its version
 * goes on.  ERR_CART_SOLD, ERR_NOT_FOUND. */
enum err cart_wait(struct db *db, int64_t showroom, int64_t id, bool waits,
    int64_t staff, struct cart *out);

/* What a cart asks for, as a sale or a look reads it, into `lines_out` (room
 * for CART_LINES_MAX), with what is off the bill and the note in `ask`. */
enum err cart_asks(struct db *db, const struct cart *c,
    struct sale_ask_line *lines_out, struct sale_ask *ask);

/* Inside the write that sells ask->cart_id: is it as the cashier saw it, and
 * ask->key its key? */
enum err cart_check(struct db *db, int64_t showroom,
    const struct sale_ask *ask, struct cart *out);
/* It was sold as `sale_id`: of the cart only that is kept. */
enum err cart_sold(struct db *db, struct cart *c, int64_t sale_id,
    int64_t staff, int64_t at);

#endif
