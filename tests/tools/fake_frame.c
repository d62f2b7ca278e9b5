#include "tests/tools/fake_frame.h"

#include <string.h>

#include "tests/tools/fake_printer.h"

enum { DLE = 0x10, ESC = 0x1b, FS = 0x1c, GS = 0x1d };

/* Commands of a fixed length, by their second byte. */
static const struct {
    uint8_t first;
    size_t len;
    const char *seconds;
} fixed[] = {
    {ESC, 2, "@2LSimv<\x0c"},
    {ESC, 3, " !%-3=?EGJKMRTUVadertu{"},
    {ESC, 4, "$\\cf"},
    {ESC, 5, "p*("},
    {ESC, 10, "W"},
    {ESC, 2, "D"},
    {FS, 2, "&."},
    {FS, 3, "!-CW"},
    {FS, 4, "S?p2"},
    {FS, 5, "("},
    {GS, 2, ":c"},
    {GS, 3, "!/BEHITabfhjrw"},
    {GS, 4, "$LPW\\*"},
    {GS, 5, "^("},
    {GS, 6, "g"},
};

/* DLE EOT n, DLE ENQ n, DLE DC4 fn ...; 0: a DLE that means nothing. */
static size_t
real_time_length(const uint8_t *h, size_t len)
{
    static const uint8_t more[] = {0, 2, 2, 5, 0, 0, 0, 1, 7};

    if (len < 2)
        return 2;
    if (h[1] != 0x04 && h[1] != 0x05 && h[1] != 0x14)
        return 0;
    if (len < 3 || h[1] == 0x05)
        return 3;
    if (h[1] == 0x04)
        return h[2] == 7 || h[2] == 8 || h[2] == 18 ? 4 : 3;
    return 3u + (h[2] < sizeof(more) ? more[h[2]] : 0);
}

/* The cut with a feed has a parameter more. */
static size_t
cut_length(uint8_t m)
{
    return m == 65 || m == 66 || m == 97 || m == 98 || m == 103 || m == 104 ?
        4 : 3;
}

static size_t
length_by_third(const uint8_t *h, size_t len)
{
    if (len < 3)
        return 3;
    switch (h[1]) {
    case 'V':
        return cut_length(h[2]);
    case 'k':
        return h[2] <= 6 ? 3 : h[2] >= 65 && h[2] <= 79 ? 4 : 0;
    case 'C':
        return h[2] == '1' ? 9 : h[2] == '0' || h[2] == '2' ? 5 : 0;
    case 'v':
    case 'Q':
        return h[2] == '0' ? 8 : 0;
    case '8':
        return h[2] == 'L' ? 7 : 0;
    default:
        return h[2] == '0' ? 5 : 0; /* GS z 0 */
    }
}

static bool
is_lacking(const uint8_t *h, unsigned lacks)
{
    return (h[0] == GS && h[1] == 'v' && (lacks & FAKE_NO_GS_V0)) ||
        (h[0] == ESC && h[1] == '*' && (lacks & FAKE_NO_ESC_STAR));
}

/* How long the head is as far as it was read; 0: it begins no command. */
static size_t
head_length(const uint8_t *h, size_t len, unsigned lacks)
{
    if (h[0] == DLE)
        return real_time_length(h, len);
    if (h[0] != ESC && h[0] != FS && h[0] != GS)
        return 1;
    if (len < 2)
        return 2;
    if (is_lacking(h, lacks))
        return 0;
    if (h[0] == GS && strchr("VkCvQ8z", h[1]) && h[1])
        return length_by_third(h, len);
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
        if (fixed[i].first == h[0] && h[1] && strchr(fixed[i].seconds, h[1]))
            return fixed[i].len;
    return 0;
}

static uint64_t
number(const uint8_t *at, size_t bytes)
{
    uint64_t n = 0;

    while (bytes-- > 0)
        n = n << 8 | at[bytes];
    return n;
}

/* How many bytes of data follow a head that is whole. */
static uint64_t
data_length(const uint8_t *h)
{
    if (h[0] == ESC && h[1] == '*')
        return number(h + 3, 2) * (h[2] >= 32 ? 3 : 1);
    if (h[0] == FS && h[1] == '2')
        return 72;
    if (h[0] != DLE && h[1] == '(')
        return number(h + 3, 2);
    if (h[0] != GS)
        return 0;
    switch (h[1]) {
    case '8':
        return number(h + 3, 4);
    case 'v':
    case 'Q':
        return number(h + 4, 2) * number(h + 6, 2);
    case '*':
        return (uint64_t)h[2] * h[3] * 8;
    case 'k':
        return h[2] >= 65 ? h[3] : 0;
    default:
        return 0;
    }
}

static bool
ends_with_nul(const uint8_t *h)
{
    return (h[0] == ESC && h[1] == 'D') ||
        (h[0] == GS && h[1] == 'k' && h[2] <= 6);
}

static enum fake_step
take_data(struct fake_frame *f, uint8_t byte)
{
    if (f->until_nul ? byte != 0 : --f->data_left > 0)
        return FAKE_STEP_DATA;
    f->in_data = false;
    f->whole = true;
    return FAKE_STEP_LAST;
}

/* A DLE that begins nothing is nothing, and its follower stands for itself. */
static bool
is_lone_dle(const struct fake_frame *f, uint8_t next)
{
    const uint8_t both[] = {DLE, next};

    return f->head_len == 1 && f->head[0] == DLE &&
        real_time_length(both, 2) == 0;
}

enum fake_step
fake_frame_take(struct fake_frame *f, uint8_t byte, unsigned lacks)
{
    size_t need;

    if (f->in_data)
        return take_data(f, byte);
    if (f->whole || is_lone_dle(f, byte))
        *f = (struct fake_frame){.head_len = 0};
    f->head[f->head_len++] = byte;
    need = head_length(f->head, f->head_len, lacks);
    if (f->head_len < need)
        return FAKE_STEP_MORE;
    if (f->head[0] >= 0x20 || need == 0) {
        f->whole = true;
        return need == 0 ? FAKE_STEP_UNKNOWN : FAKE_STEP_LETTER;
    }
    f->until_nul = ends_with_nul(f->head);
    f->data_left = data_length(f->head);
    f->in_data = f->until_nul || f->data_left > 0;
    f->whole = !f->in_data;
    return f->in_data ? FAKE_STEP_HEAD : FAKE_STEP_DONE;
}

bool
fake_frame_at_rest(const struct fake_frame *f)
{
    return f->whole || f->head_len == 0 ||
        (f->head_len == 1 && f->head[0] == DLE);
}
