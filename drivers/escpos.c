#include "drivers/escpos.h"

#include <assert.h>

/* Commands by their names in Epson's guide. */
static const char init_printer[] = "\x1b@";             /* ESC @ */
static const char raster_image[] = "\x1dv0\x00";        /* GS v 0, 1:1 */
static const char feed_cut_full[] = "\x1dV\x41\x00";    /* GS V 65 0 */
static const char feed_cut_partial[] = "\x1dV\x42\x00"; /* GS V 66 0 */
/* ESC p 0: 50 ms on, so that a stiff latch opens; 500 ms off, so that a second
 * pulse cannot burn the solenoid. */
static const char drawer_pulse[] = "\x1bp\x00\x19\xfa";

#define ADD(out, command) buf_add(out, command, sizeof(command) - 1)

static void
add_u16(struct buf *out, size_t value)
{
    assert(value <= 0xffff);
    buf_add_char(out, (char)(value & 0xff));
    buf_add_char(out, (char)(value >> 8));
}

static void
add_rows(const struct raster *r, int from, int to, struct buf *out)
{
    while (from < to) {
        int rows = to - from < ESCPOS_BAND_ROWS ? to - from : ESCPOS_BAND_ROWS;

        ADD(out, raster_image);
        add_u16(out, r->stride);
        add_u16(out, (size_t)rows);
        buf_add(
            out, r->bits + (size_t)from * r->stride, (size_t)rows * r->stride);
        from += rows;
    }
}

static void
add_mark(const struct raster_mark *mark, struct buf *out)
{
    switch (mark->kind) {
    case RASTER_CUT_PARTIAL:
        ADD(out, feed_cut_partial);
        break;
    case RASTER_CUT_FULL:
        ADD(out, feed_cut_full);
        break;
    case RASTER_PULSE:
        ADD(out, drawer_pulse);
        break;
    }
}

void
escpos_encode(const struct raster *r, struct buf *out)
{
    int y = 0;

    ADD(out, init_printer);
    for (int i = 0; i < r->marks_len; i++) {
        add_rows(r, y, r->marks[i].y, out);
        y = r->marks[i].y;
        add_mark(&r->marks[i], out);
    }
    add_rows(r, y, r->height_dots, out);
}
