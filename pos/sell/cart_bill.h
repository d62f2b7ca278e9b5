/* pos/sell/cart_bill.h - a cart in memory while it is being changed. */
#ifndef POS_SELL_CART_BILL_H
#define POS_SELL_CART_BILL_H

#include "pos/sell/cart.h"

struct cart_bill {
    struct db *db;
    int32_t day;
    int64_t at;
    struct cart cart;
    struct cart_line lines[CART_LINES_MAX + 1]; /* by number; room for one to
                                                   be added and refused */
    size_t len;
};

/* Do one thing to it; `path` is where the request says so ("do[2]"). */
enum err cart_do(struct cart_bill *b, const struct cart_do *d,
    const char *path);

#endif
