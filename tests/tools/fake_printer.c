#include "tests/tools/fake_printer.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tests/tools/fake_inside.h"

enum { DLE = 0x10, EVENTS_MAX = 1 << 20 };

static const char *const kind_names[FAKE_KINDS] = {"reset", "cut", "pulse",
    "asked", "confirmed", "happened", "offline", "online",
    "unknown"};

const char *
fake_kind_name(enum fake_kind kind)
{
    return kind_names[kind];
}

struct fake *
fake_new(const struct fake_options *options)
{
    struct fake *f = mem_new(1, sizeof(*f));
    struct fake_options *o = &f->options;

    if (options)
        *o = *options;
    o->maker = o->maker ? o->maker : "FAKE";
    o->model = o->model ? o->model : "POS-80";
    o->serial = o->serial ? o->serial : "F0001";
    f->width = o->width_dots > 0 ? (size_t)o->width_dots : 576;
    f->stride = (f->width + 7) / 8;
    f->cutter_rows = o->cutter_rows > 0 ? (size_t)o->cutter_rows : 96;
    f->buffer_size = o->buffer ? o->buffer : 4096;
    f->buffer = mem_new(f->buffer_size, 1);
    f->line.bits = mem_new(FAKE_LINE_ROWS, f->stride);
    f->rows_per_s = o->rows_per_s;
    f->vanish_in = f->paper_left = -1;
    f->powered = true;
    snprintf(f->device_id, sizeof(f->device_id),
        "MFG:%s;CMD:ESC/POS;MDL:%s;CLS:PRINTER;SN:%s;", o->maker, o->model,
        o->serial);
    fake_paper_new(f);
    fake_reset_line(f);
    return f;
}

void
fake_free(struct fake *f)
{
    if (!f)
        return;
    fake_paper_free(f);
    mem_free(f->buffer);
    mem_free(f->line.bits);
    mem_free(f->pending.bits);
    mem_free(f->collect.bytes);
    mem_free(f->graphics);
    mem_free(f->events);
    mem_free(f);
}

void
fake_note(struct fake *f, enum fake_kind kind, uint32_t arg, const char *what)
{
    struct fake_event *e;

    if (f->events_len == EVENTS_MAX)
        return;
    if (f->events_len == f->events_room) {
        f->events_room = f->events_room * 2 + 16;
        f->events =
            mem_resize(f->events, f->events_room, sizeof(f->events[0]));
    }
    e = &f->events[f->events_len++];
    *e = (struct fake_event){.kind = kind,
        .byte = f->count.taken,
        .slip = fake_slips(f),
        .row = fake_slip(f, fake_slips(f))->rows,
        .arg = arg};
    snprintf(e->what, sizeof(e->what), "%s", what);
}

bool
fake_offline(const struct fake *f)
{
    return f->paper_out || f->cover_open || f->error || !f->powered;
}

void
fake_forget(struct fake *f)
{
    f->buffer_at = f->buffer_len = 0;
    f->frame = f->arriving = (struct fake_frame){.head_len = 0};
    f->held_len = 0;
    f->pending.rows = f->pending.at = f->pending.blank = 0;
    f->pending.cut = 0;
    fake_reset_line(f);
}

/* --- the engine -------------------------------------------------------- */

static void
tell_changes(struct fake *f)
{
    bool offline = fake_offline(f);

    if (offline != f->was_offline)
        fake_note(f, offline ? FAKE_OFFLINE : FAKE_ONLINE, 0, "");
    if (offline && !f->was_offline && !f->error &&
        (f->options.lacks & FAKE_LOSES_BUFFER))
        fake_forget(f);
    f->was_offline = offline;
    fake_answer_changes(f);
}

/* One row nearer the end of the roll. */
static void
print_row(struct fake *f, const uint8_t *bits)
{
    fake_paper_row(f, bits);
    if (f->rows_per_s)
        f->may_print -= 1000;
    if (f->paper_left > 0 && --f->paper_left == 0)
        f->paper_out = true;
}

static void
print_cut(struct fake *f)
{
    struct fake_pending *p = &f->pending;

    if (f->jam) {
        f->error = true;
        return;
    }
    if (!(f->options.lacks & FAKE_NO_CUTTER)) {
        fake_note(f, FAKE_CUT, (uint8_t)p->cut, "");
        fake_paper_cut(f, p->cut, p->behind_knife);
        f->count.cuts++;
    }
    p->cut = 0;
}

/* Bring a little of what is drawn to paper.  False: nothing is drawn. */
static bool
print_pending(struct fake *f)
{
    struct fake_pending *p = &f->pending;

    if (p->at < p->rows) {
        print_row(f, p->bits + p->at++ * f->stride);
        if (p->at == p->rows)
            p->at = p->rows = 0;
    } else if (p->blank > 0) {
        p->blank--;
        print_row(f, NULL);
    } else if (p->cut) {
        print_cut(f);
    } else {
        return false;
    }
    return true;
}

static bool
has_pending(const struct fake *f)
{
    return f->pending.at < f->pending.rows || f->pending.blank > 0 ||
        f->pending.cut;
}

void
fake_run(struct fake *f)
{
    while (!fake_offline(f) && !f->stalled) {
        if (has_pending(f)) {
            if (f->rows_per_s && f->may_print < 1000)
                break;
            print_pending(f);
        } else if (f->buffer_len > 0) {
            uint8_t byte = f->buffer[f->buffer_at];

            f->buffer_at = (f->buffer_at + 1) % f->buffer_size;
            f->buffer_len--;
            fake_take(f, byte);
        } else {
            break;
        }
    }
    tell_changes(f);
}

void
fake_tick(struct fake *f, int ms)
{
    /* what was not printed in one tick cannot be made up in the next */
    f->may_print = f->may_print % 1000 + (int64_t)f->rows_per_s * ms;
    fake_run(f);
}

bool
fake_idle(const struct fake *f)
{
    return f->buffer_len == 0 && !has_pending(f);
}

bool
fake_at_rest(const struct fake *f)
{
    return fake_frame_at_rest(&f->frame) && f->line.tall == 0;
}

/* --- the cable --------------------------------------------------------- */

void
fake_vanish(struct fake *f)
{
    f->gone = true;
    f->vanish_in = -1;
    f->says_len = 0;
    fake_note(f, FAKE_HAPPENED, 0, "vanished");
}

static void
store(struct fake *f, uint8_t byte)
{
    f->buffer[(f->buffer_at + f->buffer_len++) % f->buffer_size] = byte;
    fake_frame_take(&f->arriving, byte, f->options.lacks);
}

/* How long the real-time command in `held` is as far as it was seen; 0: it is
 * none after all. */
static size_t
held_length(const struct fake *f)
{
    struct fake_frame probe = {.head_len = 0};
    enum fake_step step = FAKE_STEP_MORE;

    for (size_t i = 0; i < f->held_len; i++)
        step = fake_frame_take(&probe, f->held[i], 0);
    if (probe.head_len < f->held_len)
        return 0; /* a lone DLE */
    return step == FAKE_STEP_MORE ? f->held_len + 1 :
        step == FAKE_STEP_DONE    ? f->held_len : 0;
}

static bool
watches(const struct fake *f)
{
    return f->options.real_time != FAKE_REAL_TIME_IN_ORDER &&
        !(f->options.lacks & FAKE_NO_DLE_EOT);
}

static bool
takes_out(const struct fake *f)
{
    return f->options.real_time == FAKE_REAL_TIME_TAKEN_OUT;
}

/* What was held is nothing, or has been obeyed. */
static void
let_go(struct fake *f, bool obeyed)
{
    size_t len = f->held_len;

    f->held_len = 0;
    if (takes_out(f) && !obeyed)
        for (size_t i = 0; i < len; i++)
            store(f, f->held[i]);
}

/* Hold the byte when it may be part of a real-time command, and obey that when
 * it is whole.  False: it is none. */
static bool
hold(struct fake *f, uint8_t byte)
{
    size_t length;

    f->held[f->held_len++] = byte;
    length = held_length(f);
    if (length == 0) {
        f->held_len--;
        let_go(f, false);
        return false;
    }
    if (length == f->held_len) {
        f->count.real_time_inside += f->held_inside;
        fake_answer_real_time(f, f->held, f->held_len);
        let_go(f, true);
    }
    return true;
}

/* A byte comes off the cable.  Real-time commands are seen wherever they stand:
 * inside a picture too. */
static void
arrive(struct fake *f, uint8_t byte)
{
    bool held = false;

    if (watches(f)) {
        if (f->held_len > 0)
            held = hold(f, byte);
        if (!held && byte == DLE) {
            f->held_inside = !fake_frame_at_rest(&f->arriving);
            held = hold(f, byte);
        }
    }
    if (!held || !takes_out(f))
        store(f, byte);
}

static bool
is_busy(const struct fake *f)
{
    size_t reserved = takes_out(f) ? f->held_len : 0;

    return f->gone || f->stalled ||
        f->buffer_len + reserved >= f->buffer_size ||
        ((f->options.lacks & FAKE_BUSY_OFFLINE) && fake_offline(f));
}

size_t
fake_feed(struct fake *f, const void *bytes, size_t len)
{
    const uint8_t *at = bytes;
    size_t n = 0;

    while (n < len) {
        if (is_busy(f))
            fake_run(f);
        if (is_busy(f))
            break;
        f->count.taken++;
        arrive(f, at[n++]);
        if (f->vanish_in > 0 && --f->vanish_in == 0)
            fake_vanish(f);
    }
    fake_run(f);
    return n;
}

size_t
fake_answers(struct fake *f, void *out, size_t size)
{
    size_t n = f->says_len < size ? f->says_len : size;

    if (f->gone || f->stalled)
        return 0;
    memcpy(out, f->says, n);
    memmove(f->says, f->says + n, f->says_len - n);
    f->says_len -= n;
    return n;
}

bool
fake_has_answers(const struct fake *f)
{
    return !f->gone && !f->stalled && f->says_len > 0;
}

uint8_t
fake_port(const struct fake *f)
{
    return (uint8_t)((f->paper_out ? 0x20 : 0) |
        (f->cover_open || f->error ? 0 : 0x10) | (fake_offline(f) ? 0 : 0x08));
}

const char *
fake_device_id(const struct fake *f)
{
    return f->device_id;
}

void
fake_soft_reset(struct fake *f)
{
    fake_forget(f);
    f->asb = 0;
    f->says_len = f->later_len = 0;
    tell_changes(f);
}

bool
fake_gone(const struct fake *f)
{
    return f->gone;
}

size_t
fake_events(const struct fake *f)
{
    return f->events_len;
}

const struct fake_event *
fake_event(const struct fake *f, size_t i)
{
    return i < f->events_len ? &f->events[i] : NULL;
}

const struct fake_count *
fake_count(const struct fake *f)
{
    return &f->count;
}
