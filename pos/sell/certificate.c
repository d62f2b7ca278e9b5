#include "pos/sell/certificate.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "db/link.h"
#include "db/product.h"
#include "pos/certified/age.h"
#include "sync/record.h"

/* An order to stop selling holds while the certificate is not good. */
static bool
is_recall(const struct certificate *c)
{
    return (c->state == CERT_WITHDRAWN || c->state == CERT_SUSPENDED)
           && c->record.recall > RECALL_NONE;
}

enum err
certificate_judge(struct db *db, const char *registry_id, int32_t day,
    struct certificate *out)
{
    enum err e;

    *out = (struct certificate){.listed = false};
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
    out->recalled = is_recall(out);
    return OK;
}

/* Smaller decides. */
static int
rank(const struct certificate *c)
{
    switch (c->state) {
    case CERT_IN_FORCE:
        return 0;
    case CERT_GRACE:
        return 1;
    case CERT_EXPIRED:
    case CERT_SUSPENDED:
    case CERT_WITHDRAWN:
        return 2;
    case CERT_SUPERSEDED:
        return 3;
    case CERT_NOT_YET:
        break;
    }
    return 4;
}

/* Does `a` decide rather than `b`?  Of the same rank the newest; two of the
 * same day are told apart by their numbers, so that it is always the same. */
static bool
decides(const struct certificate *a, const struct certificate *b)
{
    if (!a->listed || !b->listed)
        return a->listed;
    if (rank(a) != rank(b))
        return rank(a) < rank(b);
    if (a->record.from_day != b->record.from_day)
        return a->record.from_day > b->record.from_day;
    return a->record.cert > b->record.cert;
}

/* The Vietnam day on which the recall was ordered; INT32_MAX when the record
 * does not tell: then it holds. */
static enum err
recall_day(struct db *db, const char *id, int32_t *day_out)
{
    const struct json *info = NULL;
    const char *at = "";
    struct json *record;
    struct buf text;
    int64_t unix_s;
    char day[CLOCK_DATE_SIZE];
    enum err e;

    *day_out = INT32_MAX;
    buf_init(&text, RECORD_MAX + 1);
    e = db_certified_record(db, id, &text);
    if (e == OK)
        e = json_parse(text.data, text.len, NULL, &record);
    buf_finish(&text);
    if (e != OK)
        return e;
    if (json_opt_obj(record, "status_info", &info) == OK && info
        && json_opt_str(info, "at", 40, &at) == OK) {
        if (clock_parse_rfc3339(at, &unix_s) == OK)
            *day_out = clock_day(unix_s);
        db_copy(day, sizeof(day), strlen(at) == 10 ? at : "");
        if (clock_parse_date(day, day_out) != OK && strlen(at) == 10)
            *day_out = INT32_MAX;
    }
    json_free(record);
    return OK;
}

/* A recall against the one that decides without it. */
static enum err
hold_recall(struct db *db, const struct certificate *recalled,
    int32_t from_day, struct certificate *out)
{
    int32_t ordered;
    enum err e = recall_day(db, recalled->record.id, &ordered);

    if (e == OK && ordered >= from_day
        && (!out->recalled || recalled->record.recall > out->record.recall))
        *out = *recalled;
    return e;
}

enum err
certificate_of_product(struct db *db, int64_t product_id, int32_t day,
    struct certificate *out)
{
    struct link links[LINKS_MAX];
    struct certificate one;
    size_t len, recalls = 0;
    int32_t from_day;
    enum err e = db_links_of(db, product_id, links, &len);

    *out = (struct certificate){.listed = false};
    for (size_t i = 0; e == OK && i < len; i++) {
        e = certificate_judge(db, links[i].registry_id, day, &one);
        recalls += e == OK && one.recalled;
        if (e == OK && decides(&one, out))
            *out = one;
    }
    from_day = out->record.from_day;
    for (size_t i = 0; e == OK && recalls && i < len; i++) {
        e = certificate_judge(db, links[i].registry_id, day, &one);
        if (e == OK && one.recalled)
            e = hold_recall(db, &one, from_day, out);
    }
    return e;
}

void
certificate_freeze(const struct certificate *c, struct sale_cert *out)
{
    *out = (struct sale_cert){.cert = 0};
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
    if (c->recalled) {
        err_arg("name", "%s", name);
        err_arg("case", "%s",
            record_recall_name((enum record_recall)c->record.recall));
        return err_set(ERR_RECALLED, "%s is recalled", c->record.id);
    }
    if (!c->listed || c->state != CERT_WITHDRAWN || allow_withdrawn)
        return OK;
    err_arg("name", "%s", name);
    return err_set(ERR_WITHDRAWN, "%s is withdrawn", c->record.id);
}

bool
certificate_shows(const struct sale_cert *c, int list_age)
{
    return c->id[0] && c->state == CERT_IN_FORCE && list_age != LIST_TOO_OLD;
}
