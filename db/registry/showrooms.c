#include "db/registry/showrooms.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/stmt.h"

enum err
db_reg_showrooms(struct db *db, reg_showroom_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_SHOWROOMS);
    enum err e, given = OK;

    while (given == OK && stmt_next(q, &e)) {
        struct reg_showroom s = {.number = stmt_i64(q, 0),
            .name = stmt_text(q, 1),
            .commune_code = stmt_text(q, 2),
            .at = stmt_i64(q, 3),
            .by_whom = stmt_text(q, 4)};

        given = fn(arg, &s);
    }
    stmt_end(q);
    return given != OK ? given : e;
}

static enum err
give_key(struct stmt *q, reg_showroom_key_fn *fn, void *arg)
{
    struct reg_showroom_key k = {.showroom = stmt_i64(q, 0),
        .number = stmt_i64(q, 1),
        .from_day = (int32_t)stmt_i64(q, 3),
        .withdrawn_day = (int32_t)stmt_i64(q, 4),
        .last_good_seq = stmt_i64(q, 5),
        .at = stmt_i64(q, 6),
        .by_whom = stmt_text(q, 7)};
    size_t len;
    const void *key = stmt_blob(q, 2, &len);

    assert(len == sizeof(k.public_key)); /* a CHECK of the table */
    memcpy(k.public_key, key, len);
    return fn(arg, &k);
}

enum err
db_reg_showroom_keys(
    struct db *db, int64_t showroom, reg_showroom_key_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_SHOWROOM_KEYS);
    enum err e, given = OK;

    stmt_bind_i64(q, ":showroom", showroom);
    while (given == OK && stmt_next(q, &e))
        given = give_key(q, fn, arg);
    stmt_end(q);
    return given != OK ? given : e;
}

enum err
db_reg_showroom_add(struct db *db, const struct reg_showroom *s)
{
    struct stmt *q = stmt_begin(db, SQL_REG_SHOWROOM_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":number", s->number);
    stmt_bind_text(q, ":name", s->name);
    stmt_bind_text(q, ":commune_code", s->commune_code);
    stmt_bind_i64(q, ":at", s->at);
    stmt_bind_text(q, ":by_whom", s->by_whom);
    return stmt_done_once(q);
}

enum err
db_reg_showroom_key_add(struct db *db, const struct reg_showroom_key *k)
{
    struct stmt *q = stmt_begin(db, SQL_REG_SHOWROOM_KEY_ADD);
    bool withdrawn = k->withdrawn_day != 0;

    assert(db_in_write(db));
    stmt_bind_i64(q, ":showroom", k->showroom);
    stmt_bind_i64(q, ":number", k->number);
    stmt_bind_blob(q, ":public_key", k->public_key, sizeof(k->public_key));
    stmt_bind_i64(q, ":from_day", k->from_day);
    stmt_bind_i64_or_null(q, ":withdrawn_day", withdrawn, k->withdrawn_day);
    stmt_bind_i64_or_null(q, ":last_good_seq", withdrawn, k->last_good_seq);
    stmt_bind_i64(q, ":at", k->at);
    stmt_bind_text(q, ":by_whom", k->by_whom);
    return stmt_done_once(q);
}

enum err
db_reg_showroom_key_withdraw(struct db *db, int64_t showroom, int64_t number,
    int32_t day, int64_t last_good_seq)
{
    struct stmt *q = stmt_begin(db, SQL_REG_SHOWROOM_KEY_WITHDRAW);
    enum err e;

    assert(db_in_write(db));
    stmt_bind_i64(q, ":day", day);
    stmt_bind_i64(q, ":last_good_seq", last_good_seq);
    stmt_bind_i64(q, ":showroom", showroom);
    stmt_bind_i64(q, ":number", number);
    e = stmt_done_once(q);
    if (e == OK && db_changes(db) == 0)
        e = err_set(ERR_NOT_FOUND, "showroom %lld has no key %lld",
            (long long)showroom, (long long)number);
    return e;
}

enum err
db_reg_act_add(struct db *db, int64_t at, const char *by_whom,
    const char *what, const char *detail)
{
    struct stmt *q = stmt_begin(db, SQL_REG_ACT_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":at", at);
    stmt_bind_text(q, ":by_whom", by_whom);
    stmt_bind_text(q, ":what", what);
    stmt_bind_text(q, ":detail", detail);
    return stmt_done_once(q);
}
