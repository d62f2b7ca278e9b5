#include "drivers/raster.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "drivers/raster_dots.h"

enum { ROWS_AT_ONCE = 512 };

void
raster_finish(struct raster *r)
{
    mem_free(r->bits);
    *r = (struct raster){0};
}

bool
raster_dot(const struct raster *r, int x, int y)
{
    if (x < 0 || y < 0 || x >= r->width_dots || y >= r->height_dots)
        return false;
    return r->bits[(size_t)y * r->stride + (size_t)(x / 8)] >> (7 - x % 8) & 1;
}

/* Rows there is memory for at a height: doubles, so a slip grows few times. */
static size_t
rows_held(int height)
{
    size_t rows = height ? ROWS_AT_ONCE : 0;

    while (rows < (size_t)height)
        rows *= 2;
    return rows;
}

void
raster_grow(struct raster *r, int rows)
{
    size_t had = rows_held(r->height_dots), needed;

    assert(rows >= 0 && rows <= RASTER_HEIGHT_MAX - r->height_dots);
    r->height_dots += rows;
    needed = rows_held(r->height_dots);
    if (needed == had)
        return;
    r->bits = mem_resize(r->bits, needed, r->stride);
    memset(r->bits + had * r->stride, 0, (needed - had) * r->stride);
}

static void
set_dot(struct raster *r, int x, int y)
{
    r->bits[(size_t)y * r->stride + (size_t)(x / 8)] |=
        (uint8_t)(0x80 >> (x % 8));
}

void
raster_fill(struct raster *r, int x, int y, int width, int height)
{
    int right = x + width < r->width_dots ? x + width : r->width_dots;
    int below = y + height < r->height_dots ? y + height : r->height_dots;

    for (int row = y < 0 ? 0 : y; row < below; row++)
        for (int col = x < 0 ? 0 : x; col < right; col++)
            set_dot(r, col, row);
}

/* OR eight dots in, the first of them at `x`, which may be left of the paper.
 */
static void
or_byte(struct raster *r, uint8_t *row, int x, uint8_t dots)
{
    unsigned shift = (unsigned)(x & 7);
    int byte = (x - (int)shift) / 8, stride = (int)r->stride;

    if (byte >= 0 && byte < stride)
        row[byte] |= (uint8_t)(dots >> shift);
    if (shift && byte + 1 >= 0 && byte + 1 < stride)
        row[byte + 1] |= (uint8_t)(dots << (8 - shift));
}

void
raster_glyph(struct raster *r, int x, int y, const struct font_glyph *g)
{
    int left = x + g->left, top = y - g->top;

    for (int i = 0; i < g->height; i++) {
        uint8_t *row;

        if (top + i < 0 || top + i >= r->height_dots)
            continue;
        row = r->bits + (size_t)(top + i) * r->stride;
        for (int k = 0; k < g->stride; k++)
            or_byte(r, row, left + 8 * k, g->bits[i * g->stride + k]);
    }
}

/* The byte at `at` is 10: one dot, at x = 3 of its eight. */
static void
widen_lone_dot(struct raster *r, size_t at)
{
    int y = (int)(at / r->stride), x = (int)(at % r->stride) * 8 + 3;
    int left = raster_dot(r, x - 1, y - 1) + raster_dot(r, x - 1, y + 1);
    int right = raster_dot(r, x + 1, y - 1) + raster_dot(r, x + 1, y + 1);

    set_dot(r, left > right ? x - 1 : x + 1, y);
}

int
raster_scrub(struct raster *r)
{
    size_t len = (size_t)r->height_dots * r->stride;
    int changed = 0;

    for (size_t i = 0; i + 1 < len; i++) {
        uint8_t next = r->bits[i + 1];

        if (r->bits[i] != 0x10)
            continue;
        if (next == 0x04 || next == 0x05 || next == 0x14) {
            widen_lone_dot(r, i);
            changed++;
        }
    }
    return changed;
}
