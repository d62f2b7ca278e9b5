#include "sync/record.h"

#include <assert.h>
#include <string.h>

#include "base/canon.h"
#include "base/clock.h"
#include "sync/record_form.h"

/* 24/02/2023: decision 148 lets districts certify 3 stars.
 * 06/07/2025: decision 1489 hands that to the provinces. */
enum { DISTRICTS_FROM = 19412, DISTRICTS_UNTIL = 20275 };

/* The field at fault was blamed before.  With `id`, `field` and `why` that
 * leaves room for two more arguments of the sentence. */
static enum err
refuse(const struct json *record, const char *which, const char *why)
{
    const struct json *v = json_find(record, "id");
    const char *id = "?";

    if (json_is_str(v))
        (void)json_as_str(v, SIZE_MAX, &id);
    err_arg("id", "%s", id);
    err_arg("case", "%s", which);
    err_arg("why", "%s", why);
    return err_set(ERR_CERT_REFUSED, "record %s: %s", id, why);
}

/* The refusal of a reader of base/json.h, told as one of this record. */
static enum err
refuse_as_read(const struct json *record, const char *which)
{
    struct err_state s;

    err_save(&s);
    for (size_t i = 0; i < s.args_len; i++) {
        if (strcmp(s.args[i].name, "case") != 0)
            err_arg(s.args[i].name, "%s", s.args[i].value);
        else if (!which)
            which = s.args[i].value;
    }
    if (s.err == ERR_FIELD_MISSING)
        which = "missing";
    else if (s.err == ERR_FIELD_TYPE)
        which = "type";
    err_at("%s", s.path);
    return refuse(record, which ? which : "value", s.msg);
}

static enum err
read_text(const struct json *record, const struct field *f,
    const struct json *v, char *to)
{
    const char *text;

    if (json_as_str(v, f->size - 1, &text))
        return refuse_as_read(record, NULL);
    if (f->required && !*text) {
        json_blame(v, NULL);
        return refuse(record, "empty", "empty");
    }
    if (*text && f->ok && !f->ok(text)) {
        json_blame(v, NULL);
        return refuse(record, f->which, "not of the form it has");
    }
    memcpy(to, text, strlen(text) + 1);
    return OK;
}

static enum err
read_number(const struct json *record, const struct field *f,
    const struct json *v, char *to)
{
    int64_t n;
    int32_t small;

    if (json_as_int(v, f->min, f->max, &n))
        return refuse_as_read(record, f->which);
    small = (int32_t)(uint32_t)n; /* the bits of an int or a uint32_t */
    if (f->size == sizeof(n))
        memcpy(to, &n, sizeof(n));
    else
        memcpy(to, &small, sizeof(small));
    return OK;
}

static enum err
read_date(const struct json *record, const struct json *v, char *to)
{
    const char *text;
    int32_t day;

    if (json_as_str(v, SIZE_MAX, &text))
        return refuse_as_read(record, NULL);
    if (clock_parse_date(text, &day)) {
        json_blame(v, NULL);
        return refuse(record, "date", "no date YYYY-MM-DD that exists");
    }
    memcpy(to, &day, sizeof(day));
    return OK;
}

static enum err
read_word(const struct json *record, const struct field *f,
    const struct json *v, char *to)
{
    int word;

    if (json_as_word(v, f->words, &word))
        return refuse_as_read(record, NULL);
    word++; /* the enums begin with 1 */
    if (f->size)
        memcpy(to, &word, sizeof(word));
    return OK;
}

static enum err
read_value(const struct json *record, const struct field *f,
    const struct json *v, struct ocop_record *out)
{
    char *to = (char *)out + f->offset;

    switch (f->kind) {
    case FIELD_TEXT:
        return read_text(record, f, v, to);
    case FIELD_NUMBER:
        return read_number(record, f, v, to);
    case FIELD_DATE:
        return read_date(record, v, to);
    case FIELD_WORD:
        return read_word(record, f, v, to);
    }
    assert(false);
    return OK;
}

static enum err
read_field(
    const struct json *record, const struct field *f, struct ocop_record *out)
{
    const struct json *obj = record, *v;

    if (f->in) {
        obj = NULL;
        if (f->required ? json_get_obj(record, f->in, &obj)
                        : json_opt_obj(record, f->in, &obj))
            return refuse_as_read(record, NULL);
    }
    v = json_find(obj, f->key);
    if (v && !json_is_null(v))
        return read_value(record, f, v, out);
    if (!f->required)
        return OK;
    json_blame(obj, f->key);
    return refuse(record, "missing", "missing");
}

/* Integers and strings only, in objects and arrays. */
static enum err
check_kinds(const struct json *record, const struct json *v)
{
    if (json_is_str(v) || json_is_int(v))
        return OK;
    if (!json_is_obj(v) && !json_is_arr(v)) {
        json_blame(v, NULL);
        return refuse(record, "kind", "neither an integer nor a string");
    }
    for (const struct json *i = json_first(v); i; i = json_next(i)) {
        enum err e = check_kinds(record, i);

        if (e)
            return e;
    }
    return OK;
}

/* Has a canonical form: what is stored, hashed and signed. */
static enum err
write_form(const struct json *record, struct buf *form)
{
    enum err e = canon_of_json(record, form);

    return e ? refuse_as_read(record, e == ERR_TOO_LARGE ? "large" : "form")
             : OK;
}

enum record_level
record_level_due(int stars, int32_t day)
{
    if (stars == 5)
        return LEVEL_CENTRAL;
    if (stars == 3 && day >= DISTRICTS_FROM && day < DISTRICTS_UNTIL)
        return LEVEL_DISTRICT;
    return LEVEL_PROVINCE;
}

static enum err
check_rules(const struct json *record, const struct ocop_record *r)
{
    char date[CLOCK_DATE_SIZE];

    if (r->valid_until_day < r->valid_from_day) {
        json_blame(record, "valid_until");
        return refuse(record, "period", "valid_until is before valid_from");
    }
    if (r->group_scheme == SCHEME_QD26_2026 &&
        (strlen(r->group_code) != 2 || strcmp(r->group_code, "01") < 0 ||
            strcmp(r->group_code, "26") > 0)) {
        json_blame(json_find(record, "group"), "code");
        return refuse(record, "group", "none of the 26 sets of the scheme");
    }
    if (r->issuer_level != record_level_due(r->stars, r->decision_day)) {
        clock_format_vn_date(r->decision_day, date);
        json_blame(json_find(record, "decision"), "issuer_level");
        err_arg("stars", "%d", r->stars);
        err_arg("date", "%s", date);
        return refuse(record, "issuer",
            "this level could not certify those stars on that day");
    }
    return OK;
}

enum err
record_read_with(
    const struct json *v, struct ocop_record *out, struct buf *canonical)
{
    const struct field *f;
    enum err e;

    memset(out, 0, sizeof(*out));
    out->recall = RECALL_NONE;
    e = check_kinds(v, v);
    if (!e)
        e = write_form(v, canonical);
    for (size_t i = 0; !e && (f = record_field_at(i)); i++)
        e = read_field(v, f, out);
    return e ? e : check_rules(v, out);
}

enum err
record_read(const struct json *v, struct ocop_record *out)
{
    struct buf form;
    enum err e;

    buf_init(&form, RECORD_MAX);
    e = record_read_with(v, out, &form);
    buf_finish(&form);
    return e;
}

enum err
record_canonical(const struct json *v, struct buf *out)
{
    return canon_of_json(v, out);
}
