#include <string.h>

#include "base/json_scan.h"
#include "base/mem.h"

/* cJSON 1.7 copies a number into 64 bytes before it reads it. */
enum { CJSON_NUMBER_MAX = 63 };

/* The parts of -12.345e6 as they are written. */
struct parts {
    bool minus, fraction, exponent;
    bool past; /* the whole part is past 2^53 */
    bool fine; /* something but zeros behind the third decimal */
    int64_t whole;
    int64_t thousandths;
};

static bool
digit_at(const struct json_scan *s, size_t pos)
{
    return pos < s->len && s->text[pos] >= '0' && s->text[pos] <= '9';
}

static bool
char_at(const struct json_scan *s, size_t pos, char c)
{
    return pos < s->len && s->text[pos] == c;
}

static void
scan_whole(struct json_scan *s, struct parts *n)
{
    for (; digit_at(s, s->pos); s->pos++) {
        if (n->whole <= JSON_INT_MAX)
            n->whole = n->whole * 10 + (s->text[s->pos] - '0');
    }
    n->past = n->whole > JSON_INT_MAX;
}

static void
scan_fraction(struct json_scan *s, struct parts *n)
{
    int64_t unit = 100;

    n->fraction = true;
    for (; digit_at(s, s->pos); s->pos++, unit /= 10) {
        n->thousandths += unit * (s->text[s->pos] - '0');
        n->fine = n->fine || (unit == 0 && s->text[s->pos] != '0');
    }
}

/* At the 'e'. */
static bool
scan_exponent(struct json_scan *s, struct parts *n)
{
    n->exponent = true;
    s->pos++;
    if (char_at(s, s->pos, '+') || char_at(s, s->pos, '-'))
        s->pos++;
    if (!digit_at(s, s->pos))
        return json_scan_refuse(s, s->pos, "an exponent without digits");
    while (digit_at(s, s->pos))
        s->pos++;
    return true;
}

static void
keep(struct json_scan *s, const struct parts *n)
{
    struct json_number number = {.type = JSON_NUMBER};
    bool past = n->past || (n->whole == JSON_INT_MAX && n->thousandths > 0);

    if (!n->exponent && past) {
        number.milli = n->minus ? INT64_MIN : INT64_MAX;
    } else if (!n->exponent && !n->fine) {
        number.type = n->fraction ? JSON_DECIMAL : JSON_INT;
        number.milli = n->whole * 1000 + n->thousandths;
        if (n->minus)
            number.milli = -number.milli;
    }
    if (s->numbers_len == s->numbers_cap) {
        s->numbers_cap = s->numbers_cap ? s->numbers_cap * 2 : 32;
        s->numbers =
            mem_resize(s->numbers, s->numbers_cap, sizeof(*s->numbers));
    }
    s->numbers[s->numbers_len++] = number;
}

/* The value is kept here, so what cJSON reads in its place does not matter. */
static void
patch(struct json_scan *s, size_t start)
{
    if (!s->patched)
        s->patched = mem_dup(s->text, s->len);
    memset(s->patched + start, ' ', s->pos - start);
    s->patched[start] = '0';
}

bool
json_scan_number(struct json_scan *s)
{
    struct parts n = {.minus = char_at(s, s->pos, '-')};
    size_t start = s->pos;

    s->pos += n.minus;
    if (!digit_at(s, s->pos))
        return json_scan_refuse(s, s->pos, "a digit was expected");
    if (char_at(s, s->pos, '0') && digit_at(s, s->pos + 1))
        return json_scan_refuse(s, s->pos, "a number with a leading zero");
    scan_whole(s, &n);
    if (char_at(s, s->pos, '.')) {
        s->pos++;
        if (!digit_at(s, s->pos))
            return json_scan_refuse(s, s->pos, "a point without decimals");
        scan_fraction(s, &n);
    }
    if (char_at(s, s->pos, 'e') || char_at(s, s->pos, 'E'))
        if (!scan_exponent(s, &n))
            return false;
    if (s->pos - start > JSON_NUMBER_MAX)
        return json_scan_refuse(s, start, "a number longer than accepted");
    if (s->pos - start > CJSON_NUMBER_MAX)
        patch(s, start);
    keep(s, &n);
    return true;
}
