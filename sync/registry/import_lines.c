/* NDJSON: one record a line, mended and handed on. */
#include <stdio.h>
#include <string.h>

#include "sync/registry/import_inside.h"

void
import_copy_members(
    struct json_out *o, const struct json *obj, const char *const but[])
{
    for (const struct json *m = json_first(obj); m; m = json_next(m)) {
        bool skip = false;

        for (size_t i = 0; but && but[i]; i++)
            skip = skip || strcmp(json_key(m), but[i]) == 0;
        if (skip)
            continue;
        json_out_key(o, json_key(m));
        import_copy(o, m);
    }
}

void
import_copy(struct json_out *o, const struct json *v)
{
    const char *text;
    int64_t n;

    switch (json_type(v)) {
    case JSON_STR:
        json_as_str(v, SIZE_MAX, &text);
        json_out_str(o, text);
        return;
    case JSON_INT:
        json_as_int(v, -JSON_INT_MAX, JSON_INT_MAX, &n);
        json_out_int(o, n);
        return;
    case JSON_OBJ:
        json_out_obj(o);
        import_copy_members(o, v, NULL);
        json_out_end_obj(o);
        return;
    case JSON_ARR:
        json_out_arr(o);
        for (const struct json *i = json_first(v); i; i = json_next(i))
            import_copy(o, i);
        json_out_end_arr(o);
        return;
    default:
        json_out_null(o); /* no record holds it: refused as it is read */
    }
}

/* As import_copy, with every text mended; `field` is the path so far. */
static void
mend(struct importing *in, struct json_out *o, const struct json *v,
    const char *field)
{
    const char *text;
    char path[ERR_PATH];

    if (json_is_str(v)) {
        json_as_str(v, SIZE_MAX, &text);
        importing_put(in, o, field, text);
    } else if (json_is_arr(v)) {
        json_out_arr(o);
        for (const struct json *i = json_first(v); i; i = json_next(i))
            mend(in, o, i, field);
        json_out_end_arr(o);
    } else if (json_is_obj(v)) {
        json_out_obj(o);
        for (const struct json *m = json_first(v); m; m = json_next(m)) {
            snprintf(path, sizeof(path), "%.40s%s%.40s", field,
                *field ? "." : "", json_key(m));
            json_out_key(o, json_key(m));
            mend(in, o, m, path);
        }
        json_out_end_obj(o);
    } else {
        import_copy(o, v);
    }
}

static enum err
read_line(struct importing *in, const char *text, size_t len)
{
    const struct json_limits limits = {.max_bytes = IMPORT_LINE_MAX};
    struct json *root = NULL;
    struct json_out o;

    in->x->rows++;
    in->bad = false;
    if (json_parse(text, len, &limits, &root) != OK) {
        importing_refuse(in);
        return OK;
    }
    if (!json_is_obj(root)) {
        json_free(root);
        err_set(ERR_FIELD_TYPE, "line %zu is no object", in->line);
        importing_refuse(in);
        return OK;
    }
    buf_clear(&in->json);
    in->json.full = false;
    json_out_init(&o, &in->json);
    mend(in, &o, root, "");
    json_out_end(&o);
    json_free(root);
    return importing_row(in);
}

static bool
is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!strchr(" \t\r", text[i]) || !text[i])
            return false;
    return true;
}

enum err
import_lines(struct importing *in)
{
    const char *text = in->x->text;
    size_t len = in->x->len, at = 0;
    enum err e = OK;

    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    while (e == OK && at < len) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t n = end ? (size_t)(end - text) - at : len - at;

        in->line++;
        if (!is_blank(text + at, n))
            e = read_line(in, text + at, n);
        at += n + 1;
    }
    return e;
}
