#include "pos/fact/fact_notice.h"

#include "base/canon.h"
#include "base/clock.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"

enum err
fact_notice_post(struct db *db, struct notice *n,
    struct journal_head *head_out)
{
    char until[CLOCK_DATE_SIZE];
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    clock_format_date(n->until_day, until);
    canon_put_int(c, "at", n->at);
    canon_put_int(c, "days", n->days);
    canon_put_str(c, "id", n->registry_id);
    canon_put_str(c, "name", n->name);
    canon_put_int(c, "product", n->product_id);
    canon_put_int(c, "stars", n->stars);
    canon_put_str(c, "valid_until", until);
    e = fact_body_post(&body, db, "notice", head_out);
    if (e != OK)
        return e;
    n->seq = head_out->seq;
    return db_notice_put(db, n);
}

enum err
fact_notice_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct notice n = {.seq = rec->seq};
    int64_t days = 0;
    enum err e = json_get_int(body, "at", 0, JSON_INT_MAX, &n.at);

    READ(json_get_int(body, "days", 0, NOTICE_SOON, &days));
    READ(read_text(body, "id", n.registry_id, sizeof(n.registry_id)));
    READ(json_get_int(body, "product", 1, JSON_INT_MAX, &n.product_id));
    READ(read_day(body, "valid_until", &n.until_day));
    n.days = (int)days;
    READ(db_notice_put(db, &n));
    return e;
}
