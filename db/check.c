#include <string.h>

#include "base/buf.h"
#include "db/db.h"
#include "db/internal.h"

/* Lines of SQLite's own check other than its "ok". */
static enum err
check_integrity(struct db *db, struct buf *report, int *found)
{
    struct stmt *q = stmt_begin(db, SQL_CHECK_INTEGRITY);
    enum err e;

    while (stmt_next(q, &e)) {
        if (strcmp(stmt_text(q, 0), "ok") == 0)
            continue;
        ++*found;
        buf_printf(report, "%s\n", stmt_text(q, 0));
    }
    stmt_end(q);
    return e;
}

static enum err
check_foreign_keys(struct db *db, struct buf *report, int *found)
{
    struct stmt *q = stmt_begin(db, SQL_CHECK_FOREIGN_KEYS);
    enum err e;

    while (stmt_next(q, &e)) {
        ++*found;
        buf_printf(report, "%s, row %lld: refers to no row of %s\n",
            stmt_text(q, 0), (long long)stmt_i64(q, 1), stmt_text(q, 2));
    }
    stmt_end(q);
    return e;
}

/* Order of the two cursors' rows; one that is at its end comes last. */
static int
compare_rows(struct stmt *ours, bool more, struct stmt *fresh, bool more_fresh)
{
    int order;

    if (!more || !more_fresh)
        return more ? -1 : 1;
    order = strcmp(stmt_text(ours, 0), stmt_text(fresh, 0));
    return order ? order : strcmp(stmt_text(ours, 1), stmt_text(fresh, 1));
}

/* Walk both schemas in the same order and tell where they part. */
static enum err
compare_schemas(
    struct stmt *ours, struct stmt *fresh, struct buf *report, int *found)
{
    enum err e, e_fresh;
    bool more = stmt_next(ours, &e), more_fresh = stmt_next(fresh, &e_fresh);

    while (e == OK && e_fresh == OK && (more || more_fresh)) {
        int order = compare_rows(ours, more, fresh, more_fresh);
        struct stmt *q = order <= 0 ? ours : fresh;
        const char *what = order < 0 ? "is not ours"
            : order > 0              ? "is missing"
                                     : "is not as it was made";

        if (order != 0 || strcmp(stmt_text(ours, 2), stmt_text(fresh, 2))) {
            ++*found;
            buf_printf(report, "%s %s %s\n", stmt_text(q, 0), stmt_text(q, 1),
                what);
        }
        if (order <= 0)
            more = stmt_next(ours, &e);
        if (order >= 0)
            more_fresh = stmt_next(fresh, &e_fresh);
    }
    return e != OK ? e : e_fresh;
}

static enum err
check_schema(struct db *db, struct buf *report, int *found)
{
    struct db *fresh;
    struct stmt *q, *q_fresh;
    enum err e = db_open_as(":memory:", DB_WRITE, db->schema, &fresh);

    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_SCHEMA_LIST);
    q_fresh = stmt_begin(fresh, SQL_SCHEMA_LIST);
    e = compare_schemas(q, q_fresh, report, found);
    stmt_end(q_fresh);
    stmt_end(q);
    db_close(fresh);
    return e;
}

enum err
db_check(struct db *db, struct buf *report)
{
    int damage = 0, changes = 0;
    enum err e = check_integrity(db, report, &damage);

    if (e == OK)
        e = check_foreign_keys(db, report, &damage);
    if (e == OK)
        e = check_schema(db, report, &changes);
    if (e != OK)
        return e;
    if (damage)
        return err_set(ERR_DB_BROKEN, "%d faults in the file", damage);
    if (changes)
        return err_set(ERR_BOOKS, "%d changes to the schema", changes);
    return OK;
}
