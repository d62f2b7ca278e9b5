/* A record may be signed and chained and still be wrong: by a fault of the
 * program, or because a price was changed behind its back for one sale.
 * verify --full calculates every receipt again. */
#include <string.h>

#include "pos/fact/fact_shift.h"
#include "pos/open.h"
#include "tests/tools/books.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

/* A right sale of one ticket (50.000, VAT 10), or a refund of it. */
struct false_sale {
    struct fixture f;
    struct sale_line line;
    struct fact_lot lot;
    struct payment payment;
    struct fact_sale fact;
};

static void
start(struct false_sale *s, enum sale_kind kind)
{
    struct sale_done done;

    memset(s, 0, sizeof(*s));
    t_dir_empty();
    fixture_open_file(&s->f, t_path("a.db"));
    CHECK(fixture_sell(&s->f, 3, 1000, 0, &done) == OK);
    CHECK(fixture_sell(&s->f, 1, 1000, 0, &done) == OK);
    s->line = (struct sale_line){.n = 1, .product_id = 3,
        .name = "Vé tham quan", .unit = "vé", .qty_milli = 1000,
        .price = 50000, .amount = 50000, .vat_class = "10", .vat_bp = 1000,
        .vat = 4545, .of_line = kind == REFUND ? 1 : 0};
    s->payment = (struct payment){
        .method = PAY_CASH, .amount = 50000, .tendered = 50000};
    s->fact = (struct fact_sale){.showroom = 101, .lines = &s->line,
        .lines_len = 1, .payments = &s->payment, .payments_len = 1,
        .key = "a-false-sale-0001",
        .head = {.id = 3, .kind = kind, .of_sale = kind == REFUND ? 1 : 0,
            .till = 1, .shift_id = 1, .staff = 3, .at = FIXTURE_NOW,
            .total = 50000}};
}

static enum err
post(struct db *db, void *arg)
{
    struct journal_head head;

    return fact_sale_post(db, arg, &head);
}

/* Post it as it is now, and look: the record, or nothing, is found. */
static void
finish(struct false_sale *s, const char *what)
{
    struct seen seen;
    int64_t seq;

    CHECK(fixture_write(&s->f, post, &s->fact) == OK);
    seq = s->fact.head.seq;
    fixture_close(&s->f);
    books_verify(t_path("a.db"), true, &seen);
    CHECK(what ? books_names(&seen, seq) : seen.len == 0);
    CHECK(!what || books_says(&seen, seq, what));
    if (what ? !books_says(&seen, seq, what) : seen.len > 0)
        books_show(&seen);
}

static void
test_amounts__of_a_right_receipt_are_right(void)
{
    struct false_sale s;

    start(&s, SALE);
    finish(&s, NULL);
    start(&s, REFUND);
    finish(&s, NULL);
}

static void
test_amounts__of_a_line_are_calculated_again(void)
{
    struct false_sale s;

    start(&s, SALE);
    s.line.amount = 49999;
    finish(&s, "amount");
    start(&s, SALE);
    s.line.discount = 1;
    finish(&s, "amount");
    start(&s, SALE);
    s.line.vat = 4546;
    finish(&s, "vat");
    start(&s, SALE);
    s.line.vat_bp = 800;
    finish(&s, "vat_rate");
    start(&s, SALE);
    s.line.price = 40000;
    finish(&s, "price");
    start(&s, SALE);
    s.line.n = 2;
    finish(&s, "line_no");
}

static void
test_amounts__of_a_receipt_add_up(void)
{
    struct false_sale s;

    start(&s, SALE);
    s.fact.head.total = 50001;
    finish(&s, "total");
    start(&s, SALE);
    s.fact.head.rounding = 500;
    finish(&s, "paid");
    start(&s, SALE);
    s.payment.amount = 49000;
    finish(&s, "paid");
    start(&s, SALE);
    s.payment.tendered = 60000;
    finish(&s, "change");
    start(&s, SALE);
    s.fact.head.change = 5;
    finish(&s, "change");
}

static void
test_amounts__of_a_refund_are_its_share(void)
{
    struct false_sale s;

    start(&s, REFUND);
    s.line.amount = s.fact.head.total = s.payment.amount =
        s.payment.tendered = 50001;
    finish(&s, "amount");
    start(&s, REFUND);
    s.line.vat = 4544;
    finish(&s, "vat");
    start(&s, REFUND);
    s.line.qty_milli = 2000;
    finish(&s, "refund_exceeds");
    start(&s, REFUND);
    s.line.of_line = 7;
    finish(&s, "of_line");
    start(&s, REFUND);
    s.fact.head.of_sale = 2;
    s.line.price = 50000; /* that one was of 60.000 */
    finish(&s, "price");
}

static void
test_amounts__lots_bring_what_the_line_says(void)
{
    struct false_sale s;

    start(&s, SALE);
    s.line = (struct sale_line){.n = 1, .product_id = 1,
        .name = "Miến Minh Dương", .unit = "gói", .qty_milli = 2000,
        .price = 60000, .amount = 120000, .vat_class = "8", .vat_bp = 800,
        .vat = 8889};
    s.lot = (struct fact_lot){.line = 1, .lot_id = 2, .qty_milli = 1000};
    s.fact.lots = &s.lot;
    s.fact.lots_len = 1;
    s.fact.head.total = s.payment.amount = s.payment.tendered = 120000;
    finish(&s, "lots");
}

static void
test_numbers__of_receipts_have_no_gap(void)
{
    struct false_sale s;

    start(&s, SALE);
    s.fact.head.id = 4;
    finish(&s, "receipt_no");
    start(&s, SALE);
    s.fact.showroom = 102;
    finish(&s, "receipt_no");
}

static void
test_time__of_records_never_falls(void)
{
    struct false_sale s;

    start(&s, SALE);
    s.fact.head.at = FIXTURE_NOW - 1;
    finish(&s, "time_falls");
}

static enum err
close_falsely(struct db *db, void *arg)
{
    const struct fact_shift_close c = {.at = FIXTURE_NOW, .staff = 3,
        .shift = 1, .counted = 500000, .expected = 500000};

    return fact_shift_close_post(db, &c, arg);
}

static void
test_count__is_held_against_what_the_drawer_was_to_hold(void)
{
    struct journal_head head;
    struct false_sale s;
    struct seen seen;

    start(&s, SALE); /* 110.000 were sold for cash */
    CHECK(fixture_write(&s.f, close_falsely, &head) == OK);
    fixture_close(&s.f);
    books_verify(t_path("a.db"), true, &seen);
    CHECK(books_names(&seen, head.seq));
    CHECK(books_says(&seen, head.seq, "expected"));
}

static enum err
close_by_wrong_notes(struct db *db, void *arg)
{
    const struct fact_shift_close c = {.at = FIXTURE_NOW, .staff = 3,
        .shift = 1, .counted = 500000, .expected = 610000,
        .notes = {{200000, 2}}, .notes_len = 1};

    return fact_shift_close_post(db, &c, arg);
}

static void
test_count__is_the_sum_of_its_notes(void)
{
    struct journal_head head;
    struct false_sale s;
    struct seen seen;

    start(&s, SALE);
    CHECK(fixture_write(&s.f, close_by_wrong_notes, &head) == OK);
    fixture_close(&s.f);
    books_verify(t_path("a.db"), true, &seen);
    CHECK(seen.len == 1 && books_says(&seen, head.seq, "notes"));
}

/* For one customer the price falls to a tenth, and then it is as before. */
static void
test_price__changed_behind_the_back_for_one_sale_is_found(void)
{
    const char *path = t_path("a.db");
    struct sale_done done;
    struct sqlite3 *h;
    struct fixture f;
    struct sale sale;
    struct seen seen;

    t_dir_empty();
    fixture_open_file(&f, path);
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == OK);
    db_close(f.db);
    h = books_break_in(path);
    CHECK(books_do(h, "UPDATE product_price SET price = 6000 "
                      "WHERE product_id = 1") == 1);
    books_break_out(h);
    CHECK(db_open(path, DB_WRITE, &f.db) == OK);
    db_journal_use_key(f.db, &f.shop.key);
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(sale.total == 6000);
    fixture_close(&f);
    h = books_break_in(path);
    CHECK(books_do(h, "UPDATE product_price SET price = 60000 "
                      "WHERE product_id = 1") == 1);
    books_break_out(h);
    books_verify(path, true, &seen);
    CHECK(books_names(&seen, sale.seq));
    CHECK(books_says(&seen, sale.seq, "price"));
}

int
main(void)
{
    CHECK(open_lang() == OK);
    RUN(test_amounts__of_a_right_receipt_are_right);
    RUN(test_amounts__of_a_line_are_calculated_again);
    RUN(test_amounts__of_a_receipt_add_up);
    RUN(test_amounts__of_a_refund_are_its_share);
    RUN(test_amounts__lots_bring_what_the_line_says);
    RUN(test_numbers__of_receipts_have_no_gap);
    RUN(test_time__of_records_never_falls);
    RUN(test_count__is_held_against_what_the_drawer_was_to_hold);
    RUN(test_count__is_the_sum_of_its_notes);
    RUN(test_price__changed_behind_the_back_for_one_sale_is_found);
    return T_END();
}
