#include "db/search.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "db/db.h"
#include "db/stmt.h"

/* Bands: the first for what sold most.  Sixteen to a doubling: neighbours up
 * to 23 sold are told apart, and a product moves a few times a year. */
enum { BAND_LAST = 1023 };

/* Fewer digits are found in names only. */
enum { CODE_DIGITS_MIN = 3 };

/* floor(16 * log2(n)) without floating point: the whole part by shifting, the
 * fraction by squaring. */
static int64_t
log2_steps(int64_t n)
{
    int64_t whole = 0, x, steps;

    assert(n > 0);
    while (n >> (whole + 1))
        whole++;
    /* x = n / 2^whole in 32 fractional bits, within [1, 2) */
    x = whole <= 32 ? n << (32 - whole) : n >> (whole - 32);
    steps = whole;
    for (int bit = 0; bit < 4; bit++) {
        x = (x >> 16) * (x >> 16);
        steps *= 2;
        if (x >> 33) {
            steps++;
            x >>= 1;
        }
    }
    return steps;
}

static int64_t
rank_of(int64_t product_id, int64_t sold)
{
    int64_t band = BAND_LAST;

    if (sold > 0)
        band -= 1 + log2_steps(sold);
    if (band < 0)
        band = 0;
    return (band << 32) + product_id;
}

/* "mien*" AND "du*" for the words of `fold`; letters and digits only. */
static void
match_expression(const char *fold, struct buf *out)
{
    int words = 0;

    while (*fold && words < SEARCH_WORDS_MAX) {
        size_t len = strcspn(fold, " ");

        if (len) {
            buf_add_str(out, words++ ? " AND \"" : "\"");
            buf_add(out, fold, len);
            buf_add_str(out, "\" *");
        }
        fold += len;
        fold += *fold == ' ';
    }
}

static bool
has_hit(const struct search_hit *hits, size_t len, int64_t product_id)
{
    for (size_t i = 0; i < len; i++)
        if (hits[i].product_id == product_id)
            return true;
    return false;
}

/* Products with a code from `zeros` and the digits on: GTINs are kept as 14
 * digits, an EAN-13 with one zero in front, an EAN-8 with six. */
static enum err
add_codes(struct db *db, const char *zeros, const char *digits,
    struct search_hit *hits, size_t max, size_t *len)
{
    struct stmt *q = stmt_begin(db, SQL_SEARCH_CODES);
    char from[32], to[40];
    enum err e = OK;

    snprintf(from, sizeof(from), "%s%.16s", zeros, digits);
    snprintf(to, sizeof(to), "%s:", from); /* ':' comes after '9' */
    stmt_bind_text(q, ":from", from);
    stmt_bind_text(q, ":to", to);
    stmt_bind_i64(q, ":limit", (int64_t)(max - *len));
    while (*len < max && stmt_next(q, &e)) {
        int64_t id = stmt_i64(q, 0);

        if (!has_hit(hits, *len, id))
            hits[(*len)++] =
                (struct search_hit){.product_id = id, .rank = INT64_MAX};
    }
    stmt_end(q);
    return e;
}

static enum err
search_codes(struct db *db, const char *fold, struct search_hit *hits,
    size_t max, size_t *len)
{
    static const char *const zeros[] = {"0", "", "000000"};
    size_t digits = strspn(fold, "0123456789");
    enum err e = OK;

    if (digits < CODE_DIGITS_MIN || fold[digits] || digits > 14)
        return OK;
    for (size_t i = 0; e == OK && i < 3 && *len < max; i++)
        e = add_codes(db, zeros[i], fold, hits, max, len);
    return e;
}

enum err
db_search(struct db *db, const char *fold, int64_t after_rank,
    struct search_hit *hits_out, size_t max, size_t *len_out)
{
    struct buf match;
    struct stmt *q;
    enum err e = OK;

    *len_out = 0;
    buf_init(&match, 2048);
    match_expression(fold, &match);
    if (match.len) {
        q = stmt_begin(db, SQL_SEARCH_MATCH);
        stmt_bind_text(q, ":match", match.data);
    } else {
        q = stmt_begin(db, SQL_SEARCH_ALL);
    }
    stmt_bind_i64(q, ":after", after_rank);
    stmt_bind_i64(q, ":limit", (int64_t)max);
    while (stmt_next(q, &e))
        hits_out[(*len_out)++] = (struct search_hit){
            .product_id = stmt_i64(q, 0), .rank = stmt_i64(q, 1)};
    stmt_end(q);
    buf_finish(&match);
    if (e == OK && after_rank == 0)
        e = search_codes(db, fold, hits_out, max, len_out);
    return e;
}

/* The row of a product as the index knows it. */
static enum err
row_get(struct db *db, int64_t product_id, int64_t *rank_out,
    int64_t *sold_out, struct buf *fold_out)
{
    struct stmt *q = stmt_begin(db, SQL_SEARCH_ROW);
    enum err e;

    stmt_bind_i64(q, ":product_id", product_id);
    e = stmt_row(q);
    if (e == OK) {
        *rank_out = stmt_i64(q, 0);
        *sold_out = stmt_i64(q, 1);
        buf_clear(fold_out);
        buf_add_str(fold_out, stmt_text(q, 2));
    }
    stmt_end(q);
    return e;
}

/* The index's content lies in product_rank: take a row out of both. */
static enum err
row_drop(struct db *db, int64_t rank, const char *fold)
{
    struct stmt *q = stmt_begin(db, SQL_SEARCH_INDEX_DROP);
    enum err e;

    stmt_bind_i64(q, ":rank", rank);
    stmt_bind_text(q, ":fold", fold);
    e = stmt_done_once(q);
    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_SEARCH_ROW_DROP);
    stmt_bind_i64(q, ":rank", rank);
    return stmt_done_once(q);
}

static enum err
row_add(struct db *db, int64_t product_id, int64_t sold, const char *fold)
{
    struct stmt *q = stmt_begin(db, SQL_SEARCH_ROW_ADD);
    int64_t rank = rank_of(product_id, sold);
    enum err e;

    stmt_bind_i64(q, ":rank", rank);
    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":sold", sold);
    stmt_bind_text(q, ":fold", fold);
    e = stmt_done_once(q);
    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_SEARCH_INDEX_ADD);
    stmt_bind_i64(q, ":rank", rank);
    stmt_bind_text(q, ":fold", fold);
    return stmt_done_once(q);
}

enum err
db_search_put(struct db *db, int64_t product_id, const char *fold)
{
    struct buf old;
    int64_t rank, sold = 0;
    enum err e;

    assert(db_in_write(db));
    buf_init(&old, 4096);
    e = row_get(db, product_id, &rank, &sold, &old);
    if (e == OK)
        e = row_drop(db, rank, old.data);
    else if (e == ERR_NOT_FOUND)
        e = OK;
    if (e == OK && fold)
        e = row_add(db, product_id, sold, fold);
    buf_finish(&old);
    return e;
}

/* `lines` more lines sold: the count always, the place only in a new band. */
static enum err
count_lines(struct db *db, int64_t product_id, int64_t lines)
{
    struct buf fold;
    struct stmt *q;
    int64_t rank, sold;
    enum err e;

    buf_init(&fold, 4096);
    e = row_get(db, product_id, &rank, &sold, &fold);
    if (e == ERR_NOT_FOUND) {
        e = OK; /* retired meanwhile */
    } else if (e == OK && rank == rank_of(product_id, sold + lines)) {
        q = stmt_begin(db, SQL_SEARCH_COUNT);
        stmt_bind_i64(q, ":rank", rank);
        stmt_bind_i64(q, ":lines", lines);
        e = stmt_done_once(q);
    } else if (e == OK) {
        e = row_drop(db, rank, fold.data);
        if (e == OK)
            e = row_add(db, product_id, sold + lines, fold.data);
    }
    buf_finish(&fold);
    return e;
}

enum err
db_search_count_sales(struct db *db, int64_t max_sales, int *left_out)
{
    enum { STEP = 256 };
    struct { int64_t product_id, lines; } sold[STEP];
    int64_t from, last, to;
    size_t n = 0;
    struct stmt *q;
    enum err e;

    assert(db_in_write(db));
    e = stmt_one_i64(stmt_begin(db, SQL_SEARCH_MARK), &from);
    if (e == OK)
        e = stmt_one_i64(stmt_begin(db, SQL_SALE_LAST_ID), &last);
    if (e != OK)
        return e;
    if (max_sales > STEP / 4)
        max_sales = STEP / 4; /* so that the products of one step fit */
    to = last - from > max_sales ? from + max_sales : last;
    *left_out = to < last;
    if (to == from)
        return OK;
    q = stmt_begin(db, SQL_SEARCH_SOLD);
    stmt_bind_i64(q, ":from", from);
    stmt_bind_i64(q, ":to", to);
    stmt_bind_i64(q, ":limit", STEP);
    while (stmt_next(q, &e)) {
        sold[n].product_id = stmt_i64(q, 0);
        sold[n++].lines = stmt_i64(q, 1);
    }
    stmt_end(q);
    for (size_t i = 0; e == OK && i < n; i++)
        e = count_lines(db, sold[i].product_id, sold[i].lines);
    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_SEARCH_MARK_SET);
    stmt_bind_i64(q, ":sale_id", to);
    return stmt_done_once(q);
}
