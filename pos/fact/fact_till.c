#include <assert.h>
#include <stdio.h>

#include "base/canon.h"
#include "pos/fact/fact_staff.h"

enum { FACT_MAX = 1024 }; /* bytes of a body of these kinds, by far */

static enum err
till_project(struct db *db, const struct fact_till *f, int64_t seq)
{
    struct till t = {.number = f->till, .seq = seq, .active = f->active};

    snprintf(t.name, sizeof(t.name), "%s", f->name);
    return db_till_put(db, &t);
}

enum err
fact_till_post(struct db *db, const struct fact_till *f,
    struct journal_head *head_out)
{
    struct journal_head head;
    struct buf body;
    struct canon c;
    enum err e;

    assert(f->till > 0 && f->till <= TILL_MAX);
    buf_init(&body, FACT_MAX);
    canon_init(&c, &body);
    canon_obj(&c);
    canon_put_bool(&c, "active", f->active);
    canon_put_int(&c, "at", f->at);
    canon_put_int(&c, "by", f->by);
    canon_put_str(&c, "name", f->name);
    canon_put_int(&c, "till", f->till);
    canon_end_obj(&c);
    canon_end(&c);
    e = db_journal_append(db, "till", body.data, body.len, &head);
    buf_finish(&body);
    if (e == OK)
        e = till_project(db, f, head.seq);
    if (e == OK && head_out)
        *head_out = head;
    return e;
}

enum err
fact_till_replay(struct db *db, const struct journal_record *record,
    const struct json *body)
{
    static const char *const keys[] = {"active", "at", "by", "name", "till",
        NULL};
    struct fact_till f = {.at = 0};
    const char *name = "";
    enum err e = json_only(body, keys);

    if (e == OK)
        e = json_get_bool(body, "active", &f.active);
    if (e == OK)
        e = json_get_int(body, "at", 0, JSON_INT_MAX, &f.at);
    if (e == OK)
        e = json_get_int(body, "by", 0, STAFF_MAX, &f.by);
    if (e == OK)
        e = json_get_str(body, "name", sizeof(f.name) - 1, &name);
    if (e == OK)
        e = json_get_int(body, "till", 1, TILL_MAX, &f.till);
    if (e)
        return e;
    snprintf(f.name, sizeof(f.name), "%s", name);
    return till_project(db, &f, record->seq);
}

static enum err
device_project(struct db *db, const struct fact_device *f, int64_t seq)
{
    return db_device_put(db,
        &(struct device){.id = f->device,
            .seq = seq,
            .till = f->till,
            .active = f->active});
}

enum err
fact_device_post(struct db *db, const struct fact_device *f,
    struct journal_head *head_out)
{
    struct journal_head head;
    struct buf body;
    struct canon c;
    enum err e;

    assert(f->device > 0 && f->till > 0);
    buf_init(&body, FACT_MAX);
    canon_init(&c, &body);
    canon_obj(&c);
    canon_put_bool(&c, "active", f->active);
    canon_put_int(&c, "at", f->at);
    canon_put_int(&c, "by", f->by);
    canon_put_int(&c, "device", f->device);
    canon_put_int(&c, "till", f->till);
    canon_end_obj(&c);
    canon_end(&c);
    e = db_journal_append(db, "device", body.data, body.len, &head);
    buf_finish(&body);
    if (e == OK)
        e = device_project(db, f, head.seq);
    if (e == OK && head_out)
        *head_out = head;
    return e;
}

enum err
fact_device_replay(struct db *db, const struct journal_record *record,
    const struct json *body)
{
    static const char *const keys[] = {"active", "at", "by", "device", "till",
        NULL};
    struct fact_device f = {.at = 0};
    enum err e = json_only(body, keys);

    if (e == OK)
        e = json_get_bool(body, "active", &f.active);
    if (e == OK)
        e = json_get_int(body, "at", 0, JSON_INT_MAX, &f.at);
    if (e == OK)
        e = json_get_int(body, "by", 0, STAFF_MAX, &f.by);
    if (e == OK)
        e = json_get_int(body, "device", 1, JSON_INT_MAX, &f.device);
    if (e == OK)
        e = json_get_int(body, "till", 1, TILL_MAX, &f.till);
    return e == OK ? device_project(db, &f, record->seq) : e;
}
