#include "db/registry/labels.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/stmt.h"

enum err
db_reg_label_keys(struct db *db, reg_label_key_fn *fn, void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_REG_LABEL_KEYS);
    enum err e, given = OK;

    while (given == OK && stmt_next(q, &e)) {
        struct reg_label_key k = {.number = stmt_i64(q, 0),
            .province_code = stmt_text(q, 1),
            .from_day = (int32_t)stmt_i64(q, 3),
            .at = stmt_i64(q, 4),
            .by_whom = stmt_text(q, 5)};
        size_t len;
        const void *key = stmt_blob(q, 2, &len);

        assert(len == sizeof(k.public_key)); /* a CHECK of the table */
        memcpy(k.public_key, key, len);
        given = fn(arg, &k);
    }
    stmt_end(q);
    return given != OK ? given : e;
}

enum err
db_reg_label_key_add(
    struct db *db, const struct reg_label_key *k, int64_t *number_out)
{
    struct stmt *q;
    int64_t last;
    enum err e = stmt_one_i64(
        stmt_begin(db, SQL_REG_LABEL_KEY_LAST), &last);

    assert(db_in_write(db));
    if (e != OK)
        return e;
    if (last == REG_LABEL_KEYS_MAX)
        return err_set(ERR_TOO_LARGE, "all %d numbers of label keys are given",
            REG_LABEL_KEYS_MAX);
    *number_out = last + 1;
    q = stmt_begin(db, SQL_REG_LABEL_KEY_ADD);
    stmt_bind_i64(q, ":number", *number_out);
    stmt_bind_text(q, ":province_code", k->province_code);
    stmt_bind_blob(q, ":public_key", k->public_key, sizeof(k->public_key));
    stmt_bind_i64(q, ":from_day", k->from_day);
    stmt_bind_i64(q, ":at", k->at);
    stmt_bind_text(q, ":by_whom", k->by_whom);
    return stmt_done_once(q);
}
