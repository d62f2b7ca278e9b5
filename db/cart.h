/* db/cart.h - open bills: what was asked for so far, and the way back.
 *
 * A bill is no fact and not in the journal.  It is written by the same writer
 * as all else, so it survives what that survives.  Functions that add, put or
 * remove run inside a write. */
#ifndef DB_CART_H
#define DB_CART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"
#include "db/sale.h"

struct db;

enum cart_state {
    CART_OPEN = 1,
    CART_PARKED,
    CART_WAITING, /* for a transfer's money: its lines stand still */
    CART_SOLD
};

/* "open", "parked", "waiting", "sold". */
const char *cart_state_name(enum cart_state state);

enum {
    CART_LINES_MAX = SALE_LINES_MAX,
    CART_LABEL = 121,
    CART_CHANGES_MAX = 100, /* kept of one cart: 50 and their taking back */
    CART_PERCENT = 100000   /* the whole, in thousandths of a percent */
};

struct cart {
    int64_t id;
    char key[DB_KEY]; /* Idempotency-Key of its sale */
    int64_t till;
    enum cart_state state;
    int64_t version;
    int64_t staff;     /* who changed it last */
    int64_t next_line;
    int64_t percent;   /* off the bill, thousandths of a percent; 0 none */
    int64_t discount;  /* or dong off the bill */
    int64_t created_at, changed_at;
    int64_t sale_id;   /* once sold */
    char label[CART_LABEL];
    char note[DB_NOTE];
};

struct cart_line {
    int64_t n; /* its own for good; gaps where lines were removed */
    int64_t product_id; /* 0 in a line before a change: there was none */
    int64_t lot_id;     /* 0: first expiring first */
    int64_t qty_milli;
    int64_t discount;   /* dong off the line */
    int64_t price;      /* agreed; -1: the list's */
};

/* Read of `c`: key, till, staff, created_at, label. */
enum err db_cart_add(struct db *db, const struct cart *c, int64_t *id_out);
/* All but id, key and created_at. */
enum err db_cart_put(struct db *db, const struct cart *c);
/* With its lines and changes. */
enum err db_cart_remove(struct db *db, int64_t id);
/* At most `limit` bills sold before `before`. */
enum err db_cart_forget(struct db *db, int64_t before, int64_t limit);

/* ERR_NOT_FOUND, with the case "cart" by id. */
enum err db_cart_get(struct db *db, int64_t id, struct cart *out);
enum err db_cart_by_key(struct db *db, const char *key, int64_t *id_out);

/* How many there are that are not sold. */
enum err db_cart_count(struct db *db, int64_t *count_out);

/* Those not sold of a till (0: any) in a state (0: any), by id, behind
 * `after`. */
struct cart_filter {
    int64_t till;
    enum cart_state state;
    int64_t after;
    int64_t limit;
};
enum err db_cart_each(struct db *db, const struct cart_filter *filter,
    enum err (*fn)(void *arg, const struct cart *c), void *arg);

/* The lines in order of their numbers, at most CART_LINES_MAX. */
enum err db_cart_lines(struct db *db, int64_t cart_id,
    struct cart_line *lines_out, size_t *len_out);
enum err db_cart_line_put(struct db *db, int64_t cart_id,
    const struct cart_line *line);
enum err db_cart_line_remove(struct db *db, int64_t cart_id, int64_t n);
enum err db_cart_lines_clear(struct db *db, int64_t cart_id);

/* One change of a cart. */
struct cart_change {
    int64_t cart_id;
    int64_t version;  /* the cart's after it */
    char op[DB_KEY];  /* made by whoever asked, for this change alone */
    uint8_t digest[16];
    bool undo;        /* it can be taken back */
    int64_t percent, discount; /* before it */
    char note[DB_NOTE];
};
enum err db_cart_change_add(struct db *db, const struct cart_change *c);
/* ERR_NOT_FOUND when there is none. */
enum err db_cart_change_by_op(struct db *db, int64_t cart_id, const char *op,
    struct cart_change *out);
/* The newest that can be taken back. */
enum err db_cart_change_last(struct db *db, int64_t cart_id,
    struct cart_change *out);
/* It was taken back. */
enum err db_cart_change_done(struct db *db, int64_t cart_id, int64_t version);
/* Forget those up to `version`. */
enum err db_cart_change_drop(struct db *db, int64_t cart_id, int64_t version);

/* A line as it was before the change; product_id 0: there was none. */
enum err db_cart_before_add(struct db *db, int64_t cart_id, int64_t version,
    const struct cart_line *line);
enum err db_cart_before(struct db *db, int64_t cart_id, int64_t version,
    struct cart_line *lines_out, size_t *len_out);

/* A bill thrown away with goods on it: of the journal, kind "void". */
struct cart_void {
    int64_t seq;
    int64_t at, till, staff, lines, total;
};
enum err db_cart_void_add(struct db *db, const struct cart_void *v);

/* The product's newest lot with that code; ERR_NOT_FOUND. */
enum err db_lot_by_code(struct db *db, int64_t product_id, const char *code,
    int64_t *id_out);

#endif
