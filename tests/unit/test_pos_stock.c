/* Goods come in, stand in lots, and are counted right. */
#include <string.h>

#include "base/clock.h"
#include "db/product.h"
#include "db/receiving.h"
#include "db/stock.h"
#include "pos/stock/receive.h"
#include "tests/tools/shop_fixture.h"
#include "tests/unit/t.h"

enum { LINES = 4 };

/* A delivery being put together. */
struct delivery {
    struct receive_ask ask;
    struct receive_line lines[LINES];
    struct receive_done done;
};

static void
start(struct delivery *d)
{
    *d = (struct delivery){
        .ask = {.staff = 2, .supplier = "HTX Minh Dương", .note = ""}};
    d->ask.lines = d->lines;
}

static void
add(struct delivery *d, int64_t product_id, int64_t qty_milli,
    const char *code, int32_t expires_day, int64_t cost)
{
    d->lines[d->ask.lines_len++] = (struct receive_line){
        product_id, qty_milli, code, expires_day, cost};
}

static enum err
write_delivery(struct db *db, void *arg)
{
    struct delivery *d = arg;

    return receive_write(db, &d->ask, &d->done);
}

static enum err
deliver(struct fixture *f, struct delivery *d)
{
    return fixture_write(f, write_delivery, d);
}

static int32_t
today(void)
{
    return clock_day(FIXTURE_NOW);
}

static int64_t
lots(struct fixture *f)
{
    int64_t last = 0;

    CHECK(db_lot_last_id(f->db, &last) == OK);
    return last;
}

static int64_t
sellable(struct fixture *f, int64_t product_id, int32_t day)
{
    int64_t qty = -1;

    CHECK(db_stock_sellable(f->db, product_id, day, &qty) == OK);
    return qty;
}

static void
test_receiving__more_of_a_lot_goes_to_that_lot(void)
{
    struct receiving_line lines[LINES];
    struct delivery d;
    struct fixture f;
    size_t len;

    fixture_open(&f); /* lot 2: product 1, LO2, in 100 days, 41.000 */
    start(&d);
    add(&d, 1, 7000, "LO2", today() + 100, 41000);
    CHECK(deliver(&f, &d) == OK && lots(&f) == 3);
    CHECK(db_receiving_lines(f.db, d.done.receiving_id, lines, LINES, &len)
        == OK);
    CHECK(len == 1 && lines[0].lot_id == 2 && lines[0].qty_milli == 7000);
    CHECK(sellable(&f, 1, today()) == 32000);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static void
test_receiving__another_code_day_cost_or_supplier_is_another_lot(void)
{
    struct delivery d;
    struct fixture f;

    fixture_open(&f);
    start(&d);
    add(&d, 1, 1000, "LO3", today() + 100, 41000);
    add(&d, 1, 1000, "LO2", today() + 101, 41000);
    add(&d, 1, 1000, "LO2", today() + 100, 41001);
    CHECK(deliver(&f, &d) == OK && lots(&f) == 6);
    start(&d);
    d.ask.supplier = "Hộ Ngô Văn Xiêm";
    add(&d, 1, 1000, "LO2", today() + 100, 41000);
    CHECK(deliver(&f, &d) == OK && lots(&f) == 7);
    start(&d); /* and without code and day: the same when both lack them */
    add(&d, 2, 1000, "", DAY_NEVER, 600000);
    CHECK(deliver(&f, &d) == OK && lots(&f) == 7);
    fixture_close(&f);
}

static void
test_receiving__two_lines_of_a_new_lot_share_it(void)
{
    struct lot lot;
    struct delivery d;
    struct fixture f;

    fixture_open(&f);
    start(&d);
    add(&d, 1, 2000, "LO9", today() + 30, 40000);
    add(&d, 1, 3000, "LO9", today() + 30, 40000);
    CHECK(deliver(&f, &d) == OK && lots(&f) == 4);
    CHECK(db_lot_get(f.db, 4, &lot) == OK);
    CHECK_STR(lot.code, "LO9");
    CHECK(lot.expires_day == today() + 30 && lot.cost == 40000);
    CHECK(sellable(&f, 1, today() + 30) == 25000);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static void
test_stock__is_sellable_to_its_last_day_and_no_longer(void)
{
    struct fixture f;

    fixture_open(&f); /* 5 in 10 days, 20 in 100 days */
    CHECK(sellable(&f, 1, today()) == 25000);
    CHECK(sellable(&f, 1, today() + 10) == 25000);
    CHECK(sellable(&f, 1, today() + 11) == 20000);
    CHECK(sellable(&f, 1, today() + 101) == 0);
    CHECK(sellable(&f, 2, DAY_NEVER) == 3000);
    CHECK(sellable(&f, 3, today()) == 0);
    fixture_close(&f);
}

static void
test_receiving__what_expires_first_is_sold_first_whenever_it_came(void)
{
    struct stock_move moves[4];
    struct sale_done done;
    struct delivery d;
    struct fixture f;
    struct sale sale;

    fixture_open(&f);
    start(&d);
    add(&d, 1, 2000, "LO0", today() + 5, 41000);
    CHECK(deliver(&f, &d) == OK);
    CHECK(fixture_sell(&f, 1, 3000, 0, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK && sale.moves == 2);
    CHECK(db_stock_moves_of(f.db, sale.first_move, 2, moves) == OK);
    CHECK(moves[0].lot_id == 4 && moves[0].qty_milli == 2000);
    CHECK(moves[1].lot_id == 1 && moves[1].qty_milli == 1000);
    fixture_close(&f);
}

static void
test_receiving__refuses_services_unknown_products_and_parts(void)
{
    struct delivery d;
    struct fixture f;

    fixture_open(&f);
    start(&d);
    add(&d, 3, 1000, "", DAY_NEVER, 1);
    CHECK(deliver(&f, &d) == ERR_FIELD_VALUE);
    start(&d);
    add(&d, 1, 1000, "", DAY_NEVER, 1);
    add(&d, 99, 1000, "", DAY_NEVER, 1);
    CHECK(deliver(&f, &d) == ERR_NOT_FOUND);
    start(&d);
    add(&d, 1, 1500, "", DAY_NEVER, 1);
    CHECK(deliver(&f, &d) == ERR_FIELD_VALUE);
    CHECK_STR(err_last()->path, "lines[0].qty");
    CHECK(lots(&f) == 3 && sellable(&f, 1, today()) == 25000);
    fixture_close(&f);
}

static void
test_receiving__the_same_key_receives_once(void)
{
    static const uint8_t digest[16] = {1}, other[16] = {2};
    struct delivery d;
    struct fixture f;
    int64_t first;

    fixture_open(&f);
    start(&d);
    add(&d, 1, 1000, "LO2", today() + 100, 41000);
    d.ask.key = "018f-receive-once";
    d.ask.digest = digest;
    CHECK(deliver(&f, &d) == OK && !d.done.replayed);
    first = d.done.receiving_id;
    CHECK(deliver(&f, &d) == OK && d.done.replayed);
    CHECK(d.done.receiving_id == first);
    CHECK(sellable(&f, 1, today()) == 26000);
    d.ask.digest = other;
    CHECK(deliver(&f, &d) == ERR_KEY_REUSED);
    fixture_close(&f);
}

/* --- the ledger behind a number --- */

struct walked {
    int64_t moves, last_id, sum;
};

static enum err
walk(void *arg, const struct stock_move *m)
{
    struct walked *w = arg;

    CHECK(m->id < w->last_id && m->product_id == 1);
    w->last_id = m->id;
    w->moves++;
    w->sum += m->to == ACCOUNT_SHELF ? m->qty_milli : 0;
    w->sum -= m->from == ACCOUNT_SHELF ? m->qty_milli : 0;
    return OK;
}

static void
test_stock__its_moves_are_the_number_on_the_shelf(void)
{
    struct walked w = {.last_id = INT64_MAX};
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    for (int i = 0; i < 6; i++)
        CHECK(fixture_sell(&f, 1, 2000, 0, &done) == OK);
    CHECK(fixture_sell(&f, 1, 20000, OVERRIDE_STOCK_SHORT, &done) == OK);
    CHECK(db_stock_history(f.db, 1, INT64_MAX, 1000, walk, &w) == OK);
    CHECK(w.moves > 8 && w.sum == sellable(&f, 1, today()));
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

int
main(void)
{
    RUN(test_receiving__more_of_a_lot_goes_to_that_lot);
    RUN(test_receiving__another_code_day_cost_or_supplier_is_another_lot);
    RUN(test_receiving__two_lines_of_a_new_lot_share_it);
    RUN(test_stock__is_sellable_to_its_last_day_and_no_longer);
    RUN(test_receiving__what_expires_first_is_sold_first_whenever_it_came);
    RUN(test_receiving__refuses_services_unknown_products_and_parts);
    RUN(test_receiving__the_same_key_receives_once);
    RUN(test_stock__its_moves_are_the_number_on_the_shelf);
    return T_END();
}
