/* The slip, element after element, from the top of the paper to its end. */
#include <assert.h>

#include "base/text.h"
#include "drivers/layout.h"
#include "drivers/qr.h"
#include "drivers/raster.h"
#include "drivers/raster_dots.h"
#include "drivers/raster_pattern.h"

/* Dots. */
enum {
    MARGIN = 4,
    RULE_THICK = 2,
    RULE_ABOVE = 8,
    RULE_BELOW = 4, /* less: a line begins with room for its marks */
    DASH = 8,
    DASH_GAP = 6
};

struct pen {
    struct raster *r;
    struct font *font;
    int margin; /* left and right: a j leans out of its cell */
};

int
raster_px(int width_dots, enum doc_size size)
{
    static const int wide[DOC_SIZES] = {22, 24, 32, 48};
    static const int narrow[DOC_SIZES] = {21, 22, 28, 40};

    assert(size < DOC_SIZES);
    return width_dots >= RASTER_80MM ? wide[size] : narrow[size];
}

static struct font_strike *
strike_of(const struct pen *pen, struct doc_style style)
{
    return font_strike(
        pen->font, raster_px(pen->r->width_dots, style.size), style.bold);
}

/* Lines stand a little apart, about a twelfth of their letters' size. */
static int
line_height(const struct pen *pen, struct doc_style style)
{
    struct font_strike *strike = strike_of(pen, style);

    return font_ascent(strike) + font_descent(strike) +
           raster_px(pen->r->width_dots, style.size) / 12;
}

/* White rows at the bottom. */
static enum err
add_rows(const struct pen *pen, int rows)
{
    if (rows > RASTER_HEIGHT_MAX - pen->r->height_dots)
        return err_set(
            ERR_TOO_LARGE, "a slip of over %d dots", RASTER_HEIGHT_MAX);
    raster_grow(pen->r, rows);
    return OK;
}

static enum err
draw_line(const struct pen *pen, struct font_strike *strike, int x, int base,
    const struct layout_line *line)
{
    const char *at = line->text, *end = line->text + line->len;

    while (at < end) {
        const struct font_glyph *g;
        enum err e = font_glyph(strike, text_next(&at), &g);

        if (e != OK)
            return e;
        raster_glyph(pen->r, x, base, g);
        x += g->advance;
    }
    return OK;
}

static int
offset_for(enum doc_align align, int room, int width)
{
    switch (align) {
    case DOC_CENTRE:
        return (room - width) / 2;
    case DOC_RIGHT:
        return room - width;
    case DOC_LEFT:
        break;
    }
    return 0;
}

/* A row while it is drawn: what of each cell is still to come. */
struct row {
    const struct doc_element *el;
    struct font_strike *strike;
    int x[DOC_CELLS_MAX], width[DOC_CELLS_MAX];
    int fill[DOC_CELLS_MAX]; /* of the width, what a line may take */
    const char *at[DOC_CELLS_MAX];
};

/* One line of every cell that still has text; the cells begin at the top. */
static enum err
draw_row_line(const struct pen *pen, struct row *row)
{
    int base = pen->r->height_dots + font_ascent(row->strike);
    enum err e = add_rows(pen, line_height(pen, row->el->style));

    for (int i = 0; e == OK && i < row->el->cells_len; i++) {
        enum doc_align align = row->el->cells[i].align;
        struct layout_line line;
        int x = pen->margin + row->x[i];

        if (!*row->at[i])
            continue;
        e = layout_next_line(row->strike, &row->at[i], row->fill[i], &line);
        if (e != OK)
            break;
        x += offset_for(align, row->width[i], line.width_dots);
        e = draw_line(pen, row->strike, x, base, &line);
    }
    return e;
}

static bool
has_more(const struct row *row)
{
    for (int i = 0; i < row->el->cells_len; i++)
        if (*row->at[i])
            return true;
    return false;
}

static enum err
draw_row(const struct pen *pen, const struct doc_element *el)
{
    int room = pen->r->width_dots - 2 * pen->margin;
    int gap = raster_px(pen->r->width_dots, el->style.size) / 2;
    struct row row = {.el = el, .strike = strike_of(pen, el->style)};
    enum err e = layout_cells(row.strike, el, room, gap, row.x, row.width);

    for (int i = 0; e == OK && i < el->cells_len; i++) {
        row.at[i] = el->cells[i].text;
        row.fill[i] = row.width[i];
        if (el->cells[i].align == DOC_CENTRE)
            e = layout_balance(
                row.strike, row.at[i], row.width[i], &row.fill[i]);
    }
    if (e == OK)
        e = draw_row_line(pen, &row); /* an empty row is a line, too */
    while (e == OK && has_more(&row))
        e = draw_row_line(pen, &row);
    return e;
}

static enum err
draw_rule(const struct pen *pen, enum doc_rule rule)
{
    int y = pen->r->height_dots + RULE_ABOVE;
    int right = pen->r->width_dots;
    enum err e = add_rows(pen, RULE_ABOVE + RULE_THICK + RULE_BELOW);

    if (e != OK)
        return e;
    if (rule == DOC_RULE_SOLID)
        raster_fill(pen->r, 0, y, right, RULE_THICK);
    else
        for (int x = 0; x < right; x += DASH + DASH_GAP)
            raster_fill(pen->r, x, y, DASH, RULE_THICK);
    return OK;
}

static void
fill_modules(const struct pen *pen, const struct qr *qr, int dots)
{
    int side = qr->modules * dots, top = pen->r->height_dots;
    int x0 = (pen->r->width_dots - side) / 2;

    raster_grow(pen->r, side);
    for (int row = 0; row < qr->modules; row++)
        for (int col = 0; col < qr->modules; col++)
            if (qr->dark[row * qr->modules + col])
                raster_fill(
                    pen->r, x0 + col * dots, top + row * dots, dots, dots);
}

static enum err
draw_qr(const struct pen *pen, const struct doc_element *el)
{
    struct qr qr;
    enum err e = qr_encode(el->cells[0].text, &qr);
    int dots, side;

    if (e != OK)
        return e;
    dots = qr_module_dots(&qr, pen->r->width_dots, el->count);
    side = (qr.modules + 2 * QR_QUIET) * dots;
    if (dots == 0)
        e = err_set(ERR_TOO_LARGE, "a QR code of %d modules on %d dots",
            qr.modules, pen->r->width_dots);
    else if (side > RASTER_HEIGHT_MAX - pen->r->height_dots)
        e = add_rows(pen, side); /* tells why */
    if (e == OK)
        e = add_rows(pen, QR_QUIET * dots);
    if (e == OK) {
        fill_modules(pen, &qr, dots);
        e = add_rows(pen, QR_QUIET * dots);
    }
    qr_finish(&qr);
    return e;
}

static enum err
draw_pattern(const struct pen *pen, enum doc_pattern pattern)
{
    struct font_strike *strike = strike_of(pen, doc_small);
    int y = pen->r->height_dots;
    enum err e = add_rows(pen, raster_pattern_rows(pattern, strike));

    return e == OK ? raster_pattern(pen->r, y, pattern, strike) : e;
}

static enum err
add_mark(const struct pen *pen, const struct doc_element *el)
{
    struct raster *r = pen->r;
    struct raster_mark mark = {.y = r->height_dots};

    if (r->marks_len == RASTER_MARKS_MAX)
        return err_set(
            ERR_TOO_LARGE, "over %d cuts in a slip", RASTER_MARKS_MAX);
    if (el->kind == DOC_PULSE)
        mark.kind = RASTER_PULSE;
    else if (el->cut == DOC_CUT_FULL)
        mark.kind = RASTER_CUT_FULL;
    else
        mark.kind = RASTER_CUT_PARTIAL;
    r->marks[r->marks_len++] = mark;
    return OK;
}

static enum err
draw_element(const struct pen *pen, const struct doc_element *el)
{
    switch (el->kind) {
    case DOC_ROW:
        return draw_row(pen, el);
    case DOC_RULE:
        return draw_rule(pen, el->rule);
    case DOC_FEED:
        return add_rows(pen, el->count * line_height(pen, doc_plain) / 4);
    case DOC_QR:
        return draw_qr(pen, el);
    case DOC_PATTERN:
        return draw_pattern(pen, el->pattern);
    case DOC_CUT:
    case DOC_PULSE:
        return add_mark(pen, el);
    }
    assert(false); /* every kind is above */
    return OK;
}

enum err
raster_draw(const struct doc *d, struct font *font, int width_dots,
    struct raster *raster_out)
{
    struct raster r = {.width_dots = width_dots};
    struct pen pen = {.r = &r, .font = font, .margin = MARGIN};
    enum err e = doc_err(d);

    assert(width_dots == RASTER_58MM || width_dots == RASTER_80MM);
    r.stride = (size_t)width_dots / 8;
    font_lock(font);
    for (size_t i = 0; e == OK && i < doc_len(d); i++)
        e = draw_element(&pen, doc_at(d, i));
    font_unlock(font);
    if (e != OK) {
        raster_finish(&r);
        return e;
    }
    raster_scrub(&r);
    *raster_out = r;
    return OK;
}
