#include "pos/fact/fact_list.h"

#include "base/canon.h"
#include "base/crypto.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"

enum err
fact_list_post(struct db *db, struct fact_list *f,
    struct journal_head *head_out)
{
    char hex[65];
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    crypto_hex(f->list.sha256, 32, hex);
    canon_put_int(c, "at", f->list.applied_at);
    canon_put_int(c, "changed", f->changed);
    canon_put_int(c, "list_seq", f->list.list_seq);
    canon_put_int(c, "new", f->added);
    canon_put_int(c, "records", f->list.records);
    canon_put_str(c, "sha256", hex);
    canon_put_int(c, "staff", f->staff);
    canon_put_int(c, "withdrawn", f->withdrawn);
    e = fact_body_post(&body, db, "list", head_out);
    if (e != OK)
        return e;
    f->list.seq = head_out->seq;
    return db_certified_list_put(db, &f->list);
}

enum err
fact_list_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct certified_list l = {.seq = rec->seq};
    const char *hex;
    enum err e = json_get_int(body, "at", 0, JSON_INT_MAX, &l.applied_at);

    READ(json_get_int(body, "list_seq", 0, JSON_INT_MAX, &l.list_seq));
    READ(json_get_int(body, "records", 0, JSON_INT_MAX, &l.records));
    READ(json_get_str(body, "sha256", 64, &hex));
    READ(crypto_unhex(hex, 64, l.sha256));
    READ(db_certified_list_put(db, &l));
    return e;
}
