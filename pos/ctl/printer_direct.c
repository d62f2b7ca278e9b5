/* A printer without the daemon. */
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "drivers/font.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/printer_parts.h"
#include "pos/print/answers.h"
#include "pos/print/selftest.h"

enum { BYTES_MAX = 8 * 1024 * 1024, WAIT_MS = 60 * 1000 };

static enum err
open_link(const struct direct *d, struct link **out)
{
    const struct link_config config = {.where = d->printer.at,
        .language = (enum link_language)d->printer.language,
        .quirks = d->quirks};

    return link_open(&config, out);
}

enum err
direct_look(const struct direct *d, struct link_health *out)
{
    struct link *link = NULL;
    enum err e = open_link(d, &link);

    *out = (struct link_health){.state = PRINTER_GONE};
    if (e == OK)
        e = link_look(link, out);
    link_close(link);
    return e;
}

/* One printing. */
struct trial {
    struct ctl *c;
    const struct direct *d;
    struct link *link;
    struct link_health health; /* before the first byte */
    struct buf bytes, png;
    enum printer_state said; /* the state that was said last */
    int64_t until_ms;
};

static enum err
draw(struct trial *t)
{
    const struct settings *s = t->c->settings;
    const struct selftest slip = {.lang = t->c->say.lang,
        .printer = &t->d->printer,
        .at = clock_now(),
        .health = &t->health};
    struct font *font = NULL;
    enum err e = font_open(s->font_regular, s->font_bold, &font);

    if (e == OK)
        e = selftest_bytes(&slip, font, &t->bytes, &t->png);
    font_close(font);
    return e;
}

/* While it prints: a person is told what it waits for. */
static void
heard(void *arg, const struct link_health *health)
{
    struct trial *t = arg;
    struct ctl *c = t->c;

    if (c->say.json || health->state == t->said)
        return;
    t->said = health->state;
    say_text(&c->say, answers_message(c->say.lang, health->state));
    if (c->flush)
        c->flush(c);
}

static bool
is_late(void *arg)
{
    const struct trial *t = arg;

    return clock_mono_ms() > t->until_ms;
}

/* "confirmed", "failed": nothing of it is on paper, "unknown". */
static const char *
result_of(enum err e, const struct link_outcome *o)
{
    if (e == OK)
        return "confirmed";
    return o->counted ? "unknown" : "failed";
}

/* It waited as long as it may: the reason is the printer's. */
static void
explain(const struct trial *t, enum err e, struct buf *out)
{
    enum lang lang = t->c->say.lang;
    struct err_state why;

    err_save(&why);
    if (e == ERR_STOPPING)
        buf_add_str(out, answers_message(lang, link_health(t->link)->state));
    else
        lang_error(lang, &why, out);
}

static void
say_result(struct trial *t, enum err e, const struct link_outcome *o)
{
    const char *result = result_of(e, o);
    struct say *say = &t->c->say;
    struct buf why;

    buf_init(&why, 4096);
    if (e != OK)
        explain(t, e, &why);
    say_str(say, "printer", t->d->printer.id);
    say_str(say, "at", t->d->printer.at);
    say_str(say, "result", result);
    say_int(say, "bytes", (int64_t)t->bytes.len);
    say_int(say, "counted", (int64_t)o->counted);
    say_str(say, "level", link_level_name(o->level));
    say_str(say, "state", printer_state_name(link_health(t->link)->state));
    say_str(say, "sure", answers_level(say->lang, o->level));
    if (e == OK) {
        say_line(say, "ctl.printer_printed");
    } else {
        say_str(say, "why", why.data);
        say_line_with(say,
            o->counted ? "ctl.printer_unknown" : "ctl.printer_nothing",
            why.data);
        t->c->status = CTL_WRONG;
    }
    buf_finish(&why);
}

static void
print(struct trial *t)
{
    const struct link_job job = {.name = "selftest",
        .bytes = t->bytes.data,
        .len = t->bytes.len,
        .number = 1};
    const struct link_watch watch = {
        .state = heard, .stop = is_late, .arg = t};
    struct link_outcome o = {.counted = 0};
    enum err e;

    t->until_ms = clock_mono_ms() + WAIT_MS;
    heard(t, link_health(t->link));
    e = link_print(t->link, &job, &watch, &o);
    say_result(t, e, &o);
    if (e == OK && t->png.len)
        link_preview(t->link, t->png.data, t->png.len); /* what it is worth */
}

enum err
direct_test(struct ctl *c, const struct direct *d)
{
    const char *from = args_str(&c->args, "from", NULL);
    struct trial t = {.c = c, .d = d, .said = PRINTER_READY};
    enum err e;

    buf_init(&t.bytes, BYTES_MAX);
    buf_init(&t.png, BYTES_MAX);
    e = open_link(d, &t.link);
    if (e == OK)
        e = link_look(t.link, &t.health);
    if (e == OK)
        e = from ? file_read(from, &t.bytes) : draw(&t);
    if (e == OK && t.bytes.full)
        e = err_set(ERR_TOO_LARGE, "a slip past %d bytes", BYTES_MAX);
    if (e == OK)
        print(&t);
    link_close(t.link);
    buf_finish(&t.bytes);
    buf_finish(&t.png);
    return e;
}
