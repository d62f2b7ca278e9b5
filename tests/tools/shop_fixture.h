/* tests/tools/shop_fixture.h - a small showroom in memory, for unit tests.
 *
 * Showroom 101, till 1 with an open shift of 500.000, and three products:
 *   1 "Miến Minh Dương"  gói  60.000  VAT 8  8934567890120, 10 lots of stock
 *   2 "Thịt trâu gác bếp" kg 850.000  VAT 8  weighed
 *   3 "Vé tham quan"     vé   50.000  VAT 10 service
 * Product 1 has lots 1 (expires in 10 days, 5 pieces) and 2 (in 100 days, 20
 * pieces); product 2 has lot 3 (no date, 3 kg). */
#ifndef TESTS_TOOLS_SHOP_FIXTURE_H
#define TESTS_TOOLS_SHOP_FIXTURE_H

#include <stdint.h>

#include "base/err.h"
#include "base/settings.h"
#include "db/db.h"
#include "pos/sell/sale.h"
#include "pos/shop.h"

struct fixture {
    struct db *db;
    struct shop shop;
    struct settings settings;
    int keys; /* made so far */
};

/* The clock stands at 2026-11-22T09:15:00+07:00. */
#define FIXTURE_NOW INT64_C(1795313700)

void fixture_open(struct fixture *f);
/* The same in a file. */
void fixture_open_file(struct fixture *f, const char *path);
void fixture_close(struct fixture *f);

/* Run one write; what it returns. */
enum err fixture_write(struct fixture *f, write_fn *fn, void *arg);

/* Sell `qty_milli` of a product, for cash that suffices; the receipt's id. */
enum err fixture_sell(struct fixture *f, int64_t product_id,
    int64_t qty_milli, unsigned overrides, struct sale_done *done_out);

/* Sell as asked; key and digest are made when they are NULL. */
enum err fixture_sale(struct fixture *f, struct sale_ask *ask,
    struct sale_done *done_out);

/* Set the clock to `unix` seconds. */
void fixture_clock(int64_t unix);

#endif
