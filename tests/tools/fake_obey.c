/* The fake printer's engine: what each command does. */
#include <string.h>

#include "base/mem.h"
#include "tests/tools/fake_inside.h"

enum {
    DLE = 0x10,
    LF = 0x0a,
    FF = 0x0c,
    CAN = 0x18,
    ESC = 0x1b,
    FS = 0x1c,
    GS = 0x1d,
    SPACING = 30 /* 1/6 inch at 203 dots an inch, less 4 */
};

void
fake_reset_line(struct fake *f)
{
    struct fake_line *l = &f->line;
    uint8_t *bits = l->bits;

    memset(bits, 0, FAKE_LINE_ROWS * f->stride);
    *l = (struct fake_line){
        .bits = bits, .spacing = SPACING, .wide = 1, .high = 1};
    f->graphics_rows = 0;
}

static size_t
u16(const uint8_t *at)
{
    return (size_t)at[0] | (size_t)at[1] << 8;
}

/* Numbers that may also be written as figures: 1 or '1'. */
static unsigned
figure(uint8_t n)
{
    return n >= '0' && n <= '9' ? n - '0' : n;
}

static void
reset(struct fake *f)
{
    fake_reset_line(f);
    f->asb = 0; /* in effect only until ESC @ */
    f->pulse_disabled = false;
    f->count.resets++;
    fake_note(f, FAKE_RESET, 0, "");
}

void
fake_pulse(struct fake *f, unsigned connector, const char *how)
{
    f->count.pulses++;
    fake_note(f, FAKE_PULSE, connector, how);
    f->drawer_open = f->drawer_open || f->options.drawer;
}

static void
pulse(struct fake *f, const uint8_t *h)
{
    if (figure(h[2]) > 1)
        f->count.refused++;
    else
        fake_pulse(f, figure(h[2]), "");
}

static void
flush_line(struct fake *f)
{
    if (f->line.tall)
        fake_draw_line(f, f->line.spacing);
}

/* GS V m [n]: 0 and 1 cut where the paper stands; the others feed the last row
 * to the knife, and n more, first (97, 98, 103, 104 likewise here). */
static void
cut(struct fake *f, const uint8_t *h)
{
    unsigned m = figure(h[2]);
    bool with_feed = m >= 65;

    if (m > 1 && !with_feed) {
        f->count.refused++;
        return;
    }
    if (f->line.tall && !with_feed) { /* only at the beginning of a line */
        f->count.refused++;
        return;
    }
    flush_line(f);
    if (with_feed)
        fake_draw_feed(f, h[3]);
    fake_draw_cut(f, m == 0 || m == 65 || m == 97 || m == 103 ? 'f' : 'p',
        with_feed);
}

static void
set_position(struct fake *f, size_t x)
{
    if (x <= f->width)
        f->line.x = x;
    else
        f->count.refused++;
}

static void
obey_page(struct fake *f, uint8_t second)
{
    f->line.page_mode = second == 'L';
    if (second == 'L')
        f->count.undrawn++;
}

static void
obey_esc(struct fake *f, const uint8_t *h)
{
    struct fake_line *l = &f->line;

    switch (h[1]) {
    case '@':
        reset(f);
        break;
    case '!':
        l->high = h[2] & 0x10 ? 2 : 1;
        l->wide = h[2] & 0x20 ? 2 : 1;
        break;
    case '2':
        l->spacing = SPACING;
        break;
    case '3':
        l->spacing = h[2];
        break;
    case 'J':
        fake_draw_line(f, h[2]);
        break;
    case 'd':
        fake_draw_line(f, h[2] * l->spacing);
        break;
    case '$':
        set_position(f, u16(h + 2));
        break;
    case '\\':
        set_position(f, l->x + (size_t)(int16_t)(uint16_t)u16(h + 2));
        break;
    case 'a':
        if (figure(h[2]) > 2 || l->tall)
            f->count.refused++;
        else
            l->justify = (int)figure(h[2]);
        break;
    case 'p':
        pulse(f, h);
        break;
    case 'i':
    case 'm':
        fake_draw_cut(f, 'p', false);
        break;
    case 'L':
    case 'S':
    case FF:
        obey_page(f, h[1]);
        break;
    case '{':
    case 'V':
        f->count.undrawn += (h[2] & 1);
        break;
    default:
        break; /* manners of writing letters */
    }
}

static void
obey_gs(struct fake *f, const uint8_t *h)
{
    struct fake_line *l = &f->line;

    switch (h[1]) {
    case '!':
        l->wide = 1u + (h[2] >> 4 & 7);
        l->high = 1u + (h[2] & 7);
        break;
    case 'L':
        l->margin = u16(h + 2);
        break;
    case 'W':
        l->area = u16(h + 2);
        break;
    case 'V':
        cut(f, h);
        break;
    case 'a':
        fake_answer_asb(f, h[2]);
        break;
    case 'r':
    case 'I':
        fake_answer_ask(f, h);
        break;
    case '/':
        f->count.undrawn++;
        break;
    default:
        break;
    }
}

/* GS ( D: m 20, then pairs: 1 and whether DLE DC4 1 opens the drawer. */
static void
real_time_switch(struct fake *f)
{
    const uint8_t *d = f->collect.bytes;

    for (size_t i = 1; d && d[0] == 20 && i + 1 < f->collect.len; i += 2)
        if (d[i] == 1)
            f->pulse_disabled = !(d[i + 1] & 1);
}

/* A command with data is whole; the data were collected. */
static void
obey_data(struct fake *f, const uint8_t *h)
{
    if (h[0] == ESC && h[1] == '*')
        fake_columns(f, h);
    else if (h[0] == GS && (h[1] == '8' || (h[1] == '(' && h[2] == 'L')))
        fake_graphics(f);
    else if (h[0] == GS && h[1] == '(' && h[2] == 'H')
        fake_answer_process_id(f);
    else if (h[0] == GS && h[1] == '(' && h[2] == 'D')
        real_time_switch(f);
    else if (h[0] == GS && (h[1] == 'k' || h[1] == '('))
        f->count.undrawn += h[1] == 'k' || h[2] == 'k';
}

static void
obey_control(struct fake *f, uint8_t byte)
{
    if (byte == LF)
        fake_draw_line(f, f->line.spacing);
    else if (byte == FF || byte == CAN)
        f->line.page_mode = f->line.page_mode && byte != FF;
}

static void
obey(struct fake *f, const uint8_t *h, size_t len)
{
    if (h[0] == ESC)
        obey_esc(f, h);
    else if (h[0] == GS)
        obey_gs(f, h);
    else if (h[0] == DLE && f->options.real_time == FAKE_REAL_TIME_IN_ORDER)
        fake_answer_real_time(f, h, len);
    else if (h[0] != DLE && h[0] != FS)
        obey_control(f, h[0]);
}

static void
collect(struct fake *f, uint8_t byte)
{
    struct fake_collect *c = &f->collect;

    if (c->len == FAKE_COLLECT_MAX)
        return;
    if (c->len == c->room) {
        c->room = c->room * 2 + 256;
        c->bytes = mem_resize(c->bytes, c->room, 1);
    }
    c->bytes[c->len++] = byte;
}

static bool
is_raster(const uint8_t *h)
{
    return h[0] == GS && h[1] == 'v';
}

static void
take_data(struct fake *f, uint8_t byte, bool last)
{
    if (is_raster(f->frame.head)) {
        fake_picture_byte(f, byte);
        return;
    }
    collect(f, byte);
    if (last)
        obey_data(f, f->frame.head);
}

void
fake_take(struct fake *f, uint8_t byte)
{
    f->count.executed++;
    switch (fake_frame_take(&f->frame, byte, f->options.lacks)) {
    case FAKE_STEP_LETTER:
        fake_draw_letter(f, byte);
        break;
    case FAKE_STEP_DONE:
        obey(f, f->frame.head, f->frame.head_len);
        break;
    case FAKE_STEP_HEAD:
        f->collect.len = 0;
        if (is_raster(f->frame.head))
            fake_picture_begin(f, f->frame.head);
        break;
    case FAKE_STEP_DATA:
        take_data(f, byte, false);
        break;
    case FAKE_STEP_LAST:
        take_data(f, byte, true);
        break;
    case FAKE_STEP_UNKNOWN:
        f->count.unknown++;
        fake_note(f, FAKE_UNKNOWN,
            (uint32_t)f->frame.head[0] << 8 | f->frame.head[1], "");
        break;
    case FAKE_STEP_MORE:
        break;
    }
}
