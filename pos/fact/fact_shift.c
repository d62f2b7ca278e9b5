#include "pos/fact/fact_shift.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/canon.h"
#include "base/money.h"
#include "db/shift.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"

static enum err
project_open(struct db *db, const struct fact_shift_open *f, int64_t seq)
{
    struct shift s = {.id = f->shift,
        .seq = seq,
        .till = f->till,
        .opened_by = f->staff,
        .opened_at = f->at,
        .float_dong = f->float_dong};

    return db_shift_add(db, &s);
}

enum err
fact_shift_open_post(struct db *db, const struct fact_shift_open *f,
    struct journal_head *head_out)
{
    char till[8];
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    snprintf(till, sizeof(till), "%d", (int)f->till);
    canon_put_int(c, "at", f->at);
    canon_put_int(c, "float", f->float_dong);
    canon_put_int(c, "shift", f->shift);
    canon_put_int(c, "staff", f->staff);
    canon_put_str(c, "till", till);
    e = fact_body_post(&body, db, "shift_open", head_out);
    return e == OK ? project_open(db, f, head_out->seq) : e;
}

enum err
fact_shift_open_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct fact_shift_open f;
    const char *till;
    enum err e = json_get_int(body, "at", 0, JSON_INT_MAX, &f.at);

    READ(json_get_int(body, "float", 0, MONEY_MAX, &f.float_dong));
    READ(json_get_int(body, "shift", 1, JSON_INT_MAX, &f.shift));
    READ(json_get_int(body, "staff", 0, INT32_MAX, &f.staff));
    READ(json_get_str(body, "till", 3, &till));
    if (e != OK)
        return e;
    f.till = strtol(till, NULL, 10);
    return project_open(db, &f, rec->seq);
}

enum err
fact_shift_close_post(struct db *db, const struct fact_shift_close *f,
    struct journal_head *head_out)
{
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    canon_put_int(c, "at", f->at);
    canon_put_int(c, "counted", f->counted);
    canon_put_int(c, "expected", f->expected);
    canon_put_int(c, "shift", f->shift);
    canon_put_int(c, "staff", f->staff);
    e = fact_body_post(&body, db, "shift_close", head_out);
    if (e == OK)
        e = db_shift_close(db, f->shift, f->staff, f->at, f->counted,
            head_out->seq);
    return e;
}

enum err
fact_shift_close_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct fact_shift_close f;
    enum err e = json_get_int(body, "at", 0, JSON_INT_MAX, &f.at);

    READ(json_get_int(body, "counted", 0, MONEY_MAX, &f.counted));
    READ(json_get_int(body, "shift", 1, JSON_INT_MAX, &f.shift));
    READ(json_get_int(body, "staff", 0, INT32_MAX, &f.staff));
    READ(db_shift_close(db, f.shift, f.staff, f.at, f.counted, rec->seq));
    return e;
}
