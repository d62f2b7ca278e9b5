#include "pos/pay/qr.h"

#include "base/mem.h"
#include "drivers/png.h"
#include "drivers/qr.h"
#include "drivers/raster.h"

static void
fill(struct raster *r, int x0, int y0, int side)
{
    for (int y = y0; y < y0 + side; y++)
        for (int x = x0; x < x0 + side; x++)
            r->bits[(size_t)y * r->stride + (size_t)x / 8] |=
                (uint8_t)(0x80 >> (x % 8));
}

enum err
pay_qr_png(const char *text, int module, struct buf *out)
{
    struct raster r = {.width_dots = 0};
    struct qr qr;
    enum err e = qr_encode(text, &qr);

    if (e != OK)
        return e;
    r.width_dots = (qr.modules + 2 * QR_QUIET) * module;
    r.height_dots = r.width_dots;
    r.stride = ((size_t)r.width_dots + 7) / 8;
    r.bits = mem_new(r.stride * (size_t)r.height_dots, 1);
    for (int y = 0; y < qr.modules; y++)
        for (int x = 0; x < qr.modules; x++)
            if (qr.dark[y * qr.modules + x])
                fill(&r, (x + QR_QUIET) * module, (y + QR_QUIET) * module,
                    module);
    e = png_encode(&r, out);
    raster_finish(&r);
    qr_finish(&qr);
    return e;
}
