/* base/gs1.h - what a GS1 element string or Digital Link says.
 *
 * GS1 General Specifications (application identifiers, FNC1, dates) and GS1
 * Digital Link URI Syntax; the retail subset of domain/retail-vietnam.md,
 * "Codes".  Accepted:
 *   0109521234543213 10ABC <GS> 17261231   as readers send it: FNC1 is <GS>
 *                                          (0x1D), a symbology identifier
 *                                          (]C1 ]e0 ]d2 ]Q3 ]J1) may lead
 *   (01)09521234543213(10)ABC(17)261231    as it is printed for people
 *   https://id.gs1.org/01/09521234543213/10/ABC?17=261231   any domain, path
 * Other identifiers are read over, so that what follows them is found. */
#ifndef BASE_GS1_H
#define BASE_GS1_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/codes.h"
#include "base/err.h"

enum { GS1_SSCC_SIZE = 19, GS1_TEXT_SIZE = 21, GS1_MAX = 512 };

/* For a day that is not given, and a number that is not given. */
#define GS1_NO_DAY INT32_MIN
#define GS1_NONE (-1)

struct gs1 {
    char gtin14[CODES_GTIN14_SIZE]; /* (01), or (02) for a box; or empty */
    char sscc[GS1_SSCC_SIZE];       /* (00) */
    char lot[GS1_TEXT_SIZE];        /* (10) */
    char serial[GS1_TEXT_SIZE];     /* (21) */
    int32_t made;                   /* (11), days as in base/clock.h */
    int32_t packed;                 /* (13) */
    int32_t best_before;            /* (15) */
    int32_t sell_by;                /* (16) */
    int32_t expires;                /* (17), the last good day */
    int64_t count;                  /* (30) or (37): pieces inside */
    int64_t weight_milli;           /* (310x): net kilograms, rounded half up */
    /* Keyboard readers often drop FNC1.  Where a lot or serial number is the
     * last field and ends in nothing but dates near today, they are taken for
     * dates; a person should look. */
    bool guessed;
};

/* Read `scan`.  Two-digit years lie within 50 years of `today`; day 00 is the
 * month's last.  ERR_CODE_UNREADABLE for a wrong check digit, an unknown
 * identifier, a field of the wrong length or letters, a day that does not
 * exist, one identifier with two values, a link without a GTIN, more than
 * GS1_MAX bytes. */
enum err gs1_parse(const char *scan, int32_t today, struct gs1 *gs1_out);

/* The path of a Digital Link from its GTIN on ("09521234543213/10/ABC?..."),
 * within `url`; NULL when there is no "/01/" with a right GTIN. */
const char *gs1_find_link(const char *url);

#endif
