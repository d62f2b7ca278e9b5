/* drivers/tspl.h - dots as the bytes of a TSPL label printer (TSC and those
 * that copy its language).
 *
 * SIZE, GAP, DIRECTION, REFERENCE, CLS, one BITMAP, PRINT; no text and no bar
 * code of the printer's own, so every printer prints alike.  Commands as in
 * TSC's "TSPL/TSPL2 Programming Language".  BITMAP's dots are inverted: a 0 is
 * black. */
#ifndef DRIVERS_TSPL_H
#define DRIVERS_TSPL_H

#include "base/buf.h"
#include "drivers/raster.h"

/* Append the bytes that print `copies` (1..999) of `r`, whose sides are whole
 * millimetres at 8 dots.  `gap_mm` 0: paper without gaps.  Marks are left out:
 * labels are torn, not cut.  Sets `out->full` as buf.h tells. */
void tspl_encode(
    const struct raster *r, int gap_mm, int copies, struct buf *out);

#endif
