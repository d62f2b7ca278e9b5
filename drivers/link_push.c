/* Bytes into the printer, and waiting while it takes none. */
#include "base/clock.h"
#include "drivers/link_inside.h"

/* Between two looks for `stop`, with the time one sending may wait: less than
 * half a second. */
enum { LISTEN_MS = 200, CALM_MS = 1000 };

static int
listen_ms(const struct link *l)
{
    return l->pace.ask_ms < LISTEN_MS ? l->pace.ask_ms : LISTEN_MS;
}

/* One look around while nothing moves.  `edge`: a question may be asked. */
static enum err
look_around(struct link *l, bool edge)
{
    enum err e = link_look_port(l, l->pace.ask_ms);

    if (e == OK && edge)
        e = link_ask(l);
    if (e == OK)
        e = link_hear(l, listen_ms(l));
    if (e == OK && link_stopping(l))
        return err_set(ERR_STOPPING, "stopped while the printer waits");
    return e;
}

static enum err
stalled(const struct link *l)
{
    err_arg("case", "stalled");
    return err_set(ERR_PRINTER,
        "the printer takes nothing for %d ms and does not say why",
        l->pace.stall_ms);
}

/* It took nothing.  With a told cause, look about a second for a change before
 * more is offered: each offer that is not taken is a transfer cancelled on the
 * cable.  Without one, only so long in all. */
static enum err
wait_stalled(struct link *l, bool edge)
{
    int64_t until = clock_mono_ms() + CALM_MS, now;
    enum err e;

    do {
        e = look_around(l, edge);
        now = clock_mono_ms();
        if (link_has_cause(l)) {
            l->moved_at = now;
            l->stuck = false; /* when the cause is over, it is well */
        }
    } while (e == OK && link_has_cause(l) && now < until);
    if (e != OK)
        return e;
    if (now - l->moved_at >= l->pace.stall_ms)
        return stalled(l);
    if (now - l->moved_at > 2 * l->pace.piece_ms && !l->stuck) {
        l->stuck = true;
        link_update(l);
    }
    return OK;
}

static void
moved(struct link *l)
{
    l->moved_at = clock_mono_ms();
    l->stuck = false;
}

enum err
link_push(struct link *l, const uint8_t *bytes, size_t end, bool edge,
    size_t *counted)
{
    bool free = true;
    enum err e = OK;

    l->moved_at = clock_mono_ms();
    while (e == OK && *counted < end) {
        size_t left = end - *counted, taken = 0;

        e = link_pay(l, &free);
        if (e == OK && free)
            e = link_lost(l, printer_send(l->printer, bytes + *counted,
                                 left < l->pace.piece ? left : l->pace.piece,
                                 l->pace.piece_ms, &taken));
        *counted += taken;
        if (taken > 0) {
            edge = false;
            moved(l);
        }
        if (e == OK)
            e = taken > 0 ? link_hear(l, l->rest_ms) : wait_stalled(l, edge);
    }
    l->stuck = false;
    return e;
}

enum err
link_wait_ready(struct link *l)
{
    enum err e = link_hear(l, 0);

    if (l->asb != LINK_YES && l->asks != LINK_YES)
        l->status.flags &= STATUS_DRAWER; /* nobody would take it back */
    link_update(l);
    while (e == OK && link_has_cause(l))
        e = look_around(l, true);
    return e;
}
