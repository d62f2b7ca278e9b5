#include <string.h>

#include "base/json_scan.h"
#include "base/mem.h"
#include "base/text.h"

/* Both in the same order. */
static const char escape_from[] = "\"\\/bfnrt";
static const char escape_to[] = "\"\\/\b\f\n\r\t";

static int
peek(const struct json_scan *s)
{
    return s->pos < s->len ? (unsigned char)s->text[s->pos] : -1;
}

static int
hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The code unit of the "uXXXX" at `p`, which has `left` bytes; -1 if none. */
static int32_t
read_unit(const char *p, size_t left)
{
    int32_t unit = 0;

    if (left < 5 || p[0] != 'u')
        return -1;
    for (int i = 1; i <= 4; i++) {
        int digit = hex_value(p[i]);

        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* At the 'u' of "\uXXXX": a whole character, two of them for a pair. */
static bool
scan_unit(struct json_scan *s)
{
    size_t start = s->pos - 1;
    int32_t high = read_unit(s->text + s->pos, s->len - s->pos);
    int32_t low;

    if (high < 0)
        return json_scan_refuse(s, start, "\\u without four hex digits");
    if (high == 0)
        return json_scan_refuse(s, start, "\\u0000 in a string");
    s->pos += 5;
    if (high < 0xD800 || high > 0xDFFF)
        return true;
    if (high > 0xDBFF || peek(s) != '\\')
        return json_scan_refuse(s, start, "half of a surrogate pair");
    s->pos++;
    low = read_unit(s->text + s->pos, s->len - s->pos);
    if (low < 0xDC00 || low > 0xDFFF)
        return json_scan_refuse(s, start, "half of a surrogate pair");
    s->pos += 5;
    return true;
}

/* Behind a backslash. */
static bool
scan_escape(struct json_scan *s)
{
    int c = peek(s);

    if (c == 'u')
        return scan_unit(s);
    if (c <= 0 || !strchr(escape_from, c))
        return json_scan_refuse(
            s, s->pos - 1, "an escape that JSON does not know");
    s->pos++;
    return true;
}

/* One character beyond ASCII. */
static bool
scan_letter(struct json_scan *s)
{
    unsigned char c = (unsigned char)s->text[s->pos];
    size_t n = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;

    if (n > s->len - s->pos || !text_is_utf8(s->text + s->pos, n))
        return json_scan_refuse(s, s->pos, "not UTF-8");
    s->pos += n;
    return true;
}

bool
json_scan_string(struct json_scan *s, bool *escaped_out)
{
    size_t open = s->pos++;
    bool ok = true;

    *escaped_out = false;
    while (ok && s->pos < s->len) {
        unsigned char c = (unsigned char)s->text[s->pos];

        if (c == '"') {
            s->pos++;
            return true;
        }
        if (c == '\\') {
            *escaped_out = true;
            s->pos++;
            ok = scan_escape(s);
        } else if (c >= 0x80) {
            ok = scan_letter(s);
        } else if (c < 0x20) {
            ok = json_scan_refuse(s, s->pos, "a control character in a string");
        } else {
            s->pos++;
        }
    }
    return ok ? json_scan_refuse(s, open, "a string without its end") : false;
}

/* Append a code point as UTF-8; `to` has room for four bytes. */
static size_t
put_letter(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xE0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3F));
    to[2] = (char)(0x80 | (c >> 6 & 0x3F));
    to[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

char *
json_scan_decode(const char *p, size_t len, size_t *len_out)
{
    const char *end = p + len;
    char *text = mem_new(len + 1, 1); /* an escape only ever shrinks */
    size_t n = 0;

    while (p < end) {
        uint32_t c;

        if (*p != '\\') {
            text[n++] = *p++;
        } else if (p[1] != 'u') {
            text[n++] = escape_to[strchr(escape_from, p[1]) - escape_from];
            p += 2;
        } else {
            c = (uint32_t)read_unit(p + 1, 5);
            p += 6;
            if (c >= 0xD800 && c <= 0xDBFF) {
                c = 0x10000 + ((c - 0xD800) << 10) +
                    ((uint32_t)read_unit(p + 1, 5) - 0xDC00);
                p += 6;
            }
            n += put_letter(text + n, c);
        }
    }
    *len_out = n;
    return text;
}
