#include "db/transfer.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

static const char *const states[] = {
    [TRANSFER_WAITING] = "waiting",     [TRANSFER_MATCHED] = "matched",
    [TRANSFER_CONFIRMED] = "confirmed", [TRANSFER_CANCELLED] = "cancelled",
    [TRANSFER_PART] = "part",           [TRANSFER_OVER] = "over",
};

const char *
transfer_state_name(enum transfer_state state)
{
    assert(state >= TRANSFER_WAITING && state <= TRANSFER_OVER);
    return states[state];
}

enum transfer_state
transfer_state_parse(const char *name)
{
    for (int i = TRANSFER_WAITING; i <= TRANSFER_OVER; i++)
        if (strcmp(states[i], name) == 0)
            return (enum transfer_state)i;
    return 0;
}

static void
read_transfer(struct stmt *q, struct transfer *out)
{
    *out = (struct transfer){
        .id = stmt_i64(q, 0),
        .till = stmt_i64(q, 3),
        .staff = stmt_i64(q, 4),
        .amount = stmt_i64(q, 6),
        .received = stmt_i64(q, 7),
        .state = (enum transfer_state)stmt_i64(q, 9),
        .created_at = stmt_i64(q, 10),
        .confirmed_by = stmt_i64(q, 11),
        .sale_id = stmt_i64(q, 12),
    };
    db_copy(out->key, sizeof(out->key), stmt_text(q, 1));
    db_copy(out->cart, sizeof(out->cart), stmt_text(q, 2));
    db_copy(out->code, sizeof(out->code), stmt_text(q, 5));
    db_copy(out->text, sizeof(out->text), stmt_text(q, 8));
}

static enum err
one_transfer(struct stmt *q, struct transfer *out)
{
    enum err e = stmt_row(q);

    if (e == OK)
        read_transfer(q, out);
    stmt_end(q);
    return e;
}

enum err
db_transfer_add(struct db *db, const struct transfer *t, int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_TRANSFER_ADD);
    enum err e;

    assert(db_in_write(db));
    stmt_bind_text(q, ":key", t->key);
    stmt_bind_text(q, ":cart", t->cart[0] ? t->cart : NULL);
    stmt_bind_i64(q, ":till", t->till);
    stmt_bind_i64(q, ":staff", t->staff);
    stmt_bind_text(q, ":code", t->code);
    stmt_bind_i64(q, ":amount", t->amount);
    stmt_bind_text(q, ":text", t->text);
    stmt_bind_i64(q, ":at", t->created_at);
    e = stmt_done_once(q);
    *id_out = db_last_id(db);
    return e;
}

enum err
db_transfer_get(struct db *db, int64_t id, struct transfer *out)
{
    struct stmt *q = stmt_begin(db, SQL_TRANSFER_GET);
    enum err e;

    stmt_bind_i64(q, ":id", id);
    e = one_transfer(q, out);
    if (e != ERR_NOT_FOUND)
        return e;
    err_arg("what", "t_%" PRId64, id);
    return err_set(ERR_NOT_FOUND, "no transfer t_%" PRId64, id);
}

enum err
db_transfer_by_key(struct db *db, const char *key, struct transfer *out)
{
    struct stmt *q = stmt_begin(db, SQL_TRANSFER_BY_KEY);

    stmt_bind_text(q, ":key", key);
    return one_transfer(q, out);
}

enum err
db_transfer_by_code(struct db *db, const char *code, struct transfer *out)
{
    struct stmt *q = stmt_begin(db, SQL_TRANSFER_BY_CODE);

    stmt_bind_text(q, ":code", code);
    return one_transfer(q, out);
}

/* Nothing was changed: it has paid already. */
static enum err
changed_one(struct db *db, int64_t id, enum err e)
{
    if (e != OK || db_changes(db) == 1)
        return e;
    err_arg("transfer", "t_%" PRId64, id);
    return err_set(
        ERR_TRANSFER_USED, "transfer t_%" PRId64 " has paid already", id);
}

enum err
db_transfer_set(struct db *db, const struct transfer *t)
{
    struct stmt *q = stmt_begin(db, SQL_TRANSFER_SET);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", t->id);
    stmt_bind_i64(q, ":state", t->state);
    stmt_bind_i64(q, ":received", t->received);
    stmt_bind_i64_or_null(
        q, ":confirmed_by", t->confirmed_by != 0, t->confirmed_by);
    return changed_one(db, t->id, stmt_done_once(q));
}

enum err
db_transfer_receive(struct db *db, int64_t id, int64_t received)
{
    struct stmt *q = stmt_begin(db, SQL_TRANSFER_RECEIVE);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":received", received);
    return stmt_done_once(q);
}

enum err
db_transfer_take(struct db *db, int64_t id, int64_t sale_id)
{
    struct stmt *q = stmt_begin(db, SQL_TRANSFER_TAKE);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":sale_id", sale_id);
    return changed_one(db, id, stmt_done_once(q));
}

enum err
db_transfer_each(struct db *db, enum transfer_state state, bool open,
    int64_t before, int64_t limit, transfer_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(
        db, open ? SQL_TRANSFER_EACH_OPEN : SQL_TRANSFER_EACH);
    struct transfer t;
    enum err e = OK;

    stmt_bind_i64(q, ":state", state);
    stmt_bind_i64(q, ":before", before);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        read_transfer(q, &t);
        e = fn(arg, &t);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}
