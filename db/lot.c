/* Lots and suppliers: see db/stock.h. */
#include "db/stock.h"

#include <assert.h>
#include <inttypes.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

enum err
db_lot_get(struct db *db, int64_t id, struct lot *out)
{
    struct stmt *q = stmt_begin(db, SQL_LOT_GET);
    enum err e;

    stmt_bind_i64(q, ":id", id);
    e = stmt_row(q);
    if (e == OK) {
        *out = (struct lot){.id = id,
            .seq = stmt_i64(q, 0),
            .product_id = stmt_i64(q, 1),
            .expires_day = (int32_t)stmt_i64(q, 3),
            .supplier_id = stmt_i64(q, 4),
            .cost = stmt_i64(q, 5)};
        db_copy(out->code, sizeof(out->code), stmt_text(q, 2));
    }
    stmt_end(q);
    if (e == ERR_NOT_FOUND) {
        err_arg("what", "l_%" PRId64, id);
        return err_set(ERR_NOT_FOUND, "no lot l_%" PRId64, id);
    }
    return e;
}

enum err
db_lot_same(struct db *db, const struct lot *like, int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_LOT_SAME);

    stmt_bind_i64(q, ":product_id", like->product_id);
    stmt_bind_text(q, ":code", like->code[0] ? like->code : NULL);
    stmt_bind_i64(q, ":expires_day", like->expires_day);
    stmt_bind_i64(q, ":supplier_id", like->supplier_id);
    stmt_bind_i64(q, ":cost", like->cost);
    return stmt_one_i64(q, id_out);
}

enum err
db_lot_last_id(struct db *db, int64_t *id_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_LOT_LAST_ID), id_out);
}

enum err
db_lot_newest(struct db *db, int64_t product_id, int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_LOT_NEWEST);

    stmt_bind_i64(q, ":product_id", product_id);
    return stmt_one_i64(q, id_out);
}

enum err
db_lot_put(struct db *db, const struct lot *lot)
{
    struct stmt *q = stmt_begin(db, SQL_LOT_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", lot->id);
    stmt_bind_i64(q, ":seq", lot->seq);
    stmt_bind_i64(q, ":product_id", lot->product_id);
    stmt_bind_text(q, ":code", lot->code[0] ? lot->code : NULL);
    stmt_bind_i64(q, ":expires_day", lot->expires_day);
    stmt_bind_i64(q, ":supplier_id", lot->supplier_id);
    stmt_bind_i64(q, ":cost", lot->cost);
    return stmt_done_once(q);
}

enum err
db_supplier_find(struct db *db, const char *name, int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_SUPPLIER_FIND);

    stmt_bind_text(q, ":name", name);
    return stmt_one_i64(q, id_out);
}

enum err
db_supplier_last_id(struct db *db, int64_t *id_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_SUPPLIER_LAST_ID), id_out);
}

enum err
db_supplier_put(struct db *db, int64_t id, const char *name, int64_t seq)
{
    struct stmt *q = stmt_begin(db, SQL_SUPPLIER_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":seq", seq);
    stmt_bind_text(q, ":name", name);
    return stmt_done_once(q);
}

enum err
db_supplier_name(struct db *db, int64_t id, char name_out[DB_NAME])
{
    struct stmt *q = stmt_begin(db, SQL_SUPPLIER_NAME);
    enum err e;

    stmt_bind_i64(q, ":id", id);
    e = stmt_row(q);
    if (e == OK)
        db_copy(name_out, DB_NAME, stmt_text(q, 0));
    stmt_end(q);
    return e;
}
