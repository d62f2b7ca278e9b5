#include "db/session.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/stmt.h"

enum err
db_session_find(struct db *db, const uint8_t secret[SECRET_HASH],
    struct session *out)
{
    struct stmt *q = stmt_begin(db, SQL_SESSION_FIND);
    enum err e;

    stmt_bind_blob(q, ":secret", secret, SECRET_HASH);
    e = stmt_row(q);
    if (e == OK) {
        *out = (struct session){.staff = stmt_i64(q, 0),
            .role = (enum role)stmt_i64(q, 1),
            .device = stmt_i64(q, 2),
            .till = stmt_i64(q, 3),
            .started_at = stmt_i64(q, 4),
            .seen_at = stmt_i64(q, 5)};
        memcpy(out->secret, secret, SECRET_HASH);
    }
    stmt_end(q);
    return e;
}

enum err
db_session_add(struct db *db, const struct session *s)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_SESSION_ADD);
    stmt_bind_blob(q, ":secret", s->secret, SECRET_HASH);
    stmt_bind_i64(q, ":staff", s->staff);
    stmt_bind_i64(q, ":device", s->device);
    stmt_bind_i64(q, ":till", s->till);
    stmt_bind_i64(q, ":started_at", s->started_at);
    stmt_bind_i64(q, ":seen_at", s->seen_at);
    return stmt_done_once(q);
}

enum err
db_session_seen(struct db *db, const uint8_t secret[SECRET_HASH],
    int64_t seen_at)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_SESSION_SEEN);
    stmt_bind_blob(q, ":secret", secret, SECRET_HASH);
    stmt_bind_i64(q, ":seen_at", seen_at);
    return stmt_done_once(q);
}

enum err
db_session_drop(struct db *db, const uint8_t secret[SECRET_HASH])
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_SESSION_DROP);
    stmt_bind_blob(q, ":secret", secret, SECRET_HASH);
    return stmt_done_once(q);
}

enum err
db_session_drop_staff(struct db *db, int64_t staff)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_SESSION_DROP_STAFF);
    stmt_bind_i64(q, ":staff", staff);
    return stmt_done_once(q);
}

enum err
db_session_prune(struct db *db, int64_t seen_before, int64_t started_before)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_SESSION_PRUNE);
    stmt_bind_i64(q, ":seen_before", seen_before);
    stmt_bind_i64(q, ":started_before", started_before);
    return stmt_done_once(q);
}

enum err
db_guard_get(struct db *db, const char *subject, struct guard *out)
{
    struct stmt *q = stmt_begin(db, SQL_GUARD_GET);
    enum err e = OK;

    *out = (struct guard){0};
    stmt_bind_text(q, ":subject", subject);
    if (stmt_next(q, &e))
        *out = (struct guard){.failures = stmt_i64(q, 0),
            .failed_at = stmt_i64(q, 1),
            .locked_until = stmt_i64(q, 2)};
    stmt_end(q);
    return e;
}

enum err
db_guard_put(struct db *db, const char *subject, const struct guard *g)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_GUARD_PUT);
    stmt_bind_text(q, ":subject", subject);
    stmt_bind_i64(q, ":failures", g->failures);
    stmt_bind_i64(q, ":failed_at", g->failed_at);
    stmt_bind_i64(q, ":locked_until", g->locked_until);
    return stmt_done_once(q);
}

enum err
db_guard_clear(struct db *db, const char *subject)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_GUARD_CLEAR);
    stmt_bind_text(q, ":subject", subject);
    return stmt_done_once(q);
}
