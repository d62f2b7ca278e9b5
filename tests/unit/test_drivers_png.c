/* That the picture holds the right dots is for programs that are not ours to
 * say: tests/scenario/receipt_read.test.mjs. */
#include <string.h>

#include "drivers/png.h"
#include "tests/tools/fonts.h"
#include "tests/tools/sample_receipt.h"
#include "tests/unit/t.h"

static struct raster
sample_raster(int width_dots)
{
    struct font *font = NULL;
    struct doc *d = sample_receipt(0, 2);
    struct raster r = {0};

    CHECK(font_open(FONT_REGULAR, FONT_BOLD, &font) == OK);
    CHECK(raster_draw(d, font, width_dots, &r) == OK);
    doc_free(d);
    font_close(font);
    return r;
}

static int
u32(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;

    return b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
}

static void
test_png__is_one_bit_a_dot_and_of_the_same_size(void)
{
    struct raster r = sample_raster(RASTER_58MM);
    struct buf b;

    buf_init(&b, 1 << 20);
    buf_add_str(&b, "kept");
    CHECK(png_encode(&r, &b) == OK);
    CHECK(memcmp(b.data, "kept\x89PNG\r\n\x1a\n", 12) == 0);
    CHECK(memcmp(b.data + 16, "IHDR", 4) == 0);
    CHECK(u32(b.data + 20) == 384 && u32(b.data + 24) == r.height_dots);
    CHECK(b.data[28] == 1 && b.data[29] == 3);
    CHECK(memcmp(b.data + b.len - 8, "IEND", 4) == 0);
    buf_finish(&b);
    raster_finish(&r);
}

static void
test_png__leaves_nothing_when_it_does_not_fit(void)
{
    struct raster r = sample_raster(RASTER_80MM);
    struct buf b;

    buf_init(&b, 1000);
    buf_add_str(&b, "kept");
    CHECK(png_encode(&r, &b) == ERR_TOO_LARGE);
    CHECK_STR(b.data, "kept");
    buf_finish(&b);
    raster_finish(&r);
}

static void
test_png__no_dots_make_no_picture(void)
{
    struct raster r = {.width_dots = 384, .stride = 48};
    struct buf b;

    buf_init(&b, 1000);
    CHECK(png_encode(&r, &b) == ERR_INVALID);
    CHECK(b.len == 0);
    buf_finish(&b);
}

int
main(void)
{
    RUN(test_png__is_one_bit_a_dot_and_of_the_same_size);
    RUN(test_png__leaves_nothing_when_it_does_not_fit);
    RUN(test_png__no_dots_make_no_picture);
    return T_END();
}
