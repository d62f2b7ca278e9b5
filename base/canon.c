#include "base/canon.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

void
canon_init(struct canon *c, struct buf *buf)
{
    *c = (struct canon){.key_at = {0}};
    json_out_init(&c->out, buf);
}

void
canon_end(const struct canon *c)
{
    json_out_end(&c->out);
}

void
canon_obj(struct canon *c)
{
    json_out_obj(&c->out);
    c->key_at[c->out.depth - 1] = 0;
}

void
canon_end_obj(struct canon *c)
{
    json_out_end_obj(&c->out);
}

void
canon_arr(struct canon *c)
{
    json_out_arr(&c->out);
}

void
canon_end_arr(struct canon *c)
{
    json_out_end_arr(&c->out);
}

/* In NFC?  Few texts are not, so the copy is rarely more than looked at. */
static bool
is_nfc(const char *s, size_t len)
{
    struct buf nfc;
    bool same;

    buf_init(&nfc, len * 4 + 16);
    same = !text_nfc(s, len, &nfc) && nfc.len == len &&
           memcmp(nfc.data, s, len) == 0;
    buf_finish(&nfc);
    return same;
}

/* NULL when `s` may stand in canonical JSON, else the reason why not. */
static const char *
what_is_wrong(const char *s)
{
    size_t len = strlen(s);
    bool ascii = true;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c < 0x20 || c == 0x7F)
            return "a control character";
        if (c == 0xC2 && (unsigned char)s[i + 1] < 0xA0)
            return "a control character"; /* U+0080..U+009F */
        ascii = ascii && c < 0x80;
    }
    return ascii || is_nfc(s, len) ? NULL : "a string that is not NFC";
}

/* Does `key` sort behind the key before, which stands in the buffer in quotes,
 * escaped?  When the buffer is full nothing can be said. */
static bool
comes_after(const struct canon *c, const char *key)
{
    size_t at = c->key_at[c->out.depth - 1];
    const char *p = c->out.buf->data + at;

    if (at == 0 || c->out.buf->full)
        return true;
    for (;; p++, key++) {
        if (*p == '"')
            return *key != '\0';
        p += *p == '\\';
        if (*p != *key)
            return (unsigned char)*key > (unsigned char)*p;
    }
}

void
canon_key(struct canon *c, const char *key)
{
    int level = c->out.depth - 1;

    assert(level >= 0 && !what_is_wrong(key));
    assert(comes_after(c, key));
    c->key_at[level] =
        c->out.buf->len + (c->out.level[level].any ? 2 : 1); /* , and " */
    json_out_key(&c->out, key);
}

void
canon_str(struct canon *c, const char *str)
{
    assert(str && !what_is_wrong(str));
    json_out_str(&c->out, str);
}

void
canon_int(struct canon *c, int64_t n)
{
    assert(n >= -JSON_INT_MAX && n <= JSON_INT_MAX);
    json_out_int(&c->out, n);
}

void
canon_bool(struct canon *c, bool yes)
{
    json_out_bool(&c->out, yes);
}

void
canon_null(struct canon *c)
{
    json_out_null(&c->out);
}

void
canon_put_str(struct canon *c, const char *key, const char *str)
{
    canon_key(c, key);
    canon_str(c, str);
}

void
canon_put_int(struct canon *c, const char *key, int64_t n)
{
    canon_key(c, key);
    canon_int(c, n);
}

void
canon_put_bool(struct canon *c, const char *key, bool yes)
{
    canon_key(c, key);
    canon_bool(c, yes);
}

void
canon_put_null(struct canon *c, const char *key)
{
    canon_key(c, key);
    canon_null(c);
}

/* From here on: values from outside, which are refused, not asserted. */

static enum err write_value(struct json_out *o, const struct json *v);

static enum err
refuse(const struct json *v, const char *why)
{
    json_blame(v, NULL);
    err_arg("case", "canonical");
    err_arg("why", "%s", why);
    return err_set(ERR_JSON, "not canonical: %s", why);
}

static int
compare_members(const void *a, const void *b)
{
    const struct json *const *x = a, *const *y = b;

    return strcmp(json_key(*x), json_key(*y));
}

static enum err
write_members(struct json_out *o, const struct json **sorted, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *wrong = what_is_wrong(json_key(sorted[i]));
        enum err e;

        if (wrong)
            return refuse(sorted[i], wrong);
        json_out_key(o, json_key(sorted[i]));
        e = write_value(o, sorted[i]);
        if (e)
            return e;
    }
    return OK;
}

static enum err
write_obj(struct json_out *o, const struct json *v)
{
    size_t n = json_len(v);
    const struct json **sorted = mem_new(n, sizeof(const struct json *));
    bool in_order = true;
    enum err e;

    for (size_t i = 0; i < n; i++) {
        sorted[i] = json_at(v, i);
        if (i > 0 && compare_members(&sorted[i - 1], &sorted[i]) > 0)
            in_order = false;
    }
    if (!in_order) /* what comes from a registry is */
        qsort(sorted, n, sizeof(*sorted), compare_members);
    json_out_obj(o);
    e = write_members(o, sorted, n);
    if (!e)
        json_out_end_obj(o);
    mem_free(sorted);
    return e;
}

static enum err
write_arr(struct json_out *o, const struct json *v)
{
    json_out_arr(o);
    for (const struct json *i = json_first(v); i; i = json_next(i)) {
        enum err e = write_value(o, i);

        if (e)
            return e;
    }
    json_out_end_arr(o);
    return OK;
}

static enum err
write_scalar(struct json_out *o, const struct json *v)
{
    const char *str = "";
    bool yes = false;
    int64_t n = 0;

    if (json_is_str(v)) {
        (void)json_as_str(v, SIZE_MAX, &str);
        if (what_is_wrong(str))
            return refuse(v, what_is_wrong(str));
        json_out_str(o, str);
    } else if (json_is_int(v)) {
        (void)json_as_int(v, -JSON_INT_MAX, JSON_INT_MAX, &n);
        json_out_int(o, n);
    } else if (json_type(v) == JSON_BOOL) {
        (void)json_as_bool(v, &yes);
        json_out_bool(o, yes);
    } else if (json_is_null(v)) {
        json_out_null(o);
    } else {
        return refuse(v, "a number that is no integer within 2^53");
    }
    return OK;
}

static enum err
write_value(struct json_out *o, const struct json *v)
{
    if (!json_is_obj(v) && !json_is_arr(v))
        return write_scalar(o, v);
    if (o->depth == JSON_OUT_DEPTH)
        return refuse(v, "nested deeper than accepted");
    return json_is_obj(v) ? write_obj(o, v) : write_arr(o, v);
}

enum err
canon_of_json(const struct json *v, struct buf *out)
{
    size_t before = out->len;
    struct json_out o;
    enum err e;

    json_out_init(&o, out);
    e = write_value(&o, v);
    if (!e && out->full)
        e = err_set(ERR_TOO_LARGE, "canonical form past %zu bytes", out->max);
    if (e)
        buf_cut(out, before);
    return e;
}

static enum err
same_bytes(const struct buf *canonical, const char *text, size_t len)
{
    size_t at = 0;

    while (at < len && at < canonical->len && canonical->data[at] == text[at])
        at++;
    if (at == len && at == canonical->len)
        return OK;
    err_arg("at", "%zu", at);
    err_arg("why", "not in canonical form");
    return err_set(ERR_JSON, "not canonical at byte %zu", at);
}

enum err
canon_check(const char *text, size_t len)
{
    struct json_limits limits = {.max_bytes = len};
    struct json *root = NULL;
    struct buf canonical;
    enum err e;

    buf_init(&canonical, len);
    e = json_parse(text, len, &limits, &root);
    if (e)
        goto out;
    e = canon_of_json(root, &canonical);
    if (e == ERR_TOO_LARGE)
        e = OK; /* longer than the text: the bytes below differ */
    if (!e)
        e = same_bytes(&canonical, text, len);
out:
    json_free(root);
    buf_finish(&canonical);
    return e;
}
