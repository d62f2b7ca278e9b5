/* ocop-pos printer list|status|test: what prints, and whether it does.  Inside
 * the daemon, which holds its printers open, by asking it; else by hand. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "drivers/printer.h"
#include "drivers/quirks.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"
#include "pos/ctl/printer_parts.h"

enum { USB_MAX = 32 };

static enum err
direct_of(const struct settings_printer *p, struct direct *out)
{
    out->printer = *p;
    return quirks_parse(p->quirks, &out->quirks);
}

enum err
printer_not_found(const char *id)
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

/* Instead of where the settings say it is, or without any. */
static enum err
aim_at(struct ctl *c, const char *at, struct direct *out)
{
    if (settings_wrong_printer(at) || strlen(at) >= sizeof(out->printer.at)) {
        err_arg("case", "at");
        return ctl_misused(c, err_set(ERR_FIELD_VALUE, "--at %.80s", at));
    }
    memcpy(out->printer.at, at, strlen(at) + 1);
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
    int paper = 0;
    enum err e = OK;

    if (id)
        p = settings_printer_find(s, id);
    else if (!at && s->printers_len)
        p = &s->printers[0];
    *out = (struct direct){.printer.paper_mm = 80};
    if (p)
        e = direct_of(p, out);
    else if (id || !at)
        e = printer_not_found(id ? id : "");
    if (e == OK && at)
        e = aim_at(c, at, out);
    if (e == OK)
        e = read_paper(c, &paper);
    if (paper)
        out->printer.paper_mm = paper;
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
say_usb(struct ctl *c, const struct printer_found *f)
{
    bool held = daemon_holds(c, f->id.port);
    struct say *say = &c->say;
    struct buf why;

    say_item(say);
    printer_say_usb(say, &f->id);
    say_str(say, "maker", f->id.maker);
    say_str(say, "model", f->id.model);
    say_str(say, "serial", f->id.serial);
    say_str(say, "port", f->id.port);
    say_usb_at(say, &f->id);
    say_bool(say, "usable", held || f->why.err == OK);
    if (held || f->why.err == OK) {
        say_line(say, held ? "ctl.printer_usb_held" : "ctl.printer_usb");
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
        say_usb(c, &found[i]);
    say_list_end(say);
    if (e == OK && len == 0)
        say_line(say, "ctl.printer_usb_none");
    mem_free(found);
    return OK;
}

/* Ask it by hand.  Why it cannot be asked is said with it. */
static void
look_and_say(struct ctl *c, const struct direct *d)
{
    struct link_health health;
    struct printer_shown shown = {
        .id = d->printer.id, .at = d->printer.at, .health = &health,
        .queue = -1};
    struct buf why;

    buf_init(&why, 4096);
    if (direct_look(d, &health) != OK) {
        struct err_state state;

        err_save(&state);
        lang_error(c->say.lang, &state, &why);
        shown.why = why.data;
    }
    printer_say_state(c, &shown);
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
    e = daemon_prints(c) ? daemon_status(c) : status_directly(c);
    say_list_end(&c->say);
    return e;
}

enum err
ctl_printer_test(struct ctl *c)
{
    struct direct d;
    enum err e;

    if (daemon_prints(c)) {
        if (!args_has(&c->args, "from") && !args_has(&c->args, "paper"))
            return daemon_test(c);
        err_arg("case", "printer_held");
        return ctl_misused(
            c, err_set(ERR_INVALID, "--from and --paper beside the daemon"));
    }
    e = aim(c, &d);
    return e == OK ? direct_test(c, &d) : e;
}
