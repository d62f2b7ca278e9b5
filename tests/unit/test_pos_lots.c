/* A product may have any number of lots on the shelf. */
#include <string.h>

#include "base/clock.h"
#include "db/sale.h"
#include "db/stock.h"
#include "pos/sell/refund.h"
#include "pos/stock/receive.h"
#include "tests/tools/shop_fixture.h"
#include "tests/unit/t.h"

enum { MANY = 300 };

struct receiving {
    int32_t expires_day; /* of all of them */
    int64_t product_id;
};

/* MANY lots of one piece each, a receiving at a time. */
static enum err
receive_many(struct db *db, void *arg)
{
    const struct receiving *r = arg;
    struct receive_line line = {.product_id = r->product_id,
        .qty_milli = 1000, .expires_day = r->expires_day};
    struct receive_ask ask = {.staff = 2, .supplier = "HTX Minh Dương",
        .note = "", .lines = &line, .lines_len = 1};
    struct receive_done done;
    enum err e = OK;

    for (int i = 0; e == OK && i < MANY; i++) {
        line.cost = 1000 + i; /* another lot each */
        line.lot_code = "";
        e = receive_write(db, &ask, &done);
    }
    return e;
}

static void
receive(struct fixture *f, int32_t expires_day)
{
    struct receiving r = {.expires_day = expires_day, .product_id = 1};

    CHECK(fixture_write(f, receive_many, &r) == OK);
}

static int64_t
moves_of(struct fixture *f, int64_t sale_id)
{
    struct sale sale = {.moves = -1};

    CHECK(db_sale_get(f->db, sale_id, &sale) == OK);
    return sale.moves;
}

static void
test_lots__any_number_of_expired_ones_does_not_hide_the_good(void)
{
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    receive(&f, clock_day(FIXTURE_NOW) - 1);
    CHECK(fixture_sell(&f, 1, 25000, 0, &done) == OK); /* lots 1 and 2 */
    CHECK(moves_of(&f, done.sale_id) == 2);
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == ERR_LOT_EXPIRED);
    CHECK(fixture_sell(
              &f, 1, MANY * 1000, OVERRIDE_LOT_EXPIRED, &done) == OK);
    CHECK(moves_of(&f, done.sale_id) == MANY);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static void
test_lots__a_line_takes_as_many_as_it_needs(void)
{
    struct sale_done done;
    struct fixture f;
    int64_t left = -1;

    fixture_open(&f);
    receive(&f, clock_day(FIXTURE_NOW) + 50);
    CHECK(fixture_sell(&f, 1, (MANY + 26) * 1000, 0, &done)
        == ERR_STOCK_SHORT);
    CHECK(fixture_sell(&f, 1, (MANY + 20) * 1000, 0, &done) == OK);
    CHECK(db_stock_sellable(f.db, 1, clock_day(FIXTURE_NOW), &left) == OK);
    CHECK(left == 5000);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static void
test_lots__two_lines_share_many_lots(void)
{
    struct sale_ask_line lines[2] = {
        {.product_id = 1, .has_qty = true, .qty_milli = 200000},
        {.product_id = 1, .has_qty = true, .qty_milli = 125000}};
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 100000000, .reference = ""};
    struct sale_ask ask = {.lines = lines, .lines_len = 2,
        .payments = &cash, .payments_len = 1};
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    receive(&f, clock_day(FIXTURE_NOW) + 50);
    CHECK(fixture_sale(&f, &ask, &done) == OK); /* all 325 */
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == ERR_STOCK_SHORT);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static void
test_lots__the_one_asked_for_is_found_behind_many(void)
{
    struct sale_ask_line line = {
        .product_id = 1, .lot_id = 2, .has_qty = true, .qty_milli = 20000};
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 100000000, .reference = ""};
    struct sale_ask ask = {
        .lines = &line, .lines_len = 1, .payments = &cash, .payments_len = 1};
    struct stock_move move;
    struct sale_done done;
    struct fixture f;
    struct sale sale;

    fixture_open(&f);
    receive(&f, clock_day(FIXTURE_NOW) - 1);
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK && sale.moves == 1);
    CHECK(db_stock_moves_of(f.db, sale.first_move, 1, &move) == OK);
    CHECK(move.lot_id == 2);
    ask.key = NULL; /* nothing is left of it */
    CHECK(fixture_sale(&f, &ask, &done) == ERR_STOCK_SHORT);
    fixture_close(&f);
}

static enum err
give_back(struct db *db, void *arg)
{
    static const uint8_t digest[16] = {3};
    struct fixture *f = arg;
    struct sale_done done;
    struct refund_ask ask = {.key = "test-key-refund-1", .digest = digest,
        .sale_id = 1, .staff = 3, .method = PAY_CASH, .reason = ""};

    return refund_write(db, &f->shop, &ask, &done);
}

static void
test_lots__all_of_them_are_given_back(void)
{
    struct sale_done done;
    struct fixture f;
    int64_t left = -1;

    fixture_open(&f);
    receive(&f, clock_day(FIXTURE_NOW) + 50);
    CHECK(fixture_sell(&f, 1, (MANY + 25) * 1000, 0, &done) == OK);
    CHECK(fixture_write(&f, give_back, &f) == OK);
    CHECK(db_stock_sellable(f.db, 1, clock_day(FIXTURE_NOW), &left) == OK);
    CHECK(left == (MANY + 25) * 1000);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

int
main(void)
{
    RUN(test_lots__any_number_of_expired_ones_does_not_hide_the_good);
    RUN(test_lots__a_line_takes_as_many_as_it_needs);
    RUN(test_lots__two_lines_share_many_lots);
    RUN(test_lots__the_one_asked_for_is_found_behind_many);
    RUN(test_lots__all_of_them_are_given_back);
    return T_END();
}
