#include "db/showroom.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

enum err
db_showroom_get(struct db *db, struct showroom *out)
{
    struct stmt *q = stmt_begin(db, SQL_SHOWROOM_GET);
    enum err e = stmt_row(q);

    if (e == OK) {
        out->seq = stmt_i64(q, 0);
        out->number = stmt_i64(q, 1);
        db_copy(out->name, sizeof(out->name), stmt_text(q, 2));
        db_copy(out->commune, sizeof(out->commune), stmt_text(q, 3));
    }
    stmt_end(q);
    return e;
}

enum err
db_showroom_keys(struct db *db, struct showroom_key *keys_out, size_t max,
    size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_SHOWROOM_KEYS);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_i64(q, ":limit", (int64_t)max);
    while (stmt_next(q, &e)) {
        struct showroom_key *k = &keys_out[(*len_out)++];
        size_t len;
        const void *key = stmt_blob(q, 1, &len);

        k->number = stmt_i64(q, 0);
        assert(len == sizeof(k->public_key)); /* a CHECK of the table */
        memcpy(k->public_key, key, len);
        k->from_seq = stmt_i64(q, 2);
    }
    stmt_end(q);
    return e;
}

enum err
db_showroom_put(struct db *db, const struct showroom *s)
{
    struct stmt *q = stmt_begin(db, SQL_SHOWROOM_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":seq", s->seq);
    stmt_bind_i64(q, ":number", s->number);
    stmt_bind_text(q, ":name", s->name);
    stmt_bind_text(q, ":commune", s->commune);
    return stmt_done_once(q);
}

enum err
db_showroom_key_add(struct db *db, const struct showroom_key *k, int64_t seq)
{
    struct stmt *q = stmt_begin(db, SQL_SHOWROOM_KEY_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":number", k->number);
    stmt_bind_i64(q, ":seq", seq);
    stmt_bind_blob(q, ":public_key", k->public_key, sizeof(k->public_key));
    stmt_bind_i64(q, ":from_seq", k->from_seq);
    return stmt_done_once(q);
}
