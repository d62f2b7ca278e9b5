/* drivers/raster.h - a slip as dots: one bit each, 1 = black.
 *
 * The one picture from which the preview (drivers/png.h) and the printer's
 * bytes (drivers/escpos.h) are both made, so what is shown is what is printed,
 * to the dot. */
#ifndef DRIVERS_RASTER_H
#define DRIVERS_RASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "drivers/doc.h"
#include "drivers/font.h"

enum {
    RASTER_58MM = 384, /* dots across, 8 a millimetre */
    RASTER_80MM = 576,
    RASTER_HEIGHT_MAX = 40000, /* five metres of paper */
    RASTER_MARKS_MAX = 8
};

/* What happens between two rows of dots. */
struct raster_mark {
    enum { RASTER_CUT_PARTIAL, RASTER_CUT_FULL, RASTER_PULSE } kind;
    int y; /* before this row; height_dots = behind all */
};

struct raster {
    int width_dots, height_dots;
    size_t stride; /* bytes a row; the highest bit is the leftmost dot */
    uint8_t *bits;
    struct raster_mark marks[RASTER_MARKS_MAX]; /* in order of y */
    int marks_len;
};

/* The letters' size in dots on paper of that width. */
int raster_px(int width_dots, enum doc_size size);

/* Draw `d` at RASTER_58MM or RASTER_80MM, scrubbed.  The failure of the slip
 * itself (doc_err), ERR_GLYPH for a letter the font lacks, ERR_TOO_LARGE when
 * too high, when a QR code is too wide, or for too many cuts.  `raster_out`
 * needs raster_finish after OK.  Takes the font's lock. */
enum err raster_draw(const struct doc *d, struct font *font, int width_dots,
    struct raster *raster_out);
void raster_finish(struct raster *r);

/* Is the dot black?  Outside all is white. */
bool raster_dot(const struct raster *r, int x, int y);

/* Change the picture so that its bytes, row after row, hold none of the pairs
 * 10 04, 10 05 and 10 14: many printers take them for real-time commands even
 * inside a picture, answer them or open the drawer, and print a hole.  For each
 * one the lone dot of the byte 10 gets a neighbour, on the side where the rows
 * above and below are darker.  Gives the number of dots changed.  raster_draw
 * has done it already. */
int raster_scrub(struct raster *r);

#endif
