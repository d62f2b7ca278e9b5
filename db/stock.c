#include "db/stock.h"

#include <assert.h>
#include <inttypes.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

const char *
account_name(enum account account)
{
    static const char *const names[ACCOUNT_END] = {
        [ACCOUNT_SUPPLIER] = "supplier", [ACCOUNT_SHELF] = "shelf",
        [ACCOUNT_TRANSIT] = "transit",   [ACCOUNT_SOLD] = "sold",
        [ACCOUNT_TASTING] = "tasting",   [ACCOUNT_DAMAGED] = "damaged",
        [ACCOUNT_RETURNED] = "returned", [ACCOUNT_COUNTED] = "counted",
    };

    assert(account > 0 && account < ACCOUNT_END);
    return names[account];
}

/* What the lot has on the shelf, whether it is open, its newest move. */
struct standing {
    int64_t shelf;
    int64_t open;
    int64_t last_move;
};

static enum err
standing_get(struct db *db, const struct stock_move *m, struct standing *out)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_STANDING);
    enum err e;

    *out = (struct standing){0};
    stmt_bind_i64(q, ":product_id", m->product_id);
    stmt_bind_i64(q, ":lot_id", m->lot_id);
    e = stmt_row(q);
    if (e == OK)
        *out = (struct standing){.shelf = stmt_i64(q, 0),
            .open = stmt_i64(q, 1), .last_move = stmt_i64(q, 2)};
    stmt_end(q);
    return e;
}

static enum err
move_add(struct db *db, const struct stock_move *m, int64_t prev,
    int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_MOVE_ADD);
    enum err e;

    stmt_bind_i64(q, ":seq", m->seq);
    stmt_bind_i64(q, ":line", m->line);
    stmt_bind_i64(q, ":product_id", m->product_id);
    stmt_bind_i64(q, ":lot_id", m->lot_id);
    stmt_bind_i64(q, ":qty_milli", m->qty_milli);
    stmt_bind_i64(q, ":from_account", m->from);
    stmt_bind_i64(q, ":to_account", m->to);
    stmt_bind_i64(q, ":prev", prev);
    e = stmt_done_once(q);
    *id_out = db_last_id(db);
    return e;
}

static enum err
balance_start(struct db *db, const struct stock_move *m)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_BALANCE_START);

    stmt_bind_i64(q, ":seq", m->seq);
    stmt_bind_i64(q, ":lot_id", m->lot_id);
    return stmt_done_once(q);
}

static enum err
balance_change(struct db *db, const struct stock_move *m, int64_t move_id)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_BALANCE_CHANGE);

    stmt_bind_i64(q, ":seq", m->seq);
    stmt_bind_i64(q, ":product_id", m->product_id);
    stmt_bind_i64(q, ":lot_id", m->lot_id);
    stmt_bind_i64(q, ":move_id", move_id);
    stmt_bind_i64(q, ":qty_milli", m->qty_milli);
    stmt_bind_i64(q, ":from_account", m->from);
    stmt_bind_i64(q, ":to_account", m->to);
    return stmt_done_once(q);
}

/* The index of open lots is touched only when a lot opens or empties. */
static enum err
balance_open(struct db *db, const struct stock_move *m, bool open)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_BALANCE_OPEN);

    stmt_bind_i64(q, ":product_id", m->product_id);
    stmt_bind_i64(q, ":lot_id", m->lot_id);
    stmt_bind_i64(q, ":open", open);
    return stmt_done_once(q);
}

enum err
db_stock_move(struct db *db, const struct stock_move *m)
{
    struct standing now;
    int64_t id, shelf;
    enum err e;

    assert(db_in_write(db)); /* our bug if not, never the cashier's */
    assert(m->qty_milli > 0 && m->from != m->to);

    e = standing_get(db, m, &now);
    if (e == ERR_NOT_FOUND)
        e = balance_start(db, m);
    if (e != OK)
        return e;
    shelf = now.shelf;
    if (m->from == ACCOUNT_SHELF)
        shelf -= m->qty_milli;
    if (m->to == ACCOUNT_SHELF)
        shelf += m->qty_milli;
    if (shelf < 0)
        return err_set(ERR_STOCK_SHORT,
            "lot l_%" PRId64 " has %" PRId64 " on the shelf, not %" PRId64,
            m->lot_id, now.shelf, m->qty_milli);
    e = move_add(db, m, now.last_move, &id);
    if (e == OK)
        e = balance_change(db, m, id);
    if (e == OK && (shelf > 0) != (now.open != 0))
        e = balance_open(db, m, shelf > 0);
    return e;
}

enum err
db_stock_next_move(struct db *db, int64_t *id_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_STOCK_NEXT_MOVE), id_out);
}

static void
read_move(struct stmt *q, struct stock_move *out)
{
    *out = (struct stock_move){
        .id = stmt_i64(q, 0),
        .seq = stmt_i64(q, 1),
        .line = stmt_i64(q, 2),
        .product_id = stmt_i64(q, 3),
        .lot_id = stmt_i64(q, 4),
        .qty_milli = stmt_i64(q, 5),
        .from = (enum account)stmt_i64(q, 6),
        .to = (enum account)stmt_i64(q, 7),
    };
}

enum err
db_stock_moves_of(struct db *db, int64_t first, int64_t count,
    struct stock_move *moves_out)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_MOVES_OF);
    int64_t n = 0;
    enum err e = OK;

    stmt_bind_i64(q, ":first", first);
    stmt_bind_i64(q, ":end", first + count);
    while (stmt_next(q, &e) && n < count)
        read_move(q, &moves_out[n++]);
    stmt_end(q);
    if (e == OK && n < count)
        return err_set(ERR_BOOKS, "stock moves from %" PRId64 " are missing",
            first + n);
    return e;
}

enum err
db_stock_sellable(struct db *db, int64_t product_id, int32_t day,
    int64_t *qty_milli_out)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_SELLABLE);

    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":day", day);
    return stmt_one_i64(q, qty_milli_out);
}

enum err
db_stock_low(struct db *db, int64_t product_id, int32_t day,
    int64_t below_milli, int64_t after, size_t max,
    struct stock_low *rows_out, size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_LOW);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":day", day);
    stmt_bind_i64(q, ":below", below_milli);
    stmt_bind_i64(q, ":after", after);
    stmt_bind_i64(q, ":limit", (int64_t)max);
    while (stmt_next(q, &e)) {
        struct stock_low *row = &rows_out[(*len_out)++];

        row->product_id = stmt_i64(q, 0);
        db_copy(row->name, sizeof(row->name), stmt_text(q, 1));
        row->qty_milli = stmt_i64(q, 2);
    }
    stmt_end(q);
    return e;
}

static struct open_lot
read_open_lot(struct stmt *q)
{
    return (struct open_lot){.lot_id = stmt_i64(q, 0),
        .expires_day = (int32_t)stmt_i64(q, 1),
        .qty_milli = stmt_i64(q, 2)};
}

enum err
db_stock_open_lots(struct db *db, int64_t product_id,
    const struct open_lot *after, int32_t last_day,
    struct open_lot *lots_out, size_t max, size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_OPEN_LOTS);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":after_day", after->expires_day);
    stmt_bind_i64(q, ":after_lot", after->lot_id);
    stmt_bind_i64(q, ":last_day", last_day);
    stmt_bind_i64(q, ":limit", (int64_t)max);
    while (stmt_next(q, &e))
        lots_out[(*len_out)++] = read_open_lot(q);
    stmt_end(q);
    return e;
}

enum err
db_stock_open_lot(struct db *db, int64_t product_id, int64_t lot_id,
    struct open_lot *out)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_OPEN_LOT);
    enum err e;

    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":lot_id", lot_id);
    e = stmt_row(q);
    if (e == OK)
        *out = read_open_lot(q);
    stmt_end(q);
    return e;
}

enum err
db_stock_balances(struct db *db, int64_t product_id, int64_t after_product,
    int64_t after_lot, int64_t limit,
    enum err (*fn)(void *arg, const struct balance *b), void *arg)
{
    struct stmt *q = stmt_begin(db,
        product_id ? SQL_STOCK_BALANCES_OF : SQL_STOCK_BALANCES);
    struct balance b;
    enum err e = OK;

    stmt_bind_i64(q, ":product_id", product_id ? product_id : after_product);
    stmt_bind_i64(q, ":after_lot", after_lot);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        b.product_id = stmt_i64(q, 0);
        b.lot_id = stmt_i64(q, 1);
        db_copy(b.lot_code, sizeof(b.lot_code), stmt_text(q, 2));
        b.expires_day = (int32_t)stmt_i64(q, 3);
        b.qty_milli[0] = 0;
        for (int a = ACCOUNT_SUPPLIER; a < ACCOUNT_END; a++)
            b.qty_milli[a] = stmt_i64(q, 3 + a);
        e = fn(arg, &b);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_stock_history(struct db *db, int64_t product_id, int64_t before,
    int64_t limit, enum err (*fn)(void *arg, const struct stock_move *m),
    void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_HISTORY);
    struct stock_move m;
    enum err e = OK;

    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":before", before);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        read_move(q, &m);
        e = fn(arg, &m);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_stock_prove(struct db *db)
{
    struct stmt *q = stmt_begin(db, SQL_STOCK_PROVE);
    enum err e = stmt_row(q);

    if (e == ERR_NOT_FOUND)
        e = OK; /* no lot differs */
    else if (e == OK)
        e = err_set(ERR_BOOKS,
            "record %" PRId64 ": the balances of lot l_%" PRId64
            " are not the sum of its moves",
            stmt_i64(q, 1), stmt_i64(q, 0));
    stmt_end(q);
    return e;
}
