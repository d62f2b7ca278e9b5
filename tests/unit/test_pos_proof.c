/* What verify calls right, and what it says of what is not. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/crypto.h"
#include "db/journal.h"
#include "db/writer.h"
#include "pos/fact/fact_showroom.h"
#include "pos/open.h"
#include "pos/sell/receipt.h"
#include "tests/tools/books.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { MANY = 150 };
#else
enum { MANY = 1000 };
#endif

static void
check_right(const char *path, bool full)
{
    struct seen seen;

    books_verify(path, full, &seen);
    CHECK(seen.e == OK && seen.report.findings == 0);
    CHECK(seen.report.rebuilt == full);
    CHECK((seen.report.rows > 0) == full);
    if (seen.e != OK || seen.len)
        books_show(&seen);
}

/* --- right --- */

static void
test_verify__a_thousand_random_events_are_right(void)
{
    const char *path = t_path("a.db");
    struct books books;
    struct seen seen;
    const struct history *h = &books.history;

    books_make(&books, path, 2026, MANY);
    check_right(path, false);
    books_verify(path, true, &seen);
    CHECK(seen.e == OK && seen.len == 0 && seen.report.rebuilt);
    CHECK(seen.report.first == 1 && seen.report.last > MANY);
    CHECK(seen.report.receipts == h->sales + h->refunds);
    CHECK(h->sales > MANY / 3 && h->refunds > MANY / 20);
    CHECK(h->receivings > MANY / 20 && h->shifts > 0 && h->prices > 0);
    printf("%d sales, %d refunds, %d receivings, %d prices, %d products, "
           "%d shifts, %d others: %d records, %d rows\n",
        h->sales, h->refunds, h->receivings, h->prices, h->products,
        h->shifts, h->others, (int)seen.report.last, (int)seen.report.rows);
    books_free(&books);
}

static void
test_verify__other_pasts_are_right_too(void)
{
    const char *path = t_path("a.db");

    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct books books;

        books_make(&books, path, seed, MANY / 15);
        check_right(path, true);
        books_free(&books);
    }
}

static void
test_verify__a_long_journal_is_replayed_in_a_file_that_is_gone_after(void)
{
    struct verify_options options = {.full = true, .memory_records = 10};
    struct books books;
    struct seen seen;

    options.database = t_path("a.db");
    options.scratch = t_dir;
    books_make(&books, options.database, 3, 30);
    books_verify_by(&options, &seen);
    CHECK(seen.e == OK && seen.len == 0 && seen.report.rebuilt);
    books_free(&books);
    t_dir_empty();
    CHECK(rmdir(t_dir) == 0); /* nothing else was left */
    CHECK(mkdir(t_dir, 0700) == 0);
    options.scratch = "/nowhere at all";
    books_make(&books, options.database, 3, 30);
    books_verify_by(&options, &seen);
    CHECK(seen.e == ERR_FILE && !seen.report.rebuilt);
    books_free(&books);
}

static void
test_verify__a_new_database_is_right(void)
{
    const char *path = t_path("new.db");
    struct db *db;

    CHECK(db_open(path, DB_WRITE, &db) == OK);
    db_close(db);
    check_right(path, false);
    check_right(path, true);
}

/* --- while it sells --- */

struct selling {
    struct shop shop;
    struct settings settings;
    int want, sold;
};

static void *
sell_main(void *arg)
{
    static const uint8_t digest[16] = {9};
    struct selling *s = arg;
    struct sale_ask_line line = {.product_id = 3}; /* needs no stock */
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 60000000, .reference = ""};
    struct sale_ask ask = {.digest = digest, .till = 1, .staff = 3,
        .role = ROLE_CASHIER, .lines = &line, .lines_len = 1,
        .payments = &cash, .payments_len = 1, .note = ""};
    struct sale_done done;
    char key[DB_KEY];

    while (s->sold < s->want) {
        snprintf(key, sizeof(key), "while-verified-%06d", s->sold);
        ask.key = key;
        if (sale_commit(&s->shop, &ask, &done, NULL) != OK)
            abort();
        s->sold++;
    }
    return NULL;
}

static void
test_verify__looks_at_one_moment_while_the_shop_sells(void)
{
    const char *path = t_path("a.db");
    struct selling s = {.want = MANY / 5};
    int64_t last = 0;
    struct books books;
    struct seen seen;
    pthread_t thread;

    books_make(&books, path, 4, 20);
    s.shop = books.shop;
    settings_default(&s.settings);
    s.shop.settings = &s.settings;
    CHECK(writer_open(path, NULL, &s.shop.writer) == OK);
    writer_use_key(s.shop.writer, &s.shop.key);
    CHECK(pthread_create(&thread, NULL, sell_main, &s) == 0);
    for (int i = 0; i < 5; i++) {
        books_verify(path, true, &seen);
        CHECK(seen.e == OK && seen.len == 0 && seen.report.last >= last);
        last = seen.report.last;
    }
    pthread_join(thread, NULL);
    books_verify(path, true, &seen);
    CHECK(seen.len == 0 && seen.report.last >= last);
    writer_close(s.shop.writer);
    check_right(path, true);
    books_free(&books);
}

/* --- slips in customers' hands --- */

/* The digits on the receipt of the newest sale in `path`. */
static void
slip_of(const char *path, const struct books *books, struct buf *out)
{
    struct settings settings;
    struct shop shop = books->shop;
    struct receipt r;
    struct db *db;
    int64_t id;

    settings_default(&settings);
    shop.settings = &settings;
    CHECK(db_open(path, DB_READ, &db) == OK);
    CHECK(db_sale_last_id(db, &id) == OK);
    CHECK(receipt_read(db, &shop, id, &r) == OK);
    CHECK(receipt_verify_url(&r, &shop, 3, out) == OK);
    receipt_finish(&r);
    db_close(db);
}

/* What verify says of `path` with one slip. */
static void
verify_slip(const char *path, const char *digits, struct seen *out)
{
    struct verify_options options = {
        .database = path, .slips = &digits, .slips_len = 1};

    books_verify_by(&options, out);
}

static void
test_verify__a_slip_past_the_end_shows_that_it_was_cut_off(void)
{
    const char *path = t_path("a.db"), *late = t_path("b.db");
    struct books books, longer;
    struct buf slip;
    struct seen seen;

    buf_init(&slip, 4096);
    books_make(&longer, late, 5, 60); /* the same past, and what came after */
    books_make(&books, path, 5, 40);
    slip_of(late, &longer, &slip);
    check_right(path, true); /* nothing inside the file can show it */
    verify_slip(path, slip.data, &seen);
    CHECK(seen.len == 1 && seen.at[0].seq > seen.report.last);
    CHECK_STR(seen.at[0].what, "slip_tail");
    verify_slip(late, slip.data, &seen);
    CHECK(seen.e == OK && seen.len == 0);
    buf_clear(&slip);
    slip_of(path, &books, &slip); /* an old slip fits both */
    verify_slip(late, strchr(slip.data, '#') + 1, &seen);
    CHECK(seen.len == 0);
    buf_finish(&slip);
    books_free(&books);
    books_free(&longer);
}

static void
test_verify__a_slip_shows_a_past_written_anew(void)
{
    const char *path = t_path("a.db"), *other = t_path("b.db");
    struct books books, others;
    struct buf slip;
    struct seen seen;

    buf_init(&slip, 4096);
    books_make(&books, path, 6, 40);
    books_make(&others, other, 7, 90); /* the same key signed it too */
    slip_of(path, &books, &slip);
    check_right(other, true);
    verify_slip(other, slip.data, &seen);
    CHECK(seen.len > 0 && strncmp(seen.at[0].what, "slip_", 5) == 0);
    CHECK(books_says(&seen, seen.at[0].seq, "slip_hash"));
    slip.data[slip.len - 1] ^= 1; /* the signature's last digit */
    verify_slip(path, slip.data, &seen);
    CHECK(seen.len == 1
        && (strcmp(seen.at[0].what, "slip_signature") == 0
            || strcmp(seen.at[0].what, "slip_unreadable") == 0));
    verify_slip(path, "12345", &seen);
    CHECK(books_says(&seen, 0, "slip_unreadable"));
    buf_finish(&slip);
    books_free(&books);
    books_free(&others);
}

/* --- what does not lie in the tables --- */

static void
change(const char *path, const char *sql)
{
    struct sqlite3 *h = books_break_in(path);

    CHECK(books_do(h, sql) >= 0);
    books_break_out(h);
}

static void
test_verify__an_end_cut_off_leaves_its_rows_behind(void)
{
    const char *path = t_path("a.db");
    struct books books;
    struct seen seen;
    struct sqlite3 *h;
    int64_t last;

    books_make(&books, path, 8, 30);
    h = books_break_in(path);
    last = books_ask(h, "SELECT max(seq) FROM sale");
    CHECK(books_do(h, "DELETE FROM journal WHERE seq >= "
                      "(SELECT max(seq) FROM sale)") > 0);
    books_break_out(h);
    books_verify(path, true, &seen);
    CHECK(books_says(&seen, last, "row_extra"));
    books_free(&books);
}

static void
test_verify__a_trigger_that_is_gone_is_a_finding(void)
{
    const char *path = t_path("a.db");
    struct books books;
    struct seen seen;

    books_make(&books, path, 9, 10);
    change(path, "DROP INDEX sale_refunds");
    books_verify(path, false, &seen);
    CHECK(books_says(&seen, 0, "damaged"));
    books_put(&books, path);
    change(path, "CREATE TRIGGER steal AFTER INSERT ON sale BEGIN "
                 "SELECT 1; END");
    books_verify(path, false, &seen);
    CHECK(books_says(&seen, 0, "damaged"));
    books_free(&books);
}

static void
test_verify__the_plain_check_sees_ledger_and_keys(void)
{
    const char *path = t_path("a.db");
    struct books books;
    struct seen seen;

    books_make(&books, path, 10, 30);
    change(path, "UPDATE stock_balance SET shelf = shelf + 1000, "
                 "counted = counted - 1000 WHERE lot_id = 2");
    books_verify(path, false, &seen);
    CHECK(seen.len == 1 && strcmp(seen.at[0].what, "ledger") == 0);
    books_put(&books, path);
    change(path, "UPDATE showroom_key SET public_key = randomblob(32)");
    books_verify(path, false, &seen);
    CHECK(books_says(&seen, 1, "key_told"));
    books_free(&books);
}

struct usurping {
    struct journal_key key;
    int64_t seq;
};

static enum err
usurp(struct db *db, void *arg)
{
    struct usurping *u = arg;
    struct fact_showroom f = {.at = FIXTURE_NOW * 2,
        .showroom = {.number = 101, .name = "OCOP", .commune = "00103"},
        .key = {.number = 2}};
    struct journal_head head;
    enum err e;

    memcpy(f.key.public_key, u->key.public_key, 32);
    e = fact_showroom_post(db, &f, &head);
    u->seq = head.seq;
    return e;
}

static void
test_verify__nobody_brings_a_key_of_his_own(void)
{
    const char *path = t_path("a.db");
    struct usurping u = {.key = {.number = 2}};
    struct books books;
    struct seen seen;
    struct db *db;

    books_make(&books, path, 13, 10);
    CHECK(crypto_keypair(u.key.public_key, u.key.secret_key) == OK);
    CHECK(db_open(path, DB_WRITE, &db) == OK);
    db_journal_use_key(db, &u.key);
    CHECK(db_write_alone(db, "usurp", usurp, &u) == OK);
    db_close(db);
    books_verify(path, true, &seen);
    CHECK(books_says(&seen, u.seq, "signature"));
    CHECK(!seen.report.rebuilt);
    books_free(&books);
}

static void
test_verify__says_what_cannot_be_looked_at(void)
{
    const char *path = t_path("c.db");
    FILE *file = fopen(path, "w");
    struct seen seen;

    fputs("this is no database, whatever its name may say of it\n", file);
    fclose(file);
    books_verify(path, false, &seen);
    CHECK(seen.e == OK && books_says(&seen, 0, "damaged"));
    books_verify(t_path("nothing.db"), false, &seen);
    CHECK(seen.e == ERR_FILE && seen.len == 0);
}

int
main(void)
{
    CHECK(open_lang() == OK);
    RUN(test_verify__a_thousand_random_events_are_right);
    RUN(test_verify__other_pasts_are_right_too);
    RUN(test_verify__a_long_journal_is_replayed_in_a_file_that_is_gone_after);
    RUN(test_verify__a_new_database_is_right);
    RUN(test_verify__looks_at_one_moment_while_the_shop_sells);
    RUN(test_verify__a_slip_past_the_end_shows_that_it_was_cut_off);
    RUN(test_verify__a_slip_shows_a_past_written_anew);
    RUN(test_verify__an_end_cut_off_leaves_its_rows_behind);
    RUN(test_verify__a_trigger_that_is_gone_is_a_finding);
    RUN(test_verify__the_plain_check_sees_ledger_and_keys);
    RUN(test_verify__nobody_brings_a_key_of_his_own);
    RUN(test_verify__says_what_cannot_be_looked_at);
    return T_END();
}
