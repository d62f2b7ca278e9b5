/* A job: flushed before, sent piece by piece, confirmed. */
#include "drivers/escpos.h"
#include "drivers/link_inside.h"
#include "drivers/quirks.h"

enum { RESET_LEN = 2 };

/* Where in a job we are.  `edge` is the end of the first command that is not
 * wholly sent, or where we stand, when that is between two commands. */
struct place {
    const uint8_t *bytes;
    size_t len, at, edge;
    bool escpos;
};

static size_t
next_edge(const struct place *p, size_t from)
{
    size_t n =
        p->escpos ? escpos_command_len(p->bytes + from, p->len - from) : 0;

    return n ? from + n : p->len;
}

/* The next piece ends where a command ends, if one does within `piece`. */
static size_t
piece_end(struct place *p, size_t piece)
{
    size_t end = p->at, edge = p->edge;

    while (edge - p->at <= piece) {
        end = edge;
        if (edge == p->len)
            break;
        edge = next_edge(p, edge);
    }
    p->edge = end > p->at ? end : edge;
    if (end > p->at)
        return end;
    return p->len - p->at < piece ? p->len : p->at + piece;
}

/* Between two commands: unasked answers may have been switched off by the
 * job's own ESC @; who does not send them is asked.  A printer that is full
 * takes not even these three bytes: then at the next border. */
static enum err
between_commands(struct link *l, bool *renewed)
{
    bool said = false;
    enum err e = OK;

    if (!l->hears || l->language != LINK_ESCPOS)
        return OK;
    if (l->asb != LINK_YES)
        return link_ask(l);
    if (!*renewed)
        e = link_say(l, "\x1d\x61\x0f", 3, &said);
    *renewed |= said;
    return e;
}

static enum err
send_job(struct link *l, const struct link_job *job)
{
    struct place p = {.bytes = job->bytes,
        .len = job->len,
        .escpos = l->language == LINK_ESCPOS};
    bool renewed = false;
    enum err e = OK;

    while (e == OK && p.at < p.len) {
        bool edge = p.at == p.edge;
        /* First its ESC @ alone: it switches off the unasked answers, and
         * paper that ends in the first piece would be told by nobody. */
        size_t piece = p.at == 0 ? RESET_LEN : l->pace.piece;
        size_t end = piece_end(&p, piece);

        l->dirty = true;
        e = link_push(l, p.bytes, end, edge, &l->outcome->counted);
        p.at = l->outcome->counted;
        if (e == OK && p.at == p.edge && p.at < p.len)
            e = between_commands(l, &renewed);
    }
    if (l->outcome->counted == 0 || p.at == p.len)
        l->dirty = false;
    l->outcome->all = p.at == p.len;
    return e;
}

static enum err
print_kept(struct link *l, const struct link_job *job)
{
    enum err e = printer_print(
        l->printer, job->name, job->bytes, job->len, &l->outcome->counted);

    l->outcome->all = e == OK;
    l->outcome->level = e == OK ? LINK_ACCEPTED : LINK_NONE;
    if (e == ERR_PRINTER)
        return link_lost(l, e);
    if (e == OK && l->watch->sent)
        l->watch->sent(l->watch->arg);
    return e;
}

static enum err
print_sent(struct link *l, const struct link_job *job)
{
    enum err e = link_wait_ready(l);

    if (e == OK && (job->flush || l->dirty))
        e = link_flush(l, job->pulse);
    if (e == OK && !job->pulse)
        e = link_pay_cut(l);
    if (e == OK)
        e = send_job(l, job);
    if (e != OK)
        return e;
    if (l->watch->sent)
        l->watch->sent(l->watch->arg);
    return link_confirm(l, job);
}

/* Whatever keeps the printer, these few bytes are offered once. */
static enum err
print_real_time(struct link *l, const struct link_job *job)
{
    enum err e = printer_send(l->printer, job->bytes, job->len,
        l->pace.piece_ms, &l->outcome->counted);

    if (e != OK)
        return link_lost(l, e);
    l->outcome->all = l->outcome->counted == job->len;
    if (!l->outcome->all) {
        err_arg("case", "stalled");
        return err_set(ERR_PRINTER, "no room for a real-time command");
    }
    l->outcome->level = LINK_ACCEPTED;
    return OK;
}

enum err
link_print(struct link *l, const struct link_job *job,
    const struct link_watch *watch, struct link_outcome *out)
{
    static const struct link_watch nobody = {0};
    enum err e;

    *out = (struct link_outcome){0};
    if (l->gone) {
        err_arg("case", "gone");
        return err_set(ERR_PRINTER, "the printer was lost before");
    }
    l->watch = watch ? watch : &nobody;
    l->outcome = out;
    if (l->printer->ops->keeps_jobs)
        e = print_kept(l, job);
    else if (job->real_time)
        e = print_real_time(l, job);
    else
        e = print_sent(l, job);
    if (e != OK && out->counted > 0)
        l->dirty = true;
    l->watch = NULL;
    l->outcome = NULL;
    return e;
}
