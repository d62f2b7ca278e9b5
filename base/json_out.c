#include "base/json_out.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

void
json_out_init(struct json_out *o, struct buf *buf)
{
    *o = (struct json_out){.buf = buf};
}

void
json_out_end(const struct json_out *o)
{
    assert(o->done && o->depth == 0);
}

/* What stands before any value: the comma of an array, or a key and colon. */
static void
begin_value(struct json_out *o)
{
    assert(!o->done);
    if (o->depth == 0) {
        o->done = true;
        return;
    }
    if (o->level[o->depth - 1].is_obj) {
        assert(o->wants_value);
        o->wants_value = false;
        return;
    }
    if (o->level[o->depth - 1].any)
        buf_add_char(o->buf, ',');
    o->level[o->depth - 1].any = true;
}

static void
open_level(struct json_out *o, bool is_obj)
{
    begin_value(o);
    assert(o->depth < JSON_OUT_DEPTH);
    o->done = false;
    o->level[o->depth].is_obj = is_obj;
    o->level[o->depth].any = false;
    o->depth++;
    buf_add_char(o->buf, is_obj ? '{' : '[');
}

static void
close_level(struct json_out *o, bool is_obj)
{
    assert(o->depth > 0 && o->level[o->depth - 1].is_obj == is_obj);
    assert(!o->wants_value);
    buf_add_char(o->buf, is_obj ? '}' : ']');
    o->depth--;
    o->done = o->depth == 0;
}

void
json_out_obj(struct json_out *o)
{
    open_level(o, true);
}

void
json_out_end_obj(struct json_out *o)
{
    close_level(o, true);
}

void
json_out_arr(struct json_out *o)
{
    open_level(o, false);
}

void
json_out_end_arr(struct json_out *o)
{
    close_level(o, false);
}

/* Bytes that need no escape and are no part of a longer letter. */
static size_t
plain_run(const char *s, size_t len)
{
    size_t n = 0;

    while (n < len) {
        unsigned char c = (unsigned char)s[n];

        if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\')
            break;
        n++;
    }
    return n;
}

/* Append the letter at `s`, or U+FFFD for one byte that is none; its bytes. */
static size_t
add_letter(struct buf *b, const char *s, size_t len)
{
    unsigned char c = (unsigned char)s[0];
    size_t n = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;

    if (n > len || !text_is_utf8(s, n)) {
        buf_add_str(b, "\xEF\xBF\xBD");
        return 1;
    }
    buf_add(b, s, n);
    return n;
}

static void
add_escape(struct buf *b, char c)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *known = c ? strchr(from, c) : NULL;

    if (known)
        buf_printf(b, "\\%c", to[known - from]);
    else
        buf_printf(b, "\\u%04x", (unsigned)(unsigned char)c);
}

static void
add_quoted(struct buf *b, const char *s, size_t len)
{
    buf_add_char(b, '"');
    while (len) {
        size_t n = plain_run(s, len);

        buf_add(b, s, n);
        s += n;
        len -= n;
        if (!len)
            break;
        if ((unsigned char)*s >= 0x80) {
            n = add_letter(b, s, len);
        } else {
            add_escape(b, *s);
            n = 1;
        }
        s += n;
        len -= n;
    }
    buf_add_char(b, '"');
}

void
json_out_key(struct json_out *o, const char *key)
{
    assert(o->depth > 0 && o->level[o->depth - 1].is_obj);
    assert(!o->wants_value);
    if (o->level[o->depth - 1].any)
        buf_add_char(o->buf, ',');
    o->level[o->depth - 1].any = true;
    add_quoted(o->buf, key, strlen(key));
    buf_add_char(o->buf, ':');
    o->wants_value = true;
}

void
json_out_str_len(struct json_out *o, const char *str, size_t len)
{
    begin_value(o);
    add_quoted(o->buf, str, len);
}

void
json_out_str(struct json_out *o, const char *str)
{
    if (str)
        json_out_str_len(o, str, strlen(str));
    else
        json_out_null(o);
}

void
json_out_int(struct json_out *o, int64_t n)
{
    begin_value(o);
    buf_printf(o->buf, "%" PRId64, n);
}

void
json_out_bool(struct json_out *o, bool yes)
{
    begin_value(o);
    buf_add_str(o->buf, yes ? "true" : "false");
}

void
json_out_null(struct json_out *o)
{
    begin_value(o);
    buf_add_str(o->buf, "null");
}

void
json_out_raw(struct json_out *o, const char *json, size_t len)
{
    begin_value(o);
    buf_add(o->buf, json, len);
}

size_t
json_milli_print(char out[JSON_MILLI_MAX], int64_t milli)
{
    uint64_t n = milli < 0 ? 0 - (uint64_t)milli : (uint64_t)milli;
    size_t len = (size_t)snprintf(out, JSON_MILLI_MAX,
        "%s%" PRIu64 ".%03" PRIu64, milli < 0 ? "-" : "", n / 1000, n % 1000);

    while (out[len - 1] == '0')
        len--;
    if (out[len - 1] == '.')
        len--;
    out[len] = '\0';
    return len;
}

void
json_out_milli(struct json_out *o, int64_t milli)
{
    char text[JSON_MILLI_MAX];

    json_out_raw(o, text, json_milli_print(text, milli));
}

void
json_out_put_str(struct json_out *o, const char *key, const char *str)
{
    json_out_key(o, key);
    json_out_str(o, str);
}

void
json_out_put_int(struct json_out *o, const char *key, int64_t n)
{
    json_out_key(o, key);
    json_out_int(o, n);
}

void
json_out_put_bool(struct json_out *o, const char *key, bool yes)
{
    json_out_key(o, key);
    json_out_bool(o, yes);
}

void
json_out_put_milli(struct json_out *o, const char *key, int64_t milli)
{
    json_out_key(o, key);
    json_out_milli(o, milli);
}

void
json_out_put_null(struct json_out *o, const char *key)
{
    json_out_key(o, key);
    json_out_null(o);
}
