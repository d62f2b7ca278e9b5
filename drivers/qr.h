/* drivers/qr.h - QR codes: libqrencode behind one door.
 *
 * Error correction level M.  A text's last run of digits goes in as a numeric
 * segment, what stands before it as bytes: so the 302 digits of a receipt's
 * token (contract/receipt-qr.md) fit version 8 behind a host of up to 13
 * characters, and version 9 up to 41. */
#ifndef DRIVERS_QR_H
#define DRIVERS_QR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum { QR_QUIET = 4 /* white modules around the code */ };

struct qr {
    int version;   /* 1..40 */
    int modules;   /* along a side, quiet zone not counted */
    uint8_t *dark; /* modules * modules, row by row, 0 or 1 */
};

/* ERR_TEXT when not printable ASCII or empty, ERR_TOO_LARGE when no version
 * holds it.  `qr_out` needs qr_finish after OK. */
enum err qr_encode(const char *text, struct qr *qr_out);
void qr_finish(struct qr *qr);

/* Dots a module on paper of `width_dots`, quiet zone included: `wanted` where
 * it fits, and never below 4, which is what phones read from thermal paper at
 * 203 dots an inch; 0 when even 4 does not fit.  `wanted` 0 stands for 5. */
int qr_module_dots(const struct qr *qr, int width_dots, int wanted);

#endif
