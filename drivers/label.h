/* drivers/label.h - a price label as dots, at 8 dots a millimetre (203 dpi).
 *
 *     +----------------------------------------+
 *     | head, one or two lines                 |
 *     | BIG beside                   #########  |
 *     | note                         ##  QR  #  |
 *     | note                         #########  |
 *     | ||||||||||||||| code         #########  |
 *     +----------------------------------------+
 *
 * Everything has a place of its own: head, big and code always stand; notes
 * shrink, wrap, share rows, then end in "…", and where even that does not
 * suffice the last of them are left out (a last day never is: then the label is
 * too small).  No letter is smaller than
 * LABEL_PX_MIN, below which tones of Vietnamese letters run together on such
 * printers.  A QR code has 4 dots a module where that leaves room for the rest,
 * else 3; bars have 3 dots a module where they fit, else 2. */
#ifndef DRIVERS_LABEL_H
#define DRIVERS_LABEL_H

#include <stdbool.h>

#include "base/err.h"
#include "drivers/font.h"
#include "drivers/raster.h"

enum {
    LABEL_DOTS_MM = 8,
    LABEL_MM_MIN = 15, /* either side */
    LABEL_MM_MAX = 108,
    LABEL_PX_MIN = 21,
    LABEL_NOTES_MAX = 6
};

enum label_how {
    LABEL_MUST,  /* first of all; the head is cut sooner: a last day */
    LABEL_WHOLE, /* left out, but never cut: a price, stars */
    LABEL_CUT,   /* may end in "…" */
    LABEL_SPARE  /* left out before any is cut */
};

struct label_note {
    const char *text;
    enum label_how how;
};

/* All texts are UTF-8 in NFC, of letters that the font has; "" = none. */
struct label {
    const char *head;
    const char *big;
    const char *beside; /* small, behind the big one, or below it */
    bool beside_spare;  /* or left out */
    struct label_note notes[LABEL_NOTES_MAX]; /* the most important first */
    int notes_len;
    const char *code; /* digits: drivers/barcode.h */
    const char *qr;   /* printable ASCII */
};

/* Draw it.  ERR_CODE_UNREADABLE for a code without bars; ERR_TOO_LARGE,
 * with the case "label", for a side out of bounds or when head, big, code and
 * QR code do not fit together; ERR_GLYPH, ERR_TEXT.  The
 * dots are scrubbed for receipt and label printers (label_scrub), so they are
 * the same on each.  `raster_out` needs raster_finish after OK.  Takes the
 * font's lock. */
enum err label_draw(const struct label *label, struct font *font,
    int width_dots, int height_dots, struct raster *raster_out);

/* `copies` of the label one below the other on paper of `width_dots` (the
 * label's or more), a dashed line to cut along between two, and a cut at the
 * end.  ERR_TOO_LARGE past RASTER_HEIGHT_MAX. */
enum err label_strip(const struct raster *label, int copies, int width_dots,
    struct raster *raster_out);

/* Rows between two labels of a strip. */
enum { LABEL_STRIP_GAP = 18 };

/* raster_scrub, and the same for the pairs 1B 21 and 7E 21 that the dots make
 * when they are sent inverted (drivers/tspl.h): label printers obey them inside
 * pictures too.  Gives the number of dots changed. */
int label_scrub(struct raster *r);

#endif
