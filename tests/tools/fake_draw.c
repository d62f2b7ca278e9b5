/* How the fake printer draws: letters as blocks of ink, pictures as they are.
 * What is drawn goes to `pending`; fake_run brings it to paper row by row, so
 * that the paper can end anywhere. */
#include <string.h>

#include "base/mem.h"
#include "tests/tools/fake_inside.h"

enum { LETTER_WIDE = 12, LETTER_TALL = 24 };

static void
set_dot(uint8_t *row, size_t x)
{
    row[x / 8] = (uint8_t)(row[x / 8] | 0x80 >> x % 8);
}

static bool
get_dot(const uint8_t *row, size_t x)
{
    return row[x / 8] >> (7 - x % 8) & 1;
}

static size_t
area(const struct fake *f)
{
    size_t room =
        f->line.margin < f->width ? f->width - f->line.margin : f->width;

    return f->line.area && f->line.area < room ? f->line.area : room;
}

/* Where something `wide` dots wide begins on the paper. */
static size_t
start_of(const struct fake *f, size_t wide)
{
    size_t left = f->line.margin < f->width ? f->line.margin : 0;
    size_t rest = area(f) > wide ? area(f) - wide : 0;

    return left + (size_t)f->line.justify * rest / 2;
}

static void
tall(struct fake *f, size_t rows)
{
    if (rows > f->line.tall)
        f->line.tall = rows;
}

/* Room for `rows` more rows of zeros; the first of them. */
static uint8_t *
pend(struct fake *f, size_t rows)
{
    struct fake_pending *p = &f->pending;
    uint8_t *first;

    if (p->rows + rows > p->room) {
        p->room = (p->rows + rows) * 2;
        p->bits = mem_resize(p->bits, p->room, f->stride);
    }
    first = p->bits + p->rows * f->stride;
    memset(first, 0, rows * f->stride);
    p->rows += rows;
    return first;
}

void
fake_draw_feed(struct fake *f, size_t rows)
{
    f->pending.blank += rows;
}

void
fake_draw_cut(struct fake *f, char cut, bool with_feed)
{
    f->pending.cut = cut;
    f->pending.behind_knife = with_feed;
}

/* The line as it stands, justified, then fed up to `least_rows` in all. */
void
fake_draw_line(struct fake *f, size_t least_rows)
{
    struct fake_line *l = &f->line;
    size_t left = start_of(f, l->x);
    uint8_t *to = l->tall ? pend(f, l->tall) : NULL;

    for (size_t y = 0; y < l->tall; y++)
        for (size_t x = 0; x < l->x && left + x < f->width; x++)
            if (get_dot(l->bits + y * f->stride, x))
                set_dot(to + y * f->stride, left + x);
    if (least_rows > l->tall)
        fake_draw_feed(f, least_rows - l->tall);
    memset(l->bits, 0, FAKE_LINE_ROWS * f->stride);
    l->x = l->tall = 0;
    fake_paper_text(f, '\n');
}

void
fake_draw_letter(struct fake *f, uint8_t letter)
{
    struct fake_line *l = &f->line;
    size_t wide = LETTER_WIDE * l->wide;

    f->count.letters++;
    if (l->page_mode) {
        f->count.undrawn++;
        return;
    }
    if (l->x + wide > area(f))
        fake_draw_line(f, l->spacing);
    tall(f, LETTER_TALL * l->high);
    for (size_t y = 4 * l->high; letter != ' ' && y < 20 * l->high; y++)
        for (size_t x = l->wide; x + l->wide < wide; x++)
            if (l->x + x < f->width)
                set_dot(l->bits + y * f->stride, l->x + x);
    l->x += wide;
    fake_paper_text(f, (char)letter);
}

/* --- GS v 0 m xL xH yL yH ---------------------------------------------- */

/* In Standard mode it is nothing unless the line is empty. */
void
fake_picture_begin(struct fake *f, const uint8_t *head)
{
    struct fake_picture *p = &f->picture;
    unsigned m = head[3] >= 48 ? head[3] - 48u : head[3];

    p->stride = (size_t)head[4] | (size_t)head[5] << 8;
    p->column = 0;
    p->x_scale = 1 + (m & 1);
    p->y_scale = 1 + (m >> 1 & 1);
    p->ignored = m > 3 || p->stride > sizeof(p->row) || f->line.tall ||
        f->line.page_mode;
    if (p->ignored) {
        f->count.refused++;
        return;
    }
    f->count.pictures++;
    if (p->stride * 8 * p->x_scale > area(f))
        f->count.clipped++;
}

static void
draw_row(struct fake *f, const uint8_t *bits, size_t dots, size_t x_scale,
    uint8_t *to)
{
    size_t left = start_of(f, dots * x_scale), end = left + area(f);

    if (end > f->width)
        end = f->width;
    for (size_t x = 0; x < dots; x++)
        for (size_t i = 0; get_dot(bits, x) && i < x_scale; i++)
            if (left + x * x_scale + i < end)
                set_dot(to, left + x * x_scale + i);
}

void
fake_picture_byte(struct fake *f, uint8_t byte)
{
    struct fake_picture *p = &f->picture;

    if (p->ignored)
        return;
    p->row[p->column++] = byte;
    if (p->column < p->stride)
        return;
    p->column = 0;
    for (size_t i = 0; i < p->y_scale; i++)
        draw_row(f, p->row, p->stride * 8, p->x_scale, pend(f, 1));
}

/* --- ESC * m nL nH: columns into the line ------------------------------- */

void
fake_columns(struct fake *f, const uint8_t *head)
{
    struct fake_line *l = &f->line;
    bool fine = head[2] >= 32; /* 24 dots a column, else 8, thrice as tall */
    size_t columns = (size_t)head[3] | (size_t)head[4] << 8;
    size_t x_scale = head[2] & 1 ? 1 : 2, bytes = fine ? 3 : 1;

    if ((head[2] & ~0x21) != 0 || l->page_mode) {
        f->count.refused++;
        return;
    }
    f->count.pictures++;
    if (l->x + columns * x_scale > area(f))
        f->count.clipped++;
    tall(f, 24);
    for (size_t c = 0; c < columns && (c + 1) * bytes <= f->collect.len; c++)
        for (size_t y = 0; y < 24; y++) {
            size_t bit = fine ? y : y / 3, x = l->x + c * x_scale;

            if (get_dot(f->collect.bytes + c * bytes, bit))
                for (size_t i = 0; i < x_scale && x + i < area(f); i++)
                    set_dot(l->bits + y * f->stride, x + i);
        }
    l->x += columns * x_scale;
    if (l->x > area(f))
        l->x = area(f);
}

/* --- GS ( L and GS 8 L: m fn ... ----------------------------------------- */

static uint8_t *
graphics_room(struct fake *f, size_t rows)
{
    if (rows > f->graphics_rows) {
        f->graphics = mem_resize(f->graphics, rows, f->stride);
        memset(f->graphics + f->graphics_rows * f->stride, 0,
            (rows - f->graphics_rows) * f->stride);
        f->graphics_rows = rows;
    }
    return f->graphics;
}

/* fn 112: a bx by c xL xH yL yH, then rows of ceil(x / 8) bytes. */
static void
store_graphics(struct fake *f, const uint8_t *d, size_t len)
{
    size_t dots = (size_t)d[6] | (size_t)d[7] << 8;
    size_t rows = (size_t)d[8] | (size_t)d[9] << 8, stride = (dots + 7) / 8;
    size_t bx = d[3], by = d[4];
    uint8_t *to;

    if (d[2] != 48 || bx < 1 || bx > 2 || by < 1 || by > 2 || d[5] < 49 ||
        d[5] > 52 || !dots || !rows || len != 10 + stride * rows) {
        f->count.refused++;
        return;
    }
    if (dots * bx > area(f))
        f->count.clipped++;
    to = graphics_room(f, rows * by);
    for (size_t y = 0; y < rows * by; y++)
        draw_row(f, d + 10 + y / by * stride, dots, bx, to + y * f->stride);
}

void
fake_graphics(struct fake *f)
{
    const uint8_t *d = f->collect.bytes;
    size_t len = f->collect.len;

    if (f->options.lacks & FAKE_NO_GS_L) {
        f->count.unknown++;
    } else if (len >= 10 && d[0] == 48 && d[1] == 112) {
        store_graphics(f, d, len);
    } else if (len == 2 && d[0] == 48 && (d[1] == 50 || d[1] == 2)) {
        if (!f->graphics_rows || f->line.tall || f->line.page_mode) {
            f->count.refused++;
            return;
        }
        f->count.pictures++;
        memcpy(pend(f, f->graphics_rows), f->graphics,
            f->graphics_rows * f->stride);
        f->graphics_rows = 0;
    } else {
        f->count.undrawn++;
    }
}
