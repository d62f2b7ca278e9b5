#include "pos/sell/certificate.h"

#include "db/product.h"

#include "sync/record.h"

enum err
certificate_judge(struct db *db, const char *registry_id, int32_t day,
    struct certificate *out)
{
    enum err e;

    *out = (struct certificate){0};
    if (!registry_id[0])
        return OK;
    e = db_certified_by_id(db, registry_id, &out->record);
    if (e == ERR_NOT_FOUND)
        return OK; /* linked before its list came, or an entry error mended */
    if (e != OK)
        return e;
    out->listed = true;
    out->list_seq = out->record.list_seq;
    out->state = judge((enum record_status)out->record.status,
        out->record.from_day, out->record.until_day, day);
    out->recalled = out->state == CERT_WITHDRAWN
                    && out->record.recall != RECALL_NONE;
    return OK;
}

void
certificate_freeze(const struct certificate *c, struct sale_cert *out)
{
    *out = (struct sale_cert){0};
    if (!c->listed)
        return;
    db_copy(out->id, sizeof(out->id), c->record.id);
    out->cert = c->record.cert;
    out->stars = c->record.stars;
    out->state = c->state;
    out->until_day = c->record.until_day;
    out->list_seq = c->list_seq;
}

enum err
certificate_may_sell(const struct certificate *c, const char *name,
    bool allow_withdrawn)
{
    if (!c->listed || c->state != CERT_WITHDRAWN)
        return OK;
    if (c->recalled) {
        err_arg("name", "%s", name);
        return err_set(ERR_RECALLED, "%s is recalled", c->record.id);
    }
    if (allow_withdrawn)
        return OK;
    err_arg("name", "%s", name);
    return err_set(ERR_WITHDRAWN, "%s is withdrawn", c->record.id);
}
