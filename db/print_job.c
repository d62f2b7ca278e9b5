#include "db/print_job.h"

#include <assert.h>

#include "db/db.h"
#include "db/stmt.h"

const char *
print_state_name(enum print_state state)
{
    static const char *const names[] = {
        [PRINT_QUEUED] = "queued",   [PRINT_SENDING] = "sending",
        [PRINT_SENT] = "sent",       [PRINT_UNKNOWN] = "unknown",
        [PRINT_FAILED] = "failed",
    };

    assert(state >= PRINT_QUEUED && state <= PRINT_FAILED);
    return names[state];
}

enum err
db_print_job_add(struct db *db, int64_t sale_id, int64_t copy, int64_t at,
    int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_ADD);
    enum err e;

    assert(db_in_write(db));
    stmt_bind_i64(q, ":sale_id", sale_id);
    stmt_bind_i64(q, ":copy", copy);
    stmt_bind_i64(q, ":created_at", at);
    e = stmt_done_once(q);
    *id_out = db_last_id(db);
    return e;
}

enum err
db_print_job_set(struct db *db, int64_t id, enum print_state state, int64_t at,
    const char *message_or_null)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_SET);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":state", state);
    stmt_bind_i64(q, ":at", at);
    stmt_bind_text(q, ":message", message_or_null);
    return stmt_done_once(q);
}

enum err
db_print_job_recover(struct db *db)
{
    assert(db_in_write(db));
    return stmt_done_once(stmt_begin(db, SQL_PRINT_JOB_RECOVER));
}

static enum err
one_job(struct stmt *q, struct print_job *out)
{
    enum err e = stmt_row(q);

    if (e == OK)
        *out = (struct print_job){.id = stmt_i64(q, 0),
            .sale_id = stmt_i64(q, 1),
            .copy = stmt_i64(q, 2),
            .state = (enum print_state)stmt_i64(q, 3),
            .attempts = stmt_i64(q, 4)};
    stmt_end(q);
    return e;
}

enum err
db_print_job_next(struct db *db, struct print_job *out)
{
    return one_job(stmt_begin(db, SQL_PRINT_JOB_NEXT), out);
}

enum err
db_print_job_of(struct db *db, int64_t sale_id, struct print_job *out)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_OF);

    stmt_bind_i64(q, ":sale_id", sale_id);
    return one_job(q, out);
}
