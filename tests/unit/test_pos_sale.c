#include <string.h>

#include "db/sale.h"
#include "db/shift.h"
#include "db/stock.h"
#include "tests/tools/shop_fixture.h"
#include "tests/unit/t.h"

static int64_t
on_shelf(struct fixture *f, int64_t product_id, int32_t day)
{
    int64_t qty = -1;

    CHECK(db_stock_sellable(f->db, product_id, day, &qty) == OK);
    return qty;
}

static void
test_sale__takes_price_vat_and_lot_from_the_database(void)
{
    struct sale_line lines[4];
    struct stock_move moves[4];
    struct sale_done done;
    struct fixture f;
    struct sale sale;
    size_t len;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 2000, 0, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(db_sale_lines(f.db, done.sale_id, lines, 4, &len) == OK);
    CHECK(sale.id == 1 && sale.total == 120000 && len == 1);
    CHECK(lines[0].price == 60000 && lines[0].amount == 120000);
    CHECK(lines[0].vat == 8889 && lines[0].vat_bp == 800);
    CHECK_STR(lines[0].name, "Miến Minh Dương");
    CHECK(sale.moves == 1);
    CHECK(db_stock_moves_of(f.db, sale.first_move, 1, moves) == OK);
    CHECK(moves[0].lot_id == 1 && moves[0].to == ACCOUNT_SOLD);
    CHECK(on_shelf(&f, 1, 0) == 23000);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static void
test_sale__sells_the_lot_that_expires_first(void)
{
    struct stock_move moves[4];
    struct sale_done done;
    struct fixture f;
    struct sale sale;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 7000, 0, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK && sale.moves == 2);
    CHECK(db_stock_moves_of(f.db, sale.first_move, 2, moves) == OK);
    CHECK(moves[0].lot_id == 1 && moves[0].qty_milli == 5000);
    CHECK(moves[1].lot_id == 2 && moves[1].qty_milli == 2000);
    fixture_close(&f);
}

static void
test_sale__two_lines_of_one_product_share_its_lots(void)
{
    struct sale_ask_line lines[2] = {
        {.product_id = 1, .has_qty = true, .qty_milli = 20000},
        {.product_id = 1, .has_qty = true, .qty_milli = 6000}};
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 10000000, .reference = ""};
    struct sale_ask ask = {.lines = lines, .lines_len = 2,
        .payments = &cash, .payments_len = 1};
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    CHECK(fixture_sale(&f, &ask, &done) == ERR_STOCK_SHORT);
    lines[1].qty_milli = 5000;
    ask.key = NULL;
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(on_shelf(&f, 1, 0) == 0);
    fixture_close(&f);
}

static void
test_sale__refuses_what_is_not_there_and_writes_nothing(void)
{
    struct sale_done done;
    struct journal_head before, after;
    struct fixture f;

    fixture_open(&f);
    CHECK(db_journal_head(f.db, &before) == OK);
    CHECK(fixture_sell(&f, 1, 26000, 0, &done) == ERR_STOCK_SHORT);
    CHECK(strcmp(err_last()->args[2].name, "left") == 0);
    CHECK_STR(err_last()->args[2].value, "25");
    CHECK(db_journal_head(f.db, &after) == OK);
    CHECK(before.seq == after.seq);
    CHECK(on_shelf(&f, 1, 0) == 25000);
    fixture_close(&f);
}

static void
test_sale__a_manager_lets_it_pass_and_the_books_still_balance(void)
{
    struct sale_done done;
    struct fixture f;
    struct sale sale;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 26000, OVERRIDE_STOCK_SHORT, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(sale.approved_by == 3);
    CHECK(on_shelf(&f, 1, 0) == 0);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static void
test_sale__an_expired_lot_needs_a_manager(void)
{
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    fixture_clock(FIXTURE_NOW + 11 * 86400); /* lot 1 is a day too old */
    CHECK(fixture_sell(&f, 1, 20000, 0, &done) == OK); /* all of lot 2 */
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == ERR_LOT_EXPIRED);
    CHECK(fixture_sell(&f, 1, 1000, OVERRIDE_LOT_EXPIRED, &done) == OK);
    fixture_close(&f);
}

static void
test_sale__the_last_day_of_a_lot_is_a_day_of_sale(void)
{
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    fixture_clock(FIXTURE_NOW + 10 * 86400);
    CHECK(fixture_sell(&f, 1, 25000, 0, &done) == OK);
    fixture_close(&f);
}

static void
test_sale__the_same_key_never_sells_twice(void)
{
    static const uint8_t other[16] = {2};
    struct sale_ask_line line = {.product_id = 1};
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 60000, .reference = ""};
    struct sale_ask ask = {.key = "018f-aaaa-bbbb-cccc", .lines = &line,
        .lines_len = 1, .payments = &cash, .payments_len = 1};
    struct sale_done first, again;
    struct fixture f;

    fixture_open(&f);
    CHECK(fixture_sale(&f, &ask, &first) == OK && !first.replayed);
    CHECK(fixture_sale(&f, &ask, &again) == OK && again.replayed);
    CHECK(first.sale_id == again.sale_id);
    CHECK(on_shelf(&f, 1, 0) == 24000);
    ask.digest = other;
    CHECK(fixture_sale(&f, &ask, &again) == ERR_KEY_REUSED);
    fixture_close(&f);
}

static void
test_sale__splits_payment_and_gives_change_in_cash(void)
{
    struct sale_ask_line line = {
        .product_id = 1, .has_qty = true, .qty_milli = 10000};
    struct sale_ask_payment pays[2] = {
        {.method = PAY_CASH, .tendered = 500000, .reference = ""},
        {.method = PAY_TRANSFER, .has_amount = true, .amount = 120000,
            .reference = "K7Q2M"}};
    struct sale_ask ask = {.lines = &line, .lines_len = 1, .payments = pays,
        .payments_len = 2, .has_expected = true, .expected_total = 600000};
    struct payment paid[4];
    struct sale_done done;
    struct fixture f;
    struct shift shift;
    struct sale sale;
    size_t len;

    fixture_open(&f);
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(sale.change == 20000 && sale.rounding == 0);
    CHECK(db_sale_payments(f.db, done.sale_id, paid, 4, &len) == OK);
    CHECK(len == 2 && paid[0].amount == 480000 && paid[1].amount == 120000);
    CHECK(db_shift_open_of(f.db, 1, &shift) == OK);
    CHECK(shift.cash == 480000 && shift.transfer == 120000);
    CHECK(shift.sales == 1 && shift.sales_total == 600000);
    fixture_close(&f);
}

static void
test_sale__refuses_too_little_and_too_much(void)
{
    struct sale_ask_line line = {.product_id = 1};
    struct sale_ask_payment pay = {
        .method = PAY_CASH, .tendered = 59999, .reference = ""};
    struct sale_ask ask = {.lines = &line, .lines_len = 1, .payments = &pay,
        .payments_len = 1};
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    CHECK(fixture_sale(&f, &ask, &done) == ERR_PAID_SHORT);
    pay = (struct sale_ask_payment){
        .method = PAY_TRANSFER, .amount = 60001, .reference = ""};
    CHECK(fixture_sale(&f, &ask, &done) == ERR_PAID_OVER);
    ask.has_expected = true;
    ask.expected_total = 59000;
    CHECK(fixture_sale(&f, &ask, &done) == ERR_PRICE_CHANGED);
    fixture_close(&f);
}

static void
test_sale__cash_is_rounded_as_the_shop_has_set_and_a_transfer_never(void)
{
    struct sale_ask_line line = {
        .product_id = 2, .has_qty = true, .qty_milli = 755};
    struct sale_ask_payment pay = {
        .method = PAY_CASH, .tendered = 700000, .reference = ""};
    struct sale_ask ask = {.lines = &line, .lines_len = 1, .payments = &pay,
        .payments_len = 1};
    struct sale_done done;
    struct fixture f;
    struct sale sale;

    fixture_open(&f);
    f.settings.cash_rounding = 1000;
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(sale.total == 641750); /* 0,755 kg of 850.000 */
    CHECK(sale.rounding == 250 && sale.change == 58000);
    pay = (struct sale_ask_payment){
        .method = PAY_TRANSFER, .amount = 641750, .reference = ""};
    ask.key = NULL;
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(sale.rounding == 0);
    fixture_close(&f);
}

static void
test_sale__a_discount_stays_within_the_role(void)
{
    struct sale_ask_line line = {.product_id = 1, .discount = 3001};
    struct sale_ask_payment pay = {
        .method = PAY_CASH, .tendered = 60000, .reference = ""};
    struct sale_ask ask = {.lines = &line, .lines_len = 1, .payments = &pay,
        .payments_len = 1};
    struct sale_done done;
    struct fixture f;
    struct sale sale;

    fixture_open(&f);
    CHECK(fixture_sale(&f, &ask, &done) == ERR_DISCOUNT_LIMIT);
    line.discount = 3000; /* 5 % */
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(sale.total == 57000);
    line.discount = 30000;
    ask.key = NULL;
    ask.overrides = OVERRIDE_DISCOUNT;
    CHECK(fixture_sale(&f, &ask, &done) == ERR_FORBIDDEN);
    ask.approved_by = 2;
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(sale.approved_by == 2);
    fixture_close(&f);
}

static void
test_sale__what_is_sold_whole_is_not_cut(void)
{
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 1500, 0, &done) == ERR_FIELD_VALUE);
    CHECK(fixture_sell(&f, 2, 1500, 0, &done) == OK);
    CHECK(fixture_sell(&f, 3, 2000, 0, &done) == OK); /* no stock needed */
    fixture_close(&f);
}

static void
test_sale__a_scan_of_barcode_or_scale_label_finds_the_product(void)
{
    struct sale_ask_line lines[2] = {
        {.code = "8934567890120"}, {.code = "2020001003501"}};
    struct sale_ask_payment pay = {
        .method = PAY_CASH, .tendered = 1000000, .reference = ""};
    struct sale_ask ask = {.lines = lines, .lines_len = 2, .payments = &pay,
        .payments_len = 1};
    struct sale_line sold[4];
    struct sale_done done;
    struct fixture f;
    size_t len;

    fixture_open(&f);
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(db_sale_lines(f.db, done.sale_id, sold, 4, &len) == OK);
    CHECK(len == 2 && sold[0].product_id == 1 && sold[1].product_id == 2);
    CHECK(sold[0].qty_milli == 1000 && sold[1].qty_milli == 350);
    lines[0].code = "8934567890137";
    ask.key = NULL;
    CHECK(fixture_sale(&f, &ask, &done) == ERR_NOT_FOUND);
    fixture_close(&f);
}

static void
test_sale__needs_an_open_shift(void)
{
    struct sale_ask_line line = {.product_id = 1};
    struct sale_ask ask = {.till = 2, .lines = &line, .lines_len = 1};
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    CHECK(fixture_sale(&f, &ask, &done) == ERR_SHIFT_CLOSED);
    fixture_close(&f);
}

int
main(void)
{
    RUN(test_sale__takes_price_vat_and_lot_from_the_database);
    RUN(test_sale__sells_the_lot_that_expires_first);
    RUN(test_sale__two_lines_of_one_product_share_its_lots);
    RUN(test_sale__refuses_what_is_not_there_and_writes_nothing);
    RUN(test_sale__a_manager_lets_it_pass_and_the_books_still_balance);
    RUN(test_sale__an_expired_lot_needs_a_manager);
    RUN(test_sale__the_last_day_of_a_lot_is_a_day_of_sale);
    RUN(test_sale__the_same_key_never_sells_twice);
    RUN(test_sale__splits_payment_and_gives_change_in_cash);
    RUN(test_sale__refuses_too_little_and_too_much);
    RUN(test_sale__cash_is_rounded_as_the_shop_has_set_and_a_transfer_never);
    RUN(test_sale__a_discount_stays_within_the_role);
    RUN(test_sale__what_is_sold_whole_is_not_cut);
    RUN(test_sale__a_scan_of_barcode_or_scale_label_finds_the_product);
    RUN(test_sale__needs_an_open_shift);
    return T_END();
}
