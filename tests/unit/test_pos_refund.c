/* Giving back: never more than sold, to the dong, to where it came from. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "db/shift.h"
#include "db/stock.h"
#include "db/writer.h"
#include "pos/open.h"
#include "pos/sell/refund.h"
#include "pos/stock/receive.h"
#include "tests/tools/books.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"
#include "tests/unit/t_dir.h"

static const uint8_t digest[16] = {5};

struct giving {
    struct fixture *f;
    struct refund_ask ask;
    struct sale_done done;
};

static enum err
write_refund(struct db *db, void *arg)
{
    struct giving *g = arg;

    return refund_write(db, &g->f->shop, &g->ask, &g->done);
}

/* Give back `qty_milli` of line 1 of a sale, in cash; its own receipt. */
static enum err
give(struct fixture *f, int64_t sale_id, int64_t line, int64_t qty_milli,
    enum account to, int64_t *refund_out)
{
    struct refund_ask_line lines[1] = {
        {.line = line, .qty_milli = qty_milli, .to = to}};
    struct giving g = {.f = f,
        .ask = {.digest = digest, .sale_id = sale_id, .staff = 3,
            .method = PAY_CASH, .lines = lines, .lines_len = 1,
            .reason = ""}};
    char key[DB_KEY];
    enum err e;

    snprintf(key, sizeof(key), "give-back-%012d", ++f->keys);
    g.ask.key = key;
    e = fixture_write(f, write_refund, &g);
    if (refund_out)
        *refund_out = g.done.sale_id;
    return e;
}

/* What stands in one account of a lot. */
struct looking {
    int64_t lot_id;
    enum account account;
    int64_t qty_milli;
};

static enum err
look(void *arg, const struct balance *b)
{
    struct looking *l = arg;

    if (b->lot_id == l->lot_id)
        l->qty_milli = b->qty_milli[l->account];
    return OK;
}

static int64_t
stands(struct fixture *f, int64_t lot_id, enum account account)
{
    struct looking l = {.lot_id = lot_id, .account = account};

    CHECK(db_stock_balances(f->db, 0, 0, 0, 1000, look, &l) == OK);
    return l.qty_milli;
}

static void
test_refund__never_exceeds_what_was_sold(void)
{
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 3000, 0, &done) == OK);
    CHECK(give(&f, done.sale_id, 1, 4000, ACCOUNT_SHELF, NULL)
        == ERR_REFUND_EXCEEDS);
    CHECK(give(&f, done.sale_id, 1, 2000, ACCOUNT_SHELF, NULL) == OK);
    CHECK(give(&f, done.sale_id, 1, 2000, ACCOUNT_SHELF, NULL)
        == ERR_REFUND_EXCEEDS);
    CHECK_STR(err_last()->args[2].value, "1");
    CHECK(give(&f, done.sale_id, 1, 1000, ACCOUNT_SHELF, NULL) == OK);
    CHECK(give(&f, done.sale_id, 1, 1, ACCOUNT_SHELF, NULL) != OK);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static void
test_refund__is_refused_for_what_is_no_sale_and_no_line(void)
{
    struct sale_done done;
    int64_t refund;
    struct fixture f;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 3000, 0, &done) == OK);
    CHECK(give(&f, 99, 1, 1000, ACCOUNT_SHELF, NULL) == ERR_NOT_FOUND);
    CHECK(give(&f, done.sale_id, 2, 1000, ACCOUNT_SHELF, NULL)
        == ERR_FIELD_VALUE);
    CHECK(give(&f, done.sale_id, 0, 1000, ACCOUNT_SHELF, NULL)
        == ERR_FIELD_VALUE);
    CHECK(give(&f, done.sale_id, 1, 500, ACCOUNT_SHELF, NULL)
        == ERR_FIELD_VALUE); /* half a packet */
    CHECK(give(&f, done.sale_id, 1, 0, ACCOUNT_SHELF, NULL)
        == ERR_FIELD_VALUE);
    CHECK(give(&f, done.sale_id, 1, 1000, ACCOUNT_SHELF, &refund) == OK);
    CHECK(give(&f, refund, 1, 1000, ACCOUNT_SHELF, NULL) == ERR_NOT_FOUND);
    fixture_close(&f);
}

/* However a line is cut, its parts add up to amount and VAT of the line. */
static void
parts_of(uint64_t *chance, int64_t qty_milli, int64_t discount)
{
    struct sale_ask_line line = {.product_id = 2, .has_qty = true,
        .qty_milli = qty_milli, .discount = discount};
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 10000000, .reference = ""};
    struct sale_ask ask = {.lines = &line, .lines_len = 1, .payments = &cash,
        .payments_len = 1, .role = ROLE_MANAGER};
    int64_t left = qty_milli, amount = 0, vat = 0, given = 0;
    struct sale_line sold, back;
    struct sale_done done;
    struct sale refund;
    struct fixture f;
    size_t len;

    fixture_open(&f);
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(db_sale_lines(f.db, done.sale_id, &sold, 1, &len) == OK);
    while (left > 0) {
        int64_t part = 1 + (int64_t)(t_random(chance) % (uint64_t)left), id;

        CHECK(give(&f, done.sale_id, 1, part, ACCOUNT_SHELF, &id) == OK);
        CHECK(db_sale_lines(f.db, id, &back, 1, &len) == OK && len == 1);
        CHECK(db_sale_get(f.db, id, &refund) == OK);
        CHECK(refund.total == back.amount && back.amount >= 0);
        amount += back.amount;
        vat += back.vat;
        given += refund.total;
        left -= part;
    }
    CHECK(amount == sold.amount && vat == sold.vat && given == sold.amount);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static void
test_refund__parts_add_up_to_the_dong_with_their_vat(void)
{
    uint64_t chance = 9;

    for (int i = 0; i < 40; i++)
        parts_of(&chance, 1 + (int64_t)(t_random(&chance) % 3000),
            (int64_t)(t_random(&chance) % 800));
    CHECK(refund_share(100, 1, 3) == 33 && refund_share(100, 2, 3) == 67);
    CHECK(refund_share(MONEY_MAX, 999999999, 1000000000) < MONEY_MAX);
}

static void
test_refund__puts_each_lot_back_where_it_came_from(void)
{
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 7000, 0, &done) == OK); /* 5 of lot 1, 2 of 2 */
    CHECK(stands(&f, 1, ACCOUNT_SHELF) == 0);
    CHECK(stands(&f, 2, ACCOUNT_SHELF) == 18000);
    CHECK(give(&f, done.sale_id, 1, 4000, ACCOUNT_SHELF, NULL) == OK);
    CHECK(stands(&f, 1, ACCOUNT_SHELF) == 4000);
    CHECK(give(&f, done.sale_id, 1, 2000, ACCOUNT_DAMAGED, NULL) == OK);
    CHECK(stands(&f, 1, ACCOUNT_SHELF) == 4000); /* its last went to damaged */
    CHECK(stands(&f, 1, ACCOUNT_DAMAGED) == 1000);
    CHECK(stands(&f, 2, ACCOUNT_DAMAGED) == 1000);
    CHECK(give(&f, done.sale_id, 1, 1000, ACCOUNT_SHELF, NULL) == OK);
    CHECK(stands(&f, 2, ACCOUNT_SHELF) == 19000);
    CHECK(stands(&f, 1, ACCOUNT_SOLD) == 0);
    CHECK(stands(&f, 2, ACCOUNT_SOLD) == 0);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static enum err
receive_many(struct db *db, void *arg)
{
    struct receive_line lines[100];
    char codes[100][8];
    struct receive_ask ask = {.staff = 2, .supplier = "HTX", .note = "",
        .lines = lines, .lines_len = 100};
    struct receive_done done;

    (void)arg;
    for (int i = 0; i < 100; i++) {
        snprintf(codes[i], sizeof(codes[i]), "L%d", i);
        lines[i] = (struct receive_line){
            1, 1000, codes[i], DAY_NEVER, 41000};
    }
    return receive_write(db, &ask, &done);
}

static void
test_refund__of_a_hundred_lots_puts_all_of_them_back(void)
{
    struct sale_done done;
    struct fixture f;
    int64_t left = 0;

    fixture_open(&f);
    CHECK(fixture_write(&f, receive_many, NULL) == OK);
    CHECK(fixture_sell(&f, 1, 125000, 0, &done) == OK);
    CHECK(db_stock_sellable(f.db, 1, 0, &left) == OK && left == 0);
    CHECK(give(&f, done.sale_id, 1, 125000, ACCOUNT_SHELF, NULL) == OK);
    CHECK(db_stock_sellable(f.db, 1, 0, &left) == OK && left == 125000);
    fixture_close(&f);
}

static void
test_refund__of_what_the_books_had_not_is_a_refund_too(void)
{
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 30000, OVERRIDE_STOCK_SHORT, &done) == OK);
    CHECK(give(&f, done.sale_id, 1, 30000, ACCOUNT_SHELF, NULL) == OK);
    CHECK(stands(&f, 2, ACCOUNT_SHELF) == 25000); /* the 5 found, too */
    CHECK(stands(&f, 2, ACCOUNT_COUNTED) == -5000);
    CHECK(db_stock_prove(f.db) == OK);
    fixture_close(&f);
}

static void
test_refund__of_a_service_gives_money_and_moves_nothing(void)
{
    struct sale_done done;
    struct sale refund;
    struct fixture f;
    int64_t id;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 3, 2000, 0, &done) == OK);
    CHECK(give(&f, done.sale_id, 1, 1000, ACCOUNT_SHELF, &id) == OK);
    CHECK(db_sale_get(f.db, id, &refund) == OK);
    CHECK(refund.total == 50000 && refund.moves == 0);
    CHECK(refund.kind == REFUND && refund.of_sale == done.sale_id);
    fixture_close(&f);
}

static void
test_refund__in_cash_is_rounded_and_by_transfer_is_not(void)
{
    struct giving g = {.f = NULL};
    struct payment paid;
    struct sale_done done;
    struct sale refund;
    struct shift before, after;
    struct fixture f;
    size_t len;
    int64_t id;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 2, 755, 0, &done) == OK); /* 641.750 */
    f.settings.cash_rounding = 1000;
    CHECK(db_shift_open_of(f.db, 1, &before) == OK);
    CHECK(give(&f, done.sale_id, 1, 500, ACCOUNT_SHELF, &id) == OK);
    CHECK(db_sale_get(f.db, id, &refund) == OK);
    CHECK(refund.total == 425000 && refund.rounding == 0);
    g = (struct giving){.f = &f, .ask = {.digest = digest, .staff = 3,
        .sale_id = done.sale_id, .method = PAY_TRANSFER, .reason = "",
        .key = "give-the-rest-back"}};
    CHECK(fixture_write(&f, write_refund, &g) == OK); /* all that is left */
    CHECK(db_sale_get(f.db, g.done.sale_id, &refund) == OK);
    CHECK(refund.total == 216750 && refund.rounding == 0);
    CHECK(db_sale_payments(f.db, g.done.sale_id, &paid, 1, &len) == OK);
    CHECK(paid.method == PAY_TRANSFER && paid.amount == 216750);
    CHECK(fixture_sell(&f, 2, 755, 0, &done) == OK);
    CHECK(give(&f, done.sale_id, 1, 755, ACCOUNT_SHELF, &id) == OK);
    CHECK(db_sale_get(f.db, id, &refund) == OK);
    CHECK(refund.total == 641750 && refund.rounding == 250);
    CHECK(db_shift_open_of(f.db, 1, &after) == OK);
    CHECK(after.refunds == 3 && after.refund_total == 2 * 641750);
    CHECK(after.transfer == before.transfer - 216750);
    CHECK(after.cash == before.cash - 425000); /* sold and back: nothing */
    fixture_close(&f);
}

static void
test_refund__the_same_key_gives_back_once(void)
{
    static const uint8_t other[16] = {6};
    struct giving g;
    struct sale_done done;
    struct fixture f;
    int64_t first;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 2000, 0, &done) == OK);
    g = (struct giving){.f = &f, .ask = {.digest = digest, .staff = 3,
        .sale_id = done.sale_id, .reason = "", .method = PAY_CASH,
        .key = "018f-give-back-once"}};
    CHECK(fixture_write(&f, write_refund, &g) == OK && !g.done.replayed);
    first = g.done.sale_id;
    CHECK(fixture_write(&f, write_refund, &g) == OK && g.done.replayed);
    CHECK(g.done.sale_id == first);
    g.ask.digest = other;
    CHECK(fixture_write(&f, write_refund, &g) == ERR_KEY_REUSED);
    g.ask.key = "another-key-for-it";
    CHECK(fixture_write(&f, write_refund, &g) == ERR_REFUND_EXCEEDS);
    fixture_close(&f);
}

/* --- at the same moment --- */

struct racer {
    struct shop *shop;
    pthread_t thread;
    int64_t sale_id;
    int number, given;
};

static void *
race(void *arg)
{
    struct racer *r = arg;
    struct refund_ask_line line = {
        .line = 1, .qty_milli = 1000, .to = ACCOUNT_SHELF};
    struct refund_ask ask = {.digest = digest, .sale_id = r->sale_id,
        .staff = 3, .method = PAY_CASH, .lines = &line, .lines_len = 1,
        .reason = ""};
    struct sale_done done;
    char key[DB_KEY];

    for (int i = 0; i < 20; i++) {
        enum err e;

        snprintf(key, sizeof(key), "racer-%d-gives-back-%d", r->number, i);
        ask.key = key;
        e = refund_commit(r->shop, &ask, &done);
        r->given += e == OK;
        if (e != OK && e != ERR_REFUND_EXCEEDS)
            abort();
    }
    return NULL;
}

static void
test_refund__at_the_same_moment_never_exceeds_either(void)
{
    const char *path = t_path("a.db");
    struct racer racers[2];
    struct sale_done done;
    struct fixture f;
    struct seen seen;

    CHECK(open_lang() == OK);
    fixture_open_file(&f, path);
    CHECK(fixture_sell(&f, 1, 25000, 0, &done) == OK);
    fixture_close(&f);
    CHECK(writer_open(path, NULL, &f.shop.writer) == OK);
    writer_use_key(f.shop.writer, &f.shop.key);
    for (int i = 0; i < 2; i++) {
        racers[i] = (struct racer){
            .shop = &f.shop, .sale_id = done.sale_id, .number = i};
        CHECK(pthread_create(&racers[i].thread, NULL, race, &racers[i]) == 0);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(racers[i].thread, NULL);
    writer_close(f.shop.writer);
    CHECK(racers[0].given + racers[1].given == 25);
    books_verify(path, true, &seen);
    CHECK(seen.e == OK && seen.len == 0);
}

int
main(void)
{
    RUN(test_refund__never_exceeds_what_was_sold);
    RUN(test_refund__is_refused_for_what_is_no_sale_and_no_line);
    RUN(test_refund__parts_add_up_to_the_dong_with_their_vat);
    RUN(test_refund__puts_each_lot_back_where_it_came_from);
    RUN(test_refund__of_a_hundred_lots_puts_all_of_them_back);
    RUN(test_refund__of_what_the_books_had_not_is_a_refund_too);
    RUN(test_refund__of_a_service_gives_money_and_moves_nothing);
    RUN(test_refund__in_cash_is_rounded_and_by_transfer_is_not);
    RUN(test_refund__the_same_key_gives_back_once);
    RUN(test_refund__at_the_same_moment_never_exceeds_either);
    return T_END();
}
