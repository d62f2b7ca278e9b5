/* Transfers: codes in what banks make of a text, and money that pays once. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "db/transfer.h"
#include "pos/pay/code.h"
#include "pos/pay/take.h"
#include "tests/tools/shop_fixture.h"
#include "tests/unit/t.h"

/* The codes found in a text, "!" behind those that stand alone. */
static const char *
codes_in(const char *text)
{
    static char all[256];
    char code[TRANSFER_CODE];
    const char *at = text;
    bool alone;

    all[0] = '\0';
    while (code_next(text, &at, code, &alone))
        snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s ", code,
            alone ? "!" : "");
    return all;
}

static void
test_code__is_found_in_what_banks_make_of_it(void)
{
    CHECK_STR(codes_in("K7Q2M"), "K7Q2M! ");
    CHECK_STR(codes_in("mbvcb.3278907687.k7q2m.CT tu 0011"), "K7Q2M! ");
    CHECK_STR(codes_in("IBFT K7Q2M-B3C4D;ok"), "K7Q2M! B3C4D! ");
    CHECK_STR(codes_in("QRK7Q2MFT"), "K7Q2M ");
    CHECK_STR(codes_in("A2B3C4D"), "A2B3C B3C4D ");
    CHECK_STR(codes_in("\xe1\xbb\x99K7Q2M\xe1\xbb\x99"), "K7Q2M! ");
}

static void
test_code__is_nothing_else(void)
{
    CHECK_STR(codes_in(""), "");
    CHECK_STR(codes_in("K7Q2"), "");
    CHECK_STR(codes_in("THANH TOAN 583000 HOA DON 0101"), "");
    CHECK_STR(codes_in("K1Q2M K0Q2M I7Q2M K7O2M K7Q2L U7Q2M"), "");
    CHECK_STR(codes_in("7K2Q3"), "");
}

static void
test_code__what_is_made_is_found_and_seldom_the_same(void)
{
    char code[TRANSFER_CODE], before[TRANSFER_CODE] = "", want[16];
    int same = 0;

    for (int i = 0; i < 1000; i++) {
        code_make(code);
        snprintf(want, sizeof(want), "%s! ", code);
        CHECK_STR(codes_in(code), want);
        same += strcmp(code, before) == 0;
        memcpy(before, code, sizeof(before));
    }
    CHECK(same < 5);
}

static enum err
add(struct db *db, void *arg)
{
    struct transfer *t = arg;
    enum err e;

    snprintf(t->text, sizeof(t->text), "text");
    t->till = 1;
    t->created_at = FIXTURE_NOW;
    e = db_transfer_add(db, t, &t->id);
    return e == OK ? db_transfer_get(db, t->id, t) : e;
}

static enum err
set(struct db *db, void *arg)
{
    return db_transfer_set(db, arg);
}

static struct transfer
waiting(struct fixture *f, const char *code, int64_t amount)
{
    struct transfer t = {.amount = amount};

    snprintf(t.code, sizeof(t.code), "%s", code);
    snprintf(t.key, sizeof(t.key), "a-key-for-%s-only", code);
    CHECK(fixture_write(f, add, &t) == OK);
    return t;
}

static enum err
sell_by(struct fixture *f, int64_t transfer_id, int64_t amount)
{
    struct sale_ask_line line = {
        .product_id = 3, .has_qty = true, .qty_milli = 1000};
    struct sale_ask_payment pay = {.method = PAY_TRANSFER,
        .amount = amount,
        .transfer_id = transfer_id,
        .reference = ""};
    struct sale_ask ask = {
        .lines = &line, .lines_len = 1, .payments = &pay, .payments_len = 1};
    struct sale_done done;

    return fixture_sale(f, &ask, &done);
}

static void
test_transfer__pays_when_its_money_came_and_once(void)
{
    struct transfer t;
    struct payment paid;
    struct fixture f;
    size_t len;

    fixture_open(&f);
    t = waiting(&f, "K7Q2M", 50000);
    CHECK(sell_by(&f, t.id + 1, 50000) == ERR_NOT_FOUND);
    CHECK(sell_by(&f, t.id, 50000) == ERR_TRANSFER_WAITING);
    t.state = TRANSFER_PART;
    t.received = 49999;
    CHECK(fixture_write(&f, set, &t) == OK);
    CHECK(sell_by(&f, t.id, 50000) == ERR_TRANSFER_WAITING);
    t.state = TRANSFER_MATCHED;
    t.received = 50000;
    CHECK(fixture_write(&f, set, &t) == OK);
    CHECK(sell_by(&f, t.id, 49999) == ERR_PAID_SHORT);
    CHECK(sell_by(&f, t.id, 50000) == OK);
    CHECK(sell_by(&f, t.id, 50000) == ERR_TRANSFER_USED);
    CHECK(db_transfer_get(f.db, t.id, &t) == OK && t.sale_id);
    CHECK(db_sale_payments(f.db, t.sale_id, &paid, 1, &len) == OK);
    CHECK_STR(paid.reference, "K7Q2M");
    t.state = TRANSFER_CANCELLED;
    CHECK(fixture_write(&f, set, &t) == ERR_TRANSFER_USED);
    fixture_close(&f);
}

struct taking {
    int64_t id, sale_id;
};

static enum err
take(struct db *db, void *arg)
{
    const struct taking *x = arg;

    return db_transfer_take(db, x->id, x->sale_id);
}

static void
test_transfer__the_database_itself_refuses_money_that_did_not_come(void)
{
    struct sale_done done;
    struct transfer t;
    struct fixture f;
    struct taking x;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 3, 1000, 0, &done) == OK);
    t = waiting(&f, "K7Q2M", 50000);
    x = (struct taking){.id = t.id, .sale_id = done.sale_id};
    CHECK(fixture_write(&f, take, &x) == ERR_BOOKS);
    t.state = TRANSFER_MATCHED; /* without the money */
    CHECK(fixture_write(&f, set, &t) == ERR_BOOKS);
    t.state = TRANSFER_CONFIRMED; /* by nobody */
    CHECK(fixture_write(&f, set, &t) == ERR_BOOKS);
    t.confirmed_by = 3;
    CHECK(fixture_write(&f, set, &t) == OK);
    CHECK(fixture_write(&f, take, &x) == OK);
    CHECK(fixture_write(&f, take, &x) == ERR_TRANSFER_USED);
    fixture_close(&f);
}

static void
test_transfer__one_for_a_bill_until_it_is_cancelled(void)
{
    struct transfer t, again;
    struct fixture f;

    fixture_open(&f);
    t = waiting(&f, "K7Q2M", 50000);
    again = t;
    CHECK(fixture_write(&f, add, &again) == ERR_EXISTS);
    t.state = TRANSFER_CANCELLED;
    CHECK(fixture_write(&f, set, &t) == OK);
    CHECK(fixture_write(&f, add, &again) == OK);
    CHECK(db_transfer_by_key(f.db, t.key, &again) == OK && again.id != t.id);
    CHECK(db_transfer_by_code(f.db, t.code, &t) == OK && t.id == again.id);
    fixture_close(&f);
}

int
main(void)
{
    RUN(test_code__is_found_in_what_banks_make_of_it);
    RUN(test_code__is_nothing_else);
    RUN(test_code__what_is_made_is_found_and_seldom_the_same);
    RUN(test_transfer__pays_when_its_money_came_and_once);
    RUN(test_transfer__the_database_itself_refuses_money_that_did_not_come);
    RUN(test_transfer__one_for_a_bill_until_it_is_cancelled);
    return T_END();
}
