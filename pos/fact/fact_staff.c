#include "pos/fact/fact_staff.h"

#include <assert.h>

#include "pos/fact/fact.h"
#include "pos/fact/read.h"
#include "pos/staff/role.h"

static enum err
staff_project(struct db *db, const struct fact_staff *f, bool program,
    int64_t seq)
{
    return db_staff_put(db,
        &(struct staff){.number = f->staff,
            .seq = seq,
            .role = f->role,
            .program = program,
            .active = f->active});
}

static void
staff_body(const struct fact_staff *f, struct canon *c)
{
    canon_put_bool(c, "active", f->active);
    canon_put_int(c, "at", f->at);
    canon_put_int(c, "by", f->by);
    canon_put_str(c, "role", role_name(f->role));
    canon_put_int(c, "staff", f->staff);
}

static enum err
staff_post(struct db *db, const char *kind, const struct fact_staff *f,
    struct journal_head *head_out)
{
    struct journal_head head;
    struct fact_body body;
    enum err e;

    assert(f->role != ROLE_NONE && f->staff > 0);
    staff_body(f, fact_body_begin(&body));
    e = fact_body_post(&body, db, kind, &head);
    if (e == OK)
        e = staff_project(db, f, kind[0] == 't', head.seq);
    if (e == OK && head_out)
        *head_out = head;
    return e;
}

enum err
fact_staff_post(struct db *db, const struct fact_staff *f,
    struct journal_head *head_out)
{
    return staff_post(db, "staff", f, head_out);
}

enum err
fact_token_post(struct db *db, const struct fact_staff *f,
    struct journal_head *head_out)
{
    return staff_post(db, "token", f, head_out);
}

static enum err
staff_read(const struct json *body, struct fact_staff *f)
{
    static const char *const keys[] = {"active", "at", "by", "role", "staff",
        NULL};
    const char *role = NULL;
    enum err e = json_only(body, keys);

    READ(json_get_bool(body, "active", &f->active));
    READ(json_get_int(body, "at", 0, JSON_INT_MAX, &f->at));
    READ(json_get_int(body, "by", 0, STAFF_MAX, &f->by));
    READ(json_get_str(body, "role", 16, &role));
    READ(json_get_int(body, "staff", 1, STAFF_MAX, &f->staff));
    return e == OK ? role_parse(role, &f->role) : e;
}

enum err
fact_staff_replay(struct db *db, const struct journal_record *record,
    const struct json *body)
{
    struct fact_staff f;
    enum err e = staff_read(body, &f);

    return e == OK ? staff_project(db, &f, false, record->seq) : e;
}

enum err
fact_token_replay(struct db *db, const struct journal_record *record,
    const struct json *body)
{
    struct fact_staff f;
    enum err e = staff_read(body, &f);

    return e == OK ? staff_project(db, &f, true, record->seq) : e;
}
