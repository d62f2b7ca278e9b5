/* What the fake printer says: status bytes as Epson lays them out. */
#include <string.h>

#include "tests/tools/fake_inside.h"

enum {
    OFFLINE_BIT = 0x08, /* DLE EOT 1 and the first byte of ASB */
    DRAWER_HIGH = 0x04  /* pin 3: high while the drawer is shut */
};

static bool
is_mute(const struct fake *f, unsigned lacks)
{
    return (f->options.lacks & (FAKE_NO_ANSWERS | lacks)) != 0;
}

static void
say(struct fake *f, const void *bytes, size_t len)
{
    if (f->gone || f->says_len + len > sizeof(f->says))
        return;
    memcpy(f->says + f->says_len, bytes, len);
    f->says_len += len;
}

/* What is answered in its turn can be held back. */
static void
say_in_turn(struct fake *f, const void *bytes, size_t len)
{
    if (!f->hold_answers) {
        say(f, bytes, len);
    } else if (f->later_len + len <= sizeof(f->later)) {
        memcpy(f->later + f->later_len, bytes, len);
        f->later_len += len;
    }
}

void
fake_answer_freed(struct fake *f)
{
    f->hold_answers = false;
    say(f, f->later, f->later_len);
    f->later_len = 0;
}

/* Many polls, one event. */
static void
note_asked(struct fake *f, uint8_t first)
{
    const struct fake_event *last =
        f->events_len ? &f->events[f->events_len - 1] : NULL;

    if (!last || last->kind != FAKE_ASKED || last->arg != first)
        fake_note(f, FAKE_ASKED, first, "");
}

static uint8_t
status_byte(const struct fake *f, uint8_t n)
{
    uint8_t b = 0x12;

    if (n == 1)
        b = (uint8_t)(b | (fake_offline(f) ? OFFLINE_BIT : 0) |
            (f->drawer_open ? 0 : DRAWER_HIGH));
    else if (n == 2)
        b = (uint8_t)(b | (f->cover_open ? 0x04 : 0) |
            (f->paper_out ? 0x20 : 0) | (f->error ? 0x40 : 0));
    else if (n == 3)
        b = (uint8_t)(b | (f->error ? 0x08 : 0)); /* the cutter */
    else
        b = (uint8_t)(b | (f->paper_low || f->paper_out ? 0x0c : 0) |
            (f->paper_out ? 0x60 : 0));
    return b;
}

/* DLE ENQ 1: go on where it stood.  2: forget, then go on. */
static void
recover(struct fake *f, uint8_t n)
{
    if (!f->error || n == 0)
        return;
    if (n == 2)
        fake_forget(f);
    f->error = false;
}

void
fake_answer_real_time(struct fake *f, const uint8_t *c, size_t len)
{
    static const uint8_t clear[] = {1, 3, 20, 1, 6, 2, 8};

    f->count.real_time++;
    if (c[1] == 0x04 && c[2] >= 1 && c[2] <= 4) {
        uint8_t b = status_byte(f, c[2]);

        if (is_mute(f, FAKE_NO_DLE_EOT))
            return;
        say(f, &b, 1);
        note_asked(f, b);
    } else if (c[1] == 0x05) {
        recover(f, c[2]);
    } else if (c[1] == 0x14 && c[2] == 1 && len == 5) {
        if (f->pulse_disabled || c[3] > 1 || c[4] < 1 || c[4] > 8)
            return;
        fake_pulse(f, c[3], "real-time");
    } else if (c[1] == 0x14 && c[2] == 8 && len == 10 &&
        memcmp(c + 3, clear, sizeof(clear)) == 0) {
        fake_forget(f);
    }
}

/* GS I 1..3 (49..51): a byte; 65..69: a name. */
static void
say_identity(struct fake *f, uint8_t n)
{
    static const uint8_t numbers[] = {0x20, 0x02, 0x01};
    const char *names[] = {"1.00 TEST", f->options.maker, f->options.model,
        f->options.serial, ""};
    const char *name;

    if (n >= 49 && n <= 51)
        n = (uint8_t)(n - 48);
    if (n >= 1 && n <= 3) {
        say(f, &numbers[n - 1], 1);
    } else if (n >= 65 && n <= 69) {
        name = names[n - 65];
        say(f, "_", 1);
        say(f, name, strlen(name) + 1);
    } else {
        f->count.refused++;
    }
}

void
fake_answer_ask(struct fake *f, const uint8_t *head)
{
    uint8_t n = head[2], b;

    if (head[1] == 'I') {
        if (!is_mute(f, FAKE_NO_GS_I))
            say_identity(f, n);
        return;
    }
    if (is_mute(f, FAKE_NO_GS_R))
        return;
    if (n == 1 || n == 49)
        b = f->paper_out ? 0x0f : f->paper_low ? 0x03 : 0;
    else if (n == 2 || n == 50)
        b = f->drawer_open ? 0 : 1;
    else {
        f->count.refused++;
        return;
    }
    say_in_turn(f, &b, 1);
    note_asked(f, b);
}

void
fake_answer_process_id(struct fake *f)
{
    const uint8_t *d = f->collect.bytes;
    uint8_t answer[7] = {0x37, 0x22};
    uint32_t number = 0;

    if (is_mute(f, FAKE_NO_PROCESS_ID))
        return;
    if (f->collect.len != 6 || d[0] != 48 || d[1] != 48) {
        f->count.refused++;
        return;
    }
    for (size_t i = 0; i < 4; i++) {
        if (d[2 + i] < 32 || d[2 + i] > 126) {
            f->count.refused++;
            return;
        }
        answer[2 + i] = d[2 + i];
        number = number << 8 | d[2 + i];
    }
    say_in_turn(f, answer, sizeof(answer));
    fake_note(f, FAKE_CONFIRMED, number, "");
}

static void
asb_bytes(const struct fake *f, uint8_t out[4])
{
    out[0] = (uint8_t)(0x10 | (f->drawer_open ? 0 : DRAWER_HIGH) |
        (fake_offline(f) ? OFFLINE_BIT : 0) | (f->cover_open ? 0x20 : 0));
    out[1] = f->error ? 0x08 : 0;
    out[2] = (uint8_t)((f->paper_low || f->paper_out ? 0x03 : 0) |
        (f->paper_out ? 0x0c : 0));
    out[3] = 0x0f; /* bits that mean nothing are not always 0 */
}

static void
tell_asb(struct fake *f)
{
    asb_bytes(f, f->asb_told);
    say(f, f->asb_told, 4);
    note_asked(f, f->asb_told[0]);
}

void
fake_answer_asb(struct fake *f, uint8_t n)
{
    if (is_mute(f, FAKE_NO_ASB))
        return;
    f->asb = n;
    if (n)
        tell_asb(f);
}

void
fake_answer_changes(struct fake *f)
{
    uint8_t now[4], differs;

    if (!f->asb)
        return;
    asb_bytes(f, now);
    differs = now[0] ^ f->asb_told[0];
    if (((f->asb & 0x01) && (differs & DRAWER_HIGH)) ||
        ((f->asb & 0x02) && (differs & ~DRAWER_HIGH)) ||
        ((f->asb & 0x04) && now[1] != f->asb_told[1]) ||
        ((f->asb & 0x08) && now[2] != f->asb_told[2]))
        tell_asb(f);
}
