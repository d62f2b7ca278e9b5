#include "drivers/label_text.h"

#include <assert.h>

#include "base/text.h"
#include "drivers/raster_dots.h"

enum { ELLIPSIS = 0x2026 };

static int
larger(int a, int b)
{
    return a > b ? a : b;
}

/* A letter's glyph; the line was laid, so the font has it. */
static const struct font_glyph *
glyph_of(struct font_strike *strike, uint32_t cp)
{
    const struct font_glyph *g = NULL;
    enum err e = font_glyph(strike, cp, &g);

    assert(e == OK);
    return g;
}

/* Ink above and below the base line; no line is lower than an x, so that lines
 * of dashes and commas stand evenly. */
static void
measure(struct label_text *t, int i)
{
    const char *at = t->lines[i].text, *end = at + t->lines[i].len;

    t->top[i] = glyph_of(t->strike, 'x')->top;
    t->below[i] = 0;
    while (at < end) {
        const struct font_glyph *g = glyph_of(t->strike, text_next(&at));

        t->top[i] = larger(t->top[i], g->top);
        t->below[i] = larger(t->below[i], g->height - g->top);
    }
}

static void
add_line(struct label_text *t, const struct layout_line *line)
{
    int i = t->len++;

    t->lines[i] = *line;
    measure(t, i);
    t->width = larger(t->width, line->width_dots);
    t->height += (i ? LABEL_LEADING : 0) + t->top[i] + t->below[i];
}

/* The last line that there is room for, and more text behind it: the same with
 * room for the sign that says so. */
static enum err
shorten(struct label_text *t, const char *from, int width_dots,
    struct layout_line *line_out)
{
    const struct font_glyph *sign;
    enum err e = font_glyph(t->strike, ELLIPSIS, &sign);

    if (e == OK)
        e = layout_next_line(
            t->strike, &from, width_dots - sign->advance, line_out);
    if (e == OK)
        line_out->width_dots += sign->advance;
    t->cut = true;
    return e;
}

enum err
label_text_lay(struct font *font, const char *text, int px, bool bold,
    int width_dots, int lines_max, struct label_text *out)
{
    struct label_text t = {.strike = font_strike(font, px, bold), .px = px};
    enum err e = OK;

    assert(lines_max > 0 && lines_max <= LABEL_LINES_MAX);
    while (e == OK && *text && t.len < lines_max) {
        struct layout_line line;
        const char *from = text;

        e = layout_next_line(t.strike, &text, width_dots, &line);
        if (e == OK && *text && text[-1] != ' ' && text[-1] != '\n')
            t.broken = true;
        if (e == OK && *text && t.len == lines_max - 1)
            e = shorten(&t, from, width_dots, &line);
        if (e == OK)
            add_line(&t, &line);
    }
    if (e == OK)
        *out = t;
    return e;
}

void
label_text_draw(const struct label_text *text, struct raster *r, int x, int y)
{
    for (int i = 0; i < text->len; i++) {
        const char *at = text->lines[i].text, *end = at + text->lines[i].len;
        const struct font_glyph *g;
        int pen = x, base = y + text->top[i];

        while (at < end) {
            g = glyph_of(text->strike, text_next(&at));
            raster_glyph(r, pen, base, g);
            pen += g->advance;
        }
        if (text->cut && i == text->len - 1)
            raster_glyph(r, pen, base, glyph_of(text->strike, ELLIPSIS));
        y = base + text->below[i] + LABEL_LEADING;
    }
}
