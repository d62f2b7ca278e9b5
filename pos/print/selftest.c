#include "pos/print/selftest.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "drivers/doc.h"
#include "pos/print/answers.h"

struct testing {
    const struct selftest *t;
    struct font *font;
    struct doc *doc;
    struct buf text; /* scratch: a row, or its left end */
    struct buf more; /* scratch: its right end */
};

/* As many figures as a receipt's token has, so that the code is as large. */
enum { RECEIPT_DIGITS = 302 };

void
selftest_qr(int module_dots, char out[SELFTEST_QR])
{
    int head = snprintf(out, SELFTEST_QR, "TEST %d ", module_dots);

    for (int i = 0; i < RECEIPT_DIGITS; i++)
        out[head + i] = (char)('0' + (i + module_dots) % 10);
    out[head + RECEIPT_DIGITS] = '\0';
}

static const char *
word(const struct testing *s, const char *key)
{
    return lang_text(s->t->lang, key);
}

/* A row of two, the right one from outside. */
static void
pair(struct testing *s, const char *key, const char *value)
{
    if (!value || !*value)
        return;
    buf_clear(&s->more);
    font_replace_missing(s->font, value, &s->more);
    doc_pair(s->doc, doc_plain, word(s, key), s->more.data);
}

static void
head(struct testing *s)
{
    char when[CLOCK_VN_SIZE];

    doc_text(s->doc, doc_title, "%s", word(s, "selftest.title"));
    if (s->t->showroom && *s->t->showroom) {
        buf_clear(&s->more);
        font_replace_missing(s->font, s->t->showroom, &s->more);
        doc_text(s->doc, doc_centre, "%s", s->more.data);
    }
    clock_format_vn(s->t->at, when);
    pair(s, "selftest.printer", s->t->id);
    pair(s, "selftest.where", s->t->where);
    pair(s, "selftest.time", when);
    doc_rule(s->doc, DOC_RULE_SOLID);
}

/* One vowel with its tones between two spaces, and đ. */
static void
add_letters(struct buf *out)
{
    static const int together[] = {5, 6, 6, 5, 6, 5, 5, 6, 6, 5, 6, 5, 1};
    const char *at = font_vietnamese;
    size_t group = 0;
    int left = together[0];

    for (const char *from = at; text_next(&at) != 0; from = at) {
        buf_add(out, from, (size_t)(at - from));
        if (--left > 0)
            continue;
        buf_add_char(out, ' ');
        group = (group + 1) % (sizeof(together) / sizeof(together[0]));
        left = together[group];
    }
}

static void
letters(struct testing *s)
{
    static const struct {
        const char *key;
        struct doc_style style;
    } rows[] = {{"selftest.small", {DOC_SMALL, false, DOC_LEFT}},
        {"selftest.normal", {DOC_NORMAL, false, DOC_LEFT}},
        {"selftest.bold", {DOC_NORMAL, true, DOC_LEFT}}};

    buf_clear(&s->text);
    add_letters(&s->text);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        doc_text(s->doc, doc_small, "%s", word(s, rows[i].key));
        doc_text(s->doc, rows[i].style, "%s", s->text.data);
        doc_gap(s->doc);
    }
    doc_rule(s->doc, DOC_RULE_DASHED);
}

static void
ruler(struct testing *s)
{
    doc_text(s->doc, doc_small, "%s", word(s, "selftest.ruler"));
    doc_gap(s->doc);
    doc_pattern(s->doc, DOC_PATTERN_RULER);
    doc_gap(s->doc);
    doc_rule(s->doc, DOC_RULE_DASHED);
}

static void
codes(struct testing *s)
{
    struct err_arg n = {.name = "n"};

    doc_text(s->doc, doc_small, "%s", word(s, "selftest.codes"));
    for (int dots = 3; dots <= 5; dots++) {
        char text[SELFTEST_QR];

        selftest_qr(dots, text);
        doc_qr(s->doc, text, dots);
        snprintf(n.value, sizeof(n.value), "%d", dots);
        buf_clear(&s->text);
        lang_format(s->t->lang, "selftest.module", &n, 1, &s->text);
        doc_text(s->doc, doc_small_centre, "%s", s->text.data);
    }
    doc_rule(s->doc, DOC_RULE_DASHED);
}

static void
device(struct testing *s, const struct printer_id *id)
{
    char usb[64] = "";

    if (id->vendor || id->product)
        snprintf(usb, sizeof(usb), "%04x:%04x", id->vendor, id->product);
    pair(s, "selftest.maker", id->maker);
    pair(s, "selftest.model", id->model);
    pair(s, "selftest.serial", id->serial);
    pair(s, "selftest.usb", usb);
    pair(s, "selftest.port", id->port);
}

/* What it said of itself just before this slip, for those who are asked about
 * it by telephone. */
static void
answers(struct testing *s)
{
    const struct link_health *h = s->t->health;
    enum lang lang = s->t->lang;

    if (!h)
        return;
    doc_text(s->doc, doc_small, "%s", word(s, "selftest.answers"));
    device(s, &h->id);
    pair(s, "selftest.state", answers_state(lang, h->state));
    pair(s, "selftest.hears", word(s, h->answers ? "ctl.yes" : "ctl.no"));
    if (h->paper_low)
        pair(s, "selftest.paper", word(s, "printer.paper_low"));
    pair(s, "selftest.sure", answers_level(lang, h->best));
    doc_rule(s->doc, DOC_RULE_DASHED);
}

static void
print_head(struct testing *s)
{
    doc_text(s->doc, doc_small, "%s", word(s, "selftest.head"));
    doc_pattern(s->doc, DOC_PATTERN_STEPS);
    doc_gap(s->doc);
    doc_pattern(s->doc, DOC_PATTERN_GREYS);
    doc_gap(s->doc);
    doc_pattern(s->doc, DOC_PATTERN_SOLID);
    doc_gap(s->doc);
}

enum err
selftest_compose(
    const struct selftest *t, struct font *font, struct doc **doc_out)
{
    struct testing s = {.t = t, .font = font, .doc = doc_new()};
    enum err e;

    buf_init(&s.text, 2048);
    buf_init(&s.more, 2048);
    head(&s);
    letters(&s);
    ruler(&s);
    codes(&s);
    answers(&s);
    print_head(&s);
    doc_text(s.doc, doc_centre, "%s", word(&s, "selftest.end"));
    doc_cut(s.doc, DOC_CUT_PARTIAL);
    buf_finish(&s.text);
    buf_finish(&s.more);
    e = doc_err(s.doc);
    if (e != OK) {
        doc_free(s.doc);
        return e;
    }
    *doc_out = s.doc;
    return OK;
}
