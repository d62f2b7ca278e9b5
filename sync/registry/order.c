/* Suspension, withdrawal, reinstatement: by a decision, never by a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "sync/registry/books.h"
#include "sync/registry/import_inside.h"
#include "sync/registry/version.h"

/* What the order is carried out on, and with. */
struct ordering {
    struct books_order *order;
    struct version v;
    bool found;
    bool dropped; /* no list holds it */
    char decision[RECORD_ID];
    char ground[RECORD_TEXT];
};

static enum err
refuse(const struct ordering *o, const char *which)
{
    err_arg("id", "%s", o->order->id);
    err_arg("case", "%s", which);
    return err_set(ERR_INVALID, "%s: %s", o->order->id, which);
}

/* Cleaned; empty and too long are refused. */
static enum err
clean(const struct ordering *o, const char *name, const char *text, char *to,
    size_t size)
{
    struct buf b;
    enum err e;

    buf_init(&b, size - 1);
    e = text_clean(text ? text : "", text ? strlen(text) : 0, &b);
    if (e == OK && b.len > 0)
        memcpy(to, b.data, b.len + 1);
    else if (e == OK || e == ERR_TOO_LARGE) {
        err_arg("field", "%s", name);
        err_arg("max", "%zu", size - 1);
        e = refuse(o, e == OK ? "order_missing" : "order_long");
    }
    buf_finish(&b);
    return e;
}

/* The day from which the certificate stands as it does. */
static int32_t
day_of_status(const struct ocop_record *r)
{
    int64_t moment;
    int32_t day;

    if (clock_parse_date(r->status_at, &day) == OK)
        return day;
    if (clock_parse_rfc3339(r->status_at, &moment) == OK)
        return clock_day(moment);
    return INT32_MIN;
}

static enum err
check_day(const struct ordering *o)
{
    const struct ocop_record *r = &o->v.record;
    int32_t day = o->order->day;
    char date[CLOCK_DATE_SIZE];

    if (day > clock_day(o->order->now))
        return refuse(o, "order_future");
    if (day < r->decision_day) {
        clock_format_vn_date(r->decision_day, date);
        err_arg("date", "%s", date);
        return refuse(o, "order_early");
    }
    if (day < day_of_status(r)) {
        clock_format_vn_date(day_of_status(r), date);
        err_arg("date", "%s", date);
        return refuse(o, "order_before");
    }
    return OK;
}

/* May it come to this from where it stands? */
static enum err
check_step(const struct ordering *o)
{
    enum record_status is = o->v.record.status;

    if (o->dropped)
        return refuse(o, "order_dropped");
    if (o->order->change == BOOKS_DROP)
        return OK;
    if (is == RECORD_SUPERSEDED)
        return refuse(o, "order_superseded");
    switch (o->order->change) {
    case BOOKS_SUSPEND:
        if (is == RECORD_SUSPENDED)
            return refuse(o, "order_suspended");
        return is == RECORD_REVOKED ? refuse(o, "order_revoked") : OK;
    case BOOKS_REVOKE:
        return is == RECORD_REVOKED ? refuse(o, "order_revoked") : OK;
    case BOOKS_REINSTATE:
        return is == RECORD_ACTIVE ? refuse(o, "order_active") : OK;
    case BOOKS_DROP:
        break;
    }
    return OK;
}

static enum record_status
status_after(enum books_change change)
{
    switch (change) {
    case BOOKS_SUSPEND:
        return RECORD_SUSPENDED;
    case BOOKS_REVOKE:
        return RECORD_REVOKED;
    case BOOKS_REINSTATE:
    case BOOKS_DROP:
        break;
    }
    return RECORD_ACTIVE;
}

static enum reg_action
action_of(enum books_change change)
{
    static const enum reg_action actions[] = {
        [BOOKS_SUSPEND] = REG_SUSPEND,
        [BOOKS_REVOKE] = REG_REVOKE,
        [BOOKS_REINSTATE] = REG_REINSTATE,
        [BOOKS_DROP] = REG_DROP};

    return actions[change];
}

/* The record with its new standing; a reinstated one keeps the decision that
 * made it so. */
static void
write_record(const struct ordering *o, struct buf *out)
{
    static const char *const ours[] = {"status", "status_info", NULL};
    const struct books_order *order = o->order;
    char date[CLOCK_DATE_SIZE];
    struct json_out j;

    json_out_init(&j, out);
    if (order->change == BOOKS_DROP) {
        import_copy(&j, o->v.root);
        return;
    }
    clock_format_date(order->day, date);
    json_out_obj(&j);
    import_copy_members(&j, o->v.root, ours);
    json_out_put_str(
        &j, "status", record_status_name(status_after(order->change)));
    json_out_key(&j, "status_info");
    json_out_obj(&j);
    json_out_put_str(&j, "at", date);
    json_out_put_str(&j, "decision_number", o->decision);
    json_out_put_str(&j, "reason", o->ground);
    if (order->change != BOOKS_REINSTATE)
        json_out_put_str(&j, "recall", record_recall_name(order->recall));
    json_out_end_obj(&j);
    json_out_end_obj(&j);
    json_out_end(&j);
}

static enum err
take_record(void *arg, const struct reg_version *v)
{
    struct ordering *o = arg;

    o->found = true;
    o->dropped = !v->role;
    return version_parse(&o->v, v->record, v->record_len);
}

/* By id; what is a number and no id is a certificate's number. */
static enum err
find(struct db *db, struct ordering *o)
{
    const char *what = o->order->what;
    size_t len = strlen(what);
    enum err e = db_reg_record_by_id(db, what, take_record, o);

    if (e == ERR_NOT_FOUND && len > 0 && len <= 9 &&
        strspn(what, "0123456789") == len)
        e = db_reg_record_by_cert(
            db, strtol(what, NULL, 10), take_record, o);
    return e;
}

static enum err
carry_out(struct db *db, struct ordering *o)
{
    struct version next = {.action = action_of(o->order->change),
        .at = o->order->now,
        .by = o->order->by,
        .decision = o->decision[0] ? o->decision : NULL,
        .decision_day = o->order->day,
        .ground = o->ground,
        .dropped = o->order->change == BOOKS_DROP};
    struct buf b;
    enum err e;

    buf_init(&b, IMPORT_LINE_MAX);
    write_record(o, &b);
    e = version_parse(&next, b.data, b.len);
    buf_finish(&b);
    if (e == OK)
        e = version_number(
            &next, (int64_t)o->v.record.cert, o->v.record.rev + 1);
    if (e == OK)
        e = version_add(db, &next);
    o->order->rev = next.record.rev;
    version_finish(&next);
    return e;
}

static enum err
order_write(struct db *db, void *arg)
{
    struct ordering *o = arg;
    struct books_order *order = o->order;
    enum err e = find(db, o);

    if (e == OK) {
        memcpy(order->id, o->v.record.id, sizeof(order->id));
        memcpy(order->name, o->v.record.name, sizeof(order->name));
        order->cert = o->v.record.cert;
        order->was = o->v.record.status;
        e = check_step(o);
    }
    if (e == OK && order->change != BOOKS_DROP) {
        e = check_day(o);
        if (e == OK)
            e = clean(o, "decision", order->decision, o->decision,
                sizeof(o->decision));
    }
    if (e == OK)
        e = clean(o, "ground", order->ground, o->ground, sizeof(o->ground));
    if (e == OK)
        e = carry_out(db, o);
    if (o->found)
        version_finish(&o->v);
    return e;
}

enum err
books_order(struct books *books, struct books_order *order)
{
    struct ordering *o = mem_new(1, sizeof(*o));
    enum err e;

    o->order = order;
    o->v.by = order->by;
    snprintf(order->id, sizeof(order->id), "%.64s", order->what);
    e = db_write_alone(books->db, "order", order_write, o);
    mem_free(o);
    return e;
}
