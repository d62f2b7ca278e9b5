#include "tests/tools/escpos_decode.h"

#include <string.h>

#include "base/mem.h"

enum { ESC = 0x1b, GS = 0x1d, DLE = 0x10 };

void
escpos_paper_init(struct escpos_paper *p, size_t width)
{
    *p = (struct escpos_paper){.width = width};
}

void
escpos_paper_finish(struct escpos_paper *p)
{
    mem_free(p->dots);
    p->dots = NULL;
}

static bool
refuse(struct escpos_paper *p, const char *why)
{
    if (!p->why)
        p->why = why;
    return false;
}

static bool
add_event(struct escpos_paper *p, char kind)
{
    if (p->events_len == ESCPOS_EVENTS_MAX)
        return refuse(p, "too many cuts and pulses");
    p->events[p->events_len++] = (struct escpos_event){kind, p->rows};
    return true;
}

static size_t
u16(const uint8_t *at)
{
    return (size_t)at[0] | (size_t)at[1] << 8;
}

/* GS v 0 m xL xH yL yH: a picture of x bytes a row and y rows follows. */
static bool
begin_picture(struct escpos_paper *p)
{
    size_t stride = u16(p->command + 4), rows = u16(p->command + 6);

    if (p->command[3] != 0)
        return refuse(p, "a picture that is scaled");
    if (stride == 0 || rows == 0 || stride * 8 > p->width)
        return refuse(p, "a picture that does not fit the paper");
    p->dots = mem_resize(p->dots, (p->rows + rows) * p->width, 1);
    memset(p->dots + p->rows * p->width, 0, rows * p->width);
    p->band_stride = stride;
    p->band_bytes_left = stride * rows;
    p->band_column = 0;
    p->bands++;
    return true;
}

/* How long the command is as far as it was read; 0 = there is none such. */
static size_t
command_length(const uint8_t *c, size_t len)
{
    if (len < 2)
        return c[0] == ESC || c[0] == GS ? 2 : 0;
    if (c[0] == ESC)
        return c[1] == '@' ? 2 : c[1] == 'p' ? 5 : 0;
    if (c[1] == 'v')
        return len < 3 || c[2] == '0' ? 8 : 0;
    if (c[1] == 'V')
        return len < 3 || c[2] == 65 || c[2] == 66 ? 4 : 0;
    return 0;
}

static bool
obey(struct escpos_paper *p)
{
    const uint8_t *c = p->command;

    p->command_len = 0;
    if (c[0] == ESC && c[1] == '@')
        return add_event(p, 'i');
    if (p->events_len == 0)
        return refuse(p, "a command before the reset");
    if (c[0] == ESC) {
        if (c[2] > 1 || c[3] == 0 || c[4] < c[3])
            return refuse(p, "a drawer pulse that is none");
        return add_event(p, 'd');
    }
    if (c[1] == 'V')
        return add_event(p, c[2] == 66 ? 'p' : 'f');
    return begin_picture(p);
}

static void
take_dots(struct escpos_paper *p, uint8_t byte)
{
    uint8_t *row = p->dots + p->rows * p->width;

    for (size_t bit = 0; bit < 8; bit++)
        row[p->band_column * 8 + bit] = byte >> (7 - bit) & 1;
    p->band_bytes_left--;
    if (++p->band_column == p->band_stride) {
        p->band_column = 0;
        p->rows++;
    }
}

static bool
take_byte(struct escpos_paper *p, uint8_t byte)
{
    size_t length;

    p->at++;
    if (p->before == DLE && (byte == 0x04 || byte == 0x05 || byte == 0x14))
        return refuse(p, "a real-time sequence");
    p->before = byte;
    if (p->band_bytes_left > 0) {
        take_dots(p, byte);
        return true;
    }
    p->command[p->command_len++] = byte;
    length = command_length(p->command, p->command_len);
    if (length == 0)
        return refuse(p, "a byte that begins no known command");
    return p->command_len < length || obey(p);
}

bool
escpos_paper_feed(struct escpos_paper *p, const void *bytes, size_t len)
{
    const uint8_t *at = bytes;

    for (size_t i = 0; i < len && !p->why; i++)
        take_byte(p, at[i]);
    return !p->why;
}

bool
escpos_paper_complete(const struct escpos_paper *p)
{
    return !p->why && p->command_len == 0 && p->band_bytes_left == 0 &&
           p->events_len > 0;
}
