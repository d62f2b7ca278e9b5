#include "db/device.h"

#include <assert.h>
#include <stdio.h>

#include "db/db.h"
#include "db/stmt.h"

static void
read_till(struct stmt *q, struct till *out)
{
    *out = (struct till){.number = stmt_i64(q, 0),
        .seq = stmt_i64(q, 1),
        .active = stmt_i64(q, 3) != 0};
    snprintf(out->name, sizeof(out->name), "%s", stmt_text(q, 2));
}

enum err
db_till_get(struct db *db, int64_t number, struct till *out)
{
    struct stmt *q = stmt_begin(db, SQL_TILL_GET);
    enum err e;

    stmt_bind_i64(q, ":number", number);
    e = stmt_row(q);
    if (e == OK)
        read_till(q, out);
    stmt_end(q);
    return e;
}

enum err
db_till_each(struct db *db, int64_t after, int64_t limit,
    enum err (*fn)(void *arg, const struct till *t), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_TILL_EACH);
    struct till t;
    enum err e = OK;

    stmt_bind_i64(q, ":after", after);
    stmt_bind_i64(q, ":limit", limit);
    while (e == OK && stmt_next(q, &e)) {
        read_till(q, &t);
        e = fn(arg, &t);
    }
    stmt_end(q);
    return e;
}

enum err
db_till_put(struct db *db, const struct till *t)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_TILL_PUT);
    stmt_bind_i64(q, ":number", t->number);
    stmt_bind_i64(q, ":seq", t->seq);
    stmt_bind_text(q, ":name", t->name);
    stmt_bind_i64(q, ":active", t->active);
    return stmt_done_once(q);
}

static enum err
read_device(struct stmt *q, struct device *out)
{
    enum err e = stmt_row(q);

    if (e == OK)
        *out = (struct device){.id = stmt_i64(q, 0),
            .seq = stmt_i64(q, 1),
            .till = stmt_i64(q, 2),
            .active = stmt_i64(q, 3) != 0};
    stmt_end(q);
    return e;
}

enum err
db_device_get(struct db *db, int64_t id, struct device *out)
{
    struct stmt *q = stmt_begin(db, SQL_DEVICE_GET);

    stmt_bind_i64(q, ":id", id);
    return read_device(q, out);
}

enum err
db_device_find(struct db *db, const uint8_t secret[SECRET_HASH],
    struct device *out)
{
    struct stmt *q = stmt_begin(db, SQL_DEVICE_FIND);

    stmt_bind_blob(q, ":secret", secret, SECRET_HASH);
    return read_device(q, out);
}

enum err
db_device_last(struct db *db, int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_DEVICE_LAST);
    enum err e = stmt_row(q); /* an aggregate: always one row */

    if (e == OK)
        *id_out = stmt_i64(q, 0);
    stmt_end(q);
    return e;
}

enum err
db_device_put(struct db *db, const struct device *d)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_DEVICE_PUT);
    stmt_bind_i64(q, ":id", d->id);
    stmt_bind_i64(q, ":seq", d->seq);
    stmt_bind_i64(q, ":till", d->till);
    stmt_bind_i64(q, ":active", d->active);
    return stmt_done_once(q);
}

enum err
db_device_private_add(struct db *db, const struct device_private *p)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_DEVICE_PRIVATE_ADD);
    stmt_bind_i64(q, ":id", p->id);
    stmt_bind_text(q, ":name", p->name);
    stmt_bind_blob(q, ":secret", p->secret, SECRET_HASH);
    stmt_bind_i64(q, ":enrolled_at", p->enrolled_at);
    return stmt_done_once(q);
}

enum err
db_device_each(struct db *db, int64_t after, int64_t limit,
    enum err (*fn)(void *arg, const struct device_line *d), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_DEVICE_EACH);
    struct device_line d;
    enum err e = OK;

    stmt_bind_i64(q, ":after", after);
    stmt_bind_i64(q, ":limit", limit);
    while (e == OK && stmt_next(q, &e)) {
        d = (struct device_line){.id = stmt_i64(q, 0),
            .till = stmt_i64(q, 2),
            .active = stmt_i64(q, 3) != 0,
            .enrolled_at = stmt_i64(q, 4)};
        snprintf(d.name, sizeof(d.name), "%s", stmt_text(q, 1));
        e = fn(arg, &d);
    }
    stmt_end(q);
    return e;
}

enum err
db_device_code_add(struct db *db, const struct device_code *c)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_DEVICE_CODE_ADD);
    stmt_bind_text(q, ":code", c->code);
    stmt_bind_i64(q, ":till", c->till);
    stmt_bind_text(q, ":name", c->name);
    stmt_bind_i64(q, ":made_by", c->made_by);
    stmt_bind_i64(q, ":expires_at", c->expires_at);
    return stmt_done_once(q);
}

enum err
db_device_code_get(struct db *db, const char *code, int64_t now,
    struct device_code *out)
{
    struct stmt *q = stmt_begin(db, SQL_DEVICE_CODE_GET);
    enum err e;

    stmt_bind_text(q, ":code", code);
    stmt_bind_i64(q, ":now", now);
    e = stmt_row(q);
    if (e == OK) {
        *out = (struct device_code){.till = stmt_i64(q, 0),
            .made_by = stmt_i64(q, 2)};
        snprintf(out->name, sizeof(out->name), "%s", stmt_text(q, 1));
    }
    stmt_end(q);
    return e;
}

enum err
db_device_code_drop(struct db *db, const char *code, int64_t now)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_DEVICE_CODE_DROP);
    stmt_bind_text(q, ":code", code);
    stmt_bind_i64(q, ":now", now);
    return stmt_done_once(q);
}
