#include "db/label.h"

#include <assert.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

enum err
db_label_token_get(
    struct db *db, int64_t cert, char token_out[DB_LABEL_TOKEN])
{
    struct stmt *q = stmt_begin(db, SQL_LABEL_TOKEN_GET);
    enum err e;

    stmt_bind_i64(q, ":cert", cert);
    e = stmt_row(q);
    if (e == OK)
        db_copy(token_out, DB_LABEL_TOKEN, stmt_text(q, 0));
    stmt_end(q);
    return e;
}

enum err
db_label_token_put(
    struct db *db, int64_t cert, const char *token, int64_t at)
{
    struct stmt *q = stmt_begin(db, SQL_LABEL_TOKEN_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":cert", cert);
    stmt_bind_text(q, ":token", token);
    stmt_bind_i64(q, ":at", at);
    return stmt_done_once(q);
}
