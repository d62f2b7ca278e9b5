#include <assert.h>
#include <stdio.h>

#include "pos/fact/fact.h"
#include "pos/fact/fact_staff.h"
#include "pos/fact/read.h"

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
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    assert(f->till > 0 && f->till <= TILL_MAX);
    canon_put_bool(c, "active", f->active);
    canon_put_int(c, "at", f->at);
    canon_put_int(c, "by", f->by);
    canon_put_str(c, "name", f->name);
    canon_put_int(c, "till", f->till);
    e = fact_body_post(&body, db, "till", &head);
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

    READ(json_get_bool(body, "active", &f.active));
    READ(json_get_int(body, "at", 0, JSON_INT_MAX, &f.at));
    READ(json_get_int(body, "by", 0, STAFF_MAX, &f.by));
    READ(json_get_str(body, "name", sizeof(f.name) - 1, &name));
    READ(json_get_int(body, "till", 1, TILL_MAX, &f.till));
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
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    assert(f->device > 0 && f->till > 0);
    canon_put_bool(c, "active", f->active);
    canon_put_int(c, "at", f->at);
    canon_put_int(c, "by", f->by);
    canon_put_int(c, "device", f->device);
    canon_put_int(c, "till", f->till);
    e = fact_body_post(&body, db, "device", &head);
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

    READ(json_get_bool(body, "active", &f.active));
    READ(json_get_int(body, "at", 0, JSON_INT_MAX, &f.at));
    READ(json_get_int(body, "by", 0, STAFF_MAX, &f.by));
    READ(json_get_int(body, "device", 1, JSON_INT_MAX, &f.device));
    READ(json_get_int(body, "till", 1, TILL_MAX, &f.till));
    return e == OK ? device_project(db, &f, record->seq) : e;
}
