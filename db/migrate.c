#include "db/migrate.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "db/internal.h"
#include "db/sql_migrations.h"

enum {
    STEPS_SHOP =
        (int)(sizeof(sql_migrations_shop) / sizeof(sql_migrations_shop[0])),
    STEPS_REGISTRY = (int)(sizeof(sql_migrations_registry) /
        sizeof(sql_migrations_registry[0])),
};

/* What a file holds, by its header (PRAGMA application_id). */
static const struct kind {
    int64_t id;
    const char *mark; /* writes it */
    const char *what;
    const struct sql_migration *steps;
    int len;
} kinds[] = {
    [DB_SHOP] = {0x4f434f53, "PRAGMA application_id = 0x4f434f53",
        "a showroom's shop", sql_migrations_shop, STEPS_SHOP},
    [DB_REGISTRY] = {0x4f434f52, "PRAGMA application_id = 0x4f434f52",
        "the registry's books", sql_migrations_registry, STEPS_REGISTRY},
};

int
db_migrate_count(void)
{
    return STEPS_SHOP;
}

enum err
db_migrate_kind(struct db *db)
{
    int64_t id;
    enum err e = stmt_one_i64(stmt_begin(db, SQL_SCHEMA_KIND), &id);

    if (e != OK || id == 0 || id == kinds[db->schema].id)
        return e;
    err_arg("case", "kind");
    err_arg("file", "%s", sqlite3_db_filename(db->h, "main"));
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (id == kinds[i].id)
            return err_set(ERR_DB_VERSION, "the file holds %s, not %s",
                kinds[i].what, kinds[db->schema].what);
    return err_set(ERR_DB_VERSION, "the file is another program's");
}

/* Does row `q` of the table migration tell of our step `i`? */
static enum err
same_step(const struct db *db, struct stmt *q, int i)
{
    const struct kind *kind = &kinds[db->schema];
    int64_t number = stmt_i64(q, 0);

    if (i >= kind->len)
        return err_set(ERR_DB_VERSION,
            "migration %lld (%s) is not known: a newer program made it",
            (long long)number, stmt_text(q, 1));
    if (number != kind->steps[i].number ||
        strcmp(stmt_text(q, 2), kind->steps[i].sha256) != 0)
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
        e = same_step(db, q, (*done_out)++);
    stmt_end(q);
    return e != OK ? e : end;
}

static enum err
apply(struct db *db, void *arg)
{
    const struct kind *kind = &kinds[db->schema];
    const struct sql_migration *step = &kind->steps[*(const int *)arg];
    enum err e = db_exec(db, step->text, step->name);
    struct stmt *q;

    if (e == OK && step->number == 1)
        e = db_exec(db, kind->mark, "application_id");
    if (e != OK)
        return e;
    q = stmt_begin(db, SQL_MIGRATION_ADD);
    stmt_bind_i64(q, ":number", step->number);
    stmt_bind_text(q, ":name", step->name);
    stmt_bind_text(q, ":sha256", step->sha256);
    stmt_bind_i64(q, ":applied_at", clock_now());
    return stmt_done_once(q);
}

enum err
db_migrate(struct db *db)
{
    const struct kind *kind = &kinds[db->schema];
    int i;
    enum err e = steps_done(db, &i);

    for (; e == OK && i < kind->len; i++) {
        e = db_write_alone(db, "migrate", apply, &i);
        if (e == OK)
            log_debug("db", "migration %d, %s", kind->steps[i].number,
                kind->steps[i].name);
    }
    return e;
}

enum err
db_migrate_check(struct db *db)
{
    const int steps = kinds[db->schema].len;
    int done;
    enum err e = steps_done(db, &done);

    if (e == OK && done < steps)
        e = err_set(ERR_DB_VERSION,
            "%d of %d migrations: the program that writes must open it first",
            done, steps);
    return e;
}
