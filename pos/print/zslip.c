#include "pos/print/zslip.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/json_out.h"
#include "base/lang.h"
#include "base/money.h"
#include "base/settings.h"
#include "db/product.h"
#include "drivers/doc.h"
#include "pos/fact/read.h"
#include "pos/print/draw.h"
#include "pos/sell/receipt_no.h"
#include "pos/sell/shift.h"

/* --- the job --- */

void
zslip_job_set(struct print_job *job, int64_t shift_id, bool closed)
{
    struct json_out out;
    struct buf body;

    buf_init(&body, PRINT_BODY - 1);
    json_out_init(&out, &body);
    json_out_obj(&out);
    json_out_put_int(&out, "shift", shift_id);
    json_out_put_bool(&out, "closed", closed);
    json_out_end_obj(&out);
    json_out_end(&out);
    job->kind = PRINT_SHIFT;
    db_copy(job->body, sizeof(job->body), body.data);
    buf_finish(&body);
}

static enum err
read_job(const struct print_job *job, int64_t *shift_out, bool *closed_out)
{
    struct json *body;
    enum err e = json_parse(job->body, strlen(job->body), NULL, &body);

    if (e != OK)
        return e;
    e = json_get_int(body, "shift", 1, INT64_MAX, shift_out);
    READ(json_get_bool(body, "closed", closed_out));
    json_free(body);
    return e;
}

/* --- the slip --- */

struct composing {
    const struct zslip *z;
    const struct shop *shop;
    struct font *font;
    struct doc *doc;
    struct buf text; /* scratch: one row */
};

static const char *
say(const char *key)
{
    return lang_text(LANG_VI, key);
}

static void
money(struct composing *c, struct doc_style style, const char *key,
    int64_t dong)
{
    buf_clear(&c->text);
    money_format_plain(dong, &c->text);
    doc_pair(c->doc, style, say(key), c->text.data);
}

/* What need not be said when there was none of it. */
static void
money_if(struct composing *c, const char *key, int64_t dong)
{
    if (dong)
        money(c, doc_plain, key, dong);
}

static void
number(struct composing *c, struct doc_style style, const char *key,
    int64_t n)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRId64, n);
    doc_pair(c->doc, style, say(key), text);
}

static void
heading(struct composing *c, const char *key)
{
    doc_rule(c->doc, DOC_RULE_DASHED);
    doc_text(c->doc, doc_strong, "%s", say(key));
}

static void
typed(struct composing *c, struct doc_style style, const char *text)
{
    buf_clear(&c->text);
    font_replace_missing(c->font, text, &c->text);
    doc_text(c->doc, style, "%s", c->text.data);
}

/* When, and which number of the staff. */
static void
moment(struct composing *c, const char *key, int64_t at)
{
    char when[17];

    clock_format_vn(at, when);
    doc_pair(c->doc, doc_plain, say(key), when);
}

static void
head(struct composing *c, const struct showroom *showroom)
{
    const struct settings *s = c->shop->settings;
    const struct shift *shift = &c->z->report->shift;

    typed(c, doc_strong_centre, showroom->name);
    if (s->showroom_address[0])
        typed(c, doc_small_centre, s->showroom_address);
    doc_feed(c->doc, 1);
    doc_text(c->doc, doc_title, "%s", say(c->z->z ? "zslip.z" : "zslip.x"));
    if (c->z->why != PRINT_FIRST)
        doc_text(c->doc, doc_strong_centre, "%s",
            say(c->z->why == PRINT_ASKED ? "zslip.copy" : "zslip.again"));
    number(c, doc_plain, "zslip.shift", shift->id);
    number(c, doc_plain, "zslip.till", shift->till);
    number(c, doc_plain, "zslip.opened_by", shift->opened_by);
    moment(c, "zslip.from", shift->opened_at);
    if (c->z->z) {
        number(c, doc_plain, "zslip.closed_by", shift->closed_by);
        moment(c, "zslip.to", shift->closed_at);
    } else {
        moment(c, "zslip.now", c->z->now);
    }
}

static void
receipts(struct composing *c)
{
    const struct shift *s = &c->z->report->shift;
    char no[RECEIPT_NO];

    if (!s->first_sale) {
        doc_text(c->doc, doc_plain, "%s", say("zslip.none"));
        return;
    }
    receipt_no_format(c->shop->number, s->first_sale, no);
    doc_pair(c->doc, doc_plain, say("zslip.first"), no);
    receipt_no_format(c->shop->number, s->last_sale, no);
    doc_pair(c->doc, doc_plain, say("zslip.last"), no);
}

/* An X tells no cash: what is to be in the drawer is counted blind. */
static void
sold(struct composing *c)
{
    const struct shift *s = &c->z->report->shift;

    heading(c, "zslip.sales");
    receipts(c);
    number(c, doc_plain, "zslip.sales_count", s->sales);
    money_if(c, "zslip.discounts", s->discounts);
    if (c->z->z) {
        money(c, doc_plain, "zslip.cash", s->cash + s->cash_back);
        money(c, doc_plain, "zslip.transfer",
            s->transfer + s->transfer_back);
    }
    money(c, doc_strong, "zslip.sales_total", s->sales_total);
    if (s->refunds) {
        heading(c, "zslip.refunds");
        number(c, doc_plain, "zslip.refunds_count", s->refunds);
        if (c->z->z) {
            money(c, doc_plain, "zslip.cash_back", s->cash_back);
            money(c, doc_plain, "zslip.transfer_back", s->transfer_back);
        }
        money(c, doc_strong, "zslip.refund_total", s->refund_total);
    }
    if (!c->z->z)
        money(c, doc_plain, "zslip.transfer_net", s->transfer);
    money_if(c, "zslip.rounding", s->rounding);
}

static void
counted(struct composing *c)
{
    const struct shift_report *r = c->z->report;
    const struct shift *s = &r->shift;
    int64_t over = s->counted - shift_expected(s);
    struct buf left;

    money(c, doc_strong, "zslip.expected", shift_expected(s));
    buf_init(&left, 100);
    for (size_t i = 0; i < r->notes_len; i++) {
        const struct shift_note *n = &r->notes[i];

        buf_clear(&left);
        buf_clear(&c->text);
        money_format_plain(n->note, &left);
        buf_printf(&left, " × %" PRId64, n->count);
        money_format_plain(n->note * n->count, &c->text);
        doc_pair(c->doc, doc_small, left.data, c->text.data);
    }
    buf_finish(&left);
    money(c, doc_strong, "zslip.counted", s->counted);
    if (over)
        money(c, doc_total, over > 0 ? "zslip.over" : "zslip.short",
            over > 0 ? over : -over);
    else
        doc_text(c->doc, doc_total, "%s", say("zslip.even"));
}

static void
drawer(struct composing *c)
{
    const struct shift *s = &c->z->report->shift;

    heading(c, "zslip.drawer");
    money(c, doc_plain, "zslip.float", s->float_dong);
    if (c->z->z)
        money(c, doc_plain, "zslip.drawer_cash", s->cash);
    money_if(c, "zslip.cash_in", s->cash_in);
    money_if(c, "zslip.cash_out", -s->cash_out);
    if (s->drawers)
        number(c, doc_plain, "zslip.drawers", s->drawers);
    if (c->z->z)
        counted(c);
}

/* Who hands over, who takes over; and the code behind which the record is. */
static enum err
proof(struct composing *c)
{
    struct buf url;
    enum err e;

    doc_rule(c->doc, DOC_RULE_SOLID);
    doc_columns(c->doc, doc_plain,
        (struct doc_cell[]){{say("zslip.hands_over"), 1, DOC_CENTRE},
            {say("zslip.takes_over"), 1, DOC_CENTRE}},
        2);
    doc_feed(c->doc, 3);
    buf_init(&url, 1024);
    e = shift_report_url(c->z->report, c->shop, &url);
    if (e == OK) {
        doc_qr(c->doc, url.data, 0);
        number(c, doc_small, "zslip.record", c->z->report->shift.seq);
    }
    buf_finish(&url);
    return e;
}

enum err
zslip_compose(const struct zslip *z, const struct shop *shop,
    const struct showroom *showroom, struct font *font, struct doc **doc_out)
{
    struct composing c = {
        .z = z, .shop = shop, .font = font, .doc = doc_new()};
    enum err e = OK;

    buf_init(&c.text, 2048);
    head(&c, showroom);
    sold(&c);
    drawer(&c);
    if (z->z)
        e = proof(&c);
    doc_cut(c.doc, DOC_CUT_PARTIAL);
    buf_finish(&c.text);
    if (e == OK)
        e = doc_err(c.doc);
    if (e != OK) {
        doc_free(c.doc);
        return e;
    }
    *doc_out = c.doc;
    return OK;
}

enum err
make_zslip(struct making *m)
{
    struct shift_report report;
    struct zslip z = {.report = &report,
        .why = m->job->why_again,
        .now = clock_now()};
    struct showroom showroom;
    struct doc *doc = NULL;
    struct raster raster;
    int64_t shift;
    enum err e = read_job(m->job, &shift, &z.z);

    READ(shift_report_read(m->db, shift, &report));
    READ(db_showroom_get(m->db, &showroom));
    READ(zslip_compose(&z, m->shop, &showroom, m->font, &doc));
    READ(raster_draw(
        doc, m->font, draw_width(m->printer->paper_mm), &raster));
    doc_free(doc);
    if (e != OK)
        return e;
    e = make_slip(m, &raster);
    raster_finish(&raster);
    return e;
}
