#include "drivers/status.h"

#include <assert.h>
#include <string.h>

enum { XON = 0x11, XOFF = 0x13, STX = 0x02, ETX = 0x03 };

/* Of every kind of answer, the bits that tell it from the others. */
enum { KIND_MASK = 0x93, KIND_ASB = 0x10, KIND_DLE = 0x12 };
enum { LATER_MASK = 0x90 }; /* GS r, and the 2nd to 4th byte of ASB: 0 */
enum { ASB_BYTES = 4 };

void
status_init(struct status *s, enum status_language language)
{
    *s = (struct status){.language = language};
}

bool
status_asked_dle(struct status *s, uint8_t n)
{
    assert(n <= 4);
    if (s->asked_len == STATUS_ASKED_MAX)
        return false;
    s->asked[s->asked_len++] = n;
    return true;
}

void
status_asked_order(struct status *s)
{
    s->orders_open++;
}

void
status_forget(struct status *s)
{
    s->asked_len = 0;
    s->orders_open = 0;
    s->part_len = 0;
}

void
status_quiet(struct status *s)
{
    s->part_len = 0;
}

static void
put(struct status *s, unsigned flag, bool on)
{
    s->flags = on ? s->flags | flag : s->flags & ~flag;
}

static void
take_asb(struct status *s, const uint8_t b[ASB_BYTES])
{
    put(s, STATUS_DRAWER, b[0] & 0x04);
    put(s, STATUS_COVER, b[0] & 0x20);
    put(s, STATUS_CUTTER, b[1] & 0x08);
    put(s, STATUS_ERROR, b[1] & 0x24);
    put(s, STATUS_LOW, b[2] & 0x03);
    put(s, STATUS_PAPER, b[2] & 0x0c);
    put(s, STATUS_STOPPED, false);
    /* 0x40: a head that is too hot; it passes by itself */
    put(s, STATUS_OFFLINE, b[0] & 0x08 || b[1] & 0x40);
    s->answers[STATUS_ASB]++;
}

/* Which of our questions this byte answers, the order tells. */
static int
pop_asked(struct status *s)
{
    int n;

    if (s->asked_len == 0)
        return -1;
    n = s->asked[0];
    s->asked_len--;
    memmove(s->asked, s->asked + 1, s->asked_len);
    return n;
}

static void
take_dle(struct status *s, uint8_t b)
{
    switch (pop_asked(s)) {
    case 1:
        put(s, STATUS_DRAWER, b & 0x04);
        put(s, STATUS_OFFLINE, b & 0x08);
        if (!(b & 0x08)) /* on line: what put it off line is over */
            s->flags &= ~(unsigned)(STATUS_COVER | STATUS_CUTTER |
                                    STATUS_ERROR | STATUS_STOPPED);
        break;
    case 2:
        put(s, STATUS_COVER, b & 0x04);
        put(s, STATUS_STOPPED, b & 0x20);
        if (!(b & 0x40))
            put(s, STATUS_ERROR | STATUS_CUTTER, false);
        break;
    case 3:
        put(s, STATUS_CUTTER, b & 0x08);
        put(s, STATUS_ERROR, b & 0x24);
        break;
    case 4:
        put(s, STATUS_LOW, b & 0x0c);
        put(s, STATUS_PAPER, b & 0x60);
        break;
    default:
        return; /* nobody asked */
    }
    s->answers[STATUS_DLE]++;
}

static void
take_order(struct status *s, uint8_t b)
{
    if (s->orders_open == 0)
        return; /* nobody asked */
    s->orders_open--;
    s->answers[STATUS_ORDER]++;
    if (s->answers[STATUS_ASB] || s->answers[STATUS_DLE])
        return; /* those know better */
    put(s, STATUS_LOW, b & 0x03);
    put(s, STATUS_PAPER, b & 0x0c);
}

static void
take_block(struct status *s)
{
    if (s->part_len == 7 && s->part[0] == 0x37 && s->part[1] == 0x22) {
        memcpy(s->process_id, s->part + 2, sizeof(s->process_id));
        s->answers[STATUS_PROCESS_ID]++;
    }
    s->part_len = 0;
}

static void
begin_answer(struct status *s, uint8_t b)
{
    if ((b & KIND_MASK) == KIND_DLE)
        take_dle(s, b);
    else if ((b & LATER_MASK) == 0)
        take_order(s, b);
    else if ((b & KIND_MASK) == KIND_ASB || b == 0x37 || b == 0x3d || b == 0x5f)
        s->part[s->part_len++] = b; /* ASB, or the head of a block */
}

static void
take_escpos(struct status *s, uint8_t b)
{
    if (b == XON || b == XOFF)
        return;
    if (s->part_len == 0) {
        begin_answer(s, b);
    } else if ((s->part[0] & KIND_MASK) == KIND_ASB) {
        if (b & LATER_MASK) { /* the rest of that one was lost */
            s->part_len = 0;
            begin_answer(s, b);
            return;
        }
        s->part[s->part_len++] = b;
        if (s->part_len == ASB_BYTES) {
            take_asb(s, s->part);
            s->part_len = 0;
        }
    } else {
        s->part[s->part_len++] = b;
        if (b == 0 || s->part_len == STATUS_PART_MAX)
            take_block(s);
    }
}

/* The byte that answers <ESC>!?: TSC's "TSPL/TSPL2 Programming", 0x00 ready. */
static void
take_tspl(struct status *s, uint8_t b)
{
    if (pop_asked(s) < 0)
        return;
    put(s, STATUS_COVER, b & 0x01);
    put(s, STATUS_PAPER, b & 0x04);
    put(s, STATUS_OFFLINE, b & 0x10); /* paused */
    put(s, STATUS_BUSY, b & 0x20);
    put(s, STATUS_ERROR, b & 0x8a); /* jam, ribbon, other */
    s->answers[STATUS_LABEL]++;
}

enum { ZPL_FIELDS = 12 };

/* The numbers of a string of ~HS; 0 when it is none. */
static size_t
split_zpl(const uint8_t *at, size_t len, unsigned long fields[ZPL_FIELDS])
{
    size_t n = 0, digits = 0;

    fields[0] = 0;
    for (size_t i = 0; i < len; i++) {
        if (at[i] == ',' && digits > 0 && n + 1 < ZPL_FIELDS) {
            fields[++n] = 0;
            digits = 0;
        } else if (at[i] >= '0' && at[i] <= '9' && digits < 9) {
            fields[n] = fields[n] * 10 + (unsigned long)(at[i] - '0');
            digits++;
        } else {
            return 0;
        }
    }
    return digits > 0 ? n + 1 : 0;
}

/* Zebra's "ZPL Programming Guide", ~HS: the first string has twelve numbers,
 * the second eleven, the third tells nothing that is wanted here. */
static void
take_zpl_line(struct status *s)
{
    unsigned long f[ZPL_FIELDS];
    size_t n = split_zpl(s->part + 1, s->part_len - 1, f);
    unsigned flags = 0;

    if (n == 12) {
        flags |= f[1] ? STATUS_PAPER : 0;
        flags |= f[2] || f[11] ? STATUS_OFFLINE : 0; /* paused, too hot */
        flags |= f[4] || f[7] ? STATUS_BUSY : 0;
        flags |= f[9] ? STATUS_ERROR : 0;
        s->first_line = flags;
    } else if (n == 11) {
        flags |= f[2] ? STATUS_COVER : 0;
        flags |= f[3] ? STATUS_ERROR : 0; /* ribbon */
        flags |= f[8] ? STATUS_BUSY : 0;
        s->flags = s->first_line | flags;
        s->answers[STATUS_LABEL]++;
    }
}

static void
take_zpl(struct status *s, uint8_t b)
{
    if (b == STX) {
        s->part[0] = b;
        s->part_len = 1;
    } else if (b == ETX && s->part_len > 0) {
        take_zpl_line(s);
        s->part_len = 0;
    } else if (s->part_len > 0 && s->part_len < STATUS_PART_MAX) {
        s->part[s->part_len++] = b;
    } else {
        s->part_len = 0;
    }
}

void
status_feed(struct status *s, const void *bytes, size_t len)
{
    const uint8_t *at = bytes;

    for (size_t i = 0; i < len; i++) {
        if (s->language == STATUS_TSPL)
            take_tspl(s, at[i]);
        else if (s->language == STATUS_ZPL)
            take_zpl(s, at[i]);
        else
            take_escpos(s, at[i]);
    }
}

unsigned
status_answers(const struct status *s)
{
    unsigned n = 0;

    for (size_t i = 0; i < STATUS_KINDS; i++)
        n += s->answers[i];
    return n;
}

enum printer_state
status_state(const struct status *s)
{
    if (s->flags & STATUS_COVER)
        return PRINTER_COVER_OPEN;
    if (s->flags & STATUS_CUTTER)
        return PRINTER_CUTTER;
    if (s->flags & STATUS_ERROR)
        return PRINTER_FAILED;
    if (s->flags & (STATUS_PAPER | STATUS_STOPPED))
        return PRINTER_PAPER_OUT;
    if (s->flags & STATUS_OFFLINE)
        return PRINTER_OFFLINE;
    return status_answers(s) ? PRINTER_READY : PRINTER_UNKNOWN;
}
