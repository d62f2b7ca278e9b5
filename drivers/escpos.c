#include "drivers/escpos.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "drivers/quirks.h"

enum { ESC = 0x1b, GS = 0x1d };

/* Commands by their names in Epson's guide. */
static const char init_printer[] = "\x1b@";             /* ESC @ */
static const char raster_image[] = "\x1dv0\x00";        /* GS v 0, 1:1 */
static const char bit_image[] = "\x1b*\x21";            /* ESC * 33, 24 dots */
static const char line_of_strip[] = "\x1b\x33\x18";     /* ESC 3 24 */
static const char feed_cut_full[] = "\x1dV\x41\x00";    /* GS V 65 0 */
static const char feed_cut_partial[] = "\x1dV\x42\x00"; /* GS V 66 0 */
static const char feed_to_tear[] = "\x1b\x64\x06";      /* ESC d 6 */
/* ESC p 0: 50 ms on, so that a stiff latch opens; 500 ms off, so that a second
 * pulse cannot burn the solenoid. */
static const char drawer_pulse_now[] = "\x10\x14\x01\x00\x02"; /* 200 ms */
static const char drawer_pulse[] = "\x1bp\x00\x19\xfa";

#define ADD(out, command) buf_add(out, command, sizeof(command) - 1)

static void
add_u16(struct buf *out, size_t value)
{
    assert(value <= 0xffff);
    buf_add_char(out, (char)(value & 0xff));
    buf_add_char(out, (char)(value >> 8));
}

/* The head of a band ends with the high byte of its rows, which is 0: with the
 * first byte of the picture it makes no real-time sequence; nor do its widths
 * and heights, whose high bytes are 0 too. */
static void
add_rows(const struct raster *r, int from, int to, struct buf *out)
{
    assert(r->stride <= 0xff);
    while (from < to) {
        int rows = to - from < ESCPOS_BAND_ROWS ? to - from : ESCPOS_BAND_ROWS;

        ADD(out, raster_image);
        add_u16(out, r->stride);
        add_u16(out, (size_t)rows);
        buf_add(
            out, r->bits + (size_t)from * r->stride, (size_t)rows * r->stride);
        from += rows;
    }
}

/* Of a strip whose first row is `y` and that ends before row `to`: the byte at
 * `i`, three for a column, each eight rows with the highest bit on top. */
static uint8_t
strip_byte(const struct raster *r, int y, int to, size_t i)
{
    int x = (int)(i / 3), top = y + (int)(i % 3) * 8;
    uint8_t byte = 0;

    for (int bit = 0; bit < 8 && top + bit < to; bit++)
        if (raster_dot(r, x, top + bit))
            byte |= (uint8_t)(0x80 >> bit);
    return byte;
}

static bool
strip_is_white(const struct raster *r, int y, int to)
{
    int end = to < y + ESCPOS_STRIP_ROWS ? to : y + ESCPOS_STRIP_ROWS;
    const uint8_t *at = r->bits + (size_t)y * r->stride;

    for (size_t i = 0; i < (size_t)(end - y) * r->stride; i++)
        if (at[i])
            return false;
    return true;
}

static void
add_strips(const struct raster *r, int from, int to, struct buf *out)
{
    for (int y = from; y < to; y += ESCPOS_STRIP_ROWS) {
        size_t columns = (size_t)r->width_dots;

        if (!strip_is_white(r, y, to)) {
            ADD(out, bit_image);
            add_u16(out, columns);
            for (size_t i = 0; i < 3 * columns; i++)
                buf_add_char(out, (char)strip_byte(r, y, to, i));
        }
        buf_add_char(out, '\n');
    }
}

static void
add_mark(const struct raster_mark *mark, unsigned quirks, struct buf *out)
{
    if (mark->kind == RASTER_PULSE)
        ADD(out, drawer_pulse);
    else if (quirks & QUIRK_NO_CUTTER)
        ADD(out, feed_to_tear);
    else if (mark->kind == RASTER_CUT_PARTIAL)
        ADD(out, feed_cut_partial);
    else
        ADD(out, feed_cut_full);
}

/* Where the picture's part before its mark `i` begins and ends; the part past
 * the last mark is i = marks_len. */
static void
part_of(const struct raster *r, int i, int *from_out, int *to_out)
{
    *from_out = i == 0 ? 0 : r->marks[i - 1].y;
    *to_out = i == r->marks_len ? r->height_dots : r->marks[i].y;
}

/* The byte that is 10 is one dot, the fourth from its top: give it a neighbour
 * on the side that is darker to its left and right, within the part. */
static void
widen_in_column(struct raster *r, int x, int y, int to)
{
    int above = raster_dot(r, x - 1, y - 1) + raster_dot(r, x + 1, y - 1);
    int below = raster_dot(r, x - 1, y + 1) + raster_dot(r, x + 1, y + 1);
    int row = y + 1 == to || above > below ? y - 1 : y + 1;

    r->bits[(size_t)row * r->stride + (size_t)(x / 8)] |=
        (uint8_t)(0x80 >> (x % 8));
}

static int
scrub_strip(struct raster *r, int y, int to)
{
    size_t len = 3 * (size_t)r->width_dots;
    uint8_t byte = strip_byte(r, y, to, 0);
    int changed = 0;

    for (size_t i = 0; i + 1 < len; i++) {
        uint8_t next = strip_byte(r, y, to, i + 1);

        if (byte == 0x10 && (next == 0x04 || next == 0x05 || next == 0x14)) {
            widen_in_column(r, (int)(i / 3), y + (int)(i % 3) * 8 + 3, to);
            changed++;
        }
        byte = next;
    }
    return changed;
}

int
escpos_scrub(struct raster *r, unsigned quirks)
{
    int changed = 0, from, to;

    if (!(quirks & QUIRK_NO_GS_V0))
        return 0;
    for (int i = 0; i <= r->marks_len; i++) {
        part_of(r, i, &from, &to);
        for (int y = from; y < to; y += ESCPOS_STRIP_ROWS)
            changed += scrub_strip(r, y, to);
    }
    return changed;
}

static void
encode_strips(const struct raster *r, unsigned quirks, struct buf *out)
{
    struct raster clean = *r;
    int from, to;

    clean.bits = mem_resize(NULL, (size_t)r->height_dots + 1, r->stride);
    if (r->height_dots > 0)
        memcpy(clean.bits, r->bits, (size_t)r->height_dots * r->stride);
    escpos_scrub(&clean, quirks);
    ADD(out, line_of_strip);
    for (int i = 0; i <= r->marks_len; i++) {
        part_of(&clean, i, &from, &to);
        add_strips(&clean, from, to, out);
        if (i < r->marks_len)
            add_mark(&r->marks[i], quirks, out);
    }
    mem_free(clean.bits);
}

void
escpos_encode(const struct raster *r, unsigned quirks, struct buf *out)
{
    int from, to;

    ADD(out, init_printer);
    if (quirks & QUIRK_NO_GS_V0) {
        encode_strips(r, quirks, out);
        return;
    }
    for (int i = 0; i <= r->marks_len; i++) {
        part_of(r, i, &from, &to);
        add_rows(r, from, to, out);
        if (i < r->marks_len)
            add_mark(&r->marks[i], quirks, out);
    }
}

void
escpos_pulse_now(struct buf *out)
{
    ADD(out, drawer_pulse_now);
}

void
escpos_pulse(struct buf *out)
{
    ADD(out, init_printer);
    ADD(out, drawer_pulse);
}

static size_t
esc_len(const uint8_t *c, size_t len)
{
    switch (c[1]) {
    case '@':
    case '2':
        return 2;
    case 'd':
    case 'J':
    case '3':
        return 3;
    case 'p':
        return 5;
    case '*':
        if (len < 5)
            return 0;
        return 5 + ((size_t)c[3] | (size_t)c[4] << 8) * (c[2] >= 32 ? 3 : 1);
    default:
        return 0;
    }
}

static size_t
gs_len(const uint8_t *c, size_t len)
{
    switch (c[1]) {
    case 'v':
        if (len < 8)
            return 0;
        return 8 + ((size_t)c[4] | (size_t)c[5] << 8) *
                       ((size_t)c[6] | (size_t)c[7] << 8);
    case 'V':
        return len < 3 ? 0 : c[2] >= 65 ? 4 : 3;
    case 'a':
    case 'r':
        return 3;
    case '(':
        return len < 5 ? 0 : 5 + ((size_t)c[3] | (size_t)c[4] << 8);
    default:
        return 0;
    }
}

size_t
escpos_command_len(const void *bytes, size_t len)
{
    const uint8_t *c = bytes;
    size_t n = 0;

    if (len > 0 && (c[0] == '\n' || c[0] == 0))
        n = 1;
    else if (len > 1 && c[0] == ESC)
        n = esc_len(c, len);
    else if (len > 1 && c[0] == GS)
        n = gs_len(c, len);
    return n <= len ? n : 0;
}
