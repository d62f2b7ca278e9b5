#include "db/shift.h"

#include <assert.h>
#include <inttypes.h>

#include "db/db.h"
#include "db/stmt.h"

static void
read_shift(struct stmt *q, struct shift *out)
{
    *out = (struct shift){
        .id = stmt_i64(q, 0),
        .seq = stmt_i64(q, 1),
        .till = stmt_i64(q, 2),
        .opened_by = stmt_i64(q, 3),
        .opened_at = stmt_i64(q, 4),
        .float_dong = stmt_i64(q, 5),
        .closed = !stmt_is_null(q, 7),
        .closed_by = stmt_i64(q, 6),
        .closed_at = stmt_i64(q, 7),
        .counted = stmt_i64(q, 8),
        .sales = stmt_i64(q, 9),
        .sales_total = stmt_i64(q, 10),
        .refunds = stmt_i64(q, 11),
        .refund_total = stmt_i64(q, 12),
        .cash = stmt_i64(q, 13),
        .transfer = stmt_i64(q, 14),
        .rounding = stmt_i64(q, 15),
        .discounts = stmt_i64(q, 16),
        .cash_back = stmt_i64(q, 17),
        .transfer_back = stmt_i64(q, 18),
        .cash_in = stmt_i64(q, 19),
        .cash_out = stmt_i64(q, 20),
        .drawers = stmt_i64(q, 21),
        .first_sale = stmt_i64(q, 22),
        .last_sale = stmt_i64(q, 23),
    };
}

static enum err
one_shift(struct stmt *q, struct shift *out)
{
    enum err e = stmt_row(q);

    if (e == OK)
        read_shift(q, out);
    stmt_end(q);
    return e;
}

enum err
db_shift_get(struct db *db, int64_t id, struct shift *out)
{
    struct stmt *q = stmt_begin(db, SQL_SHIFT_GET);
    enum err e;

    stmt_bind_i64(q, ":id", id);
    e = one_shift(q, out);
    if (e == ERR_NOT_FOUND) {
        err_arg("what", "s_%" PRId64, id);
        return err_set(ERR_NOT_FOUND, "no shift s_%" PRId64, id);
    }
    return e;
}

enum err
db_shift_open_of(struct db *db, int64_t till, struct shift *out)
{
    struct stmt *q = stmt_begin(db, SQL_SHIFT_OPEN_OF);
    enum err e;

    stmt_bind_i64(q, ":till", till);
    e = one_shift(q, out);
    if (e == ERR_NOT_FOUND) {
        err_arg("till", "%" PRId64, till);
        return err_set(ERR_SHIFT_CLOSED, "till %" PRId64 " has no open shift",
            till);
    }
    return e;
}

enum err
db_shift_last_id(struct db *db, int64_t *id_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_SHIFT_LAST_ID), id_out);
}

enum err
db_shift_each(struct db *db, int64_t till, bool open, int64_t before,
    int64_t limit, enum err (*fn)(void *arg, const struct shift *s), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_SHIFT_EACH);
    struct shift s;
    enum err e = OK;

    stmt_bind_i64(q, ":till", till);
    stmt_bind_i64(q, ":open", open);
    stmt_bind_i64(q, ":before", before);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        read_shift(q, &s);
        e = fn(arg, &s);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_shift_add(struct db *db, const struct shift *s)
{
    struct stmt *q = stmt_begin(db, SQL_SHIFT_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", s->id);
    stmt_bind_i64(q, ":seq", s->seq);
    stmt_bind_i64(q, ":till", s->till);
    stmt_bind_i64(q, ":opened_by", s->opened_by);
    stmt_bind_i64(q, ":opened_at", s->opened_at);
    stmt_bind_i64(q, ":float", s->float_dong);
    return stmt_done_once(q);
}

enum err
db_shift_close(struct db *db, int64_t id, int64_t staff, int64_t at,
    int64_t counted, int64_t seq)
{
    struct stmt *q = stmt_begin(db, SQL_SHIFT_CLOSE);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":staff", staff);
    stmt_bind_i64(q, ":at", at);
    stmt_bind_i64(q, ":counted", counted);
    stmt_bind_i64(q, ":seq", seq);
    return stmt_done_once(q);
}

enum err
db_shift_count(struct db *db, int64_t id, const struct shift_sums *s,
    int64_t seq)
{
    struct stmt *q = stmt_begin(db, SQL_SHIFT_COUNT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":sales", s->sales);
    stmt_bind_i64(q, ":sales_total", s->sales_total);
    stmt_bind_i64(q, ":refunds", s->refunds);
    stmt_bind_i64(q, ":refund_total", s->refund_total);
    stmt_bind_i64(q, ":cash", s->cash);
    stmt_bind_i64(q, ":transfer", s->transfer);
    stmt_bind_i64(q, ":rounding", s->rounding);
    stmt_bind_i64(q, ":discounts", s->discounts);
    stmt_bind_i64(q, ":cash_back", s->cash_back);
    stmt_bind_i64(q, ":transfer_back", s->transfer_back);
    stmt_bind_i64(q, ":receipt", s->receipt);
    stmt_bind_i64(q, ":seq", seq);
    return stmt_done_once(q);
}

enum err
db_shift_cash(struct db *db, int64_t id, const struct shift_cash *c,
    int64_t seq)
{
    struct stmt *q = stmt_begin(db, SQL_SHIFT_CASH);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":cash_in", c->cash_in);
    stmt_bind_i64(q, ":cash_out", c->cash_out);
    stmt_bind_i64(q, ":drawers", c->drawers);
    stmt_bind_i64(q, ":seq", seq);
    return stmt_done_once(q);
}

enum err
db_shift_note_add(struct db *db, int64_t id, const struct shift_note *note,
    int64_t seq)
{
    struct stmt *q = stmt_begin(db, SQL_SHIFT_NOTE_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", id);
    stmt_bind_i64(q, ":note", note->note);
    stmt_bind_i64(q, ":seq", seq);
    stmt_bind_i64(q, ":count", note->count);
    return stmt_done_once(q);
}

enum err
db_shift_notes(struct db *db, int64_t id, struct shift_note *notes_out,
    size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_SHIFT_NOTES);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_i64(q, ":id", id);
    while (*len_out < SHIFT_NOTES_MAX && stmt_next(q, &e))
        notes_out[(*len_out)++] = (struct shift_note){
            .note = stmt_i64(q, 0), .count = stmt_i64(q, 1)};
    stmt_end(q);
    return e;
}
