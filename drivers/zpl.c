#include "drivers/zpl.h"

#include <assert.h>

enum { COPIES_MAX = 999 };

static void
add_row(const uint8_t *row, size_t stride, struct buf *out)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < stride; i++) {
        buf_add_char(out, hex[row[i] >> 4]);
        buf_add_char(out, hex[row[i] & 15]);
    }
    buf_add_char(out, '\n');
}

void
zpl_encode(const struct raster *r, int copies, struct buf *out)
{
    size_t len = (size_t)r->height_dots * r->stride;

    assert(copies > 0 && copies <= COPIES_MAX);
    buf_printf(
        out, "^XA\n^PW%d\n^LL%d\n^LH0,0\n", r->width_dots, r->height_dots);
    buf_printf(out, "^FO0,0^GFA,%zu,%zu,%zu,\n", len, len, r->stride);
    for (int y = 0; y < r->height_dots; y++)
        add_row(r->bits + (size_t)y * r->stride, r->stride, out);
    buf_printf(out, "^FS\n^PQ%d\n^XZ\n", copies);
}
