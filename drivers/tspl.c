#include "drivers/tspl.h"

#include <assert.h>

enum { DOTS_MM = 8, COPIES_MAX = 999 };

static void
add_dots(const struct raster *r, struct buf *out)
{
    size_t len = (size_t)r->height_dots * r->stride;

    for (size_t i = 0; i < len; i++)
        buf_add_char(out, (char)~r->bits[i]);
}

void
tspl_encode(const struct raster *r, int gap_mm, int copies, struct buf *out)
{
    assert(copies > 0 && copies <= COPIES_MAX && gap_mm >= 0);
    assert(r->width_dots % DOTS_MM == 0 && r->height_dots % DOTS_MM == 0);
    buf_printf(out, "SIZE %d mm,%d mm\r\nGAP %d mm,0 mm\r\n",
        r->width_dots / DOTS_MM, r->height_dots / DOTS_MM, gap_mm);
    buf_add_str(out, "DIRECTION 0,0\r\nREFERENCE 0,0\r\nCLS\r\n");
    buf_printf(out, "BITMAP 0,0,%zu,%d,0,", r->stride, r->height_dots);
    add_dots(r, out);
    buf_printf(out, "\r\nPRINT 1,%d\r\n", copies);
}
