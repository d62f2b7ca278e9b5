#include "pos/print/unit_price.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/money.h"

/* Thousandths of a gram or of a millilitre. */
enum { PER_KG = 1000 * 1000, PER_100 = 100 * 1000, LARGE = 250 * 1000 };
enum { COUNT_MAX = 1000 };

static const int64_t content_max = INT64_C(1000) * 1000 * 1000;

struct content {
    int64_t milli; /* of g or ml; 0: not said */
    bool volume;
    bool doubtful;
};

struct measure {
    const char *word;
    int64_t milli;
    bool volume;
};

/* Longer words first: "ml" is no "m". */
static const struct measure measures[] = {
    {"kilogram", PER_KG, false},
    {"gram", 1000, false},
    {"lít", PER_KG, true},
    {"lit", PER_KG, true},
    {"kg", PER_KG, false},
    {"ml", 1000, true},
    {"gr", 1000, false},
    {"g", 1000, false},
    {"l", PER_KG, true},
};

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of other alphabets' letters are all above ASCII. */
static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

static const char *
skip_spaces(const char *at)
{
    for (;;)
        if (*at == ' ')
            at++;
        else if (strncmp(at, "\xc2\xa0", 2) == 0) /* no-break space */
            at += 2;
        else
            return at;
}

/* "x", "X", "*" or the multiplication sign; NULL when there is none. */
static const char *
skip_times(const char *at)
{
    if (*at == 'x' || *at == 'X' || *at == '*')
        return at + 1;
    return strncmp(at, "×", 2) == 0 ? at + 2 : NULL;
}

/* A number with at most three decimals, in thousandths.  A point before just
 * three figures may mean thousands or decimals: doubtful, but for 0.500. */
static const char *
read_number(const char *at, int64_t *milli_out, bool *doubtful_out)
{
    int64_t whole = 0, part = 0;
    int decimals = 0;
    const char *from = at;

    for (; is_digit(*at) && at - from < 7; at++)
        whole = whole * 10 + *at - '0';
    if ((*at == ',' || *at == '.') && is_digit(at[1])) {
        char mark = *at++;

        for (; is_digit(*at) && decimals < 3; at++, decimals++)
            part = part * 10 + *at - '0';
        if (decimals == 3 && mark == '.' && whole != 0)
            *doubtful_out = true;
        for (int i = decimals; i < 3; i++)
            part *= 10;
    }
    if (is_digit(*at) || ((*at == ',' || *at == '.') && is_digit(at[1])))
        *doubtful_out = true; /* too long, or 1.500.000 */
    while (is_digit(*at) || ((*at == ',' || *at == '.') && is_digit(at[1])))
        at++;
    *milli_out = whole * 1000 + part;
    return at;
}

static const struct measure *
read_measure(const char **at)
{
    for (size_t i = 0; i < sizeof(measures) / sizeof(measures[0]); i++) {
        size_t len = strlen(measures[i].word);

        if (strncasecmp(*at, measures[i].word, len) == 0 &&
            !is_letter((*at)[len]) && !is_digit((*at)[len])) {
            *at += len;
            return &measures[i];
        }
    }
    return NULL;
}

/* Before the content: "20 x ", "20 gói x "; how many, 1 when nothing is said
 * and 0 when a "x" stands there without a number. */
static int64_t
count_before(const char *text, const char *at)
{
    const char *end, *word;

    while (at > text && at[-1] == ' ')
        at--;
    if (at > text && (at[-1] == 'x' || at[-1] == 'X' || at[-1] == '*'))
        at--;
    else if (at >= text + 2 && strncmp(at - 2, "×", 2) == 0)
        at -= 2;
    else
        return 1;
    if (at > text && is_letter(at[-1]))
        return 1; /* the end of a word */
    while (at > text && at[-1] == ' ')
        at--;
    word = at;
    while (at > text && is_letter(at[-1]))
        at--;
    while (at < word && at > text && at[-1] == ' ')
        at--;
    for (end = at; at > text && is_digit(at[-1]);)
        at--;
    if (at == end || end - at > 4)
        return 0;
    for (int64_t n = 0;; at++) {
        if (at == end)
            return n;
        n = n * 10 + *at - '0';
    }
}

/* Behind it: " x 20". */
static int64_t
count_behind(const char *at)
{
    const char *number = skip_times(skip_spaces(at));
    bool doubtful = false;
    int64_t milli;

    if (!number)
        return 1;
    number = skip_spaces(number);
    if (!is_digit(*number))
        return is_letter(*number) ? 1 : 0;
    read_number(number, &milli, &doubtful);
    return doubtful || milli % 1000 ? 0 : milli / 1000;
}

/* 400-500 g, ~500 g, ± and the like. */
static bool
is_about(const char *text, const char *at)
{
    while (at > text && at[-1] == ' ')
        at--;
    if (at == text)
        return false;
    if (strchr("~<>/", at[-1]))
        return true;
    if (at[-1] == '-' && at - 1 > text)
        return is_digit(at[-2]) || at[-2] == ' ';
    return (at - text >= 3 && strncmp(at - 3, "–", 3) == 0) ||
           (at - text >= 2 && strncmp(at - 2, "±", 2) == 0);
}

static void
add(struct content *c, int64_t milli, bool volume)
{
    if (milli <= 0 || milli > content_max)
        c->doubtful = true;
    else if (c->milli == 0)
        *c = (struct content){milli, volume, c->doubtful};
    else if (c->milli != milli || c->volume != volume)
        c->doubtful = true;
}

/* The number at `at`, if it is a content; what follows it. */
static const char *
read_content(const char *text, const char *at, struct content *c)
{
    const struct measure *measure;
    bool doubtful = false;
    int64_t milli, before, behind;
    const char *end = skip_spaces(read_number(at, &milli, &doubtful));

    measure = read_measure(&end);
    if (!measure)
        return NULL;
    before = count_before(text, at);
    behind = count_behind(end);
    c->doubtful = c->doubtful || doubtful || is_about(text, at) || before < 1 ||
                  behind < 1 || before > COUNT_MAX || behind > COUNT_MAX ||
                  (before > 1 && behind > 1);
    if (!c->doubtful)
        add(c, milli * measure->milli / 1000 * before * behind,
            measure->volume);
    return end;
}

static void
find_content(const char *text, struct content *c)
{
    const char *at = text, *next;

    while (*at) {
        if (!is_digit(*at)) {
            at++;
            continue;
        }
        next = NULL;
        if (at == text || !is_letter(at[-1]) ||
            strncasecmp(at - 1, "x", 1) == 0)
            next = read_content(text, at, c);
        while (!next && is_digit(*at))
            at++;
        if (next)
            at = next;
    }
}

bool
unit_price_of(
    const char *unit, const char *name, int64_t price, struct unit_price *out)
{
    struct content c = {.milli = 0};
    int64_t per;

    find_content(unit, &c);
    if (c.milli == 0 && !c.doubtful)
        find_content(name, &c);
    if (c.doubtful || c.milli == 0 || price < 0 || price > MONEY_MAX)
        return false;
    per = c.milli >= LARGE ? PER_KG : PER_100;
    out->price = (price * per + c.milli / 2) / c.milli;
    out->per = per == PER_KG ? c.volume ? "lít" : "kg"
               : c.volume    ? "100 ml"
                             : "100 g";
    return out->price <= MONEY_MAX;
}
