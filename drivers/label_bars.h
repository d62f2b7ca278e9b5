/* drivers/label_bars.h - bars with their digits underneath, on a raster. */
#ifndef DRIVERS_LABEL_BARS_H
#define DRIVERS_LABEL_BARS_H

#include "drivers/barcode.h"
#include "drivers/font.h"
#include "drivers/raster.h"

/* Rows that the digits need under bars of `dots` a module. */
int label_bars_foot(struct font *font, int dots);

/* Draw with the quiet zone's left edge at `x`: `height` rows of bars from `y`
 * on, then the digits.  EAN's guard bars reach between its digits.  Needs the
 * font's lock. */
void label_bars_draw(const struct bars *bars, struct font *font,
    struct raster *r, int x, int y, int dots, int height);

#endif
