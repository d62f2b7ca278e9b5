#include "pos/fact/fact_certificate.h"

#include "base/canon.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"

enum err
fact_certificate_post(struct db *db, struct fact_certificate *f,
    struct journal_head *head_out)
{
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    canon_put_int(c, "at", f->at);
    canon_put_str(c, "how", link_how_words[f->link.how - 1]);
    canon_put_bool(c, "linked", f->link.linked);
    canon_put_int(c, "product", f->link.product_id);
    canon_put_str(c, "registry_id", f->link.registry_id);
    canon_put_int(c, "staff", f->staff);
    e = fact_body_post(&body, db, "certificate", head_out);
    if (e != OK)
        return e;
    f->link.seq = head_out->seq;
    return db_link_put(db, &f->link);
}

enum err
fact_certificate_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct link link = {.seq = rec->seq};
    int how = 0;
    enum err e = json_get_word(body, "how", link_how_words, &how);

    READ(json_get_bool(body, "linked", &link.linked));
    READ(json_get_int(body, "product", 1, JSON_INT_MAX, &link.product_id));
    READ(read_text(body, "registry_id", link.registry_id,
        sizeof(link.registry_id)));
    link.how = (enum link_how)(how + 1);
    READ(db_link_put(db, &link));
    return e;
}
