/* Labels one below the other on receipt paper, and what no printer may take for
 * a command: see drivers/label.h. */
#include <assert.h>
#include <string.h>

#include "drivers/label.h"
#include "drivers/raster_dots.h"

enum { DASH = 12, DASH_GAP = 8, LINE_THICK = 2 };

/* A line of scissors' dashes in the middle of the gap. */
static void
draw_cut_line(struct raster *r, int y)
{
    y += (LABEL_STRIP_GAP - LINE_THICK) / 2;
    for (int x = 0; x < r->width_dots; x += DASH + DASH_GAP)
        raster_fill(r, x, y, DASH, LINE_THICK);
}

static void
copy_rows(const struct raster *label, struct raster *r, int x, int y)
{
    for (int row = 0; row < label->height_dots; row++)
        memcpy(r->bits + (size_t)(y + row) * r->stride + (size_t)(x / 8),
            label->bits + (size_t)row * label->stride, label->stride);
}

enum err
label_strip(const struct raster *label, int copies, int width_dots,
    struct raster *raster_out)
{
    struct raster r = {
        .width_dots = width_dots, .stride = (size_t)(width_dots + 7) / 8};
    int step = label->height_dots + LABEL_STRIP_GAP;
    int x = (width_dots - label->width_dots) / 16 * 8; /* whole bytes */

    assert(copies > 0 && width_dots >= label->width_dots);
    assert(label->width_dots % 8 == 0);
    if (copies > (RASTER_HEIGHT_MAX + LABEL_STRIP_GAP) / step)
        return err_set(ERR_TOO_LARGE, "%d labels on one strip", copies);
    raster_grow(&r, copies * step - LABEL_STRIP_GAP);
    for (int i = 0; i < copies; i++) {
        copy_rows(label, &r, x, i * step);
        if (i > 0)
            draw_cut_line(&r, i * step - LABEL_STRIP_GAP);
    }
    r.marks[r.marks_len++] =
        (struct raster_mark){.kind = RASTER_CUT_PARTIAL, .y = r.height_dots};
    raster_scrub(&r);
    *raster_out = r;
    return OK;
}

/* Inverted, E4 DE and 81 DE are 1B 21 and 7E 21.  The one white dot in the
 * middle of DE becomes black: bars and QR codes have no white so thin, only
 * letters do. */
static int
scrub_inverted(struct raster *r)
{
    size_t len = (size_t)r->height_dots * r->stride;
    int changed = 0;

    for (size_t i = 0; i + 1 < len; i++) {
        if (r->bits[i + 1] != 0xde ||
            (r->bits[i] != 0xe4 && r->bits[i] != 0x81))
            continue;
        r->bits[i + 1] = 0xfe;
        changed++;
    }
    return changed;
}

int
label_scrub(struct raster *r)
{
    return raster_scrub(r) + scrub_inverted(r);
}
