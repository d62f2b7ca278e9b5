/* Every table and column of the books is changed behind the program's back, a
 * row at a time, and so are bytes and bits of the journal, rows are taken out
 * and put in: verify --full finds each change and names the record it
 * concerns, and no other. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "pos/open.h"
#include "tests/tools/books.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"
#include "tests/unit/t_dir.h"

/* What comes from the journal: the record of a row, and the rows. */
static const struct table {
    const char *name;
    const char *seq; /* its record */
} tables[] = {
    {"showroom", "seq"},
    {"showroom_key", "seq"},
    {"vat_rate", "0"},
    {"staff", "seq"},
    {"till", "seq"},
    {"device", "seq"},
    {"product", "seq"},
    {"product_price", "seq"},
    {"barcode", "seq"},
    {"supplier", "seq"},
    {"lot", "seq"},
    {"receiving", "seq"},
    {"receiving_line",
        "(SELECT r.seq FROM receiving r WHERE r.id = t.receiving_id)"},
    {"stock_move", "seq"},
    {"stock_balance", "seq"},
    {"shift", "seq"},
    {"shift_note", "seq"},
    {"cash_move", "seq"},
    {"sale", "seq"},
    {"sale_line", "seq"},
    {"payment", "seq"},
    {"request", "seq"},
    {"product_certificate", "seq"},
    {"certificate_notice", "seq"},
    {"cart_void", "seq"},
    {"certified_list", "seq"},
    {"certified", "(SELECT seq FROM certified_list)"},
};
enum { TABLES = sizeof(tables) / sizeof(tables[0]) };

static struct books books;
static uint64_t chance = 20261122;
static int tried, found, named, turns;

static int64_t
draw(int64_t below)
{
    return (int64_t)(t_random(&chance) >> 16) % below;
}

/* Where everything is slow not every change is tried. */
static bool
passed_over(void)
{
    return turns++ % books_stride() != 0;
}

/* Look at the changed file; `seq` is the record it is about. */
static void
judge(const char *path, int64_t seq, const char *how)
{
    struct seen seen;

    books_verify(path, true, &seen);
    tried++;
    found += seen.report.findings > 0;
    named += books_names(&seen, seq);
    if (seen.report.findings > 0 && books_names(&seen, seq))
        return;
    fprintf(stderr, "%s: about record %" PRId64 ", said:\n", how, seq);
    books_show(&seen);
}

/* --- rows --- */

/* The value, changed in one bit or byte, bound as parameter 1. */
static void
bind_changed(sqlite3_stmt *to, sqlite3_stmt *from, int col, int bits)
{
    int len = sqlite3_column_bytes(from, col);
    char bytes[4096] = "x";

    switch (sqlite3_column_type(from, col)) {
    case SQLITE_INTEGER:
        sqlite3_bind_int64(to, 1,
            sqlite3_column_int64(from, col) ^ ((sqlite3_int64)1 << draw(bits)));
        break;
    case SQLITE_TEXT:
        memcpy(bytes, sqlite3_column_text(from, col), (size_t)len);
        if (len)
            bytes[draw(len)] ^= 1;
        sqlite3_bind_text(to, 1, bytes, len ? len : 1, SQLITE_TRANSIENT);
        break;
    case SQLITE_BLOB:
        memcpy(bytes, sqlite3_column_blob(from, col), (size_t)len);
        bytes[draw(len)] ^= (char)(1 << draw(8));
        sqlite3_bind_blob(to, 1, bytes, len, SQLITE_TRANSIENT);
        break;
    default: /* NULL becomes something */
        sqlite3_bind_int64(to, 1, 1 + draw(4));
    }
}

static sqlite3_stmt *
prepare(sqlite3 *h, const char *sql)
{
    sqlite3_stmt *s = NULL;

    CHECK(sqlite3_prepare_v2(h, sql, -1, &s, NULL) == SQLITE_OK);
    return s;
}

/* One row of the table, by chance: its record, the column, where it lies. */
struct victim {
    int64_t seq;
    char where[400];
    char column[64];
};

/* The key of the row under `s`, as a condition. */
static void
write_where(sqlite3 *h, const char *table, const char *seq, int64_t offset,
    struct victim *v)
{
    char sql[600];
    sqlite3_stmt *s, *row;
    size_t len = 0;

    snprintf(sql, sizeof(sql), "SELECT %s, t.* FROM %s t LIMIT 1 OFFSET %"
        PRId64, seq, table, offset);
    row = prepare(h, sql);
    CHECK(sqlite3_step(row) == SQLITE_ROW);
    v->seq = sqlite3_column_int64(row, 0);
    snprintf(sql, sizeof(sql), "SELECT cid FROM pragma_table_info('%s') "
        "WHERE pk > 0", table);
    s = prepare(h, sql);
    while (sqlite3_step(s) == SQLITE_ROW) {
        int col = sqlite3_column_int(s, 0) + 1;

        len += (size_t)snprintf(v->where + len, sizeof(v->where) - len,
            "%s%s = '%s'", len ? " AND " : "",
            sqlite3_column_name(row, col), sqlite3_column_text(row, col));
    }
    sqlite3_finalize(s);
    sqlite3_finalize(row);
}

static int64_t
count(sqlite3 *h, const char *table)
{
    char sql[100];

    snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table);
    return books_ask(h, sql);
}

/* Change one column of one row; false when the file refuses it (another row
 * has that key) or holds no such value. */
static bool
change(sqlite3 *h, const struct table *t, int col, int bits, struct victim *v)
{
    char sql[700];
    sqlite3_stmt *from, *to;
    int rc;

    write_where(h, t->name, t->seq, draw(count(h, t->name)), v);
    snprintf(sql, sizeof(sql), "SELECT * FROM %s WHERE %s", t->name,
        v->where);
    from = prepare(h, sql);
    CHECK(sqlite3_step(from) == SQLITE_ROW);
    snprintf(v->column, sizeof(v->column), "%s",
        sqlite3_column_name(from, col));
    snprintf(sql, sizeof(sql), "UPDATE %s SET %s = ? WHERE %s", t->name,
        v->column, v->where);
    to = prepare(h, sql);
    bind_changed(to, from, col, bits);
    rc = sqlite3_step(to);
    sqlite3_finalize(to);
    sqlite3_finalize(from);
    return rc == SQLITE_DONE && sqlite3_changes(h) == 1;
}

static void
change_column(const struct table *t, int col)
{
    const char *path = t_path("t.db");
    struct victim v = {.seq = 0};
    char how[200];
    bool done = false;
    sqlite3 *h;

    if (passed_over())
        return;
    books_put(&books, path);
    h = books_break_in(path);
    for (int bits = 6; !done && bits < 26; bits++)
        done = change(h, t, col, bits, &v);
    books_break_out(h);
    CHECK(done);
    snprintf(how, sizeof(how), "%s.%s of %.80s", t->name, v.column, v.where);
    judge(path, v.seq, how);
}

static int
columns_of(const char *table)
{
    const char *path = t_path("t.db");
    char sql[100];
    sqlite3 *h;
    int64_t n;

    books_put(&books, path);
    h = books_break_in(path);
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM pragma_table_info('%s')",
        table);
    n = books_ask(h, sql);
    books_break_out(h);
    return (int)n;
}

static void
test_verify__finds_every_column_of_every_table(void)
{
    int bad = tried - named;

    for (size_t i = 0; i < TABLES; i++) {
        int columns = columns_of(tables[i].name);
        /* where its row lies in the file (n) says nothing */
        int first = strcmp(tables[i].name, "certified") == 0;

        for (int col = first; col < columns; col++)
            change_column(&tables[i], col);
    }
    CHECK(tried - named == bad);
}

/* A new table of facts is compared from its first day, or this says so. */
static void
test_verify__knows_every_table_that_comes_from_the_journal(void)
{
    const char *path = t_path("t.db");
    int64_t with_seq, known = 0;
    sqlite3 *h;

    books_put(&books, path);
    h = books_break_in(path);
    with_seq = books_ask(h, "SELECT count(*) FROM sqlite_schema s "
        "JOIN pragma_table_info(s.name) c ON c.name = 'seq' "
        "WHERE s.type = 'table' AND s.name <> 'journal' "
        "AND s.name NOT LIKE 'sqlite%'");
    books_break_out(h);
    for (size_t i = 0; i < TABLES; i++)
        known += strcmp(tables[i].seq, "seq") == 0;
    CHECK(known == with_seq);
}

/* Take a row out, or put one in that looks like another of the same record. */
static void
test_verify__finds_rows_taken_out(void)
{
    const char *path = t_path("t.db");
    int bad = tried - named;

    for (size_t i = 0; i < TABLES; i++) {
        struct victim v = {.seq = 0};
        char sql[700];
        sqlite3 *h;

        if (passed_over())
            continue;
        books_put(&books, path);
        h = books_break_in(path);
        write_where(h, tables[i].name, tables[i].seq,
            draw(count(h, tables[i].name)), &v);
        snprintf(sql, sizeof(sql), "DELETE FROM %s WHERE %s", tables[i].name,
            v.where);
        CHECK(books_do(h, sql) == 1);
        books_break_out(h);
        judge(path, v.seq, sql);
    }
    CHECK(tried - named == bad);
}

static void
put_in(const char *ask, const char *sql)
{
    const char *path = t_path("t.db");
    int64_t seq;
    sqlite3 *h;

    if (passed_over())
        return;
    books_put(&books, path);
    h = books_break_in(path);
    seq = books_ask(h, ask);
    CHECK(books_do(h, sql) == 1);
    books_break_out(h);
    judge(path, seq, sql);
}

static void
test_verify__finds_rows_put_in(void)
{
    int bad = tried - named;

    put_in("SELECT seq FROM product_price LIMIT 1",
        "INSERT INTO product_price SELECT product_id, from_at + 1, seq, 1 "
        "FROM product_price LIMIT 1");
    put_in("SELECT seq FROM lot WHERE id = 2",
        "INSERT INTO lot SELECT 100000, seq, product_id, code, expires_day, "
        "supplier_id, cost FROM lot WHERE id = 2");
    put_in("SELECT max(seq) FROM sale",
        "INSERT INTO sale_line SELECT sale_id, n + 100, seq, of_line, "
        "product_id, name, unit, qty_milli, price, discount, amount, "
        "vat_class, vat_bp, vat, ocop_id, ocop_cert, ocop_stars, ocop_state, "
        "ocop_until, list_seq FROM sale_line "
        "WHERE sale_id = (SELECT max(id) FROM sale) LIMIT 1");
    put_in("SELECT seq FROM sale WHERE id = 3",
        "INSERT INTO payment VALUES (3, 9, (SELECT seq FROM sale "
        "WHERE id = 3), 1, 5000, 5000, '')");
    put_in("SELECT 5", "INSERT INTO request VALUES "
        "('0123456789abcdef', 5, 1, 1, zeroblob(16))");
    put_in("SELECT seq FROM certified_list",
        "INSERT INTO certified SELECT n + 100000, gen, 4000000, 'VN99-1', rev, "
        "name, fold, producer, province_code, commune_code, group_code, "
        "stars, from_day, until_day, status, recall, evidence, "
        "superseded_by, record FROM certified LIMIT 1");
    put_in("SELECT 4", "INSERT INTO supplier VALUES (77, 4, 'Ma')");
    CHECK(tried - named == bad);
}

/* --- the journal --- */

/* Change byte or bit `at` of a column of record `seq`. */
static void
change_record(const char *column, int64_t seq, bool bit)
{
    const char *path = t_path("t.db");
    char sql[200], how[100], bytes[1 << 16];
    sqlite3_stmt *from, *to;
    int len, at;
    sqlite3 *h;

    if (passed_over())
        return;
    books_put(&books, path);
    h = books_break_in(path);
    snprintf(sql, sizeof(sql), "SELECT %s FROM journal WHERE seq = %" PRId64,
        column, seq);
    from = prepare(h, sql);
    CHECK(sqlite3_step(from) == SQLITE_ROW);
    len = sqlite3_column_bytes(from, 0);
    CHECK(len > 0 && (size_t)len < sizeof(bytes));
    memcpy(bytes, sqlite3_column_blob(from, 0), (size_t)len);
    at = (int)draw(len);
    bytes[at] = (char)(bytes[at] ^ (bit ? 1 << draw(8) : 1 + draw(255)));
    snprintf(sql, sizeof(sql), "UPDATE journal SET %s = ? WHERE seq = %"
        PRId64, column, seq);
    to = prepare(h, sql);
    if (sqlite3_column_type(from, 0) == SQLITE_TEXT)
        sqlite3_bind_text(to, 1, bytes, len, SQLITE_TRANSIENT);
    else
        sqlite3_bind_blob(to, 1, bytes, len, SQLITE_TRANSIENT);
    CHECK(sqlite3_step(to) == SQLITE_DONE);
    sqlite3_finalize(to);
    sqlite3_finalize(from);
    books_break_out(h);
    snprintf(how, sizeof(how), "%s of the journal, byte %d", column, at);
    judge(path, seq, how);
}

static void
test_verify__finds_every_byte_of_the_journal(void)
{
    static const char *const columns[] = {"body", "body", "kind", "hash",
        "sig"};
    int64_t last = books.history.sales; /* there are more records than these */
    int bad = tried - named;

    for (int i = 0; i < 5 * 12; i++)
        change_record(columns[i % 5], 1 + draw(last), i % 2 == 0);
    for (int i = 0; i < 5; i++) /* the first record, which names the key */
        change_record(columns[i], 1, i % 2 == 0);
    CHECK(tried - named == bad);
}

static void
change_journal(const char *sql, int64_t seq)
{
    const char *path = t_path("t.db");
    char text[200];
    sqlite3 *h;

    if (passed_over())
        return;
    books_put(&books, path);
    h = books_break_in(path);
    snprintf(text, sizeof(text), "%s %" PRId64, sql, seq);
    CHECK(books_do(h, text) == 1);
    books_break_out(h);
    judge(path, seq, text);
}

static void
test_verify__finds_records_taken_out_and_keys_renamed(void)
{
    int64_t last = books.history.sales;
    int bad = tried - named;

    for (int i = 0; i < 8; i++)
        change_journal("DELETE FROM journal WHERE seq =", 2 + draw(last));
    change_journal("DELETE FROM journal WHERE seq =", 1);
    for (int i = 0; i < 3; i++)
        change_journal("UPDATE journal SET key = 2 WHERE seq =",
            1 + draw(last));
    CHECK(tried - named == bad);
}

/* Another seed than the usual may be given. */
int
main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 11;

    CHECK(open_lang() == OK);
    chance += seed;
    books_make(&books, t_path("made.db"), seed, books_events());
    RUN(test_verify__knows_every_table_that_comes_from_the_journal);
    RUN(test_verify__finds_every_column_of_every_table);
    RUN(test_verify__finds_rows_taken_out);
    RUN(test_verify__finds_rows_put_in);
    RUN(test_verify__finds_every_byte_of_the_journal);
    RUN(test_verify__finds_records_taken_out_and_keys_renamed);
    CHECK(turns >= 200 && tried >= turns / books_stride());
    CHECK(found == tried && named == tried);
    printf("%d changes of %d events: %d found, %d by their record\n", tried,
        books_events(), found, named);
    books_free(&books);
    return T_END();
}
