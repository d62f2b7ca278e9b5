/* ocop-pos printer list|status|test: what prints, and whether it does.  Inside
 * the daemon, which holds its printers open, by asking it; else by hand. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "drivers/printer.h"
#include "drivers/quirks.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"
#include "pos/ctl/printer_direct.h"
#include "pos/print/answers.h"

enum { USB_MAX = 32 };

/* What a printer of the settings is to the command. */
static enum err
direct_of(const struct settings_printer *p, struct direct *out)
{
    *out = (struct direct){.id = p->id,
        .link = {.where = p->at, .language = (enum link_language)p->language},
        .paper_mm = p->paper_mm};
    return quirks_parse(p->quirks, &out->link.quirks);
}

static enum err
no_printer(const char *id)
{
    err_arg("case", "printer");
    err_arg("what", "%s", id);
    return err_set(ERR_NOT_FOUND, "no printer %s in the settings", id);
}

/* 58 or 80, or 0 when --paper does not say. */
static enum err
read_paper(struct ctl *c, int *paper_out)
{
    const char *paper = args_str(&c->args, "paper", NULL);

    *paper_out = 0;
    if (paper && strcmp(paper, "58") != 0 && strcmp(paper, "80") != 0) {
        err_arg("case", "words");
        err_arg("field", "paper");
        err_arg("words", "58, 80");
        return ctl_misused(
            c, err_set(ERR_FIELD_VALUE, "paper of %.20s mm", paper));
    }
    if (paper)
        *paper_out = paper[0] == '5' ? 58 : 80;
    return OK;
}

/* The printer that --at or the word names; the first one for neither. */
static enum err
aim(struct ctl *c, struct direct *out)
{
    const struct settings *s = c->settings;
    const char *at = args_str(&c->args, "at", NULL);
    const char *id = c->args.words_len ? c->args.words[0] : NULL;
    const struct settings_printer *p = NULL;
    int paper;
    enum err e = read_paper(c, &paper);

    if (e == OK && at && settings_wrong_printer(at)) {
        err_arg("case", "at");
        e = ctl_misused(c, err_set(ERR_FIELD_VALUE, "--at %.80s", at));
    }
    if (id)
        p = settings_printer_find(s, id);
    else if (!at && s->printers_len)
        p = &s->printers[0];
    if (e == OK && !p && !at)
        e = no_printer(id ? id : "");
    *out = (struct direct){.id = "", .paper_mm = 80};
    if (e == OK && p)
        e = direct_of(p, out);
    if (at)
        out->link.where = at;
    if (paper)
        out->paper_mm = paper;
    return e;
}

static void
say_roles(struct say *say, unsigned roles)
{
    struct buf words;

    buf_init(&words, 256);
    for (unsigned r = 1; r < SETTINGS_ROLES_END; r <<= 1)
        if (roles & r)
            buf_printf(&words, "%s%s", words.len ? " " : "",
                settings_role_name((enum settings_role)r));
    say_str(say, "roles", words.data ? words.data : "");
    buf_finish(&words);
}

static void
say_settings(struct say *say, const struct settings *s)
{
    static const char *const languages[] = {
        [LINK_ESCPOS] = "escpos", [LINK_TSPL] = "tspl", [LINK_ZPL] = "zpl"};

    say_list(say, "printers");
    for (size_t i = 0; i < s->printers_len; i++) {
        const struct settings_printer *p = &s->printers[i];

        say_item(say);
        say_str(say, "printer", p->id);
        say_str(say, "at", p->at);
        say_roles(say, p->roles);
        say_int(say, "paper_mm", p->paper_mm);
        say_str(say, "language", languages[p->language]);
        say_line(say, "ctl.printer");
    }
    say_list_end(say);
    if (s->printers_len == 0)
        say_line(say, "ctl.printer_none");
}

static void
say_usb_number(struct say *say, const struct printer_id *id)
{
    char number[8];

    snprintf(number, sizeof(number), "%04x", id->vendor);
    say_str(say, "vendor", number);
    snprintf(number, sizeof(number), "%04x", id->product);
    say_str(say, "product", number);
}

/* What the settings have to say for it: by its serial number, which stays when
 * it is plugged in elsewhere, else by where it is plugged in. */
static void
say_usb_at(struct say *say, const struct printer_id *id)
{
    char at[96];

    if (id->serial[0])
        snprintf(at, sizeof(at), "usb:serial=%s", id->serial);
    else
        snprintf(at, sizeof(at), "usb:port=%s", id->port);
    say_str(say, "at", at);
}

static void
say_usb(struct say *say, const struct printer_found *f)
{
    struct buf why;

    say_item(say);
    say_usb_number(say, &f->id);
    say_str(say, "maker", f->id.maker);
    say_str(say, "model", f->id.model);
    say_str(say, "serial", f->id.serial);
    say_str(say, "port", f->id.port);
    say_usb_at(say, &f->id);
    say_bool(say, "usable", f->why.err == OK);
    if (f->why.err == OK) {
        say_line(say, "ctl.printer_usb");
        return;
    }
    buf_init(&why, 4096);
    lang_error(say->lang, &f->why, &why);
    say_str(say, "why", why.data);
    say_line_with(say, "ctl.printer_usb_not", why.data);
    buf_finish(&why);
}

/* USB cannot be looked at at all: the failure just set says why. */
static void
say_unseen(struct ctl *c)
{
    struct err_state state;
    struct buf why;

    err_save(&state);
    buf_init(&why, 4096);
    lang_error(c->say.lang, &state, &why);
    say_str(&c->say, "usb_why", why.data);
    say_line_with(&c->say, "ctl.printer_usb_unseen", why.data);
    buf_finish(&why);
    c->status = CTL_WRONG;
}

enum err
ctl_printer_list(struct ctl *c)
{
    struct printer_found *found = mem_new(USB_MAX, sizeof(*found));
    struct say *say = &c->say;
    size_t len = 0;
    enum err e;

    say_settings(say, c->settings);
    e = printer_usb_list(found, USB_MAX, &len);
    if (e != OK)
        say_unseen(c);
    else if (len)
        say_line(say, "ctl.printer_usb_head");
    say_list(say, "usb");
    for (size_t i = 0; i < len; i++)
        say_usb(say, &found[i]);
    say_list_end(say);
    if (e == OK && len == 0)
        say_line(say, "ctl.printer_usb_none");
    mem_free(found);
    return OK;
}

/* A printer as it is now. */
struct shown {
    const char *id, *at;
    const struct link_health *health;
    const char *why;        /* it cannot be used; NULL */
    int64_t queue, unknown; /* -1: no daemon, nothing waits anywhere */
};

static bool
is_well(enum printer_state state)
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
say_facts(struct say *say, const struct shown *p)
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
        say_usb_number(say, &h->id);
    say_quirks(say, h->quirks);
}

static void
say_state(struct ctl *c, const struct shown *p)
{
    const struct link_health *h = p->health;
    struct say *say = &c->say;

    if (!is_well(h->state))
        c->status = CTL_WRONG;
    say_item(say);
    say_facts(say, p);
    say_line(say, p->id[0] ? "ctl.printer_state" : "ctl.printer_state_at");
    if (p->why)
        say_line_with(say, "ctl.printer_why", p->why);
    else if (!is_well(h->state))
        say_line(say, "ctl.printer_does");
    if (h->paper_low && h->state != PRINTER_PAPER_OUT)
        say_line(say, "ctl.printer_low");
    if (h->id.maker[0] || h->id.model[0] || h->id.serial[0])
        say_line(say, "ctl.printer_device");
    if (p->queue >= 0)
        say_line(say, "ctl.printer_queue");
}

/* Ask it by hand.  Why it cannot be asked is said with it. */
static void
look_and_say(struct ctl *c, const struct direct *d)
{
    struct link_health health;
    struct shown shown = {.id = d->id, .at = d->link.where, .health = &health,
        .queue = -1};
    struct buf why;

    buf_init(&why, 4096);
    if (direct_look(d, &health) != OK) {
        struct err_state state;

        err_save(&state);
        lang_error(c->say.lang, &state, &why);
        shown.why = why.data;
    }
    say_state(c, &shown);
    buf_finish(&why);
}

static enum err
status_directly(struct ctl *c)
{
    bool one = c->args.words_len || args_has(&c->args, "at");
    const struct settings *s = c->settings;
    struct direct d;
    enum err e = one ? aim(c, &d) : OK;

    if (e == OK && one) {
        look_and_say(c, &d);
        return OK;
    }
    for (size_t i = 0; e == OK && i < s->printers_len; i++) {
        e = direct_of(&s->printers[i], &d);
        if (e == OK)
            look_and_say(c, &d);
    }
    return e;
}

enum err
ctl_printer_status(struct ctl *c)
{
    enum err e;

    say_list(&c->say, "printers");
    e = status_directly(c);
    say_list_end(&c->say);
    return e;
}

enum err
ctl_printer_test(struct ctl *c)
{
    struct direct d;
    enum err e = aim(c, &d);

    return e == OK ? direct_test(c, &d) : e;
}
