/* drivers/label_text.h - text that must stand in a box.
 *
 * Lines are as high as the ink of their own letters, not as the font's highest
 * letter: a label has no room to give away.  So a price stands close, and an Ẩ
 * takes what it needs: nothing touches the line above, and no mark is cut.
 * Needs the font's lock, as all that takes a strike does. */
#ifndef DRIVERS_LABEL_TEXT_H
#define DRIVERS_LABEL_TEXT_H

#include <stdbool.h>

#include "drivers/font.h"
#include "drivers/layout.h"
#include "drivers/raster.h"

enum { LABEL_LINES_MAX = 3, LABEL_LEADING = 5 /* dots between two lines */ };

struct label_text {
    struct font_strike *strike;
    int px;
    int len;
    struct layout_line lines[LABEL_LINES_MAX];
    int top[LABEL_LINES_MAX]; /* ink above the base line */
    int below[LABEL_LINES_MAX];
    int width, height; /* of all lines */
    bool broken;       /* a word was broken */
    bool cut;          /* there was more: the last line ends in "…" */
};

/* Lay `text` (NFC, only letters the font has; borrowed) into at most
 * `lines_max` lines of `width_dots`.  What does not fit is left out, and the
 * last line ends in "…".  ERR_GLYPH. */
enum err label_text_lay(struct font *font, const char *text, int px, bool bold,
    int width_dots, int lines_max, struct label_text *out);

/* Draw it with the upper left corner of its ink at (x, y). */
void label_text_draw(
    const struct label_text *text, struct raster *r, int x, int y);

#endif
