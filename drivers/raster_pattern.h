/* drivers/raster_pattern.h - what shows whether a print head is whole and the
 * paper as wide as it is said to be.  For raster_draw. */
#ifndef DRIVERS_RASTER_PATTERN_H
#define DRIVERS_RASTER_PATTERN_H

#include "base/err.h"
#include "drivers/doc.h"
#include "drivers/font.h"
#include "drivers/raster.h"

/* Rows of dots that the pattern takes; its figures are written in `strike`. */
int raster_pattern_rows(enum doc_pattern pattern, struct font_strike *strike);

/* Draw it from row `y` on, where there are so many rows.  ERR_GLYPH.  Needs
 * the font's lock. */
enum err raster_pattern(struct raster *r, int y, enum doc_pattern pattern,
    struct font_strike *strike);

#endif
