#include "sync/tuf/canonical.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static enum err write_value(const struct json *v, struct buf *out);

/* The text between two escapes goes in one piece. */
static void
write_str(const char *str, struct buf *out)
{
    buf_add_char(out, '"');
    while (*str) {
        size_t plain = strcspn(str, "\"\\");

        buf_add(out, str, plain);
        str += plain;
        if (*str) {
            buf_add_char(out, '\\');
            buf_add_char(out, *str++);
        }
    }
    buf_add_char(out, '"');
}

/* strcmp goes by unsigned bytes, which in UTF-8 is the order of code points. */
static int
compare_members(const void *a, const void *b)
{
    const struct json *const *x = a, *const *y = b;

    return strcmp(json_key(*x), json_key(*y));
}

static enum err
write_members(const struct json **sorted, size_t n, struct buf *out)
{
    enum err e = OK;

    for (size_t i = 0; e == OK && i < n; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        write_str(json_key(sorted[i]), out);
        buf_add_char(out, ':');
        e = write_value(sorted[i], out);
    }
    return e;
}

static enum err
write_obj(const struct json *v, struct buf *out)
{
    size_t n = json_len(v), at = 0;
    const struct json **sorted = mem_new(n, sizeof(const struct json *));
    enum err e;

    for (const struct json *m = json_first(v); m; m = json_next(m))
        sorted[at++] = m;
    qsort(sorted, n, sizeof(*sorted), compare_members);
    buf_add_char(out, '{');
    e = write_members(sorted, n, out);
    buf_add_char(out, '}');
    mem_free(sorted);
    return e;
}

static enum err
write_arr(const struct json *v, struct buf *out)
{
    enum err e = OK;

    buf_add_char(out, '[');
    for (const struct json *i = json_first(v); i && e == OK;
        i = json_next(i)) {
        if (i != json_first(v))
            buf_add_char(out, ',');
        e = write_value(i, out);
    }
    buf_add_char(out, ']');
    return e;
}

static enum err
write_value(const struct json *v, struct buf *out)
{
    const char *str = "";
    bool yes = false;
    int64_t n = 0;

    switch (json_type(v)) {
    case JSON_OBJ:
        return write_obj(v, out);
    case JSON_ARR:
        return write_arr(v, out);
    case JSON_STR:
        (void)json_as_str(v, SIZE_MAX, &str);
        write_str(str, out);
        return OK;
    case JSON_INT:
        (void)json_as_int(v, -JSON_INT_MAX, JSON_INT_MAX, &n);
        buf_printf(out, "%" PRId64, n);
        return OK;
    case JSON_BOOL:
        (void)json_as_bool(v, &yes);
        buf_add_str(out, yes ? "true" : "false");
        return OK;
    case JSON_NULL:
        buf_add_str(out, "null");
        return OK;
    default:
        json_blame(v, NULL);
        err_arg("case", "canonical");
        err_arg("why", "a number that is no integer within 2^53");
        return err_set(ERR_JSON, "not canonical: a number is no integer");
    }
}

enum err
tuf_canonical(const struct json *v, struct buf *out)
{
    size_t before = out->len;
    enum err e = write_value(v, out);

    if (e == OK && out->full)
        e = err_set(ERR_TOO_LARGE, "canonical form past %zu bytes", out->max);
    if (e != OK)
        buf_cut(out, before);
    return e;
}
