/* The last changes of a bill, and bills thrown away; see db/cart.h. */
#include "db/cart.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

enum err
db_cart_change_add(struct db *db, const struct cart_change *c)
{
    struct stmt *q = stmt_begin(db, SQL_CART_CHANGE_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":cart_id", c->cart_id);
    stmt_bind_i64(q, ":version", c->version);
    stmt_bind_text(q, ":op", c->op);
    stmt_bind_blob(q, ":digest", c->digest, sizeof(c->digest));
    stmt_bind_i64(q, ":undo", c->undo);
    stmt_bind_i64(q, ":percent", c->percent);
    stmt_bind_i64(q, ":discount", c->discount);
    stmt_bind_text(q, ":note", c->note);
    return stmt_done_once(q);
}

static enum err
read_change(struct stmt *q, int64_t cart_id, struct cart_change *out)
{
    const void *digest;
    size_t len;
    enum err e = stmt_row(q);

    if (e == OK) {
        *out = (struct cart_change){.cart_id = cart_id,
            .version = stmt_i64(q, 0),
            .undo = stmt_i64(q, 3) != 0,
            .percent = stmt_i64(q, 4),
            .discount = stmt_i64(q, 5)};
        db_copy(out->op, sizeof(out->op), stmt_text(q, 1));
        digest = stmt_blob(q, 2, &len);
        assert(len == sizeof(out->digest));
        memcpy(out->digest, digest, len);
        db_copy(out->note, sizeof(out->note), stmt_text(q, 6));
    }
    stmt_end(q);
    return e;
}

enum err
db_cart_change_by_op(struct db *db, int64_t cart_id, const char *op,
    struct cart_change *out)
{
    struct stmt *q = stmt_begin(db, SQL_CART_CHANGE_BY_OP);

    stmt_bind_i64(q, ":cart_id", cart_id);
    stmt_bind_text(q, ":op", op);
    return read_change(q, cart_id, out);
}

enum err
db_cart_change_last(struct db *db, int64_t cart_id, struct cart_change *out)
{
    struct stmt *q = stmt_begin(db, SQL_CART_CHANGE_LAST);

    stmt_bind_i64(q, ":cart_id", cart_id);
    return read_change(q, cart_id, out);
}

/* A statement about one version of one cart. */
static enum err
run_on_version(struct db *db, enum sql_id id, int64_t cart_id,
    int64_t version)
{
    struct stmt *q = stmt_begin(db, id);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":cart_id", cart_id);
    stmt_bind_i64(q, ":version", version);
    return stmt_done_once(q);
}

enum err
db_cart_change_done(struct db *db, int64_t cart_id, int64_t version)
{
    return run_on_version(db, SQL_CART_CHANGE_DONE, cart_id, version);
}

enum err
db_cart_change_drop(struct db *db, int64_t cart_id, int64_t version)
{
    return run_on_version(db, SQL_CART_CHANGE_DROP, cart_id, version);
}

enum err
db_cart_void_add(struct db *db, const struct cart_void *v)
{
    struct stmt *q = stmt_begin(db, SQL_CART_VOID_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":seq", v->seq);
    stmt_bind_i64(q, ":at", v->at);
    stmt_bind_i64(q, ":till", v->till);
    stmt_bind_i64(q, ":staff", v->staff);
    stmt_bind_i64(q, ":lines", v->lines);
    stmt_bind_i64(q, ":total", v->total);
    return stmt_done_once(q);
}

enum err
db_lot_by_code(struct db *db, int64_t product_id, const char *code,
    int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_LOT_BY_CODE);

    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_text(q, ":code", code);
    return stmt_one_i64(q, id_out);
}
