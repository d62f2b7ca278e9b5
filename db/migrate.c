#include "db/migrate.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "db/internal.h"
#include "db/sql_migrations.h"

enum { STEPS = (int)(sizeof(sql_migrations) / sizeof(sql_migrations[0])) };

int
db_migrate_count(void)
{
    return STEPS;
}

/* Does row `q` of the table migration tell of our step `i`? */
static enum err
same_step(struct stmt *q, int i)
{
    int64_t number = stmt_i64(q, 0);

    if (i >= STEPS)
        return err_set(ERR_DB_VERSION,
            "migration %lld (%s) is not known: a newer program made it",
            (long long)number, stmt_text(q, 1));
    if (number != sql_migrations[i].number ||
        strcmp(stmt_text(q, 2), sql_migrations[i].sha256) != 0)
        return err_set(ERR_DB_VERSION,
            "migration %lld (%s) is not the one this program carries",
            (long long)number, stmt_text(q, 1));
    return OK;
}

/* How many of our steps the file has been through. */
static enum err
steps_done(struct db *db, int *done_out)
{
    struct stmt *q = stmt_begin(db, SQL_SCHEMA_HAS_MIGRATIONS);
    enum err e = stmt_row(q), end;
    bool any = e == OK && stmt_i64(q, 0) > 0;

    stmt_end(q);
    *done_out = 0;
    if (e != OK || !any)
        return e;
    q = stmt_begin(db, SQL_MIGRATION_LIST);
    while (e == OK && stmt_next(q, &end))
        e = same_step(q, (*done_out)++);
    stmt_end(q);
    return e != OK ? e : end;
}

static enum err
apply(struct db *db, void *arg)
{
    int i = *(const int *)arg;
    enum err e = db_exec(db, sql_migrations[i].text, sql_migrations[i].name);
    struct stmt *q;

    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_MIGRATION_ADD);
    stmt_bind_i64(q, ":number", sql_migrations[i].number);
    stmt_bind_text(q, ":name", sql_migrations[i].name);
    stmt_bind_text(q, ":sha256", sql_migrations[i].sha256);
    stmt_bind_i64(q, ":applied_at", clock_now());
    return stmt_done_once(q);
}

enum err
db_migrate(struct db *db)
{
    int i;
    enum err e = steps_done(db, &i);

    for (; e == OK && i < STEPS; i++) {
        e = db_write_alone(db, "migrate", apply, &i);
        if (e == OK)
            log_debug("db", "migration %d, %s", sql_migrations[i].number,
                sql_migrations[i].name);
    }
    return e;
}

enum err
db_migrate_check(struct db *db)
{
    int done;
    enum err e = steps_done(db, &done);

    if (e == OK && done < STEPS)
        e = err_set(ERR_DB_VERSION,
            "%d of %d migrations: the program that writes must open it first",
            done, STEPS);
    return e;
}
