#include "db/certified.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

static void
read_certified(struct stmt *q, struct certified *out)
{
    out->cert = stmt_i64(q, 0);
    db_copy(out->id, sizeof(out->id), stmt_text(q, 1));
    out->rev = stmt_i64(q, 2);
    db_copy(out->name, sizeof(out->name), stmt_text(q, 3));
    db_copy(out->fold, sizeof(out->fold), stmt_text(q, 4));
    db_copy(out->producer, sizeof(out->producer), stmt_text(q, 5));
    db_copy(out->province_code, sizeof(out->province_code), stmt_text(q, 6));
    db_copy(out->commune_code, sizeof(out->commune_code), stmt_text(q, 7));
    db_copy(out->group_code, sizeof(out->group_code), stmt_text(q, 8));
    out->stars = (int)stmt_i64(q, 9);
    out->from_day = (int32_t)stmt_i64(q, 10);
    out->until_day = (int32_t)stmt_i64(q, 11);
    out->status = (int)stmt_i64(q, 12);
    out->recall = (int)stmt_i64(q, 13);
    out->evidence = (int)stmt_i64(q, 14);
    db_copy(out->superseded_by, sizeof(out->superseded_by), stmt_text(q, 15));
    db_copy(out->list, sizeof(out->list), stmt_text(q, 16));
    out->list_seq = stmt_i64(q, 17);
}

static enum err
each_certified(struct stmt *q, certified_fn *fn, void *arg)
{
    struct certified c;
    enum err e = OK;

    while (stmt_next(q, &e)) {
        read_certified(q, &c);
        e = fn(arg, &c);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

static enum err
not_certified(const char *id)
{
    err_arg("what", "%s", id);
    return err_set(ERR_NOT_FOUND, "no certified product %s", id);
}

enum err
db_certified_by_id(struct db *db, const char *id, struct certified *out)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_BY_ID);
    enum err e;

    stmt_bind_text(q, ":id", id);
    e = stmt_row(q);
    if (e == OK)
        read_certified(q, out);
    stmt_end(q);
    return e == ERR_NOT_FOUND ? not_certified(id) : e;
}

enum err
db_certified_record(struct db *db, const char *id, struct buf *out)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_RECORD);
    enum err e;

    stmt_bind_text(q, ":id", id);
    e = stmt_row(q);
    if (e == OK)
        buf_add_str(out, stmt_text(q, 0));
    stmt_end(q);
    return e == ERR_NOT_FOUND ? not_certified(id) : e;
}

enum err
db_certified_by_gtin(
    struct db *db, const char *gtin14, certified_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_BY_GTIN);

    stmt_bind_text(q, ":gtin", gtin14);
    return each_certified(q, fn, arg);
}

enum err
db_certified_each(struct db *db, const char *fold, int64_t after,
    int64_t limit, certified_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_EACH);

    stmt_bind_text(q, ":fold", fold);
    stmt_bind_i64(q, ":after", after);
    stmt_bind_i64(q, ":limit", limit);
    return each_certified(q, fn, arg);
}

enum err
db_certified_find(struct db *db, const struct certified_query *query,
    certified_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_FIND);

    stmt_bind_text(q, ":fold", query->fold);
    stmt_bind_i64(q, ":state", query->state);
    stmt_bind_i64(q, ":today", query->today);
    stmt_bind_i64(q, ":linked", query->linked);
    stmt_bind_i64(q, ":after", query->after);
    stmt_bind_i64(q, ":limit", query->limit);
    return each_certified(q, fn, arg);
}

/* --- rows of one generation --- */

static enum err
give_row(struct stmt *q, certified_row_fn *fn, void *arg)
{
    const char *record = stmt_text(q, 6);
    struct certified_row row = {.cert = stmt_i64(q, 0),
        .id = stmt_text(q, 1),
        .name = stmt_text(q, 2),
        .stars = (int)stmt_i64(q, 3),
        .status = (int)stmt_i64(q, 4),
        .recall = (int)stmt_i64(q, 5),
        .record = record,
        .record_len = strlen(record)};

    return fn(arg, &row);
}

enum err
db_certified_rows(struct db *db, int64_t gen, const char *after, int64_t limit,
    certified_row_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_ROWS);
    enum err e = OK;

    stmt_bind_i64(q, ":gen", gen);
    stmt_bind_text(q, ":after", after);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        e = give_row(q, fn, arg);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_certified_row(struct db *db, int64_t gen, const char *id,
    certified_row_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_ROW);
    enum err e;

    stmt_bind_i64(q, ":gen", gen);
    stmt_bind_text(q, ":id", id);
    e = stmt_row(q);
    if (e == OK)
        e = give_row(q, fn, arg);
    stmt_end(q);
    return e;
}

/* --- the catalogue's side --- */

enum err
db_certified_linked(
    struct db *db, enum err (*fn)(void *arg, const char *id), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_LINKED);
    enum err e = OK;

    while (stmt_next(q, &e)) {
        e = fn(arg, stmt_text(q, 0));
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_certified_held(struct db *db, const char *id,
    enum err (*fn)(void *arg, int64_t product_id, int64_t qty_milli),
    void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_HELD);
    enum err e = OK;

    stmt_bind_text(q, ":id", id);
    while (stmt_next(q, &e)) {
        e = fn(arg, stmt_i64(q, 0), stmt_i64(q, 1));
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

/* --- inside a write --- */

enum err
db_certified_gen_next(struct db *db, int64_t *gen_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_CERTIFIED_GEN_NEXT), gen_out);
}

enum err
db_certified_place_next(struct db *db, int64_t gen, int64_t *out)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_PLACE_NEXT);

    stmt_bind_i64(q, ":gen", gen);
    return stmt_one_i64(q, out);
}

enum err
db_certified_put(struct db *db, int64_t gen, int64_t place,
    const struct certified *c, const char *record, size_t record_len)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":gen", gen);
    stmt_bind_i64(q, ":place", place);
    stmt_bind_i64(q, ":cert", c->cert);
    stmt_bind_text(q, ":id", c->id);
    stmt_bind_i64(q, ":rev", c->rev);
    stmt_bind_text(q, ":name", c->name);
    stmt_bind_text(q, ":fold", c->fold);
    stmt_bind_text(q, ":producer", c->producer);
    stmt_bind_text(q, ":province_code", c->province_code);
    stmt_bind_text(
        q, ":commune_code", c->commune_code[0] ? c->commune_code : NULL);
    stmt_bind_text(q, ":group_code", c->group_code);
    stmt_bind_i64(q, ":stars", c->stars);
    stmt_bind_i64(q, ":from_day", c->from_day);
    stmt_bind_i64(q, ":until_day", c->until_day);
    stmt_bind_i64(q, ":status", c->status);
    stmt_bind_i64(q, ":recall", c->recall);
    stmt_bind_i64(q, ":evidence", c->evidence);
    stmt_bind_text(
        q, ":superseded_by", c->superseded_by[0] ? c->superseded_by : NULL);
    stmt_bind_text_len(q, ":record", record, record_len);
    return stmt_done_once(q);
}

enum err
db_certified_put_gtin(
    struct db *db, int64_t gen, int64_t place, const char *gtin14)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_PUT_GTIN);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":gen", gen);
    stmt_bind_i64(q, ":place", place);
    stmt_bind_text(q, ":gtin", gtin14);
    return stmt_done_once(q);
}

enum err
db_certified_drop(
    struct db *db, int64_t gen, const char *id, bool *found_out)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_DROP_GTINS);
    enum err e;

    assert(db_in_write(db));
    stmt_bind_i64(q, ":gen", gen);
    stmt_bind_text(q, ":id", id);
    e = stmt_done_once(q);
    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_CERTIFIED_DROP);
    stmt_bind_i64(q, ":gen", gen);
    stmt_bind_text(q, ":id", id);
    e = stmt_done_once(q);
    *found_out = e == OK && db_changes(db) > 0;
    return e;
}

enum err
db_certified_claims(struct db *db, const char *id, int64_t cert,
    int64_t *gens_out, size_t max, size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_CLAIMS);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_text(q, ":id", id);
    stmt_bind_i64(q, ":cert", cert);
    while (stmt_next(q, &e)) {
        int64_t gen = stmt_i64(q, 0);
        bool known = *len_out == max;

        for (size_t i = 0; !known && i < *len_out; i++)
            known = gens_out[i] == gen;
        if (!known)
            gens_out[(*len_out)++] = gen;
    }
    stmt_end(q);
    return e;
}
