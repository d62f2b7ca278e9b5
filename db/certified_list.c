/* The lists in force, and the rows that none of them has. */
#include <assert.h>
#include <string.h>

#include "db/certified.h"
#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

static void
read_list(struct stmt *q, struct certified_list *out)
{
    const void *hash;
    size_t len;

    db_copy(out->name, sizeof(out->name), stmt_text(q, 0));
    out->seq = stmt_i64(q, 1);
    out->gen = stmt_i64(q, 2);
    out->list_seq = stmt_i64(q, 3);
    out->records = stmt_i64(q, 4);
    hash = stmt_blob(q, 5, &len);
    assert(len == sizeof(out->sha256)); /* a CHECK of the table */
    memcpy(out->sha256, hash, len);
    out->applied_at = stmt_i64(q, 6);
}

enum err
db_certified_list(struct db *db, const char *name, struct certified_list *out)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_LIST);
    enum err e;

    stmt_bind_text(q, ":name", name);
    e = stmt_row(q);
    if (e == OK)
        read_list(q, out);
    stmt_end(q);
    return e;
}

enum err
db_certified_lists(struct db *db,
    enum err (*fn)(void *arg, const struct certified_list *list), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_LISTS);
    struct certified_list list;
    enum err e = OK;

    while (stmt_next(q, &e)) {
        read_list(q, &list);
        e = fn(arg, &list);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_certified_sum(struct db *db, struct certified_sum *out)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_SUM);
    enum err e = stmt_row(q);

    if (e == OK)
        *out = (struct certified_sum){.lists = stmt_i64(q, 0),
            .records = stmt_i64(q, 1),
            .seq = stmt_i64(q, 2),
            .applied_at = stmt_i64(q, 3)};
    stmt_end(q);
    return e;
}

enum err
db_certified_list_put(struct db *db, const struct certified_list *l)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_LIST_PUT);

    assert(db_in_write(db));
    stmt_bind_text(q, ":name", l->name);
    stmt_bind_i64(q, ":seq", l->seq);
    stmt_bind_i64_or_null(q, ":gen", l->gen != 0, l->gen);
    stmt_bind_i64(q, ":list_seq", l->list_seq);
    stmt_bind_i64(q, ":records", l->records);
    stmt_bind_blob(q, ":sha256", l->sha256, sizeof(l->sha256));
    stmt_bind_i64(q, ":applied_at", l->applied_at);
    return stmt_done_once(q);
}

enum err
db_certified_list_drop(struct db *db, const char *name)
{
    struct stmt *q = stmt_begin(db, SQL_CERTIFIED_LIST_DROP);

    assert(db_in_write(db));
    stmt_bind_text(q, ":name", name);
    return stmt_done_once(q);
}

/* The first generation with rows that is in nobody's force; 0: there is
 * none. */
static enum err
find_leftover(struct db *db, int64_t keep_from, int64_t *gen_out)
{
    int64_t gen = 0, in_force;
    enum err e = OK;

    *gen_out = 0;
    for (;;) {
        struct stmt *q = stmt_begin(db, SQL_CERTIFIED_GEN_AT);

        stmt_bind_i64(q, ":n", (gen + 1) * (INT64_C(1) << 32));
        e = stmt_one_i64(q, &gen);
        if (e != OK)
            return e == ERR_NOT_FOUND ? OK : e;
        if (gen >= keep_from)
            return OK;
        q = stmt_begin(db, SQL_CERTIFIED_GEN_IN_FORCE);
        stmt_bind_i64(q, ":gen", gen);
        e = stmt_one_i64(q, &in_force);
        if (e != OK)
            return e;
        if (!in_force) {
            *gen_out = gen;
            return OK;
        }
    }
}

static enum err
sweep_with(struct db *db, enum sql_id id, int64_t gen, int64_t limit)
{
    struct stmt *q = stmt_begin(db, id);

    stmt_bind_i64(q, ":gen", gen);
    stmt_bind_i64(q, ":limit", limit);
    return stmt_done_once(q);
}

enum err
db_certified_sweep(
    struct db *db, int64_t keep_from, int64_t limit, bool *more_out)
{
    int64_t gen;
    enum err e = find_leftover(db, keep_from, &gen);

    assert(db_in_write(db));
    *more_out = e == OK && gen != 0;
    if (!*more_out)
        return e;
    e = sweep_with(db, SQL_CERTIFIED_SWEEP_GTINS, gen, limit);
    if (e == OK)
        e = sweep_with(db, SQL_CERTIFIED_SWEEP, gen, limit);
    return e;
}
