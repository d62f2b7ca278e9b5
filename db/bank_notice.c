/* What the bank told of money that came: see db/transfer.h. */
#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"
#include "db/transfer.h"

static const char *const states[] = {
    [BANK_MATCHED] = "matched", [BANK_PART] = "part", [BANK_OVER] = "over",
    [BANK_UNKNOWN] = "unknown", [BANK_LATE] = "late",
};

const char *
bank_notice_state_name(enum bank_notice_state state)
{
    assert(state >= BANK_MATCHED && state <= BANK_LATE);
    return states[state];
}

enum bank_notice_state
bank_notice_state_parse(const char *name)
{
    for (int i = BANK_MATCHED; i <= BANK_LATE; i++)
        if (strcmp(states[i], name) == 0)
            return (enum bank_notice_state)i;
    return 0;
}

enum err
db_bank_notice_add(
    struct db *db, const struct bank_notice *n, int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_BANK_NOTICE_ADD);
    enum err e;

    assert(db_in_write(db));
    stmt_bind_i64(q, ":number", n->number);
    stmt_bind_i64(q, ":at", n->at);
    stmt_bind_i64(q, ":amount", n->amount);
    stmt_bind_text(q, ":code", n->code);
    stmt_bind_text(q, ":content", n->content);
    stmt_bind_text(q, ":reference", n->reference);
    stmt_bind_i64(q, ":state", n->state);
    stmt_bind_i64_or_null(
        q, ":transfer_id", n->transfer_id != 0, n->transfer_id);
    e = stmt_done_once(q);
    *id_out = db_last_id(db);
    return e;
}

enum err
db_bank_notice_seen(struct db *db, int64_t number, bool *seen_out)
{
    struct stmt *q = stmt_begin(db, SQL_BANK_NOTICE_SEEN);
    enum err e;

    stmt_bind_i64(q, ":number", number);
    e = stmt_row(q);
    stmt_end(q);
    *seen_out = e == OK;
    return e == ERR_NOT_FOUND ? OK : e;
}

static void
read_notice(struct stmt *q, struct bank_notice *out)
{
    *out = (struct bank_notice){
        .id = stmt_i64(q, 0),
        .number = stmt_i64(q, 1),
        .at = stmt_i64(q, 2),
        .amount = stmt_i64(q, 3),
        .state = (enum bank_notice_state)stmt_i64(q, 7),
        .transfer_id = stmt_i64(q, 8),
    };
    db_copy(out->code, sizeof(out->code), stmt_text(q, 4));
    db_copy(out->content, sizeof(out->content), stmt_text(q, 5));
    db_copy(out->reference, sizeof(out->reference), stmt_text(q, 6));
}

enum err
db_bank_notice_each(struct db *db, enum bank_notice_state state, bool odd,
    int64_t before, int64_t limit, bank_notice_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(
        db, odd ? SQL_BANK_NOTICE_EACH_ODD : SQL_BANK_NOTICE_EACH);
    struct bank_notice n;
    enum err e = OK;

    if (!odd)
        stmt_bind_i64(q, ":state", state);
    stmt_bind_i64(q, ":before", before);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        read_notice(q, &n);
        e = fn(arg, &n);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}
