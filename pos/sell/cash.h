/* pos/sell/cash.h - money into a drawer and out of it without a receipt, and
 * drawers opened for neither: who, why, and in which shift. */
#ifndef POS_SELL_CASH_H
#define POS_SELL_CASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/cash.h"

struct shop;
struct db;

struct cash_ask {
    enum cash_kind kind;
    int64_t shift_id;    /* of money: the shift whose drawer it is */
    int64_t till;        /* of a drawer; of money the till that asks, 0: any */
    int64_t amount;      /* of money: dong, > 0 */
    int64_t staff;
    const char *reason;  /* cleaned, not empty, below CASH_REASON */
    const char *key;     /* Idempotency-Key; NULL none */
    const uint8_t *digest; /* of the request, 16 bytes; with key */
};

struct cash_done {
    int64_t move_id;
    bool replayed; /* the key was seen: nothing new was written or opened */
};

/* Into the journal, into the shift's sums, and the till's drawer opens where a
 * printer opens it.  Money: ERR_NOT_FOUND, ERR_SHIFT_CLOSED, ERR_FORBIDDEN
 * when another till asks.  A drawer alone: ERR_NOT_FOUND when no such till
 * stands, or, with the case "drawer", when nothing opens its drawer; it needs
 * no shift.  ERR_KEY_REUSED. */
enum err cash_commit(struct shop *shop, const struct cash_ask *ask,
    struct cash_done *done_out);

/* The same inside a write already begun. */
enum err cash_write(struct db *db, const struct shop *shop,
    const struct cash_ask *ask, struct cash_done *done_out);

#endif
