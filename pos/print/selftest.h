/* pos/print/selftest.h - the slip that shows what a printer can do: every
 * Vietnamese letter, how wide it prints, which QR codes it prints well, whether
 * its head is whole, and what it answered when it was asked.
 *
 * For people who set a printer up, and for those they telephone. */
#ifndef POS_PRINT_SELFTEST_H
#define POS_PRINT_SELFTEST_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/settings_printer.h"
#include "drivers/font.h"
#include "drivers/link.h"

struct doc;

/* All borrowed. */
struct selftest {
    enum lang lang;
    const char *showroom; /* its name; NULL: not on the slip */
    const struct settings_printer *printer; /* its id may be empty */
    int64_t at;
    const struct link_health *health; /* what it answered just before; NULL */
};

/* What the printer gets, in its language and at its width, and the picture of
 * it.  A label printer gets one label with less on it.  ERR_GLYPH never: text
 * that came from the printer or the settings is replaced letter by letter where
 * the font lacks it.  ERR_TOO_LARGE when a label is too small. */
enum err selftest_bytes(const struct selftest *t, struct font *font,
    struct buf *bytes, struct buf *png);

/* The text of the QR code of 3, 4 or 5 dots a module: as large as a
 * receipt's, and read by a phone as plain text. */
enum { SELFTEST_QR = 320 };
void selftest_qr(int module_dots, char out[SELFTEST_QR]);

/* The slip by itself: doc_free. */
enum err selftest_compose(
    const struct selftest *t, struct font *font, struct doc **doc_out);

#endif
