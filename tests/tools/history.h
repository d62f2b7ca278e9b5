/* tests/tools/history.h - a showroom's past by chance: sales of several lines
 * in cash and by transfer, refunds of parts to the shelf and to the damaged
 * goods, goods received into old lots and new ones, prices and products that
 * change, shifts closed and opened, money in and out, copies printed, people
 * who come and go, a list of certified products.  The same seed makes the same
 * past. */
#ifndef TESTS_TOOLS_HISTORY_H
#define TESTS_TOOLS_HISTORY_H

#include <stdint.h>

#include "tests/tools/shop_fixture.h"

struct history {
    struct fixture *f;
    uint64_t chance;
    int64_t now;
    int sales, refunds, receivings, prices, products, shifts, others;
    int refused; /* asked for and, rightly, not done */
};

/* Add events until `count` sales, refunds and receivings were made. */
void history_make(struct history *h, struct fixture *f, uint64_t seed,
    int count);

/* One event more. */
void history_event(struct history *h);

/* Inside a write: a bill that was kept as a cart, sold or thrown away; `arg`
 * is the history. */
enum err history_cart(struct db *db, void *arg);
/* Inside a write: money put in or taken out, or a drawer opened. */
enum err history_cash(struct db *db, void *arg);
/* The same: money seen in the bank's app; nothing of it is by chance. */
enum err history_transfer(struct db *db, void *arg);

#endif
