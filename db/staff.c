#include "db/staff.h"

#include <assert.h>
#include <stdio.h>

#include "db/db.h"
#include "db/stmt.h"

static void
read_staff(struct stmt *q, struct staff *out)
{
    *out = (struct staff){.number = stmt_i64(q, 0),
        .seq = stmt_i64(q, 1),
        .role = (enum role)stmt_i64(q, 2),
        .program = stmt_i64(q, 3) != 0,
        .active = stmt_i64(q, 4) != 0};
}

enum err
db_staff_get(struct db *db, int64_t number, struct staff *out)
{
    struct stmt *q = stmt_begin(db, SQL_STAFF_GET);
    enum err e;

    stmt_bind_i64(q, ":number", number);
    e = stmt_row(q);
    if (e == OK)
        read_staff(q, out);
    stmt_end(q);
    return e;
}

enum err
db_staff_private_get(struct db *db, int64_t number, struct staff_private *out)
{
    struct stmt *q = stmt_begin(db, SQL_STAFF_PRIVATE_GET);
    enum err e = OK;

    *out = (struct staff_private){.name = ""};
    stmt_bind_i64(q, ":number", number);
    if (stmt_next(q, &e)) {
        snprintf(out->name, sizeof(out->name), "%s", stmt_text(q, 0));
        snprintf(out->pin_hash, sizeof(out->pin_hash), "%s", stmt_text(q, 1));
    }
    stmt_end(q);
    return e;
}

enum err
db_staff_each(struct db *db, int64_t after, int64_t limit,
    enum err (*fn)(void *arg, const struct staff *s), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_STAFF_EACH);
    struct staff s;
    enum err e = OK;

    stmt_bind_i64(q, ":after", after);
    stmt_bind_i64(q, ":limit", limit);
    while (e == OK && stmt_next(q, &e)) {
        read_staff(q, &s);
        e = fn(arg, &s);
    }
    stmt_end(q);
    return e;
}

enum err
db_staff_last(struct db *db, int64_t *number_out)
{
    struct stmt *q = stmt_begin(db, SQL_STAFF_LAST);
    enum err e = stmt_row(q); /* an aggregate: always one row */

    if (e == OK)
        *number_out = stmt_i64(q, 0);
    stmt_end(q);
    return e;
}

enum err
db_staff_put(struct db *db, const struct staff *s)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_STAFF_PUT);
    stmt_bind_i64(q, ":number", s->number);
    stmt_bind_i64(q, ":seq", s->seq);
    stmt_bind_i64(q, ":role", s->role);
    stmt_bind_i64(q, ":program", s->program);
    stmt_bind_i64(q, ":active", s->active);
    return stmt_done_once(q);
}

enum err
db_staff_private_put(struct db *db, int64_t number,
    const struct staff_private *p)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_STAFF_PRIVATE_PUT);
    stmt_bind_i64(q, ":number", number);
    stmt_bind_text(q, ":name", p->name);
    stmt_bind_text(q, ":pin_hash", p->pin_hash);
    return stmt_done_once(q);
}
