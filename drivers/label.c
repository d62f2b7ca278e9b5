#include "drivers/label.h"

#include <string.h>

#include "drivers/label_bars.h"
#include "drivers/label_fit.h"
#include "drivers/qr.h"
#include "drivers/raster_dots.h"

/* Dots. */
enum {
    MARGIN = 8, /* labels shift by a millimetre */
    MARGIN_SMALL = 6,
    SMALL = 200,     /* rows */
    WIDE_BARS = 280, /* rows */
    BARS_SMALL = 30,
    BARS_LEAST = 32,
    BARS_MOST = 96,
    GAP_MOST = 14,
    QR_DOTS_MOST = 4,
    QR_DOTS_LEAST = 3
};

/* Where things stand. */
struct plan {
    int width, height, margin;
    int column;           /* dots across that are for text */
    struct qr qr;         /* modules 0: none */
    int qr_dots, qr_side; /* quiet zone included */
    int qr_y;
    struct bars bars; /* runs_len 0: none */
    int bars_x, bars_dots, bars_height, foot;
};

static int
smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Rows at the bottom that bars and digits take. */
static int
bars_zone(const struct plan *p)
{
    return p->bars.runs_len ? p->bars_height + p->foot + p->margin : p->margin;
}

/* Dots across beside the QR code; its own quiet zone may be the bars' too. */
static int
beside_qr(const struct plan *p, int qr_dots)
{
    int side = (p->qr.modules + 2 * QR_QUIET) * qr_dots;

    return p->width - side + QR_QUIET * qr_dots;
}

/* The code goes into the lower right corner, beside the bars; else above them.
 */
static bool
place_qr(struct plan *p, int dots)
{
    int side = (p->qr.modules + 2 * QR_QUIET) * dots;
    int bars = p->bars.runs_len ? barcode_dots(&p->bars, 2) : 0;

    if (side > p->height || p->width - side < p->width * 2 / 5)
        return false;
    p->qr_dots = dots;
    p->qr_side = side;
    p->column = p->width - side - p->margin;
    p->qr_y = p->height - side;
    if (beside_qr(p, dots) >= bars)
        return true;
    p->qr_y = p->height - bars_zone(p) - side;
    return dots == QR_DOTS_LEAST && p->qr_y >= 0;
}

static enum err
plan_qr(struct plan *p, const char *text)
{
    enum err e;

    p->column = p->width - 2 * p->margin;
    if (!text[0])
        return OK;
    e = qr_encode(text, &p->qr);
    if (e != OK)
        return e;
    for (int dots = QR_DOTS_MOST; dots >= QR_DOTS_LEAST; dots--)
        if (place_qr(p, dots))
            return OK;
    err_arg("case", "label");
    return err_set(ERR_TOO_LARGE, "a QR code of %d modules on %d x %d dots",
        p->qr.modules, p->width, p->height);
}

static enum err
plan_bars(struct plan *p, const char *digits, struct font *font)
{
    if (!digits[0])
        return OK;
    p->bars_dots = 2;
    p->bars_height = p->height < SMALL ? BARS_SMALL : BARS_LEAST;
    p->foot = label_bars_foot(font, p->bars_dots);
    return barcode_encode(digits, &p->bars);
}

/* Three dots a module where the label is high enough to bear it and they fit
 * beside the QR code. */
static enum err
widen_bars(struct plan *p, struct font *font)
{
    int room = p->width;

    if (!p->bars.runs_len)
        return OK;
    if (p->qr.modules && p->qr_y + p->qr_side == p->height)
        room = beside_qr(p, p->qr_dots);
    if (p->height >= WIDE_BARS && barcode_dots(&p->bars, 3) <= room)
        p->bars_dots = 3;
    p->foot = label_bars_foot(font, p->bars_dots);
    p->bars_x =
        smaller(p->margin, (room - barcode_dots(&p->bars, p->bars_dots)) / 2);
    if (barcode_dots(&p->bars, p->bars_dots) <= room)
        return OK;
    err_arg("case", "label");
    return err_set(ERR_TOO_LARGE, "bars of %d dots on %d",
        barcode_dots(&p->bars, 2), room);
}

/* What stands high enough may go over the QR code. */
static void
plan_wide(const struct plan *p, struct label_fit *f)
{
    bool over = p->qr.modules && p->qr_y - p->margin >= p->height / 7;

    f->wide_width = p->column;
    f->wide_height = f->height * 3 / 5;
    if (!over)
        return;
    f->wide_width = p->width - 2 * p->margin;
    f->wide_height = p->qr_y - p->margin;
}

static void
draw_qr(const struct plan *p, struct raster *r)
{
    int x0 = p->width - p->qr_side + QR_QUIET * p->qr_dots;
    int y0 = p->qr_y + QR_QUIET * p->qr_dots, d = p->qr_dots;

    for (int row = 0; row < p->qr.modules; row++)
        for (int col = 0; col < p->qr.modules; col++)
            if (p->qr.dark[row * p->qr.modules + col])
                raster_fill(r, x0 + col * d, y0 + row * d, d, d);
}

/* What is left of the height goes between the rows, then to the bars, and
 * without bars around all. */
static void
draw(struct plan *p, const struct label_fit *f, struct raster *r)
{
    int left = f->height - f->used, gaps = f->rows_len - 1, y = p->margin;
    int gap = LABEL_GAP + smaller(left / (gaps + 1), GAP_MOST - LABEL_GAP);

    left -= (gap - LABEL_GAP) * gaps;
    if (p->bars.runs_len && left > 0)
        p->bars_height = smaller(p->bars_height + left * 2 / 3, BARS_MOST);
    else
        y += left / 2;
    label_fit_draw(f, r, p->margin, y, gap);
    if (p->bars.runs_len)
        label_bars_draw(&p->bars, f->font, r, p->bars_x,
            p->height - p->margin - p->foot - p->bars_height, p->bars_dots,
            p->bars_height);
    if (p->qr.modules)
        draw_qr(p, r);
}

static enum err
draw_locked(const struct label *label, struct font *font, struct plan *p,
    struct raster *r)
{
    struct label_fit f = {
        .label = label, .font = font, .label_height = p->height};
    enum err e = plan_bars(p, label->code, font);

    if (e == OK)
        e = plan_qr(p, label->qr);
    if (e == OK)
        e = widen_bars(p, font);
    f.width = p->column;
    f.height = p->height - p->margin - bars_zone(p) - LABEL_GAP;
    plan_wide(p, &f);
    if (e == OK)
        e = label_fit(&f);
    if (e != OK)
        return e;
    raster_grow(r, p->height);
    draw(p, &f, r);
    return OK;
}

static bool
is_no_side(int dots)
{
    return dots < LABEL_MM_MIN * LABEL_DOTS_MM ||
           dots > LABEL_MM_MAX * LABEL_DOTS_MM;
}

enum err
label_draw(const struct label *label, struct font *font, int width_dots,
    int height_dots, struct raster *raster_out)
{
    struct raster r = {
        .width_dots = width_dots, .stride = (size_t)(width_dots + 7) / 8};
    struct plan p = {.width = width_dots,
        .height = height_dots,
        .margin = height_dots < SMALL ? MARGIN_SMALL : MARGIN};
    enum err e;

    if (is_no_side(width_dots) || is_no_side(height_dots)) {
        err_arg("case", "label");
        return err_set(ERR_TOO_LARGE, "no label has %d x %d dots", width_dots,
            height_dots);
    }
    font_lock(font);
    e = draw_locked(label, font, &p, &r);
    font_unlock(font);
    qr_finish(&p.qr);
    if (e != OK) {
        raster_finish(&r);
        return e;
    }
    label_scrub(&r);
    *raster_out = r;
    return OK;
}
