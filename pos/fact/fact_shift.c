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

static enum err
project_close(struct db *db, const struct fact_shift_close *f, int64_t seq)
{
    enum err e = db_shift_close(
        db, f->shift, f->staff, f->at, f->counted, seq);

    for (size_t i = 0; e == OK && i < f->notes_len; i++)
        e = db_shift_note_add(db, f->shift, &f->notes[i], seq);
    return e;
}

static void
write_notes(const struct fact_shift_close *f, struct canon *c)
{
    if (!f->notes_len)
        return;
    canon_key(c, "notes");
    canon_arr(c);
    for (size_t i = 0; i < f->notes_len; i++) {
        canon_obj(c);
        canon_put_int(c, "count", f->notes[i].count);
        canon_put_int(c, "note", f->notes[i].note);
        canon_end_obj(c);
    }
    canon_end_arr(c);
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
    write_notes(f, c);
    canon_put_int(c, "shift", f->shift);
    canon_put_int(c, "staff", f->staff);
    e = fact_body_post(&body, db, "shift_close", head_out);
    return e == OK ? project_close(db, f, head_out->seq) : e;
}

enum err
fact_shift_close_notes(const struct json *body, struct fact_shift_close *f)
{
    const struct json *list = NULL;
    enum err e = json_opt_arr(body, "notes", SHIFT_NOTES_MAX, &list);

    f->notes_len = json_len(list);
    for (size_t i = 0; e == OK && i < f->notes_len; i++) {
        const struct json *v = json_at(list, i);
        struct shift_note *n = &f->notes[i];

        READ(json_get_int(v, "count", 1, SHIFT_COUNT_MAX, &n->count));
        READ(json_get_int(v, "note", 1, SHIFT_NOTE_MAX, &n->note));
    }
    return e;
}

enum err
fact_shift_close_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct fact_shift_close f = {.expected = 0};
    enum err e = json_get_int(body, "at", 0, JSON_INT_MAX, &f.at);

    READ(json_get_int(body, "counted", 0, MONEY_MAX, &f.counted));
    READ(fact_shift_close_notes(body, &f));
    READ(json_get_int(body, "shift", 1, JSON_INT_MAX, &f.shift));
    READ(json_get_int(body, "staff", 0, INT32_MAX, &f.staff));
    READ(project_close(db, &f, rec->seq));
    return e;
}
