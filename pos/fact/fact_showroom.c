#include "pos/fact/fact_showroom.h"

#include "base/canon.h"
#include "base/crypto.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"

static enum err
project(struct db *db, const struct fact_showroom *f, int64_t seq)
{
    struct showroom s = f->showroom;
    struct showroom_key k = f->key;
    enum err e;

    s.seq = seq;
    k.from_seq = seq;
    e = db_showroom_put(db, &s);
    if (e == OK)
        e = db_showroom_key_add(db, &k, seq);
    return e;
}

enum err
fact_showroom_post(struct db *db, const struct fact_showroom *f,
    struct journal_head *head_out)
{
    char hex[65];
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    crypto_hex(f->key.public_key, 32, hex);
    canon_put_int(c, "at", f->at);
    canon_put_str(c, "commune", f->showroom.commune);
    canon_key(c, "key");
    canon_obj(c);
    canon_put_int(c, "number", f->key.number);
    canon_put_str(c, "public", hex);
    canon_end_obj(c);
    canon_put_str(c, "name", f->showroom.name);
    canon_put_int(c, "showroom", f->showroom.number);
    e = fact_body_post(&body, db, "showroom", head_out);
    return e == OK ? project(db, f, head_out->seq) : e;
}

enum err
fact_showroom_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct fact_showroom f = {0};
    const struct json *key;
    const char *hex;
    enum err e = json_get_int(body, "at", 0, JSON_INT_MAX, &f.at);

    READ(read_text(body, "commune", f.showroom.commune,
        sizeof(f.showroom.commune)));
    READ(read_text(body, "name", f.showroom.name, sizeof(f.showroom.name)));
    READ(json_get_int(body, "showroom", 1, UINT32_MAX, &f.showroom.number));
    READ(json_get_obj(body, "key", &key));
    READ(json_get_int(key, "number", 1, INT32_MAX, &f.key.number));
    READ(json_get_str(key, "public", 64, &hex));
    READ(crypto_unhex(hex, 64, f.key.public_key));
    READ(project(db, &f, rec->seq));
    return e;
}

enum err
fact_clock_post(struct db *db, const struct fact_clock *f,
    struct journal_head *head_out)
{
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    canon_put_int(c, "at", f->at);
    canon_put_int(c, "expected", f->expected);
    canon_put_int(c, "now", f->now);
    e = fact_body_post(&body, db, "clock", head_out);
    return e;
}

enum err
fact_clock_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    (void)db;
    (void)rec;
    (void)body;
    return OK; /* said for people; no table holds it */
}
