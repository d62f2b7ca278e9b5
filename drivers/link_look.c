/* How is an idle printer? */
#include "base/clock.h"
#include "drivers/link_inside.h"

/* Ask DLE EOT `n`; remember which ones it does not answer. */
static enum err
ask(struct link *l, int n)
{
    bool answered;
    enum err e;

    if (l->mute >> n & 1)
        return OK;
    e = link_ask_wait(l, n, &answered);
    if (e == OK && !answered && !link_has_cause(l))
        l->mute |= 1u << n;
    return e;
}

/* It is off line: why?  And how is the paper? */
static enum err
ask_more(struct link *l)
{
    enum err e = OK;

    if (l->status.flags & STATUS_OFFLINE) {
        e = ask(l, 2);
        if (e == OK)
            e = ask(l, 3);
    }
    return e == OK ? ask(l, 4) : e;
}

static enum err
ask_how(struct link *l)
{
    bool answered;
    enum err e;

    if (l->asks == LINK_NO)
        return OK;
    if (l->status.asked_len > 0) /* left from a job */
        l->status.asked_len = 0;
    e = link_ask_wait(l, 1, &answered);
    if (e != OK)
        return e;
    if (answered)
        l->misses = 0;
    else if (l->asks == LINK_YES)
        l->misses++;
    else if (!link_has_cause(l))
        l->asks = LINK_NO;
    if (answered && l->language == LINK_ESCPOS && l->asb != LINK_YES)
        return ask_more(l);
    return OK;
}

/* One that neither speaks nor has a port status: is it there at all? */
static enum err
look_there(struct link *l)
{
    uint8_t port;

    if (l->hears || !l->no_port)
        return OK;
    return printer_port(l->printer, &port) == ERR_PRINTER
               ? link_lost(l, ERR_PRINTER)
               : OK;
}

/* Does it confirm?  Found out while it is idle, so that the first receipt need
 * not wait for what never comes.  A printer that knows neither command may put
 * their letters into its line: the next ESC @ takes them out unprinted. */
static enum err
try_confirming(struct link *l)
{
    uint8_t bytes[LINK_OWED_MAX];
    char id[LINK_PROCESS_ID_LEN];
    int64_t until = clock_mono_ms() + l->pace.ask_ms;
    bool said = false;
    enum err e;

    if (l->language != LINK_ESCPOS || link_has_cause(l) || l->dirty)
        return OK;
    if (l->id != LINK_UNTRIED && l->order != LINK_UNTRIED)
        return OK;
    e = link_say(l, bytes, link_confirm_bytes(l, 0, bytes, id), &said);
    if (e != OK || !said)
        return e;
    if (l->order != LINK_NO)
        status_asked_order(&l->status);
    while (e == OK && clock_mono_ms() < until &&
           (l->id == LINK_UNTRIED || l->order == LINK_UNTRIED))
        e = link_hear(l, (int)(until - clock_mono_ms()));
    if (link_has_cause(l))
        return e;
    l->id = l->id == LINK_UNTRIED ? LINK_NO : l->id;
    l->order = l->order == LINK_UNTRIED ? LINK_NO : l->order;
    return e;
}

enum err
link_look(struct link *l, struct link_health *out)
{
    enum err e = OK;

    if (l->gone) {
        err_arg("case", "gone");
        e = err_set(ERR_PRINTER, "the printer was lost before");
    } else if (!l->printer->ops->keeps_jobs) {
        e = link_hear(l, 0);
        if (e == OK)
            e = link_look_port(l, 0);
        if (e == OK)
            e = look_there(l);
        if (e == OK && l->hears)
            e = ask_how(l);
        if (e == OK && l->hears)
            e = try_confirming(l);
        link_update(l);
    }
    *out = l->health;
    return e;
}
