#include "sync/registry/units.h"

#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "db/registry/showrooms.h"
#include "db/registry/units.h"
#include "sync/registry/fold.h"
#include "sync/registry/provinces.h"

enum { COMMUNES_MAX = 20 * 1000, VALUES_MAX = 200 * 1000 };

static const struct json_limits limits = {
    .max_bytes = 16 * 1024 * 1024, .max_depth = 5, .max_values = VALUES_MAX};

static void
refuse(struct units_import *x, size_t line)
{
    x->refused++;
    x->refuse(x->refuse_arg, line, err_last());
}

/* `which` picks the sentence err.invalid_<which>. */
static void
refuse_value(struct units_import *x, size_t line, const char *field,
    const char *which, const char *value)
{
    err_at("%s", field);
    err_arg("case", "%s", which);
    err_arg("field", "%s", field);
    err_arg("value", "%.80s", value);
    err_set(ERR_INVALID, "%s: %s: %.80s", field, which, value);
    refuse(x, line);
}

static bool
is_code(const char *code)
{
    return strlen(code) == 5 && strspn(code, "0123456789") == 5;
}

/* One commune of the file, put inside the write. */
static enum err
put_commune(struct db *db, struct units_import *x, size_t line,
    const char *province_code, const char *code, const char *name)
{
    struct reg_commune c = {.gone = false}, there;
    char fold[FOLD_SIZE];
    struct buf clean;
    enum err e;

    x->rows++;
    fold_into(name, strlen(name), fold);
    if (!province_find(province_code))
        refuse_value(x, line, "province_code", "province", province_code);
    else if (!is_code(code))
        refuse_value(x, line, "code", "commune_code", code);
    else if (!fold[0] || strlen(name) >= sizeof(c.name))
        refuse_value(x, line, "name", "commune_name", name);
    else if (x->rows > COMMUNES_MAX)
        return err_set(ERR_TOO_LARGE, "more than %d communes", COMMUNES_MAX);
    else {
        e = db_reg_commune(db, code, &there);
        if (e == OK && !there.gone) {
            refuse_value(x, line, "code", "commune_twice", code);
            return OK;
        }
        buf_init(&clean, sizeof(c.name) - 1);
        if (e == OK || e == ERR_NOT_FOUND)
            e = text_clean(name, strlen(name), &clean);
        snprintf(c.code, sizeof(c.code), "%s", code);
        snprintf(c.province_code, sizeof(c.province_code), "%s",
            province_code);
        snprintf(c.name, sizeof(c.name), "%s", clean.data);
        buf_finish(&clean);
        return e == OK ? db_reg_commune_put(db, &c, fold) : e;
    }
    return OK;
}

static enum err
put_ward(struct db *db, struct units_import *x, const char *province_code,
    const struct json *ward, size_t line)
{
    const char *code, *name;

    if (json_as_str(json_at(ward, 0), 32, &code) != OK ||
        json_as_str(json_at(ward, 1), 256, &name) != OK) {
        refuse(x, line);
        return OK;
    }
    return put_commune(db, x, line, province_code, code, name);
}

static enum err
put_json(struct db *db, struct units_import *x, const struct json *root)
{
    size_t line = 0;
    enum err e = OK;

    for (const struct json *p = json_first(root); p && e == OK;
         p = json_next(p)) {
        const struct json *wards;
        const char *code;

        e = json_get_str(p, "code", 32, &code);
        if (e == OK)
            e = json_get_arr(p, "wards", COMMUNES_MAX, &wards);
        if (e != OK)
            return e;
        for (const struct json *w = json_first(wards); w && e == OK;
             w = json_next(w))
            e = put_ward(db, x, code, w, ++line);
    }
    return e;
}

/* The column of one of the names, folded or not; NULL. */
static const char *
column(const struct csv *c, const char *const names[])
{
    for (size_t i = 0; i < csv_columns(c); i++) {
        char fold[FOLD_SIZE];

        fold_into(csv_name(c, i), strlen(csv_name(c, i)), fold);
        for (size_t n = 0; names[n]; n++)
            if (strcmp(fold, names[n]) == 0)
                return csv_name(c, i);
    }
    err_at("%s", names[0]);
    err_arg("case", "column_missing");
    err_arg("column", "%s", names[0]);
    err_set(ERR_INVALID, "no column %s", names[0]);
    return NULL;
}

static enum err
put_csv(struct db *db, struct units_import *x, struct csv *c)
{
    static const char *const codes[] = {"code", "commune code", "ma",
        "ma xa", NULL};
    static const char *const names[] = {"name", "commune", "ten", "ten xa",
        "xa phuong", NULL};
    static const char *const ps[] = {"province code", "ma tinh", NULL};
    const char *code = column(c, codes), *name = code ? column(c, names) : NULL,
               *province = name ? column(c, ps) : NULL;
    bool more = true;
    enum err e = OK;

    if (!province)
        return ERR_INVALID;
    while (e == OK && (e = csv_next(c, &more)) == OK && more)
        e = put_commune(db, x, c->line, csv_get(c, province), csv_get(c, code),
            csv_get(c, name));
    return e;
}

static bool
is_json(const struct units_import *x)
{
    size_t i = 0;

    while (i < x->len && strchr(" \t\r\n", x->text[i]))
        i++;
    return i < x->len && (x->text[i] == '[' || x->text[i] == '{');
}

static enum err
put_file(struct db *db, struct units_import *x)
{
    struct json *root = NULL;
    struct csv csv;
    enum err e;

    if (!is_json(x)) {
        e = csv_init(&csv, x->text, x->len);
        if (e == OK)
            e = put_csv(db, x, &csv);
        csv_finish(&csv);
        return e;
    }
    e = json_parse(x->text, x->len, &limits, &root);
    if (e == OK && !json_is_arr(root)) {
        err_arg("case", "units_form");
        e = err_set(ERR_INVALID, "not an array of provinces");
    }
    if (e == OK)
        e = put_json(db, x, root);
    json_free(root);
    return e;
}

struct act {
    struct units_import *x;
    const char *what;
    enum err (*put)(struct db *db, struct units_import *x);
    bool stopped; /* nothing is to be written, for a good reason */
};

static enum err
note_act(struct db *db, const struct act *a)
{
    char detail[128];

    snprintf(detail, sizeof(detail), "{\"rows\":%lld,\"version\":\"%.64s\"}",
        (long long)a->x->rows, a->x->version_out);
    return db_reg_act_add(db, a->x->now, a->x->by, a->what, detail);
}

static enum err
put_units(struct db *db, struct units_import *x)
{
    struct reg_units units = {.communes = 0};
    enum err e = db_reg_communes_gone(db);

    if (e == OK)
        e = put_file(db, x);
    if (e != OK || x->refused > 0)
        return e;
    if (x->rows == 0) {
        err_arg("case", "units_empty");
        return err_set(ERR_INVALID, "no commune in the file");
    }
    memcpy(units.version, x->version_out, sizeof(units.version));
    units.communes = x->rows;
    return db_reg_units_add(db, &units, x->now, x->by);
}

/* All or nothing: a refused line takes the whole write back. */
static enum err
act(struct db *db, void *arg)
{
    struct act *a = arg;
    enum err e = a->put(db, a->x);

    if (e == OK && a->x->refused == 0 && !a->x->dry_run)
        return note_act(db, a);
    a->stopped = e == OK;
    return e == OK ? err_set(ERR_INVALID, "nothing is written") : e;
}

static bool
is_version(const char *version)
{
    size_t len = strlen(version);

    return len > 0 && len <= 64 &&
        strspn(version, "0123456789abcdefghijklmnopqrstuvwxyz"
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ.-_") == len;
}

static enum err
run(struct books *books, struct act *a)
{
    uint8_t hash[CRYPTO_HASH];
    enum err e;

    a->x->rows = a->x->refused = 0;
    if (a->x->version && !is_version(a->x->version)) {
        err_arg("case", "units_version");
        return err_set(ERR_INVALID, "no version of units");
    }
    crypto_sha256(a->x->text, a->x->len, hash);
    if (a->x->version)
        snprintf(a->x->version_out, sizeof(a->x->version_out), "%s",
            a->x->version);
    else
        crypto_hex(hash, 6, a->x->version_out);
    e = db_write_alone(books->db, a->what, act, a);
    return a->stopped ? OK : e;
}

enum err
units_import(struct books *books, struct units_import *x)
{
    struct act a = {.x = x, .what = "units", .put = put_units};

    return run(books, &a);
}

/* The next field of a line of mappings, cleaned of white space; where the one
 * after it begins. */
static const char *
next_field(const char *at, const char *end, const char **from, size_t *len)
{
    const char *bar = memchr(at, '|', (size_t)(end - at));
    const char *to = bar ? bar : end;

    while (at < to && (*at == ' ' || *at == '\t'))
        at++;
    while (to > at && strchr(" \t\r", to[-1]))
        to--;
    *from = at;
    *len = (size_t)(to - at);
    return bar ? bar + 1 : NULL;
}

/* The commune that the last field means, of whichever province the old one
 * lies in now. */
static enum err
current_commune(struct db *db, const char *old_province, const char *text,
    size_t len, struct reg_commune *out)
{
    char fold[FOLD_SIZE], name[FOLD_SIZE], code[8] = "";
    const struct province *p;
    bool old;

    fold_into(text, len, fold);
    if (is_code(fold)) {
        memcpy(code, fold, 6);
        return db_reg_commune(db, code, out);
    }
    p = province_named(old_province, &old);
    fold_name(text, len, name);
    return db_reg_commune_named(
        db, (struct reg_name){fold, name}, p ? p->code : "", out);
}

static enum err
put_mapping(struct db *db, struct units_import *x, const char *at,
    const char *end, size_t line)
{
    char folds[4][FOLD_SIZE], name[FOLD_SIZE] = "";
    struct reg_commune c;
    const char *from = at;
    size_t len = 0, n = 0;
    enum err e;

    for (; at && n < 4; n++) {
        at = next_field(at, end, &from, &len);
        fold_into(from, len, folds[n]);
        if (n == 2)
            fold_name(from, len, name);
    }
    x->rows++;
    if (at || n < 4 || !folds[0][0] || !folds[2][0] || !folds[3][0]) {
        refuse_value(x, line, "line", "mapping_form", "");
        return OK;
    }
    fold_bare(folds[0]);
    fold_bare(folds[1]);
    e = current_commune(db, folds[0], from, len, &c);
    if (e == ERR_NOT_FOUND || e == ERR_EXISTS) {
        fold_name(from, len, name);
        refuse_value(x, line, "current_commune",
            e == ERR_EXISTS ? "commune_several" : "commune_unknown", name);
        return OK;
    }
    return e == OK ? db_reg_mapping_put(db,
                         (struct reg_name){folds[2], name}, folds[1], folds[0],
                         c.code)
                   : e;
}

static enum err
put_mappings(struct db *db, struct units_import *x)
{
    struct reg_units units;
    size_t line = 0;
    enum err e = db_reg_units(db, &units);

    if (e == OK && units.communes == 0) {
        err_arg("case", "units_first");
        return err_set(ERR_INVALID, "no units are known yet");
    }
    if (e == OK && !text_is_utf8(x->text, x->len))
        return err_set(ERR_TEXT, "the mappings are not UTF-8");
    for (size_t at = 0; e == OK && at < x->len;) {
        const char *from = x->text + at,
                   *end = memchr(from, '\n', x->len - at);

        if (!end)
            end = x->text + x->len;
        line++;
        at += (size_t)(end - from) + 1;
        if (from < end && *from != '#' && *from != '\r')
            e = put_mapping(db, x, from, end, line);
    }
    return e;
}

enum err
mappings_import(struct books *books, struct units_import *x)
{
    struct act a = {.x = x, .what = "mappings", .put = put_mappings};

    return run(books, &a);
}
