/* Bills kept by the daemon: pos/sell/cart.h over the shop of shop_fixture. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "db/stock.h"
#include "pos/sell/cart.h"
#include "pos/sell/cart_look.h"
#include "tests/tools/shop_fixture.h"
#include "tests/unit/t.h"

struct doing {
    struct fixture *f;
    struct cart_open open;
    struct cart_ask ask;
    struct cart_done done;
    int ops;
};

static enum err
open_it(struct db *db, void *arg)
{
    struct doing *d = arg;

    return cart_open_write(db, &d->open, 101, &d->done);
}

static enum err
change_it(struct db *db, void *arg)
{
    struct doing *d = arg;

    return cart_change_write(db, &d->f->shop, &d->ask, &d->done);
}

static enum err
remove_it(struct db *db, void *arg)
{
    struct doing *d = arg;

    return cart_remove_write(db, &d->f->shop, &d->ask, &d->done);
}

static void
begin(struct doing *d, struct fixture *f)
{
    fixture_open(f);
    *d = (struct doing){.f = f,
        .open = {.till = 1, .staff = 3, .label = ""}};
    CHECK(fixture_write(f, open_it, d) == OK);
    d->ask = (struct cart_ask){.cart_id = d->done.cart.id, .staff = 3};
}

/* Do one thing to the cart as it was last seen. */
static enum err
change(struct doing *d, struct cart_do one)
{
    static const uint8_t digest[16] = {7};
    char op[32];
    enum err e;

    snprintf(op, sizeof(op), "operation-%08d", ++d->ops);
    d->ask.op = op;
    d->ask.digest = digest;
    d->ask.version = d->done.cart.version;
    d->ask.dos = &one;
    d->ask.dos_len = 1;
    e = fixture_write(d->f, change_it, d);
    d->ask.op = NULL;
    return e;
}

static enum err
add(struct doing *d, int64_t product, int64_t qty_milli)
{
    return change(d, (struct cart_do){.kind = CART_DO_ADD,
                         .product_id = product, .has_qty = true,
                         .qty_milli = qty_milli});
}

static enum err
scan(struct doing *d, const char *code)
{
    return change(d, (struct cart_do){.kind = CART_DO_ADD, .code = code});
}

static enum err
undo(struct doing *d)
{
    return change(d, (struct cart_do){.kind = CART_DO_UNDO});
}

static struct cart_view
look(struct doing *d)
{
    struct cart_view v;
    struct cart c;

    CHECK(cart_get(d->f->db, 101, d->ask.cart_id, &c) == OK);
    CHECK(cart_look(d->f->db, &d->f->shop, &c, &v) == OK);
    return v;
}

static int64_t
total(struct doing *d)
{
    struct cart_view v = look(d);
    int64_t sum = v.total;

    cart_view_finish(&v);
    return sum;
}

static void
test_cart__a_scan_again_adds_to_its_line(void)
{
    struct cart_view v;
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    CHECK(scan(&d, "8934567890120") == OK);
    CHECK(scan(&d, "8934567890120") == OK);
    CHECK(scan(&d, "2020001015009") == OK); /* 1,5 kg by its label */
    v = look(&d);
    CHECK(v.len == 2 && v.cart.version == 4);
    CHECK(v.lines[0].qty_milli == 2000 && v.lines[0].amount == 120000);
    CHECK(v.lines[1].qty_milli == 1500 && v.lines[1].amount == 1275000);
    CHECK(v.total == 1395000 && v.used == 0 && v.stops == 0);
    CHECK(v.looks[0].stock_milli == 25000);
    cart_view_finish(&v);
    fixture_close(&f);
}

static void
test_cart__an_unknown_code_leaves_it_as_it_was(void)
{
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    CHECK(scan(&d, "8934567890120") == OK);
    CHECK(scan(&d, "8930000000009") == ERR_NOT_FOUND);
    d.done.cart.version = 2;
    CHECK(total(&d) == 60000);
    CHECK(add(&d, 1, 500) == ERR_FIELD_VALUE); /* half a piece */
    CHECK_STR(err_last()->path, "do[0].qty");
    fixture_close(&f);
}

static void
test_cart__all_of_a_change_or_nothing(void)
{
    static const uint8_t digest[16] = {1};
    struct cart_do dos[] = {
        {.kind = CART_DO_ADD, .product_id = 1},
        {.kind = CART_DO_LINE, .line = 9, .has_qty = true,
            .qty_milli = 1000},
    };
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    d.ask.op = "both-or-none-0001";
    d.ask.digest = digest;
    d.ask.version = 1;
    d.ask.dos = dos;
    d.ask.dos_len = 2;
    CHECK(fixture_write(&f, change_it, &d) == ERR_NOT_FOUND);
    CHECK(d.done.at == 1);
    CHECK_STR(err_last()->path, "do[1].line");
    CHECK(total(&d) == 0);
    fixture_close(&f);
}

static void
test_cart__the_same_op_is_done_once(void)
{
    static const uint8_t digest[16] = {1}, other[16] = {2};
    struct cart_do one = {.kind = CART_DO_ADD, .product_id = 1};
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    d.ask.op = "this-very-scan-01";
    d.ask.digest = digest;
    d.ask.version = 1;
    d.ask.dos = &one;
    d.ask.dos_len = 1;
    CHECK(fixture_write(&f, change_it, &d) == OK && !d.done.replayed);
    CHECK(fixture_write(&f, change_it, &d) == OK && d.done.replayed);
    CHECK(total(&d) == 60000);
    d.ask.digest = other;
    CHECK(fixture_write(&f, change_it, &d) == ERR_KEY_REUSED);
    fixture_close(&f);
}

static void
test_cart__of_two_changes_of_one_version_one_is_made(void)
{
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    CHECK(add(&d, 1, 1000) == OK);
    d.done.cart.version = 1;
    CHECK(add(&d, 1, 1000) == ERR_CART_CHANGED);
    CHECK(total(&d) == 60000);
    fixture_close(&f);
}

static void
test_cart__undo_takes_back_the_last_changes_one_by_one(void)
{
    struct cart_view v;
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    CHECK(add(&d, 1, 1000) == OK);
    CHECK(add(&d, 2, 500) == OK);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_LINE, .line = 1,
                         .has_qty = true, .qty_milli = 5000}) == OK);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_REMOVE, .line = 1})
        == OK);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_DISCOUNT,
                         .percent = 4000}) == OK);
    CHECK(total(&d) == 408000);
    CHECK(undo(&d) == OK && total(&d) == 425000);
    CHECK(undo(&d) == OK && total(&d) == 725000);
    v = look(&d);
    CHECK(v.len == 2 && v.asked[0].n == 1 && v.asked[1].n == 2);
    cart_view_finish(&v);
    CHECK(undo(&d) == OK && total(&d) == 485000);
    CHECK(undo(&d) == OK && total(&d) == 60000);
    CHECK(undo(&d) == OK && total(&d) == 0);
    d.done.cart.version = 11;
    CHECK(undo(&d) == ERR_UNDO_EMPTY);
    fixture_close(&f);
}

static void
test_cart__fifty_changes_can_be_taken_back(void)
{
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    for (int i = 0; i < 60; i++)
        CHECK(add(&d, 3, 1000) == OK);
    for (int i = 0; i < 50; i++)
        CHECK(undo(&d) == OK);
    CHECK(total(&d) == 10 * 50000);
    fixture_close(&f);
}

static void
test_cart__a_line_keeps_its_number(void)
{
    struct cart_view v;
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    CHECK(add(&d, 1, 1000) == OK && add(&d, 2, 500) == OK);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_REMOVE, .line = 1})
        == OK);
    CHECK(add(&d, 3, 1000) == OK);
    v = look(&d);
    CHECK(v.len == 2 && v.asked[0].n == 2 && v.asked[1].n == 3);
    cart_view_finish(&v);
    fixture_close(&f);
}

static void
test_cart__says_what_it_needs_a_manager_for(void)
{
    struct cart_view v;
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    CHECK(add(&d, 1, 26000) == OK); /* 25 are there */
    CHECK(add(&d, 2, 1000) == OK);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_LINE, .line = 2,
                         .has_price = true, .price = 800000}) == OK);
    CHECK(add(&d, 3, 1000) == OK);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_LINE, .line = 3,
                         .has_discount = true, .discount = 2501}) == OK);
    v = look(&d);
    CHECK(v.looks[0].used == OVERRIDE_STOCK_SHORT);
    CHECK(v.looks[1].used == OVERRIDE_PRICE);
    CHECK(v.lines[1].price == 800000 && v.looks[1].list_price == 850000);
    CHECK(v.looks[2].used == OVERRIDE_DISCOUNT);
    CHECK(v.used ==
        (OVERRIDE_STOCK_SHORT | OVERRIDE_PRICE | OVERRIDE_DISCOUNT));
    CHECK(v.stops == 0);
    cart_view_finish(&v);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_LINE, .line = 3,
                         .has_discount = true, .discount = 50001})
        == ERR_FIELD_VALUE);
    fixture_close(&f);
}

static void
test_cart__the_bills_discount_adds_up_over_its_lines(void)
{
    struct cart_view v;
    struct fixture f;
    struct doing d;
    int64_t sum = 0, off = 0;

    begin(&d, &f);
    CHECK(add(&d, 1, 1000) == OK && add(&d, 2, 333) == OK);
    CHECK(add(&d, 3, 1000) == OK);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_DISCOUNT,
                         .discount = 10001}) == OK);
    v = look(&d);
    CHECK(v.subtotal == 393050 && v.off == 10001 && v.total == 383049);
    for (size_t i = 0; i < v.len; i++) {
        sum += v.lines[i].amount;
        off += v.lines[i].discount;
    }
    CHECK(sum == v.total && off == v.off);
    CHECK(v.used == 0); /* less than five percent */
    cart_view_finish(&v);
    fixture_close(&f);
}

static void
test_cart__sold_it_is_gone_in_the_same_write(void)
{
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 1000000, .reference = ""};
    struct sale_ask ask = {.payments = &cash, .payments_len = 1};
    struct sale_line lines[4];
    struct sale_done done;
    struct fixture f;
    struct sale sale;
    struct doing d;
    struct cart c;
    size_t len;
    char key[DB_KEY];

    begin(&d, &f);
    CHECK(add(&d, 1, 2000) == OK && add(&d, 3, 1000) == OK);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_DISCOUNT,
                         .percent = 5000}) == OK);
    ask.cart_id = d.done.cart.id;
    ask.cart_version = 3;
    snprintf(key, sizeof(key), "%s", d.done.cart.key);
    ask.key = key;
    CHECK(fixture_sale(&f, &ask, &done) == ERR_CART_CHANGED);
    ask.cart_version = 4;
    CHECK(fixture_sale(&f, &ask, &done) == OK && done.cart_version == 5);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(sale.total == 161500);
    CHECK(db_sale_lines(f.db, done.sale_id, lines, 4, &len) == OK);
    CHECK(len == 2 && lines[0].amount == 114000 && lines[1].amount == 47500);
    CHECK(lines[0].vat == 8444);
    CHECK(cart_get(f.db, 101, ask.cart_id, &c) == ERR_CART_SOLD);
    CHECK(fixture_sale(&f, &ask, &done) == OK && done.replayed);
    CHECK(add(&d, 1, 1000) == ERR_CART_SOLD);
    CHECK_STR(err_last()->args[0].value, "0101-000001");
    d.open.key = ask.key;
    CHECK(fixture_write(&f, open_it, &d) == ERR_CART_SOLD);
    fixture_close(&f);
}

static void
test_cart__an_agreed_price_is_sold_with_a_manager_alone(void)
{
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 1000000, .reference = ""};
    struct sale_ask ask = {.payments = &cash, .payments_len = 1};
    struct sale_done done;
    struct fixture f;
    struct sale sale;
    struct doing d;

    begin(&d, &f);
    CHECK(add(&d, 1, 1000) == OK);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_LINE, .line = 1,
                         .has_price = true, .price = 55000}) == OK);
    ask.cart_id = d.done.cart.id;
    ask.cart_version = 3;
    ask.key = d.done.cart.key;
    CHECK(fixture_sale(&f, &ask, &done) == ERR_PRICE_OVERRIDE);
    ask.overrides = OVERRIDE_PRICE;
    CHECK(fixture_sale(&f, &ask, &done) == ERR_FORBIDDEN);
    ask.approved_by = 2;
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(sale.total == 55000 && sale.approved_by == 2);
    fixture_close(&f);
}

static void
test_cart__thrown_away_with_goods_it_is_a_record(void)
{
    struct journal_head before, after;
    struct fixture f;
    struct doing d;
    struct cart c;

    begin(&d, &f);
    CHECK(db_journal_head(f.db, &before) == OK);
    d.ask.any_version = true;
    CHECK(fixture_write(&f, remove_it, &d) == OK);
    CHECK(db_journal_head(f.db, &after) == OK && after.seq == before.seq);
    CHECK(cart_get(f.db, 101, d.ask.cart_id, &c) == ERR_NOT_FOUND);
    CHECK(fixture_write(&f, open_it, &d) == OK);
    CHECK(d.done.cart.id == 2); /* a number is not given twice */
    d.ask.cart_id = 2;
    CHECK(add(&d, 1, 1000) == OK);
    CHECK(fixture_write(&f, remove_it, &d) == OK);
    CHECK(db_journal_head(f.db, &after) == OK);
    CHECK(after.seq == before.seq + 1);
    fixture_close(&f);
}

static void
test_cart__waiting_for_its_money_it_stands_still(void)
{
    struct cart_do park = {.kind = CART_DO_STATE, .state = CART_OPEN};
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    CHECK(add(&d, 1, 1000) == OK);
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_STATE,
                         .state = CART_WAITING}) == OK);
    CHECK(add(&d, 1, 1000) == ERR_CART_WAITING);
    d.done.cart.version = 3;
    CHECK(undo(&d) == ERR_CART_WAITING);
    d.ask.any_version = true;
    CHECK(fixture_write(&f, remove_it, &d) == ERR_CART_WAITING);
    CHECK(change(&d, park) == OK);
    CHECK(add(&d, 1, 1000) == OK);
    fixture_close(&f);
}

static void
test_cart__a_device_takes_only_what_was_parked_elsewhere(void)
{
    struct cart_do mine = {.kind = CART_DO_TILL, .till = 2};
    struct fixture f;
    struct doing d;

    begin(&d, &f);
    d.ask.own_till = 2;
    CHECK(add(&d, 1, 1000) == ERR_FORBIDDEN);
    CHECK(change(&d, mine) == ERR_FORBIDDEN);
    d.ask.own_till = 1;
    d.done.cart.version = 1;
    CHECK(change(&d, (struct cart_do){.kind = CART_DO_STATE,
                         .state = CART_PARKED}) == OK);
    d.ask.own_till = 2;
    CHECK(add(&d, 1, 1000) == ERR_FORBIDDEN);
    d.done.cart.version = 2;
    CHECK(change(&d, mine) == ERR_NOT_FOUND); /* no till 2 stands here */
    fixture_close(&f);
}

int
main(void)
{
    RUN(test_cart__a_scan_again_adds_to_its_line);
    RUN(test_cart__an_unknown_code_leaves_it_as_it_was);
    RUN(test_cart__all_of_a_change_or_nothing);
    RUN(test_cart__the_same_op_is_done_once);
    RUN(test_cart__of_two_changes_of_one_version_one_is_made);
    RUN(test_cart__undo_takes_back_the_last_changes_one_by_one);
    RUN(test_cart__fifty_changes_can_be_taken_back);
    RUN(test_cart__a_line_keeps_its_number);
    RUN(test_cart__says_what_it_needs_a_manager_for);
    RUN(test_cart__the_bills_discount_adds_up_over_its_lines);
    RUN(test_cart__sold_it_is_gone_in_the_same_write);
    RUN(test_cart__an_agreed_price_is_sold_with_a_manager_alone);
    RUN(test_cart__thrown_away_with_goods_it_is_a_record);
    RUN(test_cart__waiting_for_its_money_it_stands_still);
    RUN(test_cart__a_device_takes_only_what_was_parked_elsewhere);
    return T_END();
}
