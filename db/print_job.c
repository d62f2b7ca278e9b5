#include "db/print_job.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

static const char *const states[] = {
    [PRINT_QUEUED] = "queued",       [PRINT_SENDING] = "sending",
    [PRINT_SENT] = "sent",           [PRINT_CONFIRMED] = "confirmed",
    [PRINT_UNKNOWN] = "unknown",     [PRINT_FAILED] = "failed",
    [PRINT_CANCELLED] = "cancelled",
};

const char *
print_state_name(enum print_state state)
{
    assert(state >= PRINT_QUEUED && state <= PRINT_CANCELLED);
    return states[state];
}

enum print_state
print_state_parse(const char *name)
{
    for (int i = PRINT_QUEUED; i <= PRINT_CANCELLED; i++)
        if (strcmp(states[i], name) == 0)
            return (enum print_state)i;
    return 0;
}

const char *
print_kind_name(enum print_kind kind)
{
    static const char *const kinds[] = {
        [PRINT_RECEIPT] = "receipt", [PRINT_COPY] = "copy",
        [PRINT_DRAWER] = "drawer",   [PRINT_LABEL] = "label",
        [PRINT_TEST] = "test",       [PRINT_SHIFT] = "shift",
    };

    assert(kind >= PRINT_RECEIPT && kind <= PRINT_SHIFT);
    return kinds[kind];
}

bool
print_job_asks(const struct print_job *job)
{
    return job->state == PRINT_UNKNOWN && !job->answered_at &&
        (job->kind == PRINT_RECEIPT || job->kind == PRINT_COPY ||
            job->kind == PRINT_LABEL || job->kind == PRINT_SHIFT);
}

enum err
db_print_job_add(struct db *db, const struct print_job *job, int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_ADD);
    enum err e;

    assert(db_in_write(db));
    stmt_bind_i64(q, ":kind", job->kind);
    stmt_bind_text(q, ":printer", job->printer);
    stmt_bind_i64_or_null(q, ":sale_id", job->sale_id != 0, job->sale_id);
    stmt_bind_i64(q, ":copy", job->copy);
    stmt_bind_i64(q, ":why_again", job->why_again);
    stmt_bind_i64_or_null(q, ":follows", job->follows != 0, job->follows);
    stmt_bind_i64(q, ":created_at", job->created_at);
    stmt_bind_text(q, ":body", job->body[0] ? job->body : NULL);
    e = stmt_done_once(q);
    *id_out = db_last_id(db);
    return e;
}

/* Read it, and see that it is as it must be. */
static enum err
is_queued(struct db *db, int64_t id)
{
    struct print_job job;
    enum err e = db_print_job_get(db, id, &job);

    if (e != OK || job.state == PRINT_QUEUED)
        return e;
    return err_set(ERR_NOT_QUEUED, "print job %" PRId64 " is %s", id,
        print_state_name(job.state));
}

enum err
db_print_job_begin(struct db *db, int64_t id)
{
    struct stmt *q;
    enum err e = is_queued(db, id);

    assert(db_in_write(db));
    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_PRINT_JOB_BEGIN);
    stmt_bind_i64(q, ":id", id);
    return stmt_done_once(q);
}

/* As much of a text as fits, whole letters only. */
static void
copy_cut(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);

    if (len >= size) {
        len = size - 1;
        while (len && ((unsigned char)from[len] & 0xc0) == 0x80)
            len--;
    }
    memcpy(to, from, len);
    to[len] = '\0';
}

enum err
db_print_job_mark(struct db *db, const struct print_mark *mark)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_MARK);
    char message[PRINT_MESSAGE];

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", mark->id);
    stmt_bind_i64(q, ":state", mark->state);
    stmt_bind_i64(q, ":level", mark->level);
    stmt_bind_i64(q, ":counted", mark->counted);
    stmt_bind_i64(q, ":at", mark->at);
    copy_cut(message, sizeof(message), mark->message ? mark->message : "");
    stmt_bind_text(q, ":message", message[0] ? message : NULL);
    return stmt_done_once(q);
}

enum err
db_print_job_recover(struct db *db, int64_t at)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_RECOVER);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":at", at);
    return stmt_done_once(q);
}

enum err
db_print_job_move(struct db *db, enum print_kind kind, const char *ids,
    const char *printer)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_MOVE);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":kind", kind);
    stmt_bind_text(q, ":ids", ids);
    stmt_bind_text(q, ":printer", printer);
    return stmt_done_once(q);
}

enum err
db_print_job_answer(struct db *db, int64_t id, bool printed, int64_t at,
    int64_t by)
{
    struct print_job job;
    struct stmt *q;
    enum err e = db_print_job_get(db, id, &job);

    assert(db_in_write(db));
    if (e == OK && !print_job_asks(&job))
        e = err_set(ERR_NOT_UNKNOWN, "nobody asks about print job %" PRId64,
            id);
    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_PRINT_JOB_ANSWER);
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":printed", printed);
    stmt_bind_i64(q, ":at", at);
    stmt_bind_i64(q, ":by", by);
    return stmt_done_once(q);
}

enum err
db_print_job_cancel(struct db *db, int64_t id, int64_t at)
{
    struct stmt *q;
    enum err e = is_queued(db, id);

    assert(db_in_write(db));
    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_PRINT_JOB_CANCEL);
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":at", at);
    return stmt_done_once(q);
}

static void
read_job(struct stmt *q, struct print_job *out)
{
    *out = (struct print_job){
        .id = stmt_i64(q, 0),
        .kind = (enum print_kind)stmt_i64(q, 1),
        .state = (enum print_state)stmt_i64(q, 3),
        .sale_id = stmt_i64(q, 4),
        .copy = stmt_i64(q, 5),
        .why_again = (enum print_why)stmt_i64(q, 6),
        .follows = stmt_i64(q, 7),
        .level = stmt_i64(q, 8),
        .attempts = stmt_i64(q, 9),
        .counted = stmt_i64(q, 10),
        .created_at = stmt_i64(q, 11),
        .done_at = stmt_i64(q, 12),
        .answered_at = stmt_i64(q, 13),
        .answered_by = stmt_i64(q, 14),
    };
    db_copy(out->printer, sizeof(out->printer), stmt_text(q, 2));
    copy_cut(out->message, sizeof(out->message), stmt_text(q, 15));
    db_copy(out->body, sizeof(out->body), stmt_text(q, 16));
}

static enum err
one_job(struct stmt *q, struct print_job *out)
{
    enum err e = stmt_row(q);

    if (e == OK)
        read_job(q, out);
    stmt_end(q);
    return e;
}

enum err
db_print_job_next(struct db *db, const char *printer,
    enum print_kind kind_or_0, struct print_job *out)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_NEXT);

    stmt_bind_text(q, ":printer", printer);
    stmt_bind_i64(q, ":kind", kind_or_0);
    return one_job(q, out);
}

enum err
db_print_job_get(struct db *db, int64_t id, struct print_job *out)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_GET);
    enum err e;

    stmt_bind_i64(q, ":id", id);
    e = one_job(q, out);
    if (e != ERR_NOT_FOUND)
        return e;
    err_arg("case", "print_job");
    err_arg("what", "j_%" PRId64, id);
    return err_set(e, "no print job %" PRId64, id);
}

static enum err
count(struct db *db, enum sql_id id, const char *printer, int64_t *out)
{
    struct stmt *q = stmt_begin(db, id);

    stmt_bind_text(q, ":printer", printer);
    return stmt_one_i64(q, out);
}

enum err
db_print_job_counts(struct db *db, const char *printer,
    int64_t since, struct print_counts *out)
{
    enum err e = count(db, SQL_PRINT_JOB_WAITING, printer, &out->waiting);
    struct stmt *q;

    if (e == OK)
        e = count(db, SQL_PRINT_JOB_ASKED, printer, &out->asked);
    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_PRINT_JOB_LATE);
    stmt_bind_text(q, ":printer", printer);
    stmt_bind_i64(q, ":since", since);
    return stmt_one_i64(q, &out->late);
}

enum err
db_print_job_refuse_late(
    struct db *db, const char *printer, int64_t since, int64_t at)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_REFUSE_LATE);

    assert(db_in_write(db));
    stmt_bind_text(q, ":printer", printer);
    stmt_bind_i64(q, ":since", since);
    stmt_bind_i64(q, ":at", at);
    return stmt_done_once(q);
}

enum err
db_print_job_left_unknown(struct db *db, const char *printer,
    bool *unknown_out)
{
    int64_t state;
    enum err e = count(db, SQL_PRINT_JOB_LAST_STATE, printer, &state);

    *unknown_out = e == OK && state == PRINT_UNKNOWN;
    return e == ERR_NOT_FOUND ? OK : e;
}

/* Where the originals of a receipt begin, or would.  Ids and receipts go up
 * together, so each look halves what is left of the way. */
static enum err
find_first(struct db *db, int64_t sale_id, int64_t *first_out)
{
    int64_t low = 1, high;
    enum err e = stmt_one_i64(stmt_begin(db, SQL_PRINT_JOB_LAST_ID), &high);

    while (e == OK && low <= high) {
        int64_t middle = low + (high - low) / 2;
        struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_ORIGINAL);

        stmt_bind_i64(q, ":from", middle);
        e = stmt_row(q);
        if (e == OK && stmt_i64(q, 1) < sale_id)
            low = stmt_i64(q, 0) + 1;
        else
            high = middle - 1; /* also when none is behind */
        stmt_end(q);
        if (e == ERR_NOT_FOUND)
            e = OK;
    }
    *first_out = low;
    return e;
}

/* The statement that a filter asks for, bound. */
static enum err
begin_each(struct db *db, const struct print_filter *f, struct stmt **q_out)
{
    bool open = f->state && f->state != PRINT_CONFIRMED;
    int64_t first = 0;
    enum err e = OK;

    if (f->sale_id) {
        e = find_first(db, f->sale_id, &first);
        *q_out = stmt_begin(db, SQL_PRINT_JOB_OF);
        stmt_bind_i64(*q_out, ":sale_id", f->sale_id);
        stmt_bind_i64(*q_out, ":first", first);
    } else {
        *q_out = stmt_begin(
            db, open ? SQL_PRINT_JOB_EACH_OPEN : SQL_PRINT_JOB_EACH);
        stmt_bind_i64(*q_out, ":state", f->state);
    }
    stmt_bind_i64(*q_out, ":before", f->before);
    stmt_bind_i64(*q_out, ":limit", f->limit);
    return e;
}

enum err
db_print_job_each(struct db *db, const struct print_filter *filter,
    print_job_fn *fn, void *arg)
{
    struct print_job job;
    struct stmt *q;
    enum err e = begin_each(db, filter, &q);

    while (e == OK && stmt_next(q, &e)) {
        read_job(q, &job);
        e = fn(arg, &job);
    }
    stmt_end(q);
    return e;
}

enum err
db_print_job_pending(struct db *db, int64_t till, int64_t limit,
    print_job_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_PRINT_JOB_PENDING);
    struct print_job job;
    enum err e = OK;

    stmt_bind_i64(q, ":till", till);
    stmt_bind_i64(q, ":limit", limit);
    while (e == OK && stmt_next(q, &e)) {
        read_job(q, &job);
        e = fn(arg, &job);
    }
    stmt_end(q);
    return e;
}
