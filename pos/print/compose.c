#include "pos/print/compose.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/lang.h"
#include "base/money.h"
#include "base/settings.h"
#include "base/words.h"
#include "drivers/doc.h"
#include "pos/certified/age.h"
#include "pos/sell/certificate.h"
#include "pos/sell/token.h"

struct composing {
    const struct receipt *r;
    const struct shop *shop;
    struct font *font;
    struct doc *doc;
    struct buf text; /* scratch: one row */
    struct buf more; /* scratch: its right end */
    bool marked;     /* a line carries the OCOP mark */
};

/* A sentence of the receipt section, with one value in it. */
static const char *
say(struct composing *c, const char *key, const char *name, const char *value)
{
    struct err_arg arg;

    buf_clear(&c->text);
    if (!name) {
        lang_format(LANG_VI, key, NULL, 0, &c->text);
        return c->text.data;
    }
    memset(&arg, 0, sizeof(arg));
    memcpy(arg.name, name, strlen(name));
    memcpy(arg.value, value,
        strlen(value) < sizeof(arg.value) ? strlen(value)
                                          : sizeof(arg.value) - 1);
    lang_format(LANG_VI, key, &arg, 1, &c->text);
    return c->text.data;
}

static const char *
dong(struct composing *c, int64_t amount)
{
    buf_clear(&c->more);
    money_format_plain(amount, &c->more);
    return c->more.data;
}

static void
pair(struct composing *c, struct doc_style style, const char *key,
    int64_t amount)
{
    const char *right = dong(c, amount);

    doc_pair(c->doc, style, say(c, key, NULL, NULL), right);
}

/* A row whose text people typed: letters the font lacks are replaced. */
static void
typed(struct composing *c, struct doc_style style, const char *text)
{
    buf_clear(&c->more);
    font_replace_missing(c->font, text, &c->more);
    doc_text(c->doc, style, "%s", c->more.data);
}

static void
head(struct composing *c, const struct showroom *showroom)
{
    const struct settings *s = c->shop->settings;

    typed(c, doc_title, showroom->name);
    if (s->showroom_address[0])
        typed(c, doc_small_centre, s->showroom_address);
    if (s->tax_code[0])
        typed(c, doc_small_centre,
            say(c, "receipt.tax_code", "code", s->tax_code));
    if (s->showroom_phone[0])
        typed(c, doc_small_centre,
            say(c, "receipt.phone", "phone", s->showroom_phone));
    doc_feed(c->doc, 1);
}

static void
title(struct composing *c, const struct compose_copy *copy)
{
    const struct receipt *r = c->r;
    char when[17], number[24];

    doc_text(c->doc, doc_title, "%s",
        lang_text(LANG_VI, r->sale.kind == SALE ? "receipt.title_sale"
                                                : "receipt.title_refund"));
    if (copy && copy->second)
        doc_text(c->doc, doc_strong_centre, "%s",
            lang_text(LANG_VI, "receipt.second"));
    if (copy && copy->n > 0) {
        snprintf(number, sizeof(number), "%" PRId64, copy->n);
        doc_text(c->doc, doc_strong_centre, "%s",
            say(c,
                copy->why == PRINT_AFTER_UNKNOWN ? "receipt.again"
                                                 : "receipt.copy",
                "n", number));
    }
    if (r->of_no[0])
        doc_text(c->doc, doc_centre, "%s",
            say(c, "receipt.refund_of", "no", r->of_no));
    clock_format_vn(r->sale.at, when);
    buf_clear(&c->text);
    buf_printf(&c->text, "%s: %s", lang_text(LANG_VI, "receipt.number"),
        r->no);
    doc_pair(c->doc, doc_plain, c->text.data, when);
    buf_clear(&c->text);
    buf_clear(&c->more);
    buf_printf(&c->text, "%s: %" PRId64, lang_text(LANG_VI, "receipt.till"),
        r->sale.till);
    buf_printf(&c->more, "%s: %" PRId64,
        lang_text(LANG_VI, "receipt.cashier"), r->sale.staff);
    doc_pair(c->doc, doc_plain, c->text.data, c->more.data);
}

/* "OCOP ★★★★ GCN 17, đến 04/03/2027", only in force. */
static void
certificate(struct composing *c, const struct sale_cert *ocop)
{
    char cert[24], until[11];

    if (!certificate_shows(ocop, c->r->sale.list_age))
        return;
    c->marked = true;
    snprintf(cert, sizeof(cert), "%" PRId64, ocop->cert);
    clock_format_vn_date(ocop->until_day, until);
    buf_clear(&c->more);
    buf_add_str(&c->more, "OCOP ");
    for (int64_t i = 0; i < ocop->stars; i++)
        buf_add_str(&c->more, DOC_STAR);
    buf_printf(&c->more, " %s", say(c, "receipt.cert", "cert", cert));
    buf_printf(&c->more, ", %s", say(c, "receipt.valid_until", "date", until));
    doc_text(c->doc, doc_small, "%s", c->more.data);
}

static void
line(struct composing *c, const struct sale_line *l)
{
    typed(c, doc_strong, l->name);
    buf_clear(&c->text);
    qty_format(l->qty_milli, &c->text);
    buf_add_char(&c->text, ' ');
    font_replace_missing(c->font, l->unit, &c->text);
    buf_add_str(&c->text, " × ");
    money_format_plain(l->price, &c->text);
    doc_pair(c->doc, doc_plain, c->text.data, dong(c, l->amount + l->discount));
    if (l->discount)
        pair(c, doc_plain, "receipt.discount", -l->discount);
    certificate(c, &l->ocop);
}

/* "Danh sách OCOP ngày 20/11": who reads the mark is told how old the list
 * behind it is. */
static void
list_day(struct composing *c)
{
    const struct sale *s = &c->r->sale;
    char date[CLOCK_DATE_SIZE];

    if (!c->marked || s->list_age != LIST_STALE)
        return;
    clock_format_vn_date(clock_day(s->list_at), date);
    date[5] = '\0'; /* dd/mm */
    doc_text(c->doc, doc_small, "%s", say(c, "receipt.list_day", "date", date));
}

/* Said when a line is of a class of which no VAT is spoken. */
static void
vat_none(struct composing *c, const char *vat_class, const char *key)
{
    const struct receipt *r = c->r;

    for (size_t i = 0; i < r->lines_len; i++)
        if (strcmp(r->lines[i].vat_class, vat_class) == 0) {
            doc_text(c->doc, doc_small, "%s", lang_text(LANG_VI, key));
            return;
        }
}

/* One row a rate that occurs, in the order of the rates. */
static void
vat(struct composing *c)
{
    const struct receipt *r = c->r;
    const char *right;
    char rate[16];

    for (int bp = 0; bp <= 10000; bp += 50) {
        int64_t sum = 0;
        bool any = false;

        for (size_t i = 0; i < r->lines_len; i++)
            if (r->lines[i].vat_bp == bp) {
                any = true;
                sum += r->lines[i].vat;
            }
        if (!any)
            continue;
        if (bp % 100)
            snprintf(rate, sizeof(rate), "%d,%d", bp / 100, bp / 10 % 10);
        else
            snprintf(rate, sizeof(rate), "%d", bp / 100);
        right = dong(c, sum);
        doc_pair(c->doc, doc_small, say(c, "receipt.vat", "rate", rate),
            right);
    }
    vat_none(c, "KCT", "receipt.vat_kct");
    vat_none(c, "KKKNT", "receipt.vat_kkknt");
}

static void
totals(struct composing *c)
{
    const struct sale *s = &c->r->sale;
    struct buf words;

    buf_clear(&c->more);
    money_format(s->total, &c->more);
    doc_pair(c->doc, doc_total,
        say(c, s->kind == SALE ? "receipt.total" : "receipt.refund_total",
            NULL, NULL),
        c->more.data);
    buf_init(&words, 400);
    words_dong(s->total, &words);
    doc_text(c->doc, doc_small, "%s",
        say(c, "receipt.in_words", "words", words.data));
    buf_finish(&words);
    vat(c);
}

static void
payments(struct composing *c)
{
    const struct receipt *r = c->r;

    if (r->sale.rounding)
        pair(c, doc_plain, "receipt.rounding", r->sale.rounding);
    for (size_t i = 0; i < r->payments_len; i++) {
        const struct payment *p = &r->payments[i];

        pair(c, doc_plain,
            p->method == PAY_CASH ? "receipt.cash" : "receipt.transfer",
            p->tendered);
    }
    if (r->sale.change)
        pair(c, doc_strong, "receipt.change", r->sale.change);
    if (r->sale.kind == SALE)
        doc_text(c->doc, doc_small, "%s",
            say(c, "receipt.buyer_none", NULL, NULL));
    if (r->sale.kind == REFUND && r->sale.note[0])
        typed(c, doc_small, say(c, "receipt.reason", "reason", r->sale.note));
}

/* The QR, and the address behind it for people. */
static enum err
proof(struct composing *c)
{
    struct buf url;
    size_t host;
    enum err e;

    buf_init(&url, 1024);
    e = receipt_verify_url(c->r, c->shop, TOKEN_LINES_PRINTED, &url);
    if (e == OK) {
        doc_qr(c->doc, url.data, 0);
        buf_cut(&url, strcspn(url.data, "#"));
        host = strncmp(url.data, "https://", 8) == 0 ? 8
               : strncmp(url.data, "http://", 7) == 0 ? 7 : 0;
        doc_text(c->doc, doc_small_centre, "%s",
            say(c, "receipt.scan", NULL, NULL));
        doc_text(c->doc, doc_small_centre, "%s", url.data + host);
    }
    buf_finish(&url);
    return e;
}

enum err
compose_receipt(const struct receipt *r, const struct shop *shop,
    const struct showroom *showroom, struct font *font,
    const struct compose_copy *copy, struct doc **doc_out)
{
    struct composing c = {
        .r = r, .shop = shop, .font = font, .doc = doc_new()};
    enum err e;

    buf_init(&c.text, 2048);
    buf_init(&c.more, 2048);
    head(&c, showroom);
    title(&c, copy);
    doc_rule(c.doc, DOC_RULE_SOLID);
    for (size_t i = 0; i < r->lines_len; i++) {
        if (i)
            doc_gap(c.doc);
        line(&c, &r->lines[i]);
    }
    list_day(&c);
    doc_rule(c.doc, DOC_RULE_DASHED);
    totals(&c);
    doc_rule(c.doc, DOC_RULE_DASHED);
    payments(&c);
    e = proof(&c);
    doc_text(c.doc, doc_centre, "%s", say(&c, "receipt.thanks", NULL, NULL));
    doc_cut(c.doc, DOC_CUT_PARTIAL);
    buf_finish(&c.text);
    buf_finish(&c.more);
    if (e == OK)
        e = doc_err(c.doc);
    if (e != OK) {
        doc_free(c.doc);
        return e;
    }
    *doc_out = c.doc;
    return OK;
}
