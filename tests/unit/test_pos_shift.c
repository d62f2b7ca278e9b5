/* A cashier's time at a till: float, sums, blind count. */
#include <sqlite3.h>
#include <string.h>

#include "db/internal.h"
#include "db/print_job.h"
#include "db/shift.h"
#include "db/writer.h"
#include "pos/fact/fact_staff.h"
#include "pos/sell/cash.h"
#include "pos/sell/refund.h"
#include "pos/sell/shift.h"
#include "pos/sell/shift_report.h"
#include "tests/tools/books.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

static enum err
open_till(struct db *db, void *arg)
{
    struct shift *s = arg;

    return shift_open_write(db, s->till, s->opened_by, s->float_dong, s);
}

static enum err
open_shift(struct fixture *f, int64_t till, int64_t float_dong,
    struct shift *out)
{
    *out = (struct shift){
        .till = till, .opened_by = 3, .float_dong = float_dong};
    return fixture_write(f, open_till, out);
}

static void
test_shift__a_till_has_one_at_a_time(void)
{
    struct fixture f;
    struct shift s;

    fixture_open(&f); /* till 1 has shift 1 */
    CHECK(open_shift(&f, 1, 0, &s) == ERR_SHIFT_OPEN);
    CHECK(open_shift(&f, 2, 300000, &s) == OK);
    CHECK(s.id == 2 && s.till == 2 && s.float_dong == 300000 && !s.closed);
    CHECK(s.opened_at == FIXTURE_NOW);
    CHECK(open_shift(&f, 2, 0, &s) == ERR_SHIFT_OPEN);
    fixture_close(&f);
}

static enum err
give_all(struct db *db, void *arg)
{
    static const uint8_t digest[16] = {4};
    struct fixture *f = arg;
    struct refund_ask ask = {.digest = digest, .staff = 3, .sale_id = 1,
        .method = PAY_CASH, .reason = "", .key = "give-it-all-back"};
    struct sale_done done;

    return refund_write(db, &f->shop, &ask, &done);
}

static void
test_shift__sums_are_what_its_receipts_say(void)
{
    struct sale_done done;
    struct fixture f;
    struct shift s;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 2000, 0, &done) == OK); /* 120.000 */
    CHECK(fixture_sell(&f, 3, 1000, 0, &done) == OK); /* 50.000 */
    CHECK(fixture_write(&f, give_all, &f) == OK);
    CHECK(db_shift_open_of(f.db, 1, &s) == OK);
    CHECK(s.sales == 2 && s.sales_total == 170000);
    CHECK(s.refunds == 1 && s.refund_total == 120000);
    CHECK(s.cash == 50000 && s.transfer == 0 && s.rounding == 0);
    CHECK(shift_expected(&s) == 550000);
    fixture_close(&f);
}

static void
test_shift__keeps_the_rest_that_its_slip_says(void)
{
    struct sale_ask_line line = {
        .product_id = 1, .has_qty = true, .qty_milli = 2000,
        .discount = 5000};
    struct sale_ask_payment pay = {
        .method = PAY_TRANSFER, .amount = 115000, .reference = "FT"};
    struct sale_ask ask = {.lines = &line, .lines_len = 1, .payments = &pay,
        .payments_len = 1, .till = 1, .staff = 3,
        .role = ROLE_MANAGER, .note = ""};
    struct sale_done done;
    struct fixture f;
    struct shift s;

    fixture_open(&f);
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == OK); /* 60.000, all back */
    CHECK(db_shift_open_of(f.db, 1, &s) == OK);
    CHECK(s.first_sale == 1 && s.last_sale == 1);
    CHECK(fixture_sale(&f, &ask, &done) == OK);
    CHECK(fixture_write(&f, give_all, &f) == OK);
    CHECK(db_shift_open_of(f.db, 1, &s) == OK);
    CHECK(s.discounts == 5000);
    CHECK(s.first_sale == 1 && s.last_sale == 3); /* a refund is a receipt */
    CHECK(s.cash == 0 && s.cash_back == 60000);
    CHECK(s.transfer == 115000 && s.transfer_back == 0);
    fixture_close(&f);
}

struct closing {
    struct fixture *f;
    struct shift_counted counted;
    struct shift shift;
};

static enum err
close_first(struct db *db, void *arg)
{
    struct closing *c = arg;

    return shift_close_write(
        db, &c->f->shop, 1, 3, &c->counted, &c->shift);
}

static void
test_shift__is_counted_note_by_note(void)
{
    struct shift_note notes[SHIFT_NOTES_MAX];
    struct fixture f;
    struct closing c = {.f = &f, .counted = {.sum = 501000, .notes_len = 2,
        .notes = {{500000, 1}, {500, 2}}}};
    size_t len;

    fixture_open(&f);
    CHECK(fixture_write(&f, close_first, &c) == OK);
    CHECK(c.shift.counted == 501000);
    CHECK(db_shift_notes(f.db, 1, notes, &len) == OK && len == 2);
    CHECK(notes[0].note == 500000 && notes[0].count == 1);
    CHECK(notes[1].note == 500 && notes[1].count == 2);
    CHECK(db_shift_notes(f.db, 2, notes, &len) == OK && len == 0);
    fixture_close(&f);
}

/* Steps of SQLite's machine so far. */
static int64_t
steps(struct db *db)
{
    int64_t sum = 0;

    for (int i = 0; i < SQL_COUNT; i++)
        if (db->stmts[i].s)
            sum += sqlite3_stmt_status(
                db->stmts[i].s, SQLITE_STMTSTATUS_VM_STEP, 0);
    return sum;
}

struct moving {
    struct fixture *f;
    const struct cash_ask *ask;
};

static enum err
cash_in(struct db *db, void *arg)
{
    struct moving *m = arg;
    struct cash_done done;

    return cash_write(db, &m->f->shop, m->ask, &done);
}

static enum err
fixture_cash(struct fixture *f, const struct cash_ask *ask)
{
    return fixture_write(
        f, cash_in, &(struct moving){.f = f, .ask = ask});
}

/* What closing and its report cost after so many receipts and moves. */
static int64_t
cost_of_closing(int receipts)
{
    struct cash_ask in = {.kind = CASH_IN, .shift_id = 1, .amount = 1000,
        .staff = 3, .reason = "lẻ"};
    struct shift_report report;
    struct sale_done done;
    struct fixture f;
    struct closing c = {.f = &f, .counted = {.sum = 1}};
    int64_t before, after;

    fixture_open(&f);
    for (int i = 0; i < receipts; i++) {
        CHECK(fixture_sell(&f, 3, 1000, 0, &done) == OK);
        CHECK(fixture_cash(&f, &in) == OK);
    }
    before = steps(f.db);
    CHECK(fixture_write(&f, close_first, &c) == OK);
    CHECK(shift_report_read(f.db, 1, &report) == OK);
    CHECK(db_print_job_pending(f.db, 1, 20, NULL, NULL) == OK);
    after = steps(f.db);
    CHECK(report.shift.sales == receipts);
    fixture_close(&f);
    return after - before;
}

static void
test_shift__closing_costs_the_same_after_two_receipts_or_many(void)
{
    int64_t few = cost_of_closing(2);

    CHECK(few > 50);
    CHECK(cost_of_closing(300) == few);
}

static enum err
add_till(struct db *db, void *arg)
{
    const struct fact_till till = {.at = FIXTURE_NOW, .by = 1, .till = 1,
        .name = "Quầy 1", .active = true};

    (void)arg;
    return fact_till_post(db, &till, NULL);
}

/* Closing goes through the writer, so the showroom lies in a file. */
static void
test_shift__is_closed_once_by_a_count_and_sells_no_more(void)
{
    const struct shift_counted counted = {.sum = 559000};
    const char *path = t_path("a.db");
    struct sale_done done;
    struct fixture f;
    struct shift s;
    struct seen seen;

    fixture_open_file(&f, path);
    CHECK(fixture_write(&f, add_till, NULL) == OK);
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == OK);
    db_close(f.db);
    CHECK(writer_open(path, NULL, &f.shop.writer) == OK);
    writer_use_key(f.shop.writer, &f.shop.key);
    CHECK(shift_close(&f.shop, 1, 3, &counted, &s) == OK);
    CHECK(s.closed && s.counted == 559000 && s.closed_by == 3);
    CHECK(shift_expected(&s) == 560000); /* a thousand is missing: said so */
    CHECK(shift_close(&f.shop, 1, 3, &counted, &s) == ERR_SHIFT_CLOSED);
    CHECK(shift_close(&f.shop, 9, 3, &counted, &s) == ERR_NOT_FOUND);
    CHECK(shift_open(&f.shop, 1, 4, 100000, &s) == OK && s.id == 2);
    CHECK(shift_open(&f.shop, 7, 4, 0, &s) == ERR_NOT_FOUND); /* no till 7 */
    writer_close(f.shop.writer);
    CHECK(db_open(path, DB_WRITE, &f.db) == OK);
    db_journal_use_key(f.db, &f.shop.key);
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == OK);
    CHECK(db_shift_get(f.db, 1, &s) == OK && s.sales == 1);
    CHECK(db_shift_get(f.db, 2, &s) == OK && s.sales == 1);
    CHECK(s.cash == 60000 && shift_expected(&s) == 160000);
    fixture_close(&f);
    books_verify(path, true, &seen);
    CHECK(seen.e == OK && seen.len == 0);
}

int
main(void)
{
    RUN(test_shift__a_till_has_one_at_a_time);
    RUN(test_shift__sums_are_what_its_receipts_say);
    RUN(test_shift__keeps_the_rest_that_its_slip_says);
    RUN(test_shift__is_counted_note_by_note);
    RUN(test_shift__closing_costs_the_same_after_two_receipts_or_many);
    RUN(test_shift__is_closed_once_by_a_count_and_sells_no_more);
    return T_END();
}
