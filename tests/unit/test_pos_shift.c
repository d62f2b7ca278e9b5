/* A cashier's time at a till: float, sums, blind count. */
#include <string.h>

#include "db/shift.h"
#include "db/writer.h"
#include "pos/fact/fact_staff.h"
#include "pos/sell/refund.h"
#include "pos/sell/shift.h"
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
    CHECK(shift_close(&f.shop, 1, 3, 559000, &s) == OK);
    CHECK(s.closed && s.counted == 559000 && s.closed_by == 3);
    CHECK(shift_expected(&s) == 560000); /* a thousand is missing: said so */
    CHECK(shift_close(&f.shop, 1, 3, 560000, &s) == ERR_SHIFT_CLOSED);
    CHECK(shift_close(&f.shop, 9, 3, 0, &s) == ERR_NOT_FOUND);
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
    RUN(test_shift__is_closed_once_by_a_count_and_sells_no_more);
    return T_END();
}
