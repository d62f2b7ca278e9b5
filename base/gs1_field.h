/* base/gs1_field.h - one application identifier with its value: its form, and
 * what it means.  Inside of base/gs1.h. */
#ifndef BASE_GS1_FIELD_H
#define BASE_GS1_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/gs1.h"

enum { GS1_AI = 4, GS1_VALUE = 90 };

struct gs1_form {
    int first, last; /* the first two digits of the identifiers */
    size_t ai_len;
    size_t max; /* characters of the value */
    bool fixed; /* `max` digits, and no FNC1 behind them */
};

/* The form of the identifier that `s` begins with; NULL when none is known. */
const struct gs1_form *gs1_form_of(const char *s);

/* Read YYMMDD at `s`; false when it is no day. */
bool gs1_read_day(const char *s, int32_t today, int32_t *day_out);

/* Is it an identifier of a day? */
bool gs1_is_day(const char *ai);

/* Take over a field of `len` bytes.  ERR_CODE_UNREADABLE as gs1_parse. */
enum err gs1_take(struct gs1 *gs1, const char *ai, const char *value,
    size_t len, int32_t today);

#endif
