#include "drivers/label_bars.h"

#include <string.h>

#include "drivers/label_text.h"
#include "drivers/raster_dots.h"

enum { ABOVE_DIGITS = 3, GUARD_MODULES = 5, BEARER = 4 };

struct bars_place {
    const struct bars *bars;
    struct font *font;
    struct raster *r;
    int x, y; /* of the first bar */
    int dots, height;
};

/* Digits under bars of `dots` a module: seven modules hold one. */
static struct font_strike *
digit_strike(struct font *font, int dots)
{
    return font_strike(font, dots >= 3 ? 30 : 22, false);
}

/* Their own height: no mark stands above them. */
static int
digit_height(struct font *font, int dots)
{
    const struct font_glyph *g;

    if (font_glyph(digit_strike(font, dots), '0', &g) != OK)
        return 0; /* font_open saw to it that there are figures */
    return g->top;
}

int
label_bars_foot(struct font *font, int dots)
{
    return ABOVE_DIGITS + digit_height(font, dots) + 1;
}

/* Does the bar of run `i` reach down between the digits? */
static bool
is_guard(const struct bars *b, int i)
{
    int middle = b->runs_len / 2;

    if (b->kind != BARCODE_EAN13 && b->kind != BARCODE_EAN8)
        return false;
    return i < 3 || i >= b->runs_len - 3 ||
           (i >= middle - 1 && i <= middle + 1);
}

static void
draw_runs(const struct bars_place *p)
{
    int x = p->x;

    for (int i = 0; i < p->bars->runs_len; i++) {
        int width = barcode_run_dots(p->bars, i, p->dots);
        int reach = is_guard(p->bars, i) ? GUARD_MODULES * p->dots : 0;

        if (i % 2 == 0)
            raster_fill(p->r, x, p->y, width, p->height + reach);
        x += width;
    }
}

/* `len` digits spread over `width` dots from `x` on: each in the middle of its
 * share. */
static void
draw_digits(const struct bars_place *p, const char *digits, size_t len, int x,
    int width)
{
    struct font_strike *strike = digit_strike(p->font, p->dots);
    int base = p->y + p->height + ABOVE_DIGITS + digit_height(p->font, p->dots);

    for (size_t i = 0; i < len; i++) {
        int left = x + width * (int)i / (int)len;
        int right = x + width * (int)(i + 1) / (int)len;
        const struct font_glyph *g;

        if (font_glyph(strike, (uint32_t)digits[i], &g) == OK)
            raster_glyph(p->r, left + (right - left - g->advance) / 2, base, g);
    }
}

/* Under each half its digits; the first of thirteen stands in the quiet zone.
 */
static void
draw_ean_digits(const struct bars_place *p)
{
    const char *digits = p->bars->digits;
    int half = p->bars->kind == BARCODE_EAN13 ? 6 : 4;
    int width = half * 7 * p->dots, left = p->x + 3 * p->dots;

    if (p->bars->kind == BARCODE_EAN13)
        draw_digits(p, digits++, 1, p->x - 10 * p->dots, 8 * p->dots);
    draw_digits(p, digits, (size_t)half, left, width);
    draw_digits(
        p, digits + half, (size_t)half, left + width + 5 * p->dots, width);
}

/* The others' digits in one row, no wider apart than they need. */
static void
draw_plain_digits(const struct bars_place *p)
{
    size_t len = strlen(p->bars->digits);
    int whole = barcode_bars_dots(p->bars, p->dots);
    int width = (int)len * 8 * p->dots;

    if (width > whole)
        width = whole;
    draw_digits(p, p->bars->digits, len, p->x + (whole - width) / 2, width);
}

/* Bars along the ends keep a slanted scan from reading a part for the whole
 * (ITF has parts that look whole). */
static void
draw_bearers(const struct bars_place *p)
{
    int quiet = p->bars->quiet_left * p->dots;
    int width = barcode_dots(p->bars, p->dots);

    raster_fill(p->r, p->x - quiet, p->y, width, BEARER);
    raster_fill(p->r, p->x - quiet, p->y + p->height - BEARER, width, BEARER);
}

void
label_bars_draw(const struct bars *bars, struct font *font, struct raster *r,
    int x, int y, int dots, int height)
{
    struct bars_place p = {.bars = bars,
        .font = font,
        .r = r,
        .x = x + bars->quiet_left * dots,
        .y = y,
        .dots = dots,
        .height = height};

    draw_runs(&p);
    if (bars->kind == BARCODE_ITF14)
        draw_bearers(&p);
    if (bars->kind == BARCODE_EAN13 || bars->kind == BARCODE_EAN8)
        draw_ean_digits(&p);
    else
        draw_plain_digits(&p);
}
