#include "pos/print/selftest.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "drivers/doc.h"
#include "drivers/escpos.h"
#include "drivers/label.h"
#include "drivers/png.h"
#include "drivers/quirks.h"
#include "drivers/raster_dots.h"
#include "drivers/tspl.h"
#include "drivers/zpl.h"
#include "pos/print/answers.h"
#include "pos/print/draw.h"

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
    pair(s, "selftest.printer", s->t->printer->id);
    pair(s, "selftest.where", s->t->printer->at);
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

static void
quirks(struct testing *s, unsigned flags)
{
    buf_clear(&s->text);
    for (unsigned i = 0; quirks_word(i); i++)
        if (flags >> i & 1)
            buf_printf(&s->text, "%s%s", s->text.len ? " " : "",
                quirks_word(i));
    pair(s, "selftest.quirks", s->text.len ? s->text.data : word(s, "ctl.no"));
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
    quirks(s, h->quirks);
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

static enum err
slip_bytes(const struct selftest *t, struct font *font, unsigned flags,
    struct buf *bytes, struct buf *png)
{
    struct raster raster;
    struct doc *doc;
    enum err e = selftest_compose(t, font, &doc);

    if (e != OK)
        return e;
    e = raster_draw(doc, font, draw_width(t->printer->paper_mm), &raster);
    doc_free(doc);
    if (e != OK)
        return e;
    escpos_scrub(&raster, flags); /* before both: the same dots */
    escpos_encode(&raster, flags, bytes);
    e = png_encode(&raster, png);
    raster_finish(&raster);
    return e;
}

/* The edges of the label, so that one sees where it begins and ends. */
static void
frame(struct raster *r)
{
    enum { THICK = 2 };
    int right = r->width_dots - THICK, below = r->height_dots - THICK;

    raster_fill(r, 0, 0, r->width_dots, THICK);
    raster_fill(r, 0, below, r->width_dots, THICK);
    raster_fill(r, 0, 0, THICK, r->height_dots);
    raster_fill(r, right, 0, THICK, r->height_dots);
    label_scrub(r);
}

/* What such a printer must show: where its label ends, and a few letters. */
static enum err
draw_label(
    const struct selftest *t, struct font *font, struct raster *raster_out)
{
    const struct settings_printer *p = t->printer;
    char when[CLOCK_VN_SIZE], size[32];
    struct label label = {.head = lang_text(t->lang, "selftest.title"),
        .big = "ẮỀỖỮỢ",
        .beside = "đ ₫",
        .notes = {{.text = size}, {.text = when}, {p->id, LABEL_CUT}},
        .notes_len = *p->id ? 3 : 2,
        .code = "",
        .qr = "TEST"};
    enum err e;

    clock_format_vn(t->at, when);
    snprintf(size, sizeof(size), "%d × %d mm", p->label_width_mm,
        p->label_height_mm);
    e = label_draw(&label, font, p->label_width_mm * LABEL_DOTS_MM,
        p->label_height_mm * LABEL_DOTS_MM, raster_out);
    if (e == OK)
        frame(raster_out);
    return e;
}

static enum err
label_bytes(const struct selftest *t, struct font *font, struct buf *bytes,
    struct buf *png)
{
    struct raster raster;
    enum err e = draw_label(t, font, &raster);

    if (e != OK)
        return e;
    if (t->printer->language == LINK_TSPL)
        tspl_encode(&raster, t->printer->gap_mm, 1, bytes);
    else
        zpl_encode(&raster, 1, bytes);
    e = png_encode(&raster, png);
    raster_finish(&raster);
    return e;
}

enum err
selftest_bytes(const struct selftest *t, struct font *font, struct buf *bytes,
    struct buf *png)
{
    unsigned flags = t->health ? t->health->quirks : 0;

    if (t->printer->language == LINK_ESCPOS)
        return slip_bytes(t, font, flags, bytes, png);
    return label_bytes(t, font, bytes, png);
}
