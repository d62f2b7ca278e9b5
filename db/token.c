#include "db/token.h"

#include <assert.h>
#include <stdio.h>

#include "db/db.h"
#include "db/stmt.h"

enum err
db_token_find(struct db *db, const uint8_t secret[SECRET_HASH],
    struct staff *out)
{
    struct stmt *q = stmt_begin(db, SQL_TOKEN_FIND);
    enum err e;

    stmt_bind_blob(q, ":secret", secret, SECRET_HASH);
    e = stmt_row(q);
    if (e == OK)
        *out = (struct staff){.number = stmt_i64(q, 0),
            .seq = stmt_i64(q, 1),
            .role = (enum role)stmt_i64(q, 2),
            .program = stmt_i64(q, 3) != 0,
            .active = stmt_i64(q, 4) != 0};
    stmt_end(q);
    return e;
}

enum err
db_token_add(struct db *db, int64_t staff, const uint8_t secret[SECRET_HASH],
    int64_t made_at)
{
    struct stmt *q;

    assert(db_in_write(db));
    q = stmt_begin(db, SQL_TOKEN_ADD);
    stmt_bind_i64(q, ":staff", staff);
    stmt_bind_blob(q, ":secret", secret, SECRET_HASH);
    stmt_bind_i64(q, ":made_at", made_at);
    return stmt_done_once(q);
}

enum err
db_token_each(struct db *db, int64_t after, int64_t limit,
    enum err (*fn)(void *arg, const struct token *t), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_TOKEN_EACH);
    struct token t;
    enum err e = OK;

    stmt_bind_i64(q, ":after", after);
    stmt_bind_i64(q, ":limit", limit);
    while (e == OK && stmt_next(q, &e)) {
        t = (struct token){.staff = stmt_i64(q, 0),
            .role = (enum role)stmt_i64(q, 2),
            .active = stmt_i64(q, 3) != 0,
            .made_at = stmt_i64(q, 4)};
        snprintf(t.name, sizeof(t.name), "%s", stmt_text(q, 1));
        e = fn(arg, &t);
    }
    stmt_end(q);
    return e;
}
