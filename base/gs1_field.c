#include "base/gs1_field.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

enum { WEIGHT_DECIMALS = 3 };

static const struct gs1_form forms[] = {{0, 0, 2, 18, true},
    {1, 3, 2, 14, true}, {10, 10, 2, 20, false}, {11, 13, 2, 6, true},
    {15, 17, 2, 6, true}, {20, 20, 2, 2, true}, {21, 22, 2, 20, false},
    {23, 23, 3, 28, false}, {24, 25, 3, 30, false}, {30, 30, 2, 8, false},
    {31, 36, 4, 6, true}, {37, 37, 2, 8, false}, {39, 39, 4, 18, false},
    {40, 40, 3, 30, false}, {41, 41, 3, 13, true}, {42, 42, 3, 20, false},
    {43, 43, 4, 90, false}, {70, 70, 4, 30, false}, {71, 71, 3, 20, false},
    {72, 72, 4, 30, false}, {80, 82, 4, 90, false}, {90, 90, 2, 30, false},
    {91, 99, 2, 90, false}};

static bool
all_digits(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return true;
}

static int64_t
number(const char *digits, size_t len)
{
    int64_t value = 0;

    for (size_t i = 0; i < len; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

const struct gs1_form *
gs1_form_of(const char *s)
{
    int prefix;

    if (!all_digits(s, 2))
        return NULL;
    prefix = (int)number(s, 2);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (prefix >= forms[i].first && prefix <= forms[i].last)
            return all_digits(s, forms[i].ai_len) ? &forms[i] : NULL;
    return NULL;
}

/* GS1's sliding window: 49 years back, 50 ahead. */
static int
year_of(int two_digits, int32_t today)
{
    char text[CLOCK_DATE_SIZE];
    int now, year;

    clock_format_date(today, text);
    now = (int)number(text, 4);
    year = now - now % 100 + two_digits;
    if (year - now > 50)
        return year - 100;
    return year - now < -49 ? year + 100 : year;
}

bool
gs1_read_day(const char *s, int32_t today, int32_t *day_out)
{
    char text[32];
    bool whole_month;

    if (!all_digits(s, 6))
        return false;
    whole_month = s[4] == '0' && s[5] == '0';
    snprintf(text, sizeof(text), "%04d-%.2s-%.2s",
        year_of((int)number(s, 2), today), s + 2, whole_month ? "01" : s + 4);
    if (clock_parse_date(text, day_out) != OK)
        return false;
    if (whole_month)
        *day_out = clock_add_months(*day_out, 1) - 1;
    return true;
}

bool
gs1_is_day(const char *ai)
{
    return ai[0] == '1' && ai[1] != '\0' && strchr("13567", ai[1]);
}

static enum err
twice(const char *ai)
{
    return err_set(ERR_CODE_UNREADABLE, "(%s) is given twice", ai);
}

/* Into a text of the caller that has room for it. */
static enum err
take_text(char *to, const char *ai, const char *value, size_t len)
{
    if (to[0] && (strlen(to) != len || memcmp(to, value, len) != 0))
        return twice(ai);
    memcpy(to, value, len);
    to[len] = '\0';
    return OK;
}

static enum err
take_number(int64_t *to, const char *ai, int64_t value)
{
    if (*to != GS1_NONE && *to != value)
        return twice(ai);
    *to = value;
    return OK;
}

static enum err
take_day(struct gs1 *gs1, const char *ai, const char *value, int32_t today)
{
    int32_t *to = ai[1] == '1'   ? &gs1->made
                  : ai[1] == '3' ? &gs1->packed
                  : ai[1] == '5' ? &gs1->best_before
                  : ai[1] == '6' ? &gs1->sell_by
                                 : &gs1->expires;
    int32_t day;

    if (!gs1_read_day(value, today, &day))
        return err_set(ERR_CODE_UNREADABLE, "(%s) is no day", ai);
    if (*to != GS1_NO_DAY && *to != day)
        return twice(ai);
    *to = day;
    return OK;
}

/* (310x): x is the number of decimals of the six digits, in kilograms. */
static enum err
take_weight(struct gs1 *gs1, const char *ai, const char *value)
{
    int64_t weight = number(value, 6);
    int decimals = ai[3] - '0';

    for (; decimals < WEIGHT_DECIMALS; decimals++)
        weight *= 10;
    if (decimals > WEIGHT_DECIMALS) {
        int64_t divisor = 1;

        for (; decimals > WEIGHT_DECIMALS; decimals--)
            divisor *= 10;
        weight = (weight + divisor / 2) / divisor;
    }
    return take_number(&gs1->weight_milli, ai, weight);
}

static enum err
take_checked(char *to, const char *ai, const char *value, size_t len)
{
    if (codes_gtin_check(value, len - 1) != value[len - 1])
        return err_set(ERR_CODE_UNREADABLE,
            "the check digit of (%s) %.*s is wrong", ai, (int)len, value);
    return take_text(to, ai, value, len);
}

/* Length and letters: GS1's set of 82 for text, digits for all else. */
static enum err
check_form(const char *ai, const char *value, size_t len)
{
    static const char letters[] = "!\"%&'()*+,-./0123456789:;<=>?_"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz";
    const struct gs1_form *form = gs1_form_of(ai);
    bool digits = form->fixed || form->first == 30 || form->first == 37;

    if (len == 0 || len > form->max || (form->fixed && len != form->max))
        return err_set(
            ERR_CODE_UNREADABLE, "(%s) with %zu characters", ai, len);
    if (digits && !all_digits(value, len))
        return err_set(ERR_CODE_UNREADABLE, "(%s) takes digits only", ai);
    for (size_t i = 0; i < len; i++)
        if (!value[i] || !strchr(letters, value[i]))
            return err_set(
                ERR_CODE_UNREADABLE, "(%s) holds what no GS1 code can", ai);
    return OK;
}

enum err
gs1_take(struct gs1 *gs1, const char *ai, const char *value, size_t len,
    int32_t today)
{
    enum err e = check_form(ai, value, len);

    if (e != OK)
        return e;
    if (strcmp(ai, "00") == 0)
        return take_checked(gs1->sscc, ai, value, len);
    if (strcmp(ai, "01") == 0 || strcmp(ai, "02") == 0)
        return take_checked(gs1->gtin14, ai, value, len);
    if (strcmp(ai, "10") == 0)
        return take_text(gs1->lot, ai, value, len);
    if (strcmp(ai, "21") == 0)
        return take_text(gs1->serial, ai, value, len);
    if (gs1_is_day(ai))
        return take_day(gs1, ai, value, today);
    if (strcmp(ai, "30") == 0 || strcmp(ai, "37") == 0)
        return take_number(&gs1->count, ai, number(value, len));
    if (strncmp(ai, "310", 3) == 0 && ai[3] <= '5')
        return take_weight(gs1, ai, value);
    return OK; /* nothing that a shop uses */
}
