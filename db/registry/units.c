#include "db/registry/units.h"

#include <assert.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

enum err
db_reg_units(struct db *db, struct reg_units *out)
{
    struct stmt *q = stmt_begin(db, SQL_REG_UNITS);
    enum err e = stmt_row(q);

    *out = (struct reg_units){.communes = 0};
    if (e == OK) {
        db_copy(out->version, sizeof(out->version), stmt_text(q, 0));
        out->communes = stmt_i64(q, 1);
    }
    stmt_end(q);
    return e == ERR_NOT_FOUND ? OK : e;
}

static void
read_commune(struct stmt *q, struct reg_commune *out)
{
    db_copy(out->code, sizeof(out->code), stmt_text(q, 0));
    db_copy(out->province_code, sizeof(out->province_code), stmt_text(q, 1));
    db_copy(out->name, sizeof(out->name), stmt_text(q, 2));
    out->gone = stmt_i64(q, 3) != 0;
}

/* The only row, or the only one that is written as was asked, and stmt_end. */
static enum err
only_row(struct stmt *q, const char *what, struct reg_commune *out)
{
    enum err e = stmt_row(q), end = OK;
    bool exact;

    if (e == OK) {
        read_commune(q, out);
        exact = stmt_i64(q, 4) != 0;
        if (stmt_next(q, &end) && exact == (stmt_i64(q, 4) != 0))
            e = err_set(ERR_EXISTS, "%s may be several", what);
        else
            e = end;
    }
    stmt_end(q);
    return e;
}

enum err
db_reg_commune(struct db *db, const char *code, struct reg_commune *out)
{
    struct stmt *q = stmt_begin(db, SQL_REG_COMMUNE);

    stmt_bind_text(q, ":code", code);
    return only_row(q, code, out);
}

enum err
db_reg_commune_named(struct db *db, struct reg_name name,
    const char *province_code, struct reg_commune *out)
{
    struct stmt *q = stmt_begin(db, SQL_REG_COMMUNE_NAMED);

    stmt_bind_text(q, ":name", name.name);
    stmt_bind_text(q, ":fold", name.fold);
    stmt_bind_text(q, ":province_code", province_code);
    return only_row(q, name.name, out);
}

enum err
db_reg_mapped(struct db *db, struct reg_name old_commune,
    const char *old_district, const char *old_province,
    struct reg_commune *out)
{
    struct stmt *q = stmt_begin(db, SQL_REG_MAPPED);

    stmt_bind_text(q, ":name", old_commune.name);
    stmt_bind_text(q, ":old_commune", old_commune.fold);
    stmt_bind_text(q, ":old_district", old_district);
    stmt_bind_text(q, ":old_province", old_province);
    return only_row(q, old_commune.name, out);
}

enum err
db_reg_communes_gone(struct db *db)
{
    assert(db_in_write(db));
    return stmt_done_once(stmt_begin(db, SQL_REG_COMMUNES_GONE));
}

enum err
db_reg_commune_put(
    struct db *db, const struct reg_commune *c, const char *fold)
{
    struct stmt *q = stmt_begin(db, SQL_REG_COMMUNE_PUT);

    assert(db_in_write(db));
    stmt_bind_text(q, ":code", c->code);
    stmt_bind_text(q, ":province_code", c->province_code);
    stmt_bind_text(q, ":name", c->name);
    stmt_bind_text(q, ":fold", fold);
    return stmt_done_once(q);
}

enum err
db_reg_units_add(struct db *db, const struct reg_units *units, int64_t at,
    const char *by_whom)
{
    struct stmt *q = stmt_begin(db, SQL_REG_UNITS_ADD);

    assert(db_in_write(db));
    stmt_bind_text(q, ":version", units->version);
    stmt_bind_i64(q, ":communes", units->communes);
    stmt_bind_i64(q, ":at", at);
    stmt_bind_text(q, ":by_whom", by_whom);
    return stmt_done_once(q);
}

enum err
db_reg_mapping_put(struct db *db, struct reg_name old_commune,
    const char *old_district, const char *old_province, const char *code)
{
    struct stmt *q = stmt_begin(db, SQL_REG_MAPPING_PUT);

    assert(db_in_write(db));
    stmt_bind_text(q, ":old_commune", old_commune.fold);
    stmt_bind_text(q, ":old_district", old_district);
    stmt_bind_text(q, ":old_province", old_province);
    stmt_bind_text(q, ":old_name", old_commune.name);
    stmt_bind_text(q, ":code", code);
    return stmt_done_once(q);
}
