/* Money into a drawer and out of it without a receipt; drawers opened. */
#include <string.h>

#include "db/shift.h"
#include "pos/fact/fact_cash.h"
#include "pos/fact/fact_staff.h"
#include "pos/sell/cash.h"
#include "pos/sell/shift.h"
#include "tests/tools/books.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

static const uint8_t digest[16] = {7}, other[16] = {8};

struct moving {
    struct fixture *f;
    const struct cash_ask *ask;
    struct cash_done *done;
};

static enum err
move_write(struct db *db, void *arg)
{
    struct moving *m = arg;

    return cash_write(db, &m->f->shop, m->ask, m->done);
}

static enum err
move(struct fixture *f, const struct cash_ask *ask, struct cash_done *done)
{
    return fixture_write(
        f, move_write, &(struct moving){.f = f, .ask = ask, .done = done});
}

static struct cash_ask
money(enum cash_kind kind, int64_t amount, const char *key)
{
    return (struct cash_ask){.kind = kind, .shift_id = 1, .amount = amount,
        .staff = 3, .reason = "đổi tiền lẻ", .key = key, .digest = digest};
}

static void
test_cash__is_in_the_drawer_that_is_expected(void)
{
    struct cash_ask in = money(CASH_IN, 200000, "in-in-in-in-in-in");
    struct cash_ask out = money(CASH_OUT, 50000, "out-out-out-out-out");
    struct cash_done done;
    struct cash_move m;
    struct fixture f;
    struct shift s;

    fixture_open(&f);
    CHECK(move(&f, &in, &done) == OK && done.move_id == 1);
    CHECK(move(&f, &out, &done) == OK && done.move_id == 2);
    CHECK(db_shift_get(f.db, 1, &s) == OK);
    CHECK(s.cash_in == 200000 && s.cash_out == 50000 && s.cash == 0);
    CHECK(shift_expected(&s) == 650000);
    CHECK(db_cash_get(f.db, 2, &m) == OK);
    CHECK(m.kind == CASH_OUT && m.amount == 50000 && m.till == 1);
    CHECK(m.shift_id == 1 && m.staff == 3 && m.at == FIXTURE_NOW);
    CHECK_STR(m.reason, "đổi tiền lẻ");
    CHECK(m.seq == s.seq);
    fixture_close(&f);
}

static void
test_cash__the_same_key_moves_it_once(void)
{
    struct cash_ask in = money(CASH_IN, 200000, "in-in-in-in-in-in");
    struct cash_done done;
    struct fixture f;
    struct shift s;

    fixture_open(&f);
    CHECK(move(&f, &in, &done) == OK && !done.replayed);
    CHECK(move(&f, &in, &done) == OK && done.replayed && done.move_id == 1);
    CHECK(db_shift_get(f.db, 1, &s) == OK && s.cash_in == 200000);
    in.digest = other;
    CHECK(move(&f, &in, &done) == ERR_KEY_REUSED);
    fixture_close(&f);
}

static enum err
close_first(struct db *db, void *arg)
{
    struct fixture *f = arg;
    const struct shift_counted counted = {.sum = 500000};
    struct shift s;

    return shift_close_write(db, &f->shop, 1, 3, &counted, &s);
}

static void
test_cash__needs_a_shift_that_is_open(void)
{
    struct cash_ask in = money(CASH_IN, 1000, NULL);
    struct cash_done done;
    struct fixture f;

    fixture_open(&f);
    in.shift_id = 9;
    CHECK(move(&f, &in, &done) == ERR_NOT_FOUND);
    in.shift_id = 1;
    CHECK(fixture_write(&f, close_first, &f) == OK);
    CHECK(move(&f, &in, &done) == ERR_SHIFT_CLOSED);
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

/* Here nothing is printed, so nothing opens a drawer either. */
static void
test_cash__a_drawer_that_nothing_opens_is_not_said_to_be_open(void)
{
    struct cash_ask ask = {
        .kind = CASH_DRAWER, .till = 7, .staff = 3, .reason = "xem"};
    struct cash_done done;
    struct fixture f;
    struct shift s;
    int64_t last;

    fixture_open(&f);
    CHECK(move(&f, &ask, &done) == ERR_NOT_FOUND); /* no till 7 */
    CHECK(fixture_write(&f, add_till, NULL) == OK);
    ask.till = 1;
    CHECK(move(&f, &ask, &done) == ERR_NOT_FOUND);
    CHECK(strstr(err_msg(), "nothing opens"));
    CHECK(db_shift_get(f.db, 1, &s) == OK && s.drawers == 0);
    CHECK(db_cash_last_id(f.db, &last) == OK && last == 0);
    fixture_close(&f);
}

static enum err
post_drawer(struct db *db, void *arg)
{
    struct fact_cash f = {.move = *(const struct cash_move *)arg};
    struct journal_head head;

    return fact_cash_post(db, &f, &head);
}

static enum err
count_move(void *arg, const struct cash_move *m)
{
    int64_t *sum = arg;

    *sum = *sum * 10 + m->id;
    return OK;
}

static void
test_cash__the_books_are_made_again_from_the_journal(void)
{
    struct cash_ask in = money(CASH_IN, 200000, "in-in-in-in-in-in");
    struct cash_ask out = money(CASH_OUT, 700000, NULL);
    struct cash_move drawer = {.id = 3, .kind = CASH_DRAWER, .till = 1,
        .shift_id = 1, .staff = 4, .at = FIXTURE_NOW, .reason = "xem"};
    const char *path = t_path("cash.db");
    struct cash_done done;
    struct fixture f;
    struct seen seen;
    struct shift s;
    int64_t ids = 0;

    fixture_open_file(&f, path);
    CHECK(move(&f, &in, &done) == OK);
    CHECK(move(&f, &out, &done) == OK);
    CHECK(fixture_write(&f, post_drawer, &drawer) == OK);
    drawer.id = 4;
    drawer.shift_id = 0; /* before a shift: of no shift's slip */
    CHECK(fixture_write(&f, post_drawer, &drawer) == OK);
    CHECK(db_shift_get(f.db, 1, &s) == OK && s.drawers == 1);
    CHECK(shift_expected(&s) == 0);
    CHECK(db_cash_each(f.db, 1, 100, 10, count_move, &ids) == OK);
    CHECK(ids == 321);
    CHECK(fixture_write(&f, close_first, &f) == OK);
    fixture_close(&f);
    books_verify(path, true, &seen);
    CHECK(seen.e == OK && seen.len == 0);
}

int
main(void)
{
    RUN(test_cash__is_in_the_drawer_that_is_expected);
    RUN(test_cash__the_same_key_moves_it_once);
    RUN(test_cash__needs_a_shift_that_is_open);
    RUN(test_cash__a_drawer_that_nothing_opens_is_not_said_to_be_open);
    RUN(test_cash__the_books_are_made_again_from_the_journal);
    return T_END();
}
