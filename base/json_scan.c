#include "base/json_scan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A key without its escapes: in the text itself, or in memory of its own. */
struct json_scan_key {
    const char *bytes;
    size_t len;
    size_t at; /* of its quote in the text */
    char *own;
};

enum { PAIRWISE_MAX = 8 };

static bool scan_value(struct json_scan *s, int depth);

bool
json_scan_refuse(struct json_scan *s, size_t at, const char *why)
{
    s->at = at;
    s->why = why;
    return false;
}

/* The next byte, or -1 at the end. */
static int
peek(const struct json_scan *s)
{
    return s->pos < s->len ? (unsigned char)s->text[s->pos] : -1;
}

static void
skip_space(struct json_scan *s)
{
    while (s->pos < s->len) {
        char c = s->text[s->pos];

        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return;
        s->pos++;
    }
}

static bool
scan_key(struct json_scan *s)
{
    struct json_scan_key key = {.at = s->pos};
    bool escaped;

    if (peek(s) != '"')
        return json_scan_refuse(s, s->pos, "a key in quotes was expected");
    if (!json_scan_string(s, &escaped))
        return false;
    key.bytes = s->text + key.at + 1;
    key.len = s->pos - key.at - 2;
    if (escaped)
        key.bytes = key.own = json_scan_decode(key.bytes, key.len, &key.len);
    if (s->keys_len == s->keys_cap) {
        s->keys_cap = s->keys_cap ? s->keys_cap * 2 : 32;
        s->keys = mem_resize(s->keys, s->keys_cap, sizeof(*s->keys));
    }
    s->keys[s->keys_len++] = key;
    return true;
}

static void
drop_keys(struct json_scan *s, size_t first)
{
    while (s->keys_len > first)
        mem_free(s->keys[--s->keys_len].own);
}

static int
compare_keys(const void *a, const void *b)
{
    const struct json_scan_key *x = a, *y = b;
    size_t both = x->len < y->len ? x->len : y->len;
    int order = memcmp(x->bytes, y->bytes, both);

    if (order)
        return order;
    return (x->len > y->len) - (x->len < y->len);
}

/* No key twice among those of the object that ends here.  Few are compared
 * each with each; many are sorted, so that nobody can make it slow. */
static bool
keys_differ(struct json_scan *s, size_t first)
{
    struct json_scan_key *keys = s->keys + first;
    size_t n = s->keys_len - first;
    size_t reach = n <= PAIRWISE_MAX ? n : 2;

    if (n > PAIRWISE_MAX)
        qsort(keys, n, sizeof(*keys), compare_keys);
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t j = i + 1; j < n && j < i + reach; j++)
            if (keys[i].len == keys[j].len &&
                memcmp(keys[i].bytes, keys[j].bytes, keys[i].len) == 0)
                return json_scan_refuse(s,
                    keys[i].at > keys[j].at ? keys[i].at : keys[j].at,
                    "a key for the second time");
    return true;
}

/* Behind a comma or an opening bracket: "key": value. */
static bool
scan_member(struct json_scan *s, size_t first, int depth)
{
    if (s->keys_len - first == JSON_MEMBERS_MAX)
        return json_scan_refuse(
            s, s->pos, "more members in an object than accepted");
    if (!scan_key(s))
        return false;
    skip_space(s);
    if (peek(s) != ':')
        return json_scan_refuse(s, s->pos, "a colon was expected");
    s->pos++;
    return scan_value(s, depth);
}

static bool
scan_obj(struct json_scan *s, int depth)
{
    size_t first = s->keys_len;
    bool ok;

    s->pos++;
    skip_space(s);
    if (peek(s) == '}') {
        s->pos++;
        return true;
    }
    while (scan_member(s, first, depth)) {
        int c = peek(s);

        if (c != ',' && c != '}')
            return json_scan_refuse(s, s->pos, "a comma or } was expected");
        s->pos++;
        if (c == '}') {
            ok = keys_differ(s, first);
            drop_keys(s, first);
            return ok;
        }
        skip_space(s);
    }
    return false;
}

static bool
scan_arr(struct json_scan *s, int depth)
{
    s->pos++;
    skip_space(s);
    if (peek(s) == ']') {
        s->pos++;
        return true;
    }
    while (scan_value(s, depth)) {
        int c = peek(s);

        if (c != ',' && c != ']')
            return json_scan_refuse(s, s->pos, "a comma or ] was expected");
        s->pos++;
        if (c == ']')
            return true;
    }
    return false;
}

static bool
scan_literal(struct json_scan *s, const char *word)
{
    size_t n = strlen(word);

    if (s->len - s->pos < n || memcmp(s->text + s->pos, word, n) != 0)
        return json_scan_refuse(s, s->pos, "a value was expected");
    s->pos += n;
    return true;
}

/* One value with the white space around it; `depth` encloses it. */
static bool
scan_value(struct json_scan *s, int depth)
{
    bool ok, escaped;
    int c;

    skip_space(s);
    if (++s->values > s->limits.max_values)
        return json_scan_refuse(s, s->pos, "more values than accepted");
    c = peek(s);
    if ((c == '{' || c == '[') && depth == s->limits.max_depth)
        return json_scan_refuse(s, s->pos, "nested deeper than accepted");
    if (c == '{')
        ok = scan_obj(s, depth + 1);
    else if (c == '[')
        ok = scan_arr(s, depth + 1);
    else if (c == '"')
        ok = json_scan_string(s, &escaped);
    else if (c == '-' || (c >= '0' && c <= '9'))
        ok = json_scan_number(s);
    else
        ok = scan_literal(s, c == 't' ? "true" : c == 'f' ? "false" : "null");
    skip_space(s);
    return ok;
}

bool
json_scan_run(struct json_scan *s, const char *text, size_t len,
    const struct json_limits *limits)
{
    assert(limits->max_depth <= JSON_DEPTH_MAX);
    *s = (struct json_scan){.text = text, .len = len, .limits = *limits};
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        return json_scan_refuse(s, 0, "a byte order mark");
    if (!scan_value(s, 0))
        return false;
    if (s->pos < len)
        return json_scan_refuse(s, s->pos, "something behind the value");
    return true;
}

void
json_scan_finish(struct json_scan *s)
{
    drop_keys(s, 0);
    mem_free(s->keys);
    mem_free(s->numbers);
    mem_free(s->patched);
}
