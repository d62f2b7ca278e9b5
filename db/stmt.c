#include "db/stmt.h"

#include <assert.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "db/internal.h"
#include "db/sql_text.h"

enum { PARAMS_MAX = 64 };

/* Nothing but space and comments behind the first statement? */
static bool
is_surplus(struct db *db, const char *tail)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(db->h, tail, -1, &s, NULL);
    bool surplus = rc != SQLITE_OK || s;

    sqlite3_finalize(s);
    return surplus;
}

/* SQLite's own list of names is walked from its start at each look. */
static void
keep_names(struct stmt *q)
{
    int i;

    q->params = sqlite3_bind_parameter_count(q->s);
    assert(q->params <= PARAMS_MAX);
    q->names = mem_new((size_t)q->params, sizeof(*q->names));
    for (i = 0; i < q->params; i++) {
        const char *name = sqlite3_bind_parameter_name(q->s, i + 1);

        assert(name); /* a bare ? */
        q->names[i] = mem_dup_str(name);
    }
}

/* Is it a statement of the schema this file has? */
static bool
stmt_belongs(const struct db *db, enum sql_id id)
{
    return sql_schemas[id] & 1u << db->schema;
}

enum err
stmt_prepare(struct db *db, enum sql_id id)
{
    struct stmt *q = &db->stmts[id];
    const char *tail;
    int rc;

    if (q->s || !stmt_belongs(db, id))
        return OK;
    rc = sqlite3_prepare_v3(
        db->h, sql_text[id], -1, SQLITE_PREPARE_PERSISTENT, &q->s, &tail);
    if (rc != SQLITE_OK)
        return db_fail(db, rc, sql_names[id]);
    if (!q->s || is_surplus(db, tail)) {
        sqlite3_finalize(q->s);
        q->s = NULL;
        return err_set(ERR_DB, "%s: not exactly one statement", sql_names[id]);
    }
    keep_names(q);
    return OK;
}

enum err
stmt_prepare_all(struct db *db)
{
    enum err e = OK;
    int id;

    for (id = 0; e == OK && id < SQL_COUNT; id++)
        e = stmt_prepare(db, (enum sql_id)id);
    return e;
}

void
stmt_finalize_all(struct db *db)
{
    int id, i;

    for (id = 0; id < SQL_COUNT; id++) {
        struct stmt *q = &db->stmts[id];

        sqlite3_finalize(q->s);
        for (i = 0; i < q->params; i++)
            mem_free(q->names[i]);
        mem_free(q->names);
    }
}

struct stmt *
stmt_begin(struct db *db, enum sql_id id)
{
    struct stmt *q = &db->stmts[id];

    assert(!q->begun); /* still open further up, or never ended */
    assert(stmt_belongs(db, id)); /* a statement of the other file */
    q->db = db;
    q->id = id;
    q->begun = true;
    db->begun++;
    q->over = false;
    q->bound = 0;
    q->next = 0;
    if (!q->s)
        stmt_prepare(db, id); /* a failure is met again, and told, by step */
    return q;
}

void
stmt_end(struct stmt *q)
{
    if (!q)
        return;
    assert(q->begun);
    q->begun = false;
    q->db->begun--;
    sqlite3_reset(q->s);
    sqlite3_clear_bindings(q->s);
}

/* Number of the parameter; 0 when the statement could not be prepared.  Most
 * are bound in the order in which they stand in the statement. */
static int
param(struct stmt *q, const char *name)
{
    int tries, i = q->next;

    if (!q->s)
        return 0;
    for (tries = 0; tries < q->params; tries++, i++) {
        if (i >= q->params)
            i = 0;
        if (strcmp(q->names[i], name) == 0) {
            q->bound |= UINT64_C(1) << i;
            q->next = i + 1;
            return i + 1;
        }
    }
    assert(false); /* no such parameter */
    return 0;
}

void
stmt_bind_i64(struct stmt *q, const char *name, int64_t v)
{
    sqlite3_bind_int64(q->s, param(q, name), v);
}

void
stmt_bind_i64_or_null(struct stmt *q, const char *name, bool has, int64_t v)
{
    if (has)
        stmt_bind_i64(q, name, v);
    else
        stmt_bind_null(q, name);
}

void
stmt_bind_text(struct stmt *q, const char *name, const char *str_or_null)
{
    if (str_or_null)
        stmt_bind_text_len(q, name, str_or_null, strlen(str_or_null));
    else
        stmt_bind_null(q, name);
}

void
stmt_bind_text_len(
    struct stmt *q, const char *name, const char *str, size_t len)
{
    sqlite3_bind_text64(
        q->s, param(q, name), str, len, SQLITE_STATIC, SQLITE_UTF8);
}

void
stmt_bind_blob(
    struct stmt *q, const char *name, const void *bytes, size_t len)
{
    /* No address would be NULL to SQLite, which no bytes are not. */
    sqlite3_bind_blob64(
        q->s, param(q, name), bytes ? bytes : "", len, SQLITE_STATIC);
}

void
stmt_bind_null(struct stmt *q, const char *name)
{
    sqlite3_bind_null(q->s, param(q, name));
}

/* One step: OK with a row in *row_out, OK without, or the failure. */
static enum err
step(struct stmt *q, bool *row_out)
{
    struct db *db = q->db;
    enum err e;
    int rc;

    assert(q->begun && !q->over);
    *row_out = false;
    e = stmt_prepare(db, q->id);
    if (e != OK)
        return e;
    assert(q->params == PARAMS_MAX ||
        q->bound == (UINT64_C(1) << q->params) - 1); /* all are bound */
    if (db->deadline_ms && clock_mono_ms() > db->deadline_ms)
        return err_set(ERR_BUSY, "%s: the read took too long",
            sql_names[q->id]);
    rc = sqlite3_step(q->s);
    *row_out = rc == SQLITE_ROW;
    q->over = !*row_out;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return db_fail(db, rc, sql_names[q->id]);
    return OK;
}

enum err
stmt_row(struct stmt *q)
{
    bool row;
    enum err e = step(q, &row);

    if (e == OK && !row)
        e = err_set(ERR_NOT_FOUND, "%s: no row", sql_names[q->id]);
    return e;
}

bool
stmt_next(struct stmt *q, enum err *e_out)
{
    bool row;

    *e_out = step(q, &row);
    return *e_out == OK && row;
}

enum err
stmt_done(struct stmt *q)
{
    bool row;
    enum err e = step(q, &row);

    assert(e != OK || !row); /* a statement that gives rows: use stmt_row */
    return e;
}

enum err
stmt_done_once(struct stmt *q)
{
    enum err e = stmt_done(q);

    stmt_end(q);
    return e;
}

enum err
stmt_run(struct db *db, enum sql_id id)
{
    return stmt_done_once(stmt_begin(db, id));
}

int64_t
stmt_i64(struct stmt *q, int col)
{
    return sqlite3_column_int64(q->s, col);
}

bool
stmt_is_null(struct stmt *q, int col)
{
    return sqlite3_column_type(q->s, col) == SQLITE_NULL;
}

const char *
stmt_text(struct stmt *q, int col)
{
    const char *text = (const char *)sqlite3_column_text(q->s, col);

    return text ? text : "";
}

const void *
stmt_blob(struct stmt *q, int col, size_t *len_out)
{
    const void *bytes = sqlite3_column_blob(q->s, col);

    *len_out = (size_t)sqlite3_column_bytes(q->s, col);
    return bytes;
}

enum err
stmt_one_i64(struct stmt *q, int64_t *out)
{
    enum err e = stmt_row(q);

    if (e == OK)
        *out = stmt_i64(q, 0);
    stmt_end(q);
    return e;
}
