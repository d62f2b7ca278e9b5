#include "db/trust.h"

#include <assert.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

static void
read_trust(struct stmt *q, struct trust *out)
{
    db_copy(out->role, sizeof(out->role), stmt_text(q, 0));
    out->version = stmt_i64(q, 1);
    out->expires_at = stmt_i64(q, 2);
    out->checked_at = stmt_i64(q, 3);
}

enum err
db_trust_get(struct db *db, const char *role, struct trust *out)
{
    struct stmt *q = stmt_begin(db, SQL_TRUST_GET);
    enum err e;

    stmt_bind_text(q, ":role", role);
    e = stmt_row(q);
    if (e == OK)
        read_trust(q, out);
    stmt_end(q);
    return e;
}

enum err
db_trust_each(struct db *db,
    enum err (*fn)(
        void *arg, const struct trust *t, const char *bytes, size_t len),
    void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_TRUST_EACH);
    struct trust t;
    enum err e = OK;

    while (stmt_next(q, &e)) {
        size_t len;
        const void *bytes = stmt_blob(q, 4, &len);

        read_trust(q, &t);
        e = fn(arg, &t, bytes, len);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_trust_time(struct db *db, int64_t *at_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_TRUST_TIME), at_out);
}

enum err
db_trust_put(
    struct db *db, const struct trust *t, const char *bytes, size_t len)
{
    struct stmt *q = stmt_begin(db, SQL_TRUST_PUT);

    assert(db_in_write(db));
    stmt_bind_text(q, ":role", t->role);
    stmt_bind_i64(q, ":version", t->version);
    stmt_bind_i64(q, ":expires_at", t->expires_at);
    stmt_bind_i64(q, ":checked_at", t->checked_at);
    stmt_bind_blob(q, ":bytes", bytes, len);
    return stmt_done_once(q);
}

enum err
db_trust_drop(struct db *db, const char *role)
{
    struct stmt *q = stmt_begin(db, SQL_TRUST_DROP);

    assert(db_in_write(db));
    stmt_bind_text(q, ":role", role);
    return stmt_done_once(q);
}
