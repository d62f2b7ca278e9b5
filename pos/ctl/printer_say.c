/* How a printer is, for people and for programs. */
#include <stdio.h>

#include "drivers/quirks.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/printer_parts.h"
#include "pos/print/answers.h"

void
printer_say_usb(struct say *say, const struct printer_id *id)
{
    char number[8];

    snprintf(number, sizeof(number), "%04x", id->vendor);
    say_str(say, "vendor", number);
    snprintf(number, sizeof(number), "%04x", id->product);
    say_str(say, "product", number);
}

bool
printer_is_well(enum printer_state state)
{
    return state == PRINTER_READY || state == PRINTER_UNKNOWN;
}

static void
say_quirks(struct say *say, unsigned quirks)
{
    struct buf words;

    buf_init(&words, 512);
    buf_add_str(&words, "");
    for (unsigned i = 0; quirks_word(i); i++)
        if (quirks >> i & 1)
            buf_printf(
                &words, "%s%s", words.len ? " " : "", quirks_word(i));
    say_str(say, "quirks", words.data);
    buf_finish(&words);
}

/* Facts: those that the sentences show first, for SAY_FACTS of them are kept.
 */
static void
say_facts(struct say *say, const struct printer_shown *p)
{
    const struct link_health *h = p->health;

    say_str(say, "printer", p->id);
    say_str(say, "at", p->at);
    say_str(say, "state", printer_state_name(h->state));
    say_str(say, "says", answers_state(say->lang, h->state));
    say_str(say, "message",
        p->why ? p->why : answers_message(say->lang, h->state));
    say_str(say, "maker", h->id.maker);
    say_str(say, "model", h->id.model);
    say_str(say, "serial", h->id.serial);
    if (p->queue >= 0) {
        say_int(say, "queue", p->queue);
        say_int(say, "unknown", p->unknown);
    }
    say_bool(say, "paper_low", h->paper_low);
    say_bool(say, "answers", h->answers);
    say_str(say, "level", link_level_name(h->best));
    say_str(say, "port", h->id.port);
    if (h->id.vendor || h->id.product)
        printer_say_usb(say, &h->id);
    say_quirks(say, h->quirks);
}

void
printer_say_state(struct ctl *c, const struct printer_shown *p)
{
    const struct link_health *h = p->health;
    struct say *say = &c->say;

    if (!printer_is_well(h->state))
        c->status = CTL_WRONG;
    say_item(say);
    say_facts(say, p);
    say_line(say, p->id[0] ? "ctl.printer_state" : "ctl.printer_state_at");
    if (p->why)
        say_line_with(say, "ctl.printer_why", p->why);
    else if (!printer_is_well(h->state))
        say_line(say, "ctl.printer_does");
    if (h->paper_low && h->state != PRINTER_PAPER_OUT)
        say_line(say, "ctl.printer_low");
    if (h->id.maker[0] || h->id.model[0] || h->id.serial[0])
        say_line(say, "ctl.printer_device");
    if (p->queue >= 0)
        say_line(say, "ctl.printer_queue");
}
