/* drivers/raster_dots.h - painting black on a raster; for those that draw one.
 * Nothing here fails: what lies outside the raster is left out. */
#ifndef DRIVERS_RASTER_DOTS_H
#define DRIVERS_RASTER_DOTS_H

#include "drivers/font.h"
#include "drivers/raster.h"

/* Add `rows` white rows at the bottom; never past RASTER_HEIGHT_MAX, which the
 * caller has looked at. */
void raster_grow(struct raster *r, int rows);

void raster_fill(struct raster *r, int x, int y, int width, int height);

/* With the pen at `x` on the base line `y`. */
void raster_glyph(struct raster *r, int x, int y, const struct font_glyph *g);

#endif
