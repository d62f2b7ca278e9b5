#include "drivers/png.h"

#include <png.h>
#include <string.h>

#include "base/mem.h"

/* A byte a dot: the index into the two colours. */
static uint8_t *
spread(const struct raster *r)
{
    size_t width = (size_t)r->width_dots, height = (size_t)r->height_dots;
    uint8_t *dots = mem_new(height, width);

    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < width; x++)
            dots[y * width + x] =
                r->bits[y * r->stride + x / 8] >> (7 - x % 8) & 1;
    return dots;
}

/* libpng's simple interface: the other one fails by longjmp.  It writes one bit
 * a dot when a picture has two colours.  The fast way, because slips are mostly
 * white: the picture is well below the printer's bytes all the same. */
enum err
png_encode(const struct raster *r, struct buf *out)
{
    static const uint8_t white_and_black[] = {255, 0};
    png_image image = {
        .version = PNG_IMAGE_VERSION,
        .width = (png_uint_32)r->width_dots,
        .height = (png_uint_32)r->height_dots,
        .format = PNG_FORMAT_GRAY | PNG_FORMAT_FLAG_COLORMAP,
        .flags = PNG_IMAGE_FLAG_FAST,
        .colormap_entries = 2,
    };
    size_t len = PNG_IMAGE_PNG_SIZE_MAX(image);
    size_t before = out->len;
    uint8_t *dots, *png;
    bool written;

    if (r->height_dots == 0)
        return err_set(ERR_INVALID, "a slip without dots has no picture");
    dots = spread(r);
    png = mem_new(len, 1);
    written = png_image_write_to_memory(
        &image, png, &len, 0, dots, r->width_dots, white_and_black);
    if (written)
        buf_add(out, png, len);
    mem_free(dots);
    mem_free(png);
    if (!written)
        return err_set(ERR_SYSTEM, "libpng: %s", image.message);
    if (out->len == before)
        return err_set(ERR_TOO_LARGE, "a picture of over %zu bytes", out->max);
    return OK;
}
