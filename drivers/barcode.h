/* drivers/barcode.h - digits as bars and spaces; no library, no device.
 *
 * EAN-13, EAN-8 and ITF-14 after GS1 General Specifications, section 5.2 and
 * 5.3; Code 128 (ISO/IEC 15417) in code set C, with one digit in set B where
 * their number is odd. */
#ifndef DRIVERS_BARCODE_H
#define DRIVERS_BARCODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum {
    BARCODE_DIGITS_MAX = 32,
    /* start, 16 pairs, change to B, a digit, check, stop */
    BARCODE_RUNS_MAX = 6 * 20 + 7
};

enum barcode_kind {
    BARCODE_EAN13,
    BARCODE_EAN8,
    BARCODE_ITF14,
    BARCODE_CODE128
};

/* Widths of bar, space, bar, ..., beginning and ending with a bar. */
struct bars {
    enum barcode_kind kind;
    char digits[BARCODE_DIGITS_MAX + 1]; /* as read under the bars */
    uint8_t runs[BARCODE_RUNS_MAX];
    int runs_len;
    int per_module;              /* a run of this many is one module wide */
    int quiet_left, quiet_right; /* modules of white that belong to it */
};

/* What these digits are drawn as: a GTIN of 14 with zeros in front (the form
 * codes are kept in) becomes EAN-8 or EAN-13, one with another indicator
 * ITF-14; 13 or 8 digits with the right check digit EAN-13 or EAN-8, 12 the
 * EAN-13 with a zero in front; all others Code 128.  ERR_CODE_UNREADABLE for
 * anything but 1..BARCODE_DIGITS_MAX digits. */
enum err barcode_encode(const char *digits, struct bars *bars_out);

/* Dots of run `i` when a module is `dots` wide, 2 at least. */
int barcode_run_dots(const struct bars *bars, int i, int dots);

/* Dots of the bars, without and with the white beside them. */
int barcode_bars_dots(const struct bars *bars, int dots);
int barcode_dots(const struct bars *bars, int dots);

#endif
