/* pos/print/selftest.h - the slip that shows what a printer can do: every
 * Vietnamese letter, how wide it prints, which QR codes it prints well, whether
 * its head is whole, and what it answered when it was asked.
 *
 * For people who set a printer up, and for those they telephone. */
#ifndef POS_PRINT_SELFTEST_H
#define POS_PRINT_SELFTEST_H

#include <stdint.h>

#include "base/err.h"
#include "base/lang.h"
#include "drivers/font.h"
#include "drivers/link.h"

struct doc;

/* All borrowed.  What is NULL or empty is not on the slip. */
struct selftest {
    enum lang lang;
    const char *showroom; /* its name */
    const char *id;       /* of the printer, in the settings */
    const char *where;    /* "usb:serial=XYZ" */
    int64_t at;
    const struct link_health *health; /* what it answered just before */
};

/* The text of the QR code of 3, 4 or 5 dots a module: as large as a
 * receipt's, and read by a phone as plain text. */
enum { SELFTEST_QR = 320 };
void selftest_qr(int module_dots, char out[SELFTEST_QR]);

/* Text that came from the printer or the settings is replaced letter by letter
 * where the font lacks it.  The slip is the caller's: doc_free. */
enum err selftest_compose(
    const struct selftest *t, struct font *font, struct doc **doc_out);

#endif
