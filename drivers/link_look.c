/* How is an idle printer? */
#include "base/clock.h"
#include "drivers/link_inside.h"
#include "drivers/quirks.h"

enum { RETRY_MS = 30 * 1000 };

/* Ask DLE EOT `n`; remember which ones it does not answer. */
static enum err
ask(struct link *l, int n)
{
    bool said, answered;
    enum err e;

    if (l->mute >> n & 1)
        return OK;
    e = link_ask_wait(l, n, &said, &answered);
    if (e == OK && said && !answered && !link_has_cause(l))
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

/* It never answered.  Perhaps it was busy then: now and then it is asked again,
 * and nobody waits. */
static enum err
ask_silent(struct link *l)
{
    bool said;

    if (l->health.quirks & QUIRK_NO_DLE_EOT ||
        clock_mono_ms() - l->asked_at < RETRY_MS)
        return OK;
    l->status.asked_len = 0;
    return link_question(l, 1, &said);
}

/* No answer, from one that answers.  A printer left in the middle of a picture
 * may take the question for dots: what it said before that counts no more, and
 * the next job leads it out. */
static void
missed(struct link *l, bool said)
{
    if (l->dirty && said) {
        l->misses = 0;
        if (l->asb != LINK_YES)
            l->status.flags = 0;
    } else if (l->asks == LINK_YES) {
        l->misses++;
    } else if (said && !link_has_cause(l)) {
        l->asks = LINK_NO;
    }
}

static enum err
ask_how(struct link *l)
{
    bool said, answered;
    enum err e;

    if (l->asks == LINK_NO)
        return ask_silent(l);
    l->status.asked_len = 0; /* what a job left unanswered */
    e = link_ask_wait(l, 1, &said, &answered);
    if (e != OK)
        return e;
    if (!answered) {
        missed(l, said);
        return OK;
    }
    l->misses = 0;
    if (l->language == LINK_ESCPOS && l->asb != LINK_YES)
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
    int64_t until = clock_mono_ms() + l->pace.ask_ms, left = 0;
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
    while (e == OK && left >= 0 &&
           (l->id == LINK_UNTRIED || l->order == LINK_UNTRIED)) {
        left = until - clock_mono_ms(); /* late or not: listen once more */
        e = link_hear(l, left > 0 ? (int)left : 0);
    }
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
