/* bench_receipt: what drawing and encoding a receipt costs, cold (fonts opened,
 * every letter drawn anew) and warm, and its bytes.  Times of this thread's
 * processor, so that a busy machine does not show. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "drivers/escpos.h"
#include "drivers/png.h"
#include "tests/tools/fonts.h"
#include "tests/tools/sample_receipt.h"

enum { LINES = 15, ROUNDS = 200 };

struct times {
    double compose, draw, encode, png;
};

static double
now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
stop(void)
{
    fprintf(stderr, "bench_receipt: %s\n", err_msg());
    exit(1);
}

static void
round_once(struct font *font, int width_dots, struct times *sum,
    struct buf *escpos, struct buf *png, int *height_out)
{
    double t0 = now_ms(), t1, t2, t3;
    struct doc *d = sample_receipt(0, LINES);
    struct raster r;

    t1 = now_ms();
    if (raster_draw(d, font, width_dots, &r) != OK)
        stop();
    t2 = now_ms();
    buf_clear(escpos);
    escpos_encode(&r, 0, escpos);
    t3 = now_ms();
    buf_clear(png);
    if (png_encode(&r, png) != OK)
        stop();
    sum->compose += t1 - t0;
    sum->draw += t2 - t1;
    sum->encode += t3 - t2;
    sum->png += now_ms() - t3;
    *height_out = r.height_dots;
    raster_finish(&r);
    doc_free(d);
}

static void
print(const char *what, const struct times *t, double rounds)
{
    printf("  %s: slip %.2f + draw %.2f + escpos %.2f = %.2f ms; png %.2f ms\n",
        what, t->compose / rounds, t->draw / rounds, t->encode / rounds,
        (t->compose + t->draw + t->encode) / rounds, t->png / rounds);
}

static void
measure(int width_dots)
{
    struct times cold = {0}, warm = {0};
    struct font *font;
    struct buf escpos, png;
    double from = now_ms(), opened;
    int height;

    buf_init(&escpos, 16 << 20);
    buf_init(&png, 16 << 20);
    if (font_open(FONT_REGULAR, FONT_BOLD, &font) != OK)
        stop();
    opened = now_ms() - from;
    round_once(font, width_dots, &cold, &escpos, &png, &height);
    for (int i = 0; i < ROUNDS; i++)
        round_once(font, width_dots, &warm, &escpos, &png, &height);
    printf("receipt of %d lines at %d dots: %d mm of paper, %zu bytes for the "
           "printer, %zu as PNG\n",
        LINES, width_dots, height / 8, escpos.len, png.len);
    printf("  fonts opened in %.2f ms\n", opened);
    print("cold", &cold, 1);
    print("warm", &warm, ROUNDS);
    font_close(font);
    buf_finish(&escpos);
    buf_finish(&png);
}

int
main(void)
{
    measure(RASTER_80MM);
    measure(RASTER_58MM);
    return 0;
}
