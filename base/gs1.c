#include "base/gs1.h"

#include <string.h>
#include <strings.h>

#include "base/gs1_field.h"

enum { GS = 0x1D, DAY_FIELD = 8, NEAR_DAYS = 20 * 365 };

static const char digit_chars[] = "0123456789";

/* Take the field whose identifier, of `ai_len` digits, stands at `s`. */
static enum err
take(struct gs1 *gs1, const char *s, size_t ai_len, const char *value,
    size_t len, int32_t today)
{
    char ai[GS1_AI + 1] = "";

    memcpy(ai, s, ai_len);
    return gs1_take(gs1, ai, value, len, today);
}

static enum err
unknown_ai(const char *at)
{
    return err_set(
        ERR_CODE_UNREADABLE, "no application identifier at \"%.8s\"", at);
}

/* `count` fields of days near today, each another, at `s`. */
static bool
are_days(const char *s, size_t count, int32_t today)
{
    unsigned seen = 0;

    for (size_t i = 0; i < count; i++, s += DAY_FIELD) {
        unsigned bit = 1u << (s[1] & 15);
        int32_t day;

        if (!gs1_is_day(s) || (seen & bit) || !gs1_read_day(s + 2, today, &day))
            return false;
        if (day < today - NEAR_DAYS || day > today + NEAR_DAYS)
            return false;
        seen |= bit;
    }
    return true;
}

/* Where a lot or serial number that should have ended with FNC1 probably ends:
 * before the most days that stand behind it; `len` when there are none. */
static size_t
guess_end(const char *value, size_t len, int32_t today)
{
    size_t count = len ? (len - 1) / DAY_FIELD : 0;

    for (count = count > 5 ? 5 : count; count > 0; count--)
        if (are_days(value + len - count * DAY_FIELD, count, today))
            break;
    return len - count * DAY_FIELD;
}

/* Fields one behind the other. */
static enum err
parse_elements(const char *s, int32_t today, struct gs1 *gs1)
{
    bool marked = strchr(s, GS) != NULL;
    enum err e = OK;

    if (s[strspn(s, "\x1d")] == '\0')
        return err_set(ERR_CODE_UNREADABLE, "nothing in it");
    while (*s && e == OK) {
        const struct gs1_form *form;
        const char *value;
        size_t len;

        if (*s == GS) {
            s++;
            continue;
        }
        form = gs1_form_of(s);
        if (!form)
            return unknown_ai(s);
        value = s + form->ai_len;
        len = strcspn(value, "\x1d");
        if (form->fixed && len > form->max) {
            len = form->max;
        } else if (!marked && (form->first == 10 || form->first == 21)) {
            size_t end = guess_end(value, len, today);

            gs1->guessed = gs1->guessed || end < len;
            len = end;
        }
        e = take(gs1, s, form->ai_len, value, len, today);
        s = value + len;
    }
    return e;
}

/* The identifier in brackets that `s` begins with: how many digits; or 0. */
static size_t
bracketed(const char *s)
{
    size_t len = *s == '(' ? strspn(s + 1, digit_chars) : 0;
    const struct gs1_form *form;

    if (len < 2 || len > GS1_AI || s[1 + len] != ')')
        return 0;
    form = gs1_form_of(s + 1);
    return form && form->ai_len == len ? len : 0;
}

static enum err
parse_bracketed(const char *s, int32_t today, struct gs1 *gs1)
{
    enum err e = OK;

    while (*s && e == OK) {
        size_t ai_len = bracketed(s), len = 0;
        const char *value;

        if (ai_len == 0)
            return unknown_ai(s);
        value = s + ai_len + 2;
        while (value[len] && bracketed(value + len) == 0)
            len++;
        e = take(gs1, s + 1, ai_len, value, len, today);
        s = value + len;
    }
    return e;
}

static int
hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Take a value of a link, whose %XX are undone first. */
static enum err
take_escaped(struct gs1 *gs1, const char *ai, size_t ai_len, const char *value,
    size_t len, int32_t today)
{
    char plain[GS1_MAX + 1];
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        int high, low;

        plain[n] = value[i];
        if (value[i] == '%') {
            high = i + 2 < len ? hex_value(value[i + 1]) : -1;
            low = i + 2 < len ? hex_value(value[i + 2]) : -1;
            if (high < 0 || low < 0)
                return err_set(ERR_CODE_UNREADABLE, "a broken %% in the link");
            plain[n] = (char)(high * 16 + low);
            i += 2;
        }
        n++;
    }
    return take(gs1, ai, ai_len, plain, n, today);
}

/* Is `s`, of `len` bytes, the whole of an identifier? */
static bool
is_ai(const char *s, size_t len)
{
    const struct gs1_form *form;

    if (len < 2 || strspn(s, digit_chars) != len)
        return false;
    form = gs1_form_of(s);
    return form && form->ai_len == len;
}

/* "/10/ABC/21/7" behind the GTIN; what is no identifier ends it. */
static enum err
parse_path(const char **at, int32_t today, struct gs1 *gs1)
{
    const char *s = *at;
    enum err e = OK;

    while (*s == '/' && e == OK) {
        size_t ai_len = strcspn(s + 1, "/?#"), len;
        const char *value = s + 1 + ai_len;

        if (*value != '/' || !is_ai(s + 1, ai_len))
            break;
        len = strcspn(++value, "/?#");
        e = take_escaped(gs1, s + 1, ai_len, value, len, today);
        s = value + len;
    }
    *at = s + strcspn(s, "?#");
    return e;
}

/* "?17=261231&linkType=all": what is no identifier is for others. */
static enum err
parse_query(const char *s, int32_t today, struct gs1 *gs1)
{
    enum err e = OK;

    while ((*s == '?' || *s == '&' || *s == ';') && e == OK) {
        size_t ai_len = strcspn(++s, "=&;#");
        const char *value = s + ai_len + (s[ai_len] == '=');
        size_t len = strcspn(value, "&;#");

        if (is_ai(s, ai_len))
            e = take_escaped(gs1, s, ai_len, value, len, today);
        s = value + len;
    }
    return e;
}

const char *
gs1_find_link(const char *url)
{
    const char *at = url;

    while ((at = strstr(at, "/01/")) != NULL) {
        char gtin[CODES_GTIN14_SIZE] = "";
        size_t len;

        at += 3;
        len = strspn(at + 1, digit_chars);
        if (len > 14 || (at[1 + len] && !strchr("/?#", at[1 + len])))
            continue;
        memcpy(gtin, at + 1, len);
        if (codes_gtin_ok(gtin))
            return at + 1;
    }
    return NULL;
}

static enum err
parse_link(const char *url, int32_t today, struct gs1 *gs1)
{
    const char *at = gs1_find_link(url);
    char gtin[CODES_GTIN14_SIZE] = "";
    enum err e;

    if (!at)
        return err_set(ERR_CODE_UNREADABLE, "a link without a GTIN");
    memcpy(gtin, at, strspn(at, digit_chars));
    e = codes_gtin14(gtin, gs1->gtin14);
    at += strspn(at, digit_chars);
    if (e == OK)
        e = parse_path(&at, today, gs1);
    return e == OK ? parse_query(at, today, gs1) : e;
}

static enum err
parse_any(const char *scan, int32_t today, struct gs1 *gs1)
{
    static const char *const marks[] = {"]C1", "]e0", "]d2", "]Q3", "]J1"};

    if (strncasecmp(scan, "http://", 7) == 0 ||
        strncasecmp(scan, "https://", 8) == 0)
        return parse_link(scan, today, gs1);
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (strncmp(scan, marks[i], 3) == 0)
            return parse_elements(scan + 3, today, gs1);
    return *scan == '(' ? parse_bracketed(scan, today, gs1)
                        : parse_elements(scan, today, gs1);
}

enum err
gs1_parse(const char *scan, int32_t today, struct gs1 *gs1_out)
{
    struct gs1 gs1 = {.made = GS1_NO_DAY,
        .packed = GS1_NO_DAY,
        .best_before = GS1_NO_DAY,
        .sell_by = GS1_NO_DAY,
        .expires = GS1_NO_DAY,
        .count = GS1_NONE,
        .weight_milli = GS1_NONE};
    size_t len = strnlen(scan, GS1_MAX + 1);
    enum err e;

    if (len > GS1_MAX)
        return err_set(ERR_CODE_UNREADABLE, "more than %d bytes", GS1_MAX);
    e = parse_any(scan, today, &gs1);
    if (e == OK)
        *gs1_out = gs1;
    return e;
}
