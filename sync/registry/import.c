#include "sync/registry/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "db/registry/records.h"
#include "sync/registry/import_inside.h"
#include "sync/registry/rules.h"

enum import_form
import_form_of(const char *text, size_t len)
{
    size_t i = 0;

    if (len >= 4 && memcmp(text, "PK\x03\x04", 4) == 0)
        return IMPORT_XLSX;
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        i = 3;
    while (i < len && strchr(" \t\r\n", text[i]) && text[i])
        i++;
    return i < len && text[i] == '{' ? IMPORT_NDJSON : IMPORT_CSV;
}

void
importing_refuse(struct importing *in)
{
    if (!in->bad)
        in->x->refused++;
    in->bad = true;
    in->x->refuse(in->x->refuse_arg, in->line, err_last());
}

void
importing_refuse_value(struct importing *in, const char *id,
    const char *field, const char *which, const char *value)
{
    err_at("%s", field);
    err_arg("id", "%s", id && *id ? id : "?");
    err_arg("field", "%s", field);
    err_arg("case", "%s", which);
    if (value)
        err_arg("value", "%.120s", value);
    err_set(ERR_CERT_REFUSED, "line %zu: %s: %s", in->line, field, which);
    importing_refuse(in);
}

void
importing_note(struct importing *in, const char *field, const char *what)
{
    struct import_note note = {in->line, field, what};

    if (strcmp(what, "mended") == 0)
        in->x->mended++;
    if (in->x->note)
        in->x->note(in->x->note_arg, &note);
}

void
importing_put(struct importing *in, struct json_out *o, const char *field,
    const char *text)
{
    size_t len = strlen(text);

    buf_clear(&in->text);
    in->text.full = false;
    if (text_clean(text, len, &in->text) != OK) {
        importing_refuse(in);
        json_out_str(o, "");
        return;
    }
    if (in->text.len != len || memcmp(in->text.data, text, len) != 0)
        importing_note(in, field, "mended");
    json_out_str(o, in->text.data);
}

/* Does the number, or the id, belong to another? */
struct owner {
    char id[RECORD_ID];
    int64_t cert;
};

static enum err
take_owner(void *arg, const struct reg_version *v)
{
    struct owner *owner = arg;

    memcpy(owner->id, v->id, strlen(v->id) + 1);
    owner->cert = v->cert;
    return OK;
}

static enum err
check_numbers(struct importing *in, const struct ocop_record *r, bool has_cert,
    bool *known_out)
{
    struct owner owner = {.cert = 0};
    enum err e = db_reg_record_by_id(in->db, r->id, take_owner, &owner);

    *known_out = e == OK;
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    if (!has_cert)
        return OK;
    if (*known_out) {
        if (owner.cert != (int64_t)r->cert)
            importing_refuse_value(in, r->id, "cert", "cert_other", NULL);
        return OK;
    }
    e = db_reg_record_by_cert(in->db, (int64_t)r->cert, take_owner, &owner);
    if (e == OK)
        importing_refuse_value(in, r->id, "cert", "cert_taken", owner.id);
    else if (r->cert > REG_CERT_MAX)
        importing_refuse_value(in, r->id, "cert", "cert_large", NULL);
    return e == ERR_NOT_FOUND ? OK : e;
}

static void
keep(struct importing *in, const struct ocop_record *r, bool has_cert,
    bool known)
{
    if (in->len == in->cap) {
        in->cap = in->cap ? in->cap * 2 : 256;
        in->items = mem_resize(in->items, in->cap, sizeof(*in->items));
    }
    in->items[in->len++] = (struct import_item){.line = in->line,
        .text = mem_dup(in->full.data, in->full.len),
        .id = mem_dup_str(r->id),
        .cert = has_cert ? (int64_t)r->cert : 0,
        .known = known};
}

/* The complete record in in->full, judged. */
static enum err
check_full(struct importing *in, bool has_cert)
{
    const struct json_limits limits = {.max_bytes = IMPORT_LINE_MAX * 2};
    struct ocop_record r;
    struct json *root = NULL;
    const char *doubt, *field;
    bool known = false;
    enum err e = json_parse(in->full.data, in->full.len, &limits, &root);

    if (e == OK)
        e = record_read(root, &r);
    if (e == OK)
        e = rules_check(root, &r, clock_day(in->x->now));
    json_free(root);
    if (e != OK) {
        importing_refuse(in);
        return OK;
    }
    e = check_numbers(in, &r, has_cert, &known);
    if (e != OK || in->bad)
        return e;
    doubt = rules_doubt(&r, &field);
    if (doubt)
        importing_note(in, field, doubt);
    keep(in, &r, has_cert, known);
    return OK;
}

enum err
importing_row(struct importing *in)
{
    const struct json_limits limits = {.max_bytes = IMPORT_LINE_MAX * 2};
    struct json *row = NULL;
    bool has_cert;
    enum err e;

    if (in->bad)
        return OK;
    if (in->len == IMPORT_ROWS_MAX)
        return err_set(ERR_TOO_LARGE, "more than %d rows", IMPORT_ROWS_MAX);
    e = json_parse(in->json.data, in->json.len, &limits, &row);
    if (e != OK) {
        importing_refuse(in);
        return OK;
    }
    has_cert = json_has(row, "cert");
    buf_clear(&in->full);
    in->full.full = false;
    e = import_complete(in, row);
    json_free(row);
    if (e == OK && in->full.full) {
        importing_refuse_value(in, "", "id", "large", NULL);
        return OK;
    }
    return e != OK || in->bad ? e : check_full(in, has_cert);
}

static int
compare_id(const void *a, const void *b)
{
    const struct import_item *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int
compare_cert(const void *a, const void *b)
{
    const struct import_item *x = a, *y = b;

    if (x->cert != y->cert)
        return x->cert < y->cert ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static int
compare_line(const void *a, const void *b)
{
    const struct import_item *x = a, *y = b;

    return (x->line > y->line) - (x->line < y->line);
}

/* Neighbours that say the same: all but the first are refused. */
static void
refuse_twice(struct importing *in, const char *field)
{
    bool by_id = strcmp(field, "id") == 0;
    size_t first = 0;

    if (in->len > 0)
        qsort(in->items, in->len, sizeof(*in->items),
            by_id ? compare_id : compare_cert);
    for (size_t i = 1; i < in->len; i++) {
        const struct import_item *a = &in->items[first], *b = &in->items[i];

        if (by_id ? strcmp(a->id, b->id) != 0
                  : a->cert == 0 || a->cert != b->cert) {
            first = i;
            continue;
        }
        in->line = b->line;
        in->bad = false;
        err_arg("line", "%zu", a->line);
        importing_refuse_value(in, b->id, field, "twice", NULL);
    }
}

static enum err
read_rows(struct importing *in)
{
    switch (in->x->form) {
    case IMPORT_CSV:
        return import_csv(in);
    case IMPORT_XLSX:
        return import_xlsx(in);
    case IMPORT_NDJSON:
        return import_lines(in);
    }
    return OK;
}

enum err
books_import(struct books *books, struct import *x)
{
    struct importing in = {.x = x, .db = books->db};
    enum err e;

    x->rows = x->refused = x->added = x->changed = x->same = x->mended = 0;
    x->written = false;
    buf_init(&in.json, IMPORT_LINE_MAX * 2);
    buf_init(&in.full, IMPORT_LINE_MAX * 2);
    buf_init(&in.text, IMPORT_LINE_MAX);
    e = read_rows(&in);
    if (e == OK && x->rows == 0) {
        err_arg("case", "import_empty");
        e = err_set(ERR_INVALID, "no product in the file");
    }
    if (e == OK) {
        refuse_twice(&in, "id");
        refuse_twice(&in, "cert");
        if (in.len > 0)
            qsort(in.items, in.len, sizeof(*in.items), compare_line);
        if (x->refused == 0)
            e = import_write(&in);
    }
    for (size_t i = 0; i < in.len; i++) {
        mem_free(in.items[i].text);
        mem_free(in.items[i].id);
    }
    mem_free(in.items);
    buf_finish(&in.json);
    buf_finish(&in.full);
    buf_finish(&in.text);
    return e;
}
