/* drivers/png.h - dots as a PNG picture: libpng behind one door. */
#ifndef DRIVERS_PNG_H
#define DRIVERS_PNG_H

#include "base/buf.h"
#include "base/err.h"
#include "drivers/raster.h"

/* Append `r` as a PNG of one bit a dot.  ERR_TOO_LARGE when `out` cannot hold
 * it, ERR_INVALID when there are no dots (a drawer pulse has no picture); `out`
 * is then as it was. */
enum err png_encode(const struct raster *r, struct buf *out);

#endif
