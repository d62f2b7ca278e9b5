#include "db/registry/records.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "db/stmt.h"

/* NULL where the column is. */
static const char *
text_or_null(struct stmt *q, int col)
{
    return stmt_is_null(q, col) ? NULL : stmt_text(q, col);
}

static enum err
give_row(struct stmt *q, reg_version_fn *fn, void *arg)
{
    struct reg_version v = {.n = stmt_i64(q, 0),
        .id = stmt_text(q, 1),
        .cert = stmt_i64(q, 2),
        .rev = stmt_i64(q, 3),
        .role = text_or_null(q, 4),
        .stars = (int)stmt_i64(q, 5),
        .status = (int)stmt_i64(q, 6),
        .recall = (int)stmt_i64(q, 7),
        .from_day = (int32_t)stmt_i64(q, 8),
        .until_day = (int32_t)stmt_i64(q, 9),
        .record = stmt_text(q, 10),
        .action = (enum reg_action)stmt_i64(q, 11),
        .at = stmt_i64(q, 12),
        .by_whom = stmt_text(q, 13),
        .decision = text_or_null(q, 14),
        .decision_day = (int32_t)stmt_i64(q, 15),
        .ground = text_or_null(q, 16)};

    v.record_len = strlen(v.record);
    return fn(arg, &v);
}

/* All rows, and stmt_end. */
static enum err
give_rows(struct stmt *q, reg_version_fn *fn, void *arg)
{
    enum err e, given = OK;

    while (given == OK && stmt_next(q, &e))
        given = give_row(q, fn, arg);
    stmt_end(q);
    return given != OK ? given : e;
}

/* The one row, and stmt_end. */
static enum err
give_one(struct stmt *q, const char *what, reg_version_fn *fn, void *arg)
{
    enum err e = stmt_row(q);

    if (e == OK)
        e = give_row(q, fn, arg);
    else if (e == ERR_NOT_FOUND) {
        err_arg("what", "%s", what);
        err_set(ERR_NOT_FOUND, "no record %s", what);
    }
    stmt_end(q);
    return e;
}

enum err
db_reg_record_by_id(
    struct db *db, const char *id, reg_version_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_RECORD_BY_ID);

    stmt_bind_text(q, ":id", id);
    return give_one(q, id, fn, arg);
}

enum err
db_reg_record_by_cert(
    struct db *db, int64_t cert, reg_version_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_RECORD_BY_CERT);
    char what[24];

    snprintf(what, sizeof(what), "%lld", (long long)cert);
    stmt_bind_i64(q, ":cert", cert);
    return give_one(q, what, fn, arg);
}

enum err
db_reg_records_of_certs(struct db *db, int64_t first, int64_t last,
    reg_version_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_RECORDS_OF_CERTS);

    stmt_bind_i64(q, ":first", first);
    stmt_bind_i64(q, ":last", last);
    return give_rows(q, fn, arg);
}

enum err
db_reg_history(struct db *db, const char *id, reg_version_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_HISTORY);

    stmt_bind_text(q, ":id", id);
    return give_rows(q, fn, arg);
}

enum err
db_reg_blocks_since(struct db *db, int64_t after,
    enum err (*fn)(void *arg, int64_t block), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_BLOCKS_SINCE);
    enum err e, given = OK;

    stmt_bind_i64(q, ":after", after);
    while (given == OK && stmt_next(q, &e))
        given = fn(arg, stmt_i64(q, 0));
    stmt_end(q);
    return given != OK ? given : e;
}

enum err
db_reg_version_last(struct db *db, int64_t *n_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_REG_VERSION_LAST), n_out);
}

enum err
db_reg_cert_last(struct db *db, int64_t *cert_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_REG_CERT_LAST), cert_out);
}

enum err
db_reg_cert_free(struct db *db, int64_t *cert_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_REG_CERT_FREE), cert_out);
}

static enum err
add_version(struct db *db, const struct reg_version *v)
{
    struct stmt *q = stmt_begin(db, SQL_REG_VERSION_ADD);

    stmt_bind_text(q, ":id", v->id);
    stmt_bind_i64(q, ":rev", v->rev);
    stmt_bind_text(q, ":role", v->role);
    stmt_bind_i64(q, ":stars", v->stars);
    stmt_bind_i64(q, ":status", v->status);
    stmt_bind_i64(q, ":recall", v->recall);
    stmt_bind_i64(q, ":from_day", v->from_day);
    stmt_bind_i64(q, ":until_day", v->until_day);
    stmt_bind_text_len(q, ":record", v->record, v->record_len);
    stmt_bind_i64(q, ":action", v->action);
    stmt_bind_i64(q, ":at", v->at);
    stmt_bind_text(q, ":by_whom", v->by_whom);
    stmt_bind_text(q, ":decision", v->decision);
    stmt_bind_i64_or_null(
        q, ":decision_day", v->decision_day != 0, v->decision_day);
    stmt_bind_text(q, ":ground", v->ground);
    return stmt_done_once(q);
}

enum err
db_reg_version_add(struct db *db, const struct reg_version *v)
{
    struct stmt *q;
    enum err e;

    assert(db_in_write(db));
    e = add_version(db, v);
    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_REG_RECORD_ADD);
    stmt_bind_text(q, ":id", v->id);
    stmt_bind_i64(q, ":cert", v->cert);
    stmt_bind_i64(q, ":version", db_last_id(db));
    stmt_bind_text(q, ":role", v->role);
    e = stmt_done_once(q);
    if (e == OK && db_changes(db) != 1)
        e = err_set(ERR_EXISTS, "%s has another certificate number", v->id);
    return e;
}
