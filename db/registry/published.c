#include "db/registry/published.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/stmt.h"

static enum err
give_metadata(struct stmt *q, reg_metadata_fn *fn, void *arg)
{
    struct reg_metadata m = {.role = stmt_text(q, 0),
        .version = stmt_i64(q, 1),
        .signed_at = stmt_i64(q, 2),
        .expires_at = stmt_i64(q, 3)};

    m.bytes = stmt_blob(q, 4, &m.len);
    return fn(arg, &m);
}

/* The one row, and stmt_end. */
static enum err
give_one(struct stmt *q, reg_metadata_fn *fn, void *arg)
{
    enum err e = stmt_row(q);

    if (e == OK)
        e = give_metadata(q, fn, arg);
    stmt_end(q);
    return e;
}

enum err
db_reg_metadata_last(
    struct db *db, const char *role, reg_metadata_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_METADATA_LAST);

    stmt_bind_text(q, ":role", role);
    return give_one(q, fn, arg);
}

enum err
db_reg_metadata_get(struct db *db, const char *role, int64_t version,
    reg_metadata_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_METADATA_GET);

    stmt_bind_text(q, ":role", role);
    stmt_bind_i64(q, ":version", version);
    return give_one(q, fn, arg);
}

enum err
db_reg_metadata_each(struct db *db, reg_metadata_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_METADATA_EACH);
    enum err e, given = OK;

    while (given == OK && stmt_next(q, &e))
        given = give_metadata(q, fn, arg);
    stmt_end(q);
    return given != OK ? given : e;
}

static enum err
give_target(struct stmt *q, reg_target_fn *fn, void *arg)
{
    struct reg_target t = {.path = stmt_text(q, 0),
        .role = stmt_text(q, 1),
        .length = stmt_i64(q, 2),
        .custom = stmt_text(q, 4),
        .at = stmt_i64(q, 5)};
    size_t len;
    const void *hash = stmt_blob(q, 3, &len);

    assert(len == sizeof(t.sha256)); /* a CHECK of the table */
    memcpy(t.sha256, hash, len);
    return fn(arg, &t);
}

enum err
db_reg_targets(struct db *db, const char *role, reg_target_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_TARGETS);
    enum err e, given = OK;

    stmt_bind_text(q, ":role", role);
    while (given == OK && stmt_next(q, &e))
        given = give_target(q, fn, arg);
    stmt_end(q);
    return given != OK ? given : e;
}

enum err
db_reg_metadata_add(struct db *db, const struct reg_metadata *m)
{
    struct stmt *q = stmt_begin(db, SQL_REG_METADATA_ADD);

    assert(db_in_write(db));
    stmt_bind_text(q, ":role", m->role);
    stmt_bind_i64(q, ":version", m->version);
    stmt_bind_i64(q, ":signed_at", m->signed_at);
    stmt_bind_i64(q, ":expires_at", m->expires_at);
    stmt_bind_blob(q, ":bytes", m->bytes, m->len);
    return stmt_done_once(q);
}

enum err
db_reg_target_put(struct db *db, const struct reg_target *t)
{
    struct stmt *q = stmt_begin(db, SQL_REG_TARGET_PUT);

    assert(db_in_write(db));
    stmt_bind_text(q, ":path", t->path);
    stmt_bind_text(q, ":role", t->role);
    stmt_bind_i64(q, ":length", t->length);
    stmt_bind_blob(q, ":sha256", t->sha256, sizeof(t->sha256));
    stmt_bind_text(q, ":custom", t->custom);
    stmt_bind_i64(q, ":at", t->at);
    return stmt_done_once(q);
}

enum err
db_reg_target_drop(struct db *db, const char *path)
{
    struct stmt *q = stmt_begin(db, SQL_REG_TARGET_DROP);

    assert(db_in_write(db));
    stmt_bind_text(q, ":path", path);
    return stmt_done_once(q);
}
