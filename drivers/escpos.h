/* drivers/escpos.h - dots as the bytes an ESC/POS receipt printer takes.
 *
 * ESC @, then the picture in bands (GS v 0; ESC * where a printer lacks it)
 * with cuts (GS V B, which feeds to the knife first) and drawer pulses (ESC p)
 * where the raster's marks say.  No text, no code page: every printer prints
 * Vietnamese alike.
 * Commands as in Epson's "ESC/POS Application Programming Guide". */
#ifndef DRIVERS_ESCPOS_H
#define DRIVERS_ESCPOS_H

#include "base/buf.h"
#include "drivers/raster.h"

enum {
    /* Rows in one band: with its head at most 8 kB, so that it is one piece on
     * the cable, and small printers can hold it. */
    ESCPOS_BAND_ROWS = 112,
    /* Rows in one strip of ESC *. */
    ESCPOS_STRIP_ROWS = 24
};

/* Append the bytes of `r` for a printer with these QUIRK_*: NO_GS_V0 uses
 * ESC *, NO_CUTTER feeds to where paper is torn off.  The result holds no
 * real-time sequence (see raster_scrub) as long as `r` is scrubbed.  Sets
 * `out->full` as buf.h tells; a receipt has 40 to 120 kB. */
void escpos_encode(const struct raster *r, unsigned quirks, struct buf *out);

/* raster_scrub for the order in which ESC * sends dots; nothing without
 * QUIRK_NO_GS_V0.  escpos_encode does it to what it sends; whoever also shows
 * the picture does it before both, so that they stay the same.  Gives the
 * number of dots changed. */
int escpos_scrub(struct raster *r, unsigned quirks);

/* Append what opens the cash drawer, and nothing else. */
void escpos_pulse(struct buf *out);
/* The same as a real-time command (DLE DC4 1), which a printer obeys also
 * while its paper is out or its cover open. */
void escpos_pulse_now(struct buf *out);

/* The bytes of the command at `bytes`, its picture included, as far as this
 * encoder's commands go: where one ends, a question may stand.  0: unknown, or
 * not whole within `len`. */
size_t escpos_command_len(const void *bytes, size_t len);

#endif
