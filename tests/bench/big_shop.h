/* tests/bench/big_shop.h - a showroom with so many sales behind it. */
#ifndef TESTS_BENCH_BIG_SHOP_H
#define TESTS_BENCH_BIG_SHOP_H

#include <stdint.h>

#include "pos/open.h"
#include "pos/sell/sale.h"

enum { BIG_LINES = 5 };

/* Make a showroom of `products` products in `dir` (a new folder): each with a
 * lot of a million, till 1 with an open shift.  Stops the program when it
 * cannot. */
void big_shop_make(const char *dir, int products);

/* Sell until there are `sales` receipts, many in one transaction. */
void big_shop_fill(const char *dir, int products, int64_t sales);

/* A five-line sale of products that sell as in life (four of five from a fifth
 * of the shelf); the pointers stay valid as long as `bill`. */
struct big_bill {
    struct sale_ask ask;
    struct sale_ask_line lines[BIG_LINES];
    struct sale_ask_payment cash;
    char key[64];
    uint8_t digest[16];
};
void big_bill_make(struct big_bill *bill, uint64_t *random, int products);

/* Stop the program with what went wrong, unless all is well. */
void big_must(enum err e, const char *what);

#endif
