#include "db/link.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

const char *const link_how_words[] = {
    "id", "gtin", "chosen", "successor", NULL};

static void
read_link(struct stmt *q, struct link *out)
{
    out->product_id = stmt_i64(q, 0);
    db_copy(out->registry_id, sizeof(out->registry_id), stmt_text(q, 1));
    out->how = (enum link_how)stmt_i64(q, 2);
    out->linked = stmt_i64(q, 3) != 0;
    out->seq = stmt_i64(q, 4);
}

enum err
db_link_get(struct db *db, int64_t product_id, const char *registry_id,
    struct link *out)
{
    struct stmt *q = stmt_begin(db, SQL_LINK_GET);
    enum err e;

    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_text(q, ":registry_id", registry_id);
    e = stmt_row(q);
    if (e == OK)
        read_link(q, out);
    stmt_end(q);
    return e;
}

enum err
db_links_of(struct db *db, int64_t product_id,
    struct link links_out[LINKS_MAX], size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_LINKS_OF);
    enum err e;

    *len_out = 0;
    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":limit", LINKS_MAX);
    while (stmt_next(q, &e))
        read_link(q, &links_out[(*len_out)++]);
    stmt_end(q);
    return e;
}

static enum err
give_due(struct db *db, enum sql_id id, enum link_how how,
    int64_t product_id, int64_t limit, link_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, id);
    struct link link = {.how = how, .linked = true};
    enum err e;

    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        link.product_id = stmt_i64(q, 0);
        db_copy(link.registry_id, sizeof(link.registry_id), stmt_text(q, 1));
        e = fn(arg, &link);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_links_due(struct db *db, int64_t product_id, int64_t limit, link_fn *fn,
    void *arg)
{
    enum err e = give_due(db, SQL_LINKS_DUE_SUCCESSOR, LINK_SUCCESSOR,
        product_id, limit, fn, arg);

    if (e == OK)
        e = give_due(db, SQL_LINKS_DUE_GTIN, LINK_GTIN, product_id, limit, fn,
            arg);
    return e;
}

enum err
db_link_suppliers(struct db *db, int64_t product_id, int64_t limit,
    enum err (*fn)(void *arg, const char *name), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_LINK_SUPPLIERS);
    enum err e;

    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        e = fn(arg, stmt_text(q, 0));
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

static enum err
give_record(struct stmt *q, journal_fn *fn, void *arg)
{
    struct journal_record r = {.seq = stmt_i64(q, 0),
        .kind = stmt_text(q, 1),
        .body = stmt_text(q, 2)};

    r.body_len = strlen(r.body);
    return fn(arg, &r);
}

enum err
db_lists_newest(struct db *db, journal_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_JOURNAL_LAST_LIST);
    enum err e = stmt_row(q);

    if (e == OK)
        e = give_record(q, fn, arg);
    stmt_end(q);
    return e;
}

enum err
db_lists_before(struct db *db, int64_t before, int64_t limit, journal_fn *fn,
    void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_JOURNAL_LISTS);
    enum err e;

    stmt_bind_i64(q, ":before", before);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        e = give_record(q, fn, arg);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_link_put(struct db *db, const struct link *link)
{
    struct stmt *q = stmt_begin(db, SQL_LINK_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":product_id", link->product_id);
    stmt_bind_text(q, ":registry_id", link->registry_id);
    stmt_bind_i64(q, ":seq", link->seq);
    stmt_bind_i64(q, ":how", link->how);
    stmt_bind_i64(q, ":linked", link->linked);
    return stmt_done_once(q);
}

enum err
db_link_declare(struct db *db, int64_t product_id, const char *registry_id,
    int64_t seq)
{
    struct stmt *q = stmt_begin(db, SQL_LINK_UNDECLARE);
    enum err e;

    assert(db_in_write(db));
    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_text(q, ":registry_id", registry_id);
    e = stmt_done_once(q);
    if (e != OK || !registry_id[0])
        return e;
    q = stmt_begin(db, SQL_LINK_DECLARE);
    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_text(q, ":registry_id", registry_id);
    stmt_bind_i64(q, ":seq", seq);
    return stmt_done_once(q);
}
