/* Every byte is counted: what does the printer say to that? */
#include <string.h>

#include "base/clock.h"
#include "drivers/link_inside.h"

enum {
    LISTEN_MS = 100,
    TURNS_MIN = 8, /* however late we are, it is listened to so often */
    SLIP_BYTES = 128 * 1024,
    SETTLE_PART = 8
};

/* Waiting for an answer: until when, and what was known before. */
struct waiting {
    int64_t quiet_from; /* the last time that something explained the wait */
    int64_t limit_ms;
    int turns; /* since then */
    char id[LINK_PROCESS_ID_LEN];
    unsigned ids;     /* answers of the kind before ours */
    unsigned heard;   /* answers to questions, before the last byte went */
    bool wants_order; /* GS r was sent */
    int64_t order_at; /* when it was answered; 0: not yet */
    bool used_to;     /* it has confirmed jobs before */
};

static int64_t
now_ms(void)
{
    int64_t now = clock_mono_ms();

    return now ? now : 1;
}

static unsigned
heard(const struct link *l)
{
    return l->status.answers[STATUS_DLE] + l->status.answers[STATUS_LABEL];
}

static enum err
sure(struct link *l, enum link_level level)
{
    l->outcome->level = level;
    return OK;
}

static enum err
unsure(const struct link *l)
{
    err_arg("case", "unconfirmed");
    return err_set(ERR_PRINTER,
        "the printer took all %zu bytes and did not "
        "confirm them",
        l->outcome->counted);
}

static void
wait_anew(struct waiting *w)
{
    w->quiet_from = now_ms();
    w->turns = 0;
}

static bool
is_over(const struct waiting *w)
{
    return w->turns >= TURNS_MIN && now_ms() - w->quiet_from >= w->limit_ms;
}

/* One turn of waiting.  After `stop` a short while is left for an answer that
 * is on its way. */
static enum err
turn(struct link *l, struct waiting *w)
{
    int ms = l->pace.ask_ms < LISTEN_MS ? l->pace.ask_ms : LISTEN_MS;
    bool done;
    enum err e = link_pay(l, &done);

    if (e == OK)
        e = link_look_port(l, l->pace.ask_ms);
    if (e == OK)
        e = link_ask(l);
    if (e == OK)
        e = link_hear(l, ms);
    if (e != OK)
        return e;
    w->turns++;
    if (link_has_cause(l))
        wait_anew(w);
    if (!l->stop_at && link_stopping(l))
        l->stop_at = now_ms();
    if (l->stop_at && now_ms() - l->stop_at >= l->pace.ask_ms)
        return err_set(ERR_STOPPING, "stopped before the job was confirmed");
    return OK;
}

static bool
id_answered(const struct link *l, const struct waiting *w)
{
    return l->status.answers[STATUS_PROCESS_ID] > w->ids &&
           memcmp(l->status.process_id, w->id, sizeof(w->id)) == 0;
}

/* GS r says "no paper": the answer is no confirmation; ask again for as long
 * as nothing else tells. */
static enum err
ask_order_again(struct link *l, struct waiting *w)
{
    static const uint8_t ask[] = {0x1d, 'r', 1};
    bool said;
    enum err e = link_say(l, ask, sizeof(ask), &said);

    if (said) {
        status_asked_order(&l->status);
        w->order_at = 0;
    }
    return e;
}

static enum err
judge_order(struct link *l, struct waiting *w, bool *done_out)
{
    if (!w->wants_order || l->status.orders_open > 0)
        return OK;
    if (!w->order_at)
        w->order_at = now_ms();
    if (link_has_cause(l)) {
        if (now_ms() - w->order_at < l->pace.ask_ms)
            return OK;
        return ask_order_again(l, w);
    }
    /* GS ( H was sent before it, but some answer it after the last row. */
    if (l->id == LINK_YES ||
        (l->id == LINK_UNTRIED && now_ms() - w->order_at < l->pace.ask_ms))
        return OK;
    l->id = LINK_NO;
    *done_out = true;
    return sure(l, LINK_IN_ORDER);
}

/* What was answered while we still asked is looked at first. */
static enum err
await_answers(struct link *l, struct waiting *w, bool *done_out)
{
    enum err e = OK;

    for (;;) {
        if (id_answered(l, w)) {
            *done_out = true;
            return sure(l, LINK_PROCESS_ID);
        }
        e = judge_order(l, w, done_out);
        if (e != OK || *done_out)
            return e;
        if (is_over(w))
            break;
        e = turn(l, w);
        if (e != OK)
            return e;
    }
    if (w->order_at && !link_has_cause(l)) {
        *done_out = true;
        return sure(l, LINK_IN_ORDER);
    }
    l->id = l->id == LINK_YES ? LINK_YES : LINK_NO;
    l->order = l->order == LINK_YES ? LINK_YES : LINK_NO;
    return OK;
}

/* Is there a sign, newer than the last byte, that it is well? */
static bool
is_well(const struct link *l, const struct waiting *w)
{
    if (link_has_cause(l) || (l->status.flags & STATUS_BUSY))
        return false;
    return heard(l) > w->heard || l->asb == LINK_YES ||
           (l->port_good && l->port_told);
}

/* Can anything still tell how it is? */
static bool
can_tell(const struct link *l)
{
    if (l->asks != LINK_NO || l->asb == LINK_YES)
        return true;
    return l->port_told && (l->port_good || link_has_cause(l));
}

static enum err
settled(struct link *l, const struct waiting *w, bool well)
{
    if (l->asks == LINK_UNTRIED)
        l->asks = LINK_NO;
    if (l->outcome->interrupted)
        return unsure(l);
    if (well)
        return sure(l, LINK_ONLINE);
    if (w->used_to || l->asks == LINK_YES)
        return unsure(l);
    return sure(l, LINK_ACCEPTED);
}

/* Does it stay well for as long as its memory may take to be printed?  Who
 * answers questions must have answered one after that time. */
static enum err
settle(struct link *l, struct waiting *w, bool pulse)
{
    int settle_ms = pulse ? 0 : l->pace.confirm_ms / SETTLE_PART;
    int64_t well_at = 0;
    unsigned answers = heard(l);
    enum err e = OK;

    wait_anew(w);
    w->limit_ms =
        settle_ms + (l->asks == LINK_YES ? l->pace.confirm_ms : l->pace.ask_ms);
    while (can_tell(l) && (!is_over(w) || (well_at && l->asks != LINK_YES))) {
        e = turn(l, w);
        if (e != OK)
            return e;
        if (!is_well(l, w))
            well_at = 0;
        else if (!well_at)
            well_at = now_ms();
        else if (now_ms() - well_at >= settle_ms &&
                 (l->asks != LINK_YES || heard(l) > answers))
            return settled(l, w, true);
        if (heard(l) > answers)
            wait_anew(w);
        answers = heard(l);
    }
    return settled(l, w, false);
}

static enum err
ask_to_confirm(struct link *l, uint32_t number, struct waiting *w)
{
    uint8_t ask[LINK_OWED_MAX];
    size_t len = link_confirm_bytes(l, number, ask, w->id), counted = 0;

    w->wants_order = l->order != LINK_NO;
    if (w->wants_order) /* before: the answer may come while this is sent */
        status_asked_order(&l->status);
    return link_push(l, ask, len, true, &counted);
}

enum err
link_confirm(struct link *l, const struct link_job *job)
{
    struct waiting w = {
        .heard = heard(l),
        .ids = l->status.answers[STATUS_PROCESS_ID],
        .used_to = l->id == LINK_YES || l->order == LINK_YES,
        .limit_ms = l->pace.confirm_ms +
                    (int64_t)(job->len / SLIP_BYTES) * l->pace.confirm_ms,
    };
    bool done = false;
    enum err e = OK;

    l->stop_at = 0;
    if (l->hears && l->language == LINK_ESCPOS &&
        (l->id != LINK_NO || l->order != LINK_NO)) {
        e = ask_to_confirm(l, job->number, &w);
        wait_anew(&w);
        if (e == OK)
            e = await_answers(l, &w, &done);
    }
    if (e != OK || done)
        return e;
    return settle(l, &w, job->pulse);
}
