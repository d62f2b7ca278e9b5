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
    if (e == ERR_NOT_FOUND) {
        err_arg("what", "%s", id);
        return err_set(ERR_NOT_FOUND, "no certified product %s", id);
    }
    return e;
}

enum err
db_certified_list(struct db *db, struct certified_list *out)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_LIST);
    const void *hash;
    size_t len;
    enum err e = stmt_row(q);

    if (e == OK) {
        out->seq = stmt_i64(q, 0);
        out->list_seq = stmt_i64(q, 1);
        out->records = stmt_i64(q, 2);
        hash = stmt_blob(q, 3, &len);
        assert(len == sizeof(out->sha256)); /* a CHECK of the table */
        memcpy(out->sha256, hash, len);
        out->applied_at = stmt_i64(q, 4);
    }
    stmt_end(q);
    return e;
}

enum err
db_certified_each(struct db *db, const char *fold, int64_t after,
    int64_t limit, enum err (*fn)(void *arg, const struct certified *c),
    void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_EACH);
    struct certified c;
    enum err e = OK;

    stmt_bind_text(q, ":fold", fold);
    stmt_bind_i64(q, ":after", after);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        read_certified(q, &c);
        e = fn(arg, &c);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_certified_records(struct db *db,
    enum err (*fn)(void *arg, const char *record, size_t len), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_RECORDS);
    enum err e = OK;

    while (stmt_next(q, &e)) {
        const char *record = stmt_text(q, 0);

        e = fn(arg, record, strlen(record));
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_certified_rows(struct db *db,
    enum err (*fn)(void *arg, const struct certified_row *row), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_ROWS);
    enum err e = OK;

    while (stmt_next(q, &e)) {
        struct certified_row row = {.cert = stmt_i64(q, 0),
            .id = stmt_text(q, 1),
            .status = (int)stmt_i64(q, 2),
            .record = stmt_text(q, 3)};

        e = fn(arg, &row);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_certified_drop(struct db *db, int64_t cert)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_DROP);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":cert", cert);
    return stmt_done_once(q);
}

enum err
db_certified_put(struct db *db, const struct certified *c, const char *record,
    size_t record_len)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":cert", c->cert);
    stmt_bind_text(q, ":id", c->id);
    stmt_bind_i64(q, ":rev", c->rev);
    stmt_bind_text(q, ":name", c->name);
    stmt_bind_text(q, ":fold", c->fold);
    stmt_bind_text(q, ":producer", c->producer);
    stmt_bind_text(q, ":province_code", c->province_code);
    stmt_bind_text(q, ":commune_code", c->commune_code[0] ? c->commune_code
                                                          : NULL);
    stmt_bind_text(q, ":group_code", c->group_code);
    stmt_bind_i64(q, ":stars", c->stars);
    stmt_bind_i64(q, ":from_day", c->from_day);
    stmt_bind_i64(q, ":until_day", c->until_day);
    stmt_bind_i64(q, ":status", c->status);
    stmt_bind_i64(q, ":recall", c->recall);
    stmt_bind_i64(q, ":evidence", c->evidence);
    stmt_bind_text_len(q, ":record", record, record_len);
    return stmt_done_once(q);
}

enum err
db_certified_clear(struct db *db)
{
    assert(db_in_write(db));
    return stmt_done_once(stmt_begin(db, SQL_CERTIFIED_CLEAR));
}

enum err
db_certified_list_put(struct db *db, const struct certified_list *l)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_LIST_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":seq", l->seq);
    stmt_bind_i64(q, ":list_seq", l->list_seq);
    stmt_bind_i64(q, ":records", l->records);
    stmt_bind_blob(q, ":sha256", l->sha256, sizeof(l->sha256));
    stmt_bind_i64(q, ":applied_at", l->applied_at);
    return stmt_done_once(q);
}
