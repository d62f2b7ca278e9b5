#include "db/proof.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "db/internal.h"
#include "db/showroom.h"

/* Bytes of a value that are told; what is longer is cut. */
enum { SHOWN = 160 };

/* Column 0 of each statement is the record that set the row, then `keys`
 * columns of its key.  `lent`: the table has no `seq` of its own, it is read
 * from a row beside it and not compared. */
static const struct table {
    const char *name;
    enum sql_id id;
    int keys;
    bool lent;
} tables[] = {
    {"showroom", SQL_PROOF_SHOWROOM, 1, false},
    {"showroom_key", SQL_PROOF_SHOWROOM_KEY, 1, false},
    {"vat_rate", SQL_PROOF_VAT_RATE, 2, true},
    {"staff", SQL_PROOF_STAFF, 1, false},
    {"till", SQL_PROOF_TILL, 1, false},
    {"device", SQL_PROOF_DEVICE, 1, false},
    {"product", SQL_PROOF_PRODUCT, 1, false},
    {"product_price", SQL_PROOF_PRODUCT_PRICE, 2, false},
    {"barcode", SQL_PROOF_BARCODE, 2, false},
    {"product_certificate", SQL_PROOF_PRODUCT_CERTIFICATE, 2, false},
    {"certificate_notice", SQL_PROOF_CERTIFICATE_NOTICE, 3, false},
    {"product_rank", SQL_PROOF_PRODUCT_WORDS, 1, true},
    {"supplier", SQL_PROOF_SUPPLIER, 1, false},
    {"lot", SQL_PROOF_LOT, 1, false},
    {"receiving", SQL_PROOF_RECEIVING, 1, false},
    {"receiving_line", SQL_PROOF_RECEIVING_LINE, 2, true},
    {"stock_move", SQL_PROOF_STOCK_MOVE, 1, false},
    {"stock_balance", SQL_PROOF_STOCK_BALANCE, 2, false},
    {"shift", SQL_PROOF_SHIFT, 1, false},
    {"shift_note", SQL_PROOF_SHIFT_NOTE, 2, false},
    {"cash_move", SQL_PROOF_CASH_MOVE, 1, false},
    {"sale", SQL_PROOF_SALE, 1, false},
    {"sale_line", SQL_PROOF_SALE_LINE, 2, false},
    {"payment", SQL_PROOF_PAYMENT, 2, false},
    {"request", SQL_PROOF_REQUEST, 1, false},
    {"cart_void", SQL_PROOF_CART_VOID, 1, false},
    {"certified_list", SQL_PROOF_CERTIFIED_LIST, 1, false},
    {"certified", SQL_PROOF_CERTIFIED, 1, true},
};

enum err
db_proof_open(const char *path, struct db **out)
{
    struct db *db;
    enum err e = db_open(path, DB_READ, &db);

    if (e != OK)
        return e;
    e = stmt_run(db, SQL_BEGIN_READ);
    if (e != OK) {
        db_close(db);
        return e;
    }
    *out = db;
    return OK;
}

enum err
db_proof_records(struct db *db, int64_t from, int64_t limit,
    enum err (*fn)(void *arg, const struct proof_record *r), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_PROOF_RECORDS);
    struct proof_record r;
    enum err e;

    stmt_bind_i64(q, ":from", from);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        r.seq = stmt_i64(q, 0);
        r.kind = stmt_text(q, 1);
        r.kind_len = (size_t)sqlite3_column_bytes(q->s, 1);
        r.body = stmt_text(q, 2);
        r.body_len = (size_t)sqlite3_column_bytes(q->s, 2);
        r.key = stmt_i64(q, 3);
        r.hash = stmt_blob(q, 4, &r.hash_len);
        r.sig = stmt_blob(q, 5, &r.sig_len);
        e = fn(arg, &r);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_proof_keys(struct db *db, struct showroom_key *keys_out, size_t max,
    size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_SHOWROOM_KEYS);
    enum err e;

    *len_out = 0;
    stmt_bind_i64(q, ":limit", (int64_t)max);
    while (stmt_next(q, &e)) {
        struct showroom_key *k = &keys_out[*len_out];
        size_t len;
        const void *key = stmt_blob(q, 1, &len);

        if (len != sizeof(k->public_key))
            continue;
        memcpy(k->public_key, key, len);
        k->number = stmt_i64(q, 0);
        k->from_seq = stmt_i64(q, 2);
        ++*len_out;
    }
    stmt_end(q);
    return e;
}

size_t
db_proof_tables(void)
{
    return sizeof(tables) / sizeof(tables[0]);
}

/* Numbers before text before bytes, as SQLite orders them. */
static int
class_of(struct stmt *q, int col)
{
    switch (sqlite3_column_type(q->s, col)) {
    case SQLITE_NULL:
        return 0;
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
        return 1;
    case SQLITE_TEXT:
        return 2;
    default:
        return 3;
    }
}

static int
compare_bytes(struct stmt *a, struct stmt *b, int col)
{
    size_t a_len, b_len, both;
    const void *a_bytes = stmt_blob(a, col, &a_len);
    const void *b_bytes = stmt_blob(b, col, &b_len);
    int order;

    both = a_len < b_len ? a_len : b_len;
    order = both ? memcmp(a_bytes, b_bytes, both) : 0;
    return order ? order : (a_len > b_len) - (a_len < b_len);
}

static int
compare_values(struct stmt *a, struct stmt *b, int col)
{
    int a_class = class_of(a, col), b_class = class_of(b, col);

    if (a_class != b_class)
        return a_class - b_class;
    if (a_class == 0)
        return 0;
    if (a_class == 1)
        return (stmt_i64(a, col) > stmt_i64(b, col)) -
            (stmt_i64(a, col) < stmt_i64(b, col));
    return compare_bytes(a, b, col);
}

/* The value in words that fit a line. */
static void
show_value(struct stmt *q, int col, struct buf *out)
{
    char hex[SHOWN + 1];
    const char *bytes;
    size_t len;

    buf_clear(out);
    switch (class_of(q, col)) {
    case 0:
        buf_add_str(out, "NULL");
        break;
    case 1:
        buf_printf(out, "%" PRId64, stmt_i64(q, col));
        break;
    case 2:
        bytes = stmt_blob(q, col, &len);
        if (len > SHOWN)
            for (len = SHOWN; ((uint8_t)bytes[len] & 0xc0) == 0x80;)
                len--; /* not inside a letter */
        buf_add(out, bytes, len);
        break;
    default:
        bytes = stmt_blob(q, col, &len);
        crypto_hex((const uint8_t *)bytes,
            len < SHOWN / 2 ? len : SHOWN / 2, hex);
        buf_add_str(out, hex);
    }
}

/* One table of two databases, walked side by side. */
struct walk {
    const struct table *table;
    struct stmt *ours, *right;
    bool more_ours, more_right;
    proof_fn *fn;
    void *arg;
    struct buf row, expected, found, value;
};

static int
compare_keys(const struct walk *w)
{
    int order = 0;

    if (!w->more_ours || !w->more_right)
        return w->more_ours ? -1 : 1;
    for (int col = 1; order == 0 && col <= w->table->keys; col++)
        order = compare_values(w->ours, w->right, col);
    return order;
}

static enum err
tell(struct walk *w, struct stmt *q, const char *column, const char *expected,
    const char *found)
{
    bool strange = q == w->ours && w->table->lent; /* lent by whom it is not */
    struct proof_difference d = {.table = w->table->name,
        .seq = strange ? 0 : stmt_i64(q, 0),
        .column = column,
        .expected = expected,
        .found = found};

    buf_clear(&w->row);
    for (int col = 1; col <= w->table->keys; col++) {
        show_value(q, col, &w->value);
        buf_printf(&w->row, "%s%s %s", col > 1 ? ", " : "",
            sqlite3_column_name(q->s, col), w->value.data);
    }
    d.row = w->row.data;
    return w->fn(w->arg, &d);
}

/* The same key on both sides: every other column. */
static enum err
compare_row(struct walk *w)
{
    int columns = sqlite3_column_count(w->right->s);
    enum err e = OK;

    for (int col = 0; e == OK && col < columns; col++) {
        if ((col == 0 && w->table->lent) ||
            compare_values(w->ours, w->right, col) == 0)
            continue;
        show_value(w->right, col, &w->expected);
        show_value(w->ours, col, &w->found);
        e = tell(w, w->right, sqlite3_column_name(w->right->s, col),
            w->expected.data, w->found.data);
    }
    return e;
}

static enum err
walk(struct walk *w, int64_t *rows)
{
    enum err e, e_right;

    w->more_ours = stmt_next(w->ours, &e);
    w->more_right = stmt_next(w->right, &e_right);
    while (e == OK && e_right == OK && (w->more_ours || w->more_right)) {
        int order = compare_keys(w);

        ++*rows;
        if (order == 0)
            e = compare_row(w);
        else if (order < 0)
            e = tell(w, w->ours, NULL, NULL, "");
        else
            e = tell(w, w->right, NULL, "", NULL);
        if (e == OK && order <= 0)
            w->more_ours = stmt_next(w->ours, &e);
        if (e == OK && order >= 0)
            w->more_right = stmt_next(w->right, &e_right);
    }
    return e != OK ? e : e_right;
}

enum err
db_proof_compare(struct db *ours, struct db *right, size_t i, proof_fn *fn,
    void *arg, int64_t *rows_out)
{
    struct walk w = {.table = &tables[i], .fn = fn, .arg = arg};
    enum err e;

    buf_init(&w.row, 4096);
    buf_init(&w.expected, 4096);
    buf_init(&w.found, 4096);
    buf_init(&w.value, 4096);
    w.ours = stmt_begin(ours, w.table->id);
    w.right = stmt_begin(right, w.table->id);
    e = walk(&w, rows_out);
    stmt_end(w.right);
    stmt_end(w.ours);
    buf_finish(&w.value);
    buf_finish(&w.found);
    buf_finish(&w.expected);
    buf_finish(&w.row);
    return e;
}

enum err
db_proof_ledger(struct db *db, int64_t *lot_out, int64_t *seq_out)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_PROVE);
    enum err e = stmt_row(q);

    *lot_out = e == OK ? stmt_i64(q, 0) : 0;
    *seq_out = e == OK ? stmt_i64(q, 1) : 0;
    stmt_end(q);
    return e == ERR_NOT_FOUND ? OK : e;
}
