#include "drivers/raster_pattern.h"

#include <assert.h>
#include <stdio.h>

#include "drivers/raster_dots.h"

/* Dots. */
enum {
    MM = 8,
    TICKS = 28,      /* rows between the figures above and those below */
    TICK_10 = 20,    /* what of them a mark of 10, 5 and 1 mm takes */
    TICK_5 = 13,
    TICK_1 = 7,
    EDGE = 2,
    FIGURES_GAP = 6, /* between two figures of the ruler, at least */
    GREYS = 8,
    GREYS_ROWS = 40,
    STEPS = 32,      /* before the steps begin at the top again */
    STEP_ROWS = 3,
    SOLID_ROWS = 24
};

static int
figures_height(struct font_strike *strike)
{
    return font_ascent(strike) + font_descent(strike);
}

int
raster_pattern_rows(enum doc_pattern pattern, struct font_strike *strike)
{
    switch (pattern) {
    case DOC_PATTERN_RULER:
        return 2 * figures_height(strike) + TICKS;
    case DOC_PATTERN_GREYS:
        return GREYS_ROWS;
    case DOC_PATTERN_STEPS:
        return STEPS + STEP_ROWS;
    case DOC_PATTERN_SOLID:
        return SOLID_ROWS;
    }
    assert(false); /* every pattern is above */
    return 0;
}

static enum err
figures_width(struct font_strike *strike, const char *figures, int *width_out)
{
    int width = 0;

    for (; *figures; figures++) {
        const struct font_glyph *g;
        enum err e = font_glyph(strike, (uint32_t)*figures, &g);

        if (e != OK)
            return e;
        width += g->advance;
    }
    *width_out = width;
    return OK;
}

static enum err
draw_figures(struct raster *r, int x, int base, struct font_strike *strike,
    const char *figures)
{
    for (; *figures; figures++) {
        const struct font_glyph *g;
        enum err e = font_glyph(strike, (uint32_t)*figures, &g);

        if (e != OK)
            return e;
        raster_glyph(r, x, base, g);
        x += g->advance;
    }
    return OK;
}

/* The figures of one side: every 10 mm in the middle of its mark, and at the
 * right edge how wide all is.  `unit` is the dots that count one. */
static enum err
draw_scale(struct raster *r, int base, int unit, struct font_strike *strike)
{
    char last[12], figures[12];
    int last_width = 0, width = 0, room;
    enum err e;

    snprintf(last, sizeof(last), "%d", r->width_dots / unit);
    e = figures_width(strike, last, &last_width);
    room = r->width_dots - 2 * EDGE - last_width;
    if (e == OK)
        e = draw_figures(r, room, base, strike, last);
    if (e == OK)
        e = draw_figures(r, 2 * EDGE, base, strike, "0");
    for (int x = 10 * MM; e == OK; x += 10 * MM) {
        snprintf(figures, sizeof(figures), "%d", x / unit);
        e = figures_width(strike, figures, &width);
        if (e != OK || x + width / 2 + FIGURES_GAP > room)
            break;
        e = draw_figures(r, x - width / 2, base, strike, figures);
    }
    return e;
}

static enum err
draw_ruler(struct raster *r, int y, struct font_strike *strike)
{
    int high = figures_height(strike), line = y + high + TICKS / 2;
    enum err e = draw_scale(r, y + font_ascent(strike), MM, strike);

    if (e == OK)
        e = draw_scale(r, y + high + TICKS + font_ascent(strike), 1, strike);
    for (int x = 0; x < r->width_dots; x += MM) {
        int tick = x % (10 * MM) == 0  ? TICK_10
                   : x % (5 * MM) == 0 ? TICK_5
                                       : TICK_1;

        raster_fill(r, x, line - tick / 2, 1, tick);
    }
    raster_fill(r, 0, line, r->width_dots, 1);
    raster_fill(r, 0, y, EDGE, 2 * high + TICKS);
    raster_fill(r, r->width_dots - EDGE, y, EDGE, 2 * high + TICKS);
    return e;
}

/* From an eighth to black, dots spread as far apart as they can be. */
static void
draw_greys(struct raster *r, int y)
{
    static const int order[4][4] = {
        {0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};

    for (int row = 0; row < GREYS_ROWS; row++)
        for (int x = 0; x < r->width_dots; x++) {
            int grey = x * GREYS / r->width_dots + 1;

            if (order[row % 4][x % 4] < grey * 16 / GREYS)
                raster_fill(r, x, y + row, 1, 1);
        }
}

static void
draw_steps(struct raster *r, int y)
{
    for (int x = 0; x < r->width_dots; x++)
        raster_fill(r, x, y + x % STEPS, 1, STEP_ROWS);
}

enum err
raster_pattern(struct raster *r, int y, enum doc_pattern pattern,
    struct font_strike *strike)
{
    switch (pattern) {
    case DOC_PATTERN_RULER:
        return draw_ruler(r, y, strike);
    case DOC_PATTERN_GREYS:
        draw_greys(r, y);
        return OK;
    case DOC_PATTERN_STEPS:
        draw_steps(r, y);
        return OK;
    case DOC_PATTERN_SOLID:
        raster_fill(r, 0, y, r->width_dots, SOLID_ROWS);
        return OK;
    }
    assert(false); /* every pattern is above */
    return OK;
}
