#include "db/registry/lists.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

enum err
db_reg_list_pending(struct db *db, const char *role, int64_t *out)
{
    struct stmt *q = stmt_begin(db, SQL_REG_LIST_PENDING);

    stmt_bind_text(q, ":role", role);
    return stmt_one_i64(q, out);
}

/* UPDATE and INSERT of the listing, with role and sequence. */
static enum err
relist(struct db *db, enum sql_id id, const char *role, int64_t seq)
{
    struct stmt *q = stmt_begin(db, id);

    stmt_bind_i64(q, ":seq", seq);
    stmt_bind_text(q, ":role", role);
    return stmt_done_once(q);
}

enum err
db_reg_list_begin(struct db *db, const char *role, int64_t *seq_out)
{
    struct stmt *q = stmt_begin(db, SQL_REG_LIST_NEXT);
    enum err e;

    assert(db_in_write(db));
    stmt_bind_text(q, ":role", role);
    e = stmt_one_i64(q, seq_out);
    if (e == OK)
        e = relist(db, SQL_REG_LISTING_CLOSE, role, *seq_out);
    if (e == OK)
        e = relist(db, SQL_REG_LISTING_OPEN, role, *seq_out);
    return e;
}

enum err
db_reg_list_finish(struct db *db, const struct reg_list *list)
{
    struct stmt *q = stmt_begin(db, SQL_REG_LIST_FINISH);

    assert(db_in_write(db));
    stmt_bind_text(q, ":role", list->role);
    stmt_bind_i64(q, ":seq", list->seq);
    stmt_bind_i64(q, ":at", list->at);
    stmt_bind_text(q, ":by_whom", list->by_whom);
    stmt_bind_i64(q, ":records", list->records);
    stmt_bind_i64(q, ":length", list->length);
    stmt_bind_blob(q, ":sha256", list->sha256, sizeof(list->sha256));
    return stmt_done_once(q);
}

/* All rows, and stmt_end. */
static enum err
give_lines(struct stmt *q, reg_line_fn *fn, void *arg)
{
    enum err e, given = OK;

    while (given == OK && stmt_next(q, &e)) {
        const char *record = stmt_is_null(q, 2) ? NULL : stmt_text(q, 2);

        given = fn(arg, stmt_text(q, 0), stmt_i64(q, 1), record,
            record ? strlen(record) : 0);
    }
    stmt_end(q);
    return given != OK ? given : e;
}

enum err
db_reg_list_at(struct db *db, const char *role, int64_t seq, reg_line_fn *fn,
    void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_LIST_AT);

    stmt_bind_text(q, ":role", role);
    stmt_bind_i64(q, ":seq", seq);
    return give_lines(q, fn, arg);
}

enum err
db_reg_list_delta(struct db *db, const char *role, int64_t from, int64_t to,
    reg_line_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_LIST_DELTA);

    stmt_bind_text(q, ":role", role);
    stmt_bind_i64(q, ":from", from);
    stmt_bind_i64(q, ":to", to);
    return give_lines(q, fn, arg);
}
