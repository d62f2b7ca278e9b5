/* drivers/escpos.h - dots as the bytes an ESC/POS receipt printer takes.
 *
 * ESC @, then the picture in bands (GS v 0) with cuts (GS V B, which feeds to
 * the knife first) and drawer pulses (ESC p) where the raster's marks say.  No
 * text, no code page: every printer prints Vietnamese alike.
 * Commands as in Epson's "ESC/POS Application Programming Guide". */
#ifndef DRIVERS_ESCPOS_H
#define DRIVERS_ESCPOS_H

#include "base/buf.h"
#include "drivers/raster.h"

/* Rows in one band.  Small printers hold little more than this in memory. */
enum { ESCPOS_BAND_ROWS = 240 };

/* Append the bytes of `r`.  The result holds no real-time sequence (see
 * raster_scrub) as long as `r` is scrubbed.  Sets `out->full` as buf.h tells;
 * a receipt has 40 to 120 kB. */
void escpos_encode(const struct raster *r, struct buf *out);

#endif
