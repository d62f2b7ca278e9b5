/* One question, one answer, one look: what link_*.c are made of. */
#include <assert.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "drivers/link_inside.h"
#include "drivers/quirks.h"

enum { HEAR_ROUNDS = 16, MISSES_MAX = 3 };

enum err
link_lost(struct link *l, enum err e)
{
    if (e == ERR_PRINTER) {
        l->gone = true;
        link_update(l);
    }
    return e;
}

bool
link_stopping(struct link *l)
{
    return l->watch && l->watch->stop && l->watch->stop(l->watch->arg);
}

static bool
is_cause(enum printer_state state)
{
    return state != PRINTER_READY && state != PRINTER_UNKNOWN;
}

/* The port status of some printers is nonsense: reserved bits, or a fault
 * while they print.  It counts when it has been good once, or when nothing else
 * is known. */
static enum printer_state
port_state(const struct link *l, enum printer_state told)
{
    const uint8_t known = PRINTER_PORT_PAPER_EMPTY | PRINTER_PORT_SELECTED |
                          PRINTER_PORT_NO_ERROR;

    if (!l->port_told || (l->port & ~known))
        return PRINTER_UNKNOWN;
    if (!l->port_good && told != PRINTER_UNKNOWN)
        return PRINTER_UNKNOWN;
    if (l->port & PRINTER_PORT_PAPER_EMPTY)
        return PRINTER_PAPER_OUT;
    if (!l->port_good)
        return PRINTER_UNKNOWN;
    return l->port == (PRINTER_PORT_SELECTED | PRINTER_PORT_NO_ERROR)
               ? PRINTER_READY
               : PRINTER_OFFLINE;
}

/* What the printer told of itself, without our own conclusions. */
static enum printer_state
told_state(const struct link *l)
{
    enum printer_state state = status_state(&l->status), port;

    if (is_cause(state))
        return state;
    port = port_state(l, state);
    return port == PRINTER_UNKNOWN ? state : port;
}

bool
link_has_cause(const struct link *l)
{
    return is_cause(told_state(l));
}

static enum link_level
best(const struct link *l)
{
    if (l->id == LINK_YES)
        return LINK_PROCESS_ID;
    if (l->order == LINK_YES)
        return LINK_IN_ORDER;
    if (l->asb == LINK_YES || l->asks == LINK_YES || l->port_good)
        return LINK_ONLINE;
    if (l->asks == LINK_NO)
        return LINK_ACCEPTED;
    return LINK_NONE;
}

static void
learn(struct link *l)
{
    const unsigned *answers = l->status.answers;

    if (answers[STATUS_ASB])
        l->asb = LINK_YES;
    if (answers[STATUS_DLE] || answers[STATUS_LABEL])
        l->asks = LINK_YES;
    if (answers[STATUS_PROCESS_ID])
        l->id = LINK_YES;
    if (answers[STATUS_ORDER])
        l->order = LINK_YES;
}

void
link_update(struct link *l)
{
    struct link_health now = l->health;

    learn(l);
    now.state = told_state(l);
    if (!is_cause(now.state) && (l->stuck || l->misses >= MISSES_MAX))
        now.state = PRINTER_OFFLINE;
    if (l->gone)
        now.state = PRINTER_GONE;
    now.paper_low = l->status.flags & STATUS_LOW;
    now.drawer_open = l->status.flags & STATUS_DRAWER;
    now.answers = status_answers(&l->status) > 0;
    now.best = best(l);
    if (l->outcome && l->outcome->counted > 0 && link_has_cause(l))
        l->outcome->interrupted = true;
    if (now.state == l->health.state && now.best == l->health.best &&
        now.paper_low == l->health.paper_low &&
        now.drawer_open == l->health.drawer_open &&
        now.answers == l->health.answers)
        return;
    l->health = now;
    if (l->watch && l->watch->state)
        l->watch->state(l->watch->arg, &l->health);
}

static void
pause_ms(int ms)
{
    struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};

    nanosleep(&t, NULL);
}

enum err
link_hear(struct link *l, int timeout_ms)
{
    uint8_t bytes[256];
    size_t got = 1;
    enum err e = OK;

    if (!l->hears) {
        if (timeout_ms > 0)
            pause_ms(timeout_ms);
        return OK;
    }
    for (int i = 0; e == OK && got > 0 && i < HEAR_ROUNDS; i++) {
        e = printer_receive(
            l->printer, bytes, sizeof(bytes), i == 0 ? timeout_ms : 0, &got);
        if (got > 0)
            l->heard_at = clock_mono_ms();
        status_feed(&l->status, bytes, got);
    }
    if (clock_mono_ms() - l->heard_at > l->pace.ask_ms)
        status_quiet(&l->status);
    if (e != OK)
        return link_lost(l, e);
    link_update(l);
    return OK;
}

enum err
link_look_port(struct link *l, int every_ms)
{
    int64_t now = clock_mono_ms();
    enum err e;

    if (l->no_port || now - l->port_at < every_ms)
        return OK;
    e = printer_port(l->printer, &l->port);
    if (e == ERR_PRINTER)
        return link_lost(l, e);
    l->port_at = now;
    l->port_told = e == OK;
    if (e == OK && l->port == (PRINTER_PORT_SELECTED | PRINTER_PORT_NO_ERROR))
        l->port_good = true;
    link_update(l);
    return OK;
}

enum err
link_pay(struct link *l, bool *done_out)
{
    size_t sent = 0;
    enum err e =
        printer_send(l->printer, l->owed, l->owed_len, l->pace.piece_ms, &sent);

    l->owed_len -= sent;
    memmove(l->owed, l->owed + sent, l->owed_len);
    *done_out = l->owed_len == 0;
    return link_lost(l, e);
}

enum err
link_say(struct link *l, const void *bytes, size_t len, bool *said_out)
{
    const uint8_t *at = bytes;
    size_t sent = 0;
    enum err e = link_pay(l, said_out);

    assert(len <= LINK_OWED_MAX);
    if (e != OK || !*said_out)
        return e;
    e = printer_send(l->printer, bytes, len, l->pace.piece_ms, &sent);
    *said_out = sent > 0;
    if (sent > 0) {
        l->owed_len = len - sent;
        memcpy(l->owed, at + sent, l->owed_len);
    }
    return link_lost(l, e);
}

enum err
link_question(struct link *l, int n, bool *said_out)
{
    const uint8_t dle[3] = {0x10, 0x04, (uint8_t)n};
    enum err e;

    l->asked_at = clock_mono_ms();
    if (l->language == LINK_ZPL)
        return link_say(l, "~HS\r\n", 5, said_out);
    if (l->status.asked_len == STATUS_ASKED_MAX) {
        *said_out = false;
        return OK;
    }
    if (l->language == LINK_TSPL)
        e = link_say(l, "\x1b!?", 3, said_out);
    else
        e = link_say(l, dle, sizeof(dle), said_out);
    if (*said_out)
        status_asked_dle(
            &l->status, (uint8_t)(l->language == LINK_TSPL ? 0 : n));
    return e;
}

/* Printer, cause when it is off line, fault, paper; what it does not answer is
 * left out. */
static int
next_question(struct link *l)
{
    int n = l->next_n;

    for (int i = 0; i < 4; i++) {
        n = n % 4 + 1;
        if (n == 1 || (n == 4 && !(l->mute >> 4 & 1)))
            break;
        if ((l->status.flags & STATUS_OFFLINE) && !(l->mute >> n & 1))
            break;
    }
    l->next_n = n;
    return n;
}

enum err
link_ask(struct link *l)
{
    bool said;

    if (!l->hears || l->asks == LINK_NO || l->status.asked_len > 0 ||
        clock_mono_ms() - l->asked_at < l->pace.ask_ms)
        return OK;
    return link_question(l, next_question(l), &said);
}

static unsigned
heard(const struct link *l)
{
    return l->status.answers[STATUS_DLE] + l->status.answers[STATUS_LABEL];
}

enum err
link_ask_wait(struct link *l, int n, bool *said_out, bool *answered_out)
{
    unsigned before = heard(l);
    int64_t until, left = 0;
    enum err e = link_question(l, n, said_out);

    *answered_out = false;
    until = clock_mono_ms() + l->pace.ask_ms;
    while (e == OK && *said_out && !*answered_out && left >= 0) {
        left = until - clock_mono_ms(); /* late or not: listen once more */
        e = link_hear(l, left > 0 ? (int)left : 0);
        *answered_out = heard(l) > before;
    }
    if (!*answered_out)
        l->status.asked_len = 0;
    return e;
}

/* GS ( H 6 0 48 48 d1 d2 d3 d4, then GS r 1: "ESC/POS Application Programming
 * Guide".  The number goes as four printable characters, as it must. */
size_t
link_confirm_bytes(const struct link *l, uint32_t number,
    uint8_t out[LINK_OWED_MAX], char id_out[LINK_PROCESS_ID_LEN])
{
    static const uint8_t ask_id[] = {0x1d, '(', 'H', 6, 0, '0', '0'};
    static const uint8_t ask_order[] = {0x1d, 'r', 1};
    size_t len = 0;

    for (int i = 0; i < LINK_PROCESS_ID_LEN; i++)
        id_out[i] = (char)(0x30 + (number >> (6 * (3 - i)) & 0x3f));
    if (l->id != LINK_NO) {
        memcpy(out, ask_id, sizeof(ask_id));
        memcpy(out + sizeof(ask_id), id_out, LINK_PROCESS_ID_LEN);
        len = sizeof(ask_id) + LINK_PROCESS_ID_LEN;
    }
    if (l->order != LINK_NO) {
        memcpy(out + len, ask_order, sizeof(ask_order));
        len += sizeof(ask_order);
    }
    return len;
}
