/* drivers/zpl.h - dots as the bytes of a ZPL label printer (Zebra and those
 * that copy its language).
 *
 * One format with one ^GFA graphic field in plain hexadecimal digits, which
 * the copies understand too; no text and no bar code of the printer's own.
 * Commands as in Zebra's "ZPL II Programming Guide". */
#ifndef DRIVERS_ZPL_H
#define DRIVERS_ZPL_H

#include "base/buf.h"
#include "drivers/raster.h"

/* Append the bytes that print `copies` (1..999) of `r`.  Marks are left out:
 * labels are torn, not cut.  Sets `out->full` as buf.h tells. */
void zpl_encode(const struct raster *r, int copies, struct buf *out);

#endif
