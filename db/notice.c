#include "db/notice.h"

#include <assert.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

enum err
db_notices_due(struct db *db, int32_t today, int64_t limit, notice_fn *fn,
    void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_NOTICES_DUE);
    struct notice n = {.seq = 0};
    enum err e;

    stmt_bind_i64(q, ":today", today);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        n.product_id = stmt_i64(q, 0);
        db_copy(n.name, sizeof(n.name), stmt_text(q, 1));
        db_copy(n.registry_id, sizeof(n.registry_id), stmt_text(q, 2));
        n.stars = (int)stmt_i64(q, 3);
        n.until_day = (int32_t)stmt_i64(q, 4);
        n.days = (int)stmt_i64(q, 5);
        e = fn(arg, &n);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_expiring(struct db *db, int32_t today, struct expiring *out)
{
    struct stmt *q = stmt_begin(db, SQL_EXPIRING);
    enum err e;

    stmt_bind_i64(q, ":today", today);
    e = stmt_row(q);
    if (e == OK)
        *out = (struct expiring){
            .within_30 = stmt_i64(q, 0), .within_90 = stmt_i64(q, 1)};
    stmt_end(q);
    return e;
}

enum err
db_notice_put(struct db *db, const struct notice *n)
{
    struct stmt *q = stmt_begin(db, SQL_NOTICE_PUT);

    assert(db_in_write(db));
    stmt_bind_text(q, ":registry_id", n->registry_id);
    stmt_bind_i64(q, ":until_day", n->until_day);
    stmt_bind_i64(q, ":days", n->days);
    stmt_bind_i64(q, ":seq", n->seq);
    stmt_bind_i64(q, ":product_id", n->product_id);
    stmt_bind_i64(q, ":at", n->at);
    return stmt_done_once(q);
}
