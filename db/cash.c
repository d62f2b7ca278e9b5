#include "db/cash.h"

#include <assert.h>
#include <inttypes.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

const char *
cash_kind_name(enum cash_kind kind)
{
    static const char *const names[] = {[CASH_IN] = "cash_in",
        [CASH_OUT] = "cash_out",
        [CASH_DRAWER] = "drawer_open"};

    assert(kind >= CASH_IN && kind <= CASH_DRAWER);
    return names[kind];
}

enum err
db_cash_add(struct db *db, const struct cash_move *m)
{
    struct stmt *q = stmt_begin(db, SQL_CASH_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", m->id);
    stmt_bind_i64(q, ":seq", m->seq);
    stmt_bind_i64(q, ":kind", m->kind);
    stmt_bind_i64(q, ":till", m->till);
    stmt_bind_i64_or_null(q, ":shift_id", m->shift_id != 0, m->shift_id);
    stmt_bind_i64(q, ":amount", m->amount);
    stmt_bind_i64(q, ":staff", m->staff);
    stmt_bind_i64(q, ":at", m->at);
    stmt_bind_text(q, ":reason", m->reason);
    return stmt_done_once(q);
}

enum err
db_cash_last_id(struct db *db, int64_t *id_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_CASH_LAST_ID), id_out);
}

static void
read_move(struct stmt *q, struct cash_move *out)
{
    *out = (struct cash_move){
        .id = stmt_i64(q, 0),
        .seq = stmt_i64(q, 1),
        .kind = (enum cash_kind)stmt_i64(q, 2),
        .till = stmt_i64(q, 3),
        .shift_id = stmt_i64(q, 4),
        .amount = stmt_i64(q, 5),
        .staff = stmt_i64(q, 6),
        .at = stmt_i64(q, 7),
    };
    db_copy(out->reason, sizeof(out->reason), stmt_text(q, 8));
}

enum err
db_cash_get(struct db *db, int64_t id, struct cash_move *out)
{
    struct stmt *q = stmt_begin(db, SQL_CASH_GET);
    enum err e;

    stmt_bind_i64(q, ":id", id);
    e = stmt_row(q);
    if (e == OK)
        read_move(q, out);
    stmt_end(q);
    return e;
}

enum err
db_cash_each(struct db *db, int64_t shift_id, int64_t before, int64_t limit,
    enum err (*fn)(void *arg, const struct cash_move *m), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CASH_EACH);
    struct cash_move m;
    enum err e = OK;

    stmt_bind_i64(q, ":shift_id", shift_id);
    stmt_bind_i64(q, ":before", before);
    stmt_bind_i64(q, ":limit", limit);
    while (e == OK && stmt_next(q, &e)) {
        read_move(q, &m);
        e = fn(arg, &m);
    }
    stmt_end(q);
    return e;
}
