#include "base/http_request.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"

static void
refuse(struct http_request *r, enum err e, const char *why)
{
    if (r->bad)
        return; /* the first reason is told */
    r->bad = e;
    r->why = why;
}

static int
hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Decode the text at `s` in place: %XX, and "+" as a space in a query. */
static void
decode(struct http_request *r, char *s, bool plus)
{
    char *to = s;
    int high, low;

    for (const char *from = s; *from; from++) {
        if (*from == '+' && plus) {
            *to++ = ' ';
            continue;
        }
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        high = hex(from[1]);
        low = high < 0 ? -1 : hex(from[2]);
        if (low < 0) {
            refuse(r, ERR_INVALID, "a percent sign without two digits");
            return;
        }
        *to++ = (char)(unsigned char)(high << 4 | low);
        from += 2;
    }
    /* 0x1d ends a field in the codes that scanners read (GS1). */
    for (const char *c = s; c < to; c++)
        if (((unsigned char)*c < 0x20 && *c != 0x1d) || *c == 0x7f)
            refuse(r, ERR_TEXT, "a control character in the address");
    *to = '\0';
    if (!text_is_utf8(s, (size_t)(to - s)))
        refuse(r, ERR_TEXT, "the address is not UTF-8");
}

static void
split_path(struct http_request *r, char *path)
{
    char *slash, *s = path;

    if (*s != '/') {
        refuse(r, ERR_INVALID, "the address does not begin with a slash");
        return;
    }
    for (s++; *s; s = slash) {
        slash = s + strcspn(s, "/");
        if (*slash) {
            *slash++ = '\0';
            if (!*slash || *slash == '/')
                refuse(r, ERR_NO_ROUTE, "an empty piece in the address");
        }
        decode(r, s, false);
        if (strcmp(s, ".") == 0 || strcmp(s, "..") == 0)
            refuse(r, ERR_NO_ROUTE, "a dot piece in the address");
        if (!*s)
            refuse(r, ERR_NO_ROUTE, "an empty piece in the address");
        if (r->segments_len == HTTP_SEGMENTS)
            refuse(r, ERR_NO_ROUTE, "too many pieces in the address");
        if (r->bad)
            return;
        r->segments[r->segments_len++] = s;
    }
}

static void
split_query(struct http_request *r, char *s)
{
    char *end, *value;

    for (; *s && !r->bad; s = end) {
        end = s + strcspn(s, "&");
        if (*end)
            *end++ = '\0';
        value = s + strcspn(s, "=");
        if (*value)
            *value++ = '\0';
        decode(r, s, true);
        decode(r, value, true);
        if (http_request_query(r, s))
            refuse(r, ERR_INVALID, "a name twice in the query");
        if (r->query_len == HTTP_QUERY)
            refuse(r, ERR_INVALID, "too many names in the query");
        if (!r->bad)
            r->query[r->query_len++] =
                (struct http_field){.name = s, .value = value};
    }
}

void
http_request_target(struct http_request *r, const char *target)
{
    char *query;

    assert(!r->text);
    if (strlen(target) > HTTP_TARGET_MAX) {
        r->bad_status = 414;
        refuse(r, ERR_TOO_LARGE, "the address is too long");
        return;
    }
    r->text = mem_dup_str(target);
    for (const char *c = target; *c; c++)
        if (*c == '#' || *c == ' ' || *c == '"')
            refuse(r, ERR_INVALID, "a character that must be encoded");
    query = r->text + strcspn(r->text, "?");
    if (*query)
        *query++ = '\0';
    split_path(r, r->text);
    split_query(r, query);
}

void
http_request_finish(struct http_request *r)
{
    mem_free(r->text);
    r->text = NULL;
}

void
http_request_add_header(struct http_request *r, const char *name,
    const char *value)
{
    /* Two readers must not see two different ones. */
    static const char *const single[] = {"Host", "Authorization",
        "Content-Type", "Content-Length", "Cookie", "Idempotency-Key",
        "Origin", "Sec-Fetch-Site", "X-CSRF-Token"};

    for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++)
        if (strcasecmp(name, single[i]) == 0 && http_request_header(r, name))
            refuse(r, ERR_INVALID, "a header twice that may stand once");
    if ((strcasecmp(name, "Transfer-Encoding") == 0 &&
            http_request_header(r, "Content-Length")) ||
        (strcasecmp(name, "Content-Length") == 0 &&
            http_request_header(r, "Transfer-Encoding")))
        refuse(r, ERR_INVALID, "two lengths of one body");
    if (r->headers_len == HTTP_HEADERS_IN) {
        r->bad_status = 431;
        refuse(r, ERR_TOO_LARGE, "too many headers");
        return;
    }
    r->headers[r->headers_len++] =
        (struct http_field){.name = name, .value = value ? value : ""};
}

enum err
http_request_check(const struct http_request *r)
{
    return r->bad ? err_set(r->bad, "%s", r->why) : OK;
}

const char *
http_request_header(const struct http_request *r, const char *name)
{
    for (size_t i = 0; i < r->headers_len; i++)
        if (strcasecmp(r->headers[i].name, name) == 0)
            return r->headers[i].value;
    return NULL;
}

const char *
http_request_query(const struct http_request *r, const char *name)
{
    for (size_t i = 0; i < r->query_len; i++)
        if (strcmp(r->query[i].name, name) == 0)
            return r->query[i].value;
    return NULL;
}

/* Bytes a cookie value may hold (RFC 6265, section 4.1.1), without quotes. */
static bool
cookie_plain(const char *value, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (value[i] <= ' ' || value[i] > '~' || strchr("\",;\\", value[i]))
            return false;
    return true;
}

bool
http_request_cookie(const struct http_request *r, const char *name, char *out,
    size_t size)
{
    const char *s = http_request_header(r, "Cookie");
    size_t len, name_len = strlen(name);

    out[0] = '\0';
    for (; s && *s; s += len) {
        s += strspn(s, "; ");
        len = strcspn(s, ";");
        if (len <= name_len || s[name_len] != '=' ||
            strncmp(s, name, name_len) != 0)
            continue;
        s += name_len + 1;
        len -= name_len + 1;
        if (len >= size || !cookie_plain(s, len))
            return false;
        memcpy(out, s, len);
        out[len] = '\0';
        return true;
    }
    return false;
}

/* Thousandths of a q value: "0.5" -> 500; 1000 for what is not one. */
static int
quality(const char *s)
{
    int q = 0, scale = 1000;

    if (*s != '0')
        return 1000;
    if (s[1] != '.')
        return 0;
    for (s += 2; *s >= '0' && *s <= '9' && scale > 1; s++) {
        scale /= 10;
        q += (*s - '0') * scale;
    }
    return q;
}

enum lang
http_request_lang(const struct http_request *r, enum lang otherwise)
{
    const char *q, *s = http_request_header(r, "Accept-Language");
    int best = 0, now;
    enum lang lang = otherwise;
    size_t len;

    for (; s && *s; s += len) {
        s += strspn(s, ", \t");
        len = strcspn(s, ",");
        if (len < 2 || (strchr("-;, \t", s[2]) == NULL && s[2]))
            continue;
        q = s + strcspn(s, ";,");
        now = 1000;
        if (*q == ';') {
            q += 1 + strspn(q + 1, " \t");
            now = strncasecmp(q, "q=", 2) == 0 ? quality(q + 2) : 1000;
        }
        if (now <= best)
            continue;
        if (strncasecmp(s, "vi", 2) != 0 && strncasecmp(s, "en", 2) != 0)
            continue;
        best = now;
        lang = strncasecmp(s, "vi", 2) == 0 ? LANG_VI : LANG_EN;
    }
    return lang;
}

static bool
digits_only(const char *s)
{
    return s[strspn(s, "0123456789")] == '\0';
}

bool
http_host_of(const char *value, char *out, size_t size)
{
    const char *host = value, *scheme = strstr(value, "://");
    size_t len;

    if (scheme)
        host = scheme + 3;
    if (*host == '[') {
        host++;
        len = strspn(host, "0123456789abcdefABCDEF:.");
        if (host[len] != ']' || len == 0)
            return false;
        value = host + len + 1;
    } else {
        len = strspn(host, "abcdefghijklmnopqrstuvwxyz"
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
        value = host + len;
    }
    if (len == 0 || len >= size)
        return false;
    if (*value && (*value != ':' || !digits_only(value + 1)))
        return false;
    for (size_t i = 0; i < len; i++)
        out[i] = host[i] >= 'A' && host[i] <= 'Z' ? (char)(host[i] + 32)
                                                  : host[i];
    out[len] = '\0';
    return true;
}
