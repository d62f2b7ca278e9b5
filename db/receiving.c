#include "db/receiving.h"

#include <assert.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

enum err
db_receiving_last_id(struct db *db, int64_t *id_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_RECEIVING_LAST_ID), id_out);
}

enum err
db_receiving_get(struct db *db, int64_t id, struct receiving *out)
{
    struct stmt *q = stmt_begin(db, SQL_RECEIVING_GET);
    enum err e;

    stmt_bind_i64(q, ":id", id);
    e = stmt_row(q);
    if (e == OK) {
        *out = (struct receiving){.id = id,
            .seq = stmt_i64(q, 0),
            .at = stmt_i64(q, 1),
            .staff = stmt_i64(q, 2),
            .supplier_id = stmt_i64(q, 3)};
        db_copy(out->note, sizeof(out->note), stmt_text(q, 4));
    }
    stmt_end(q);
    return e;
}

enum err
db_receiving_lines(struct db *db, int64_t id, struct receiving_line *lines_out,
    size_t max, size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_RECEIVING_LINES);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_i64(q, ":receiving_id", id);
    stmt_bind_i64(q, ":limit", (int64_t)max);
    while (stmt_next(q, &e))
        lines_out[(*len_out)++] = (struct receiving_line){
            .n = stmt_i64(q, 0),
            .product_id = stmt_i64(q, 1),
            .lot_id = stmt_i64(q, 2),
            .qty_milli = stmt_i64(q, 3),
            .cost = stmt_i64(q, 4)};
    stmt_end(q);
    return e;
}

enum err
db_receiving_add(struct db *db, const struct receiving *r)
{
    struct stmt *q = stmt_begin(db, SQL_RECEIVING_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", r->id);
    stmt_bind_i64(q, ":seq", r->seq);
    stmt_bind_i64(q, ":at", r->at);
    stmt_bind_i64(q, ":staff", r->staff);
    stmt_bind_i64(q, ":supplier_id", r->supplier_id);
    stmt_bind_text(q, ":note", r->note);
    return stmt_done_once(q);
}

enum err
db_receiving_line_add(struct db *db, int64_t receiving_id,
    const struct receiving_line *line)
{
    struct stmt *q = stmt_begin(db, SQL_RECEIVING_LINE_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":receiving_id", receiving_id);
    stmt_bind_i64(q, ":n", line->n);
    stmt_bind_i64(q, ":product_id", line->product_id);
    stmt_bind_i64(q, ":lot_id", line->lot_id);
    stmt_bind_i64(q, ":qty_milli", line->qty_milli);
    stmt_bind_i64(q, ":cost", line->cost);
    return stmt_done_once(q);
}
