#include "pos/http/show.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "db/stock.h"
#include "pos/certified/age.h"
#include "pos/fact/fact_product.h"
#include "pos/sell/shift.h"
#include "pos/sell/token.h"

void
show_id(struct json_out *o, const char *key, const char *prefix, int64_t id)
{
    char text[32];

    snprintf(text, sizeof(text), "%s%" PRId64, prefix, id);
    json_out_put_str(o, key, text);
}

void
show_day(struct json_out *o, const char *key, int32_t day)
{
    char text[11];

    if (day == DAY_NEVER) {
        json_out_put_null(o, key);
        return;
    }
    clock_format_date(day, text);
    json_out_put_str(o, key, text);
}

void
show_time(struct json_out *o, const char *key, int64_t at)
{
    char text[26];

    clock_format_rfc3339(at, text);
    json_out_put_str(o, key, text);
}

void
show_certificate(struct json_out *o, const struct certificate *c)
{
    if (!c->listed) {
        json_out_put_null(o, "ocop");
        return;
    }
    json_out_key(o, "ocop");
    json_out_obj(o);
    json_out_put_str(o, "id", c->record.id);
    json_out_put_int(o, "cert", c->record.cert);
    json_out_put_int(o, "stars", c->record.stars);
    json_out_put_str(o, "status", cert_state_name(c->state));
    show_day(o, "valid_until", c->record.until_day);
    json_out_put_str(o, "recall",
        record_recall_name((enum record_recall)c->record.recall));
    json_out_put_int(o, "list_seq", c->list_seq);
    json_out_end_obj(o);
}

/* A GTIN as it is printed: without the zeros it is kept with. */
static const char *
printed_code(const char *code)
{
    size_t len = strlen(code);

    if (len == 14 && strspn(code, "0123456789") == 14 && code[0] == '0')
        return code + (strncmp(code, "000000", 6) == 0 ? 6 : 1);
    return code;
}

static enum err
show_barcodes(struct json_out *o, struct db *db, int64_t product_id)
{
    struct barcode codes[PRODUCT_CODES_MAX];
    size_t len;
    enum err e = db_barcode_list(db, product_id, codes, PRODUCT_CODES_MAX,
        &len);

    json_out_key(o, "barcodes");
    json_out_arr(o);
    for (size_t i = 0; i < len; i++)
        json_out_str(o, printed_code(codes[i].code));
    json_out_end_arr(o);
    json_out_key(o, "packs");
    json_out_arr(o);
    for (size_t i = 0; i < len; i++) {
        if (codes[i].qty_milli == 1000)
            continue;
        json_out_obj(o);
        json_out_put_str(o, "code", printed_code(codes[i].code));
        json_out_put_milli(o, "qty", codes[i].qty_milli);
        json_out_end_obj(o);
    }
    json_out_end_arr(o);
    return e;
}

enum err
show_product(struct json_out *o, struct db *db, const struct product *p,
    int64_t now)
{
    int32_t day = clock_day(now);
    struct certificate c;
    int64_t price = -1, stock = 0;
    enum err e = db_price_get(db, p->id, now, &price);

    if (e == ERR_PRICE_MISSING)
        e = OK; /* shown without one; it cannot be sold */
    if (e == OK)
        e = db_stock_sellable(db, p->id, day, &stock);
    if (e == OK)
        e = certificate_of_product(db, p->id, day, &c);
    if (e != OK)
        return e;
    json_out_obj(o);
    show_id(o, "id", "p_", p->id);
    json_out_put_str(o, "sku", p->sku);
    json_out_put_str(o, "name", p->name);
    json_out_put_str(o, "unit", p->unit);
    json_out_put_str(o, "kind", product_kind_words[p->kind - 1]);
    json_out_put_str(o, "vat_class", p->vat_class);
    if (price >= 0)
        json_out_put_int(o, "price", price);
    else
        json_out_put_null(o, "price");
    if (p->kind == PRODUCT_SERVICE)
        json_out_put_null(o, "stock");
    else
        json_out_put_milli(o, "stock", stock);
    e = show_barcodes(o, db, p->id);
    json_out_put_str(o, "registry_id",
        c.listed ? c.record.id : p->registry_id[0] ? p->registry_id : NULL);
    show_certificate(o, &c);
    json_out_put_bool(o, "retired", p->retired);
    json_out_end_obj(o);
    return e;
}

static void
show_lots(struct json_out *o, const struct receipt *r, int64_t line)
{
    json_out_key(o, "lots");
    json_out_arr(o);
    for (size_t i = 0; i < r->moves_len; i++) {
        const struct stock_move *m = &r->moves[i];

        if (m->line != line || m->from == ACCOUNT_COUNTED)
            continue;
        json_out_obj(o);
        show_id(o, "lot", "l_", m->lot_id);
        json_out_put_milli(o, "qty", m->qty_milli);
        if (r->sale.kind == REFUND)
            json_out_put_str(o, "to", account_name(m->to));
        json_out_end_obj(o);
    }
    json_out_end_arr(o);
}

void
show_line_ocop(struct json_out *o, const struct sale_cert *ocop)
{
    if (!ocop->id[0]) {
        json_out_put_null(o, "ocop");
        return;
    }
    json_out_key(o, "ocop");
    json_out_obj(o);
    json_out_put_str(o, "id", ocop->id);
    json_out_put_int(o, "cert", ocop->cert);
    json_out_put_int(o, "stars", ocop->stars);
    json_out_put_str(o, "status",
        cert_state_name((enum cert_state)ocop->state));
    show_day(o, "valid_until", ocop->until_day);
    json_out_put_int(o, "list_seq", ocop->list_seq);
    json_out_end_obj(o);
}

static void
show_line(struct json_out *o, const struct sale_line *l,
    const struct receipt *r)
{
    json_out_obj(o);
    json_out_put_int(o, "line", l->n);
    if (l->of_line)
        json_out_put_int(o, "of_line", l->of_line);
    show_id(o, "product", "p_", l->product_id);
    json_out_put_str(o, "name", l->name);
    json_out_put_str(o, "unit", l->unit);
    json_out_put_milli(o, "qty", l->qty_milli);
    json_out_put_int(o, "price", l->price);
    json_out_put_int(o, "discount", l->discount);
    json_out_put_int(o, "amount", l->amount);
    json_out_key(o, "vat");
    json_out_obj(o);
    json_out_put_str(o, "class", l->vat_class);
    if (l->vat_bp >= 0)
        json_out_put_milli(o, "rate", l->vat_bp * 10);
    else
        json_out_put_null(o, "rate");
    json_out_put_int(o, "amount", l->vat);
    json_out_end_obj(o);
    if (r)
        show_lots(o, r, l->n);
    show_line_ocop(o, &l->ocop);
    json_out_end_obj(o);
}

void
show_lines(struct json_out *o, const struct sale_line *lines, size_t len,
    const struct receipt *r)
{
    json_out_key(o, "lines");
    json_out_arr(o);
    for (size_t i = 0; i < len; i++)
        show_line(o, &lines[i], r);
    json_out_end_arr(o);
}

static void
show_payments(struct json_out *o, const struct receipt *r)
{
    json_out_key(o, "payments");
    json_out_arr(o);
    for (size_t i = 0; i < r->payments_len; i++) {
        const struct payment *p = &r->payments[i];

        json_out_obj(o);
        json_out_put_str(o, "method", pay_method_name(p->method));
        json_out_put_int(o, "amount", p->amount);
        if (p->method == PAY_CASH)
            json_out_put_int(o, "tendered", p->tendered);
        if (p->reference[0])
            json_out_put_str(o, "reference", p->reference);
        json_out_end_obj(o);
    }
    json_out_end_arr(o);
}

static enum err
show_proof(struct json_out *o, const struct receipt *r,
    const struct shop *shop)
{
    char hex[65];
    struct buf url;
    enum err e;

    crypto_hex(r->hash, 32, hex);
    json_out_key(o, "journal");
    json_out_obj(o);
    json_out_put_int(o, "seq", r->sale.seq);
    json_out_put_str(o, "hash", hex);
    json_out_end_obj(o);
    buf_init(&url, 2048);
    e = receipt_verify_url(r, shop, TOKEN_LINES_PRINTED, &url);
    if (e == OK)
        json_out_put_str(o, "verify_url", url.data);
    buf_finish(&url);
    return e;
}

/* Which list the marks of the receipt stand on, when it was not new. */
static void
show_list_age(struct json_out *o, const struct sale *s)
{
    char date[CLOCK_DATE_SIZE];

    if (!s->list_age)
        return;
    clock_format_date(clock_day(s->list_at), date);
    json_out_key(o, "ocop_list");
    json_out_obj(o);
    json_out_put_str(o, "date", date);
    json_out_put_str(o, "state", list_age_name((enum list_age)s->list_age));
    json_out_end_obj(o);
}

enum err
show_receipt(struct json_out *o, const struct receipt *r,
    const struct shop *shop)
{
    const struct sale *s = &r->sale;
    char till[8];
    enum err e;

    snprintf(till, sizeof(till), "%d", (int)s->till);
    json_out_obj(o);
    json_out_put_str(o, "receipt_no", r->no);
    json_out_put_str(o, "kind", s->kind == SALE ? "sale" : "refund");
    if (s->kind == REFUND)
        json_out_put_str(o, "of", r->of_no);
    show_time(o, "at", s->at);
    json_out_put_str(o, "till", till);
    json_out_put_int(o, "staff", s->staff);
    show_id(o, "shift", "s_", s->shift_id);
    json_out_put_int(o, "total", s->total);
    json_out_put_int(o, "paid", s->total + s->rounding);
    json_out_put_int(o, "change", s->change);
    json_out_put_int(o, "rounding", s->rounding);
    if (s->approved_by)
        json_out_put_int(o, "approved_by", s->approved_by);
    json_out_put_str(o, "note", s->note);
    show_list_age(o, s);
    e = show_proof(o, r, shop);
    show_payments(o, r);
    show_lines(o, r->lines, r->lines_len, r);
    json_out_end_obj(o);
    return e;
}

/* Its first or last receipt. */
static void
show_receipt_of(struct json_out *o, const char *key, const struct shop *shop,
    int64_t sale_id)
{
    char no[RECEIPT_NO];

    receipt_no_format(shop->number, sale_id, no);
    json_out_put_str(o, key, sale_id ? no : NULL);
}

void
show_shift_members(
    struct json_out *o, const struct shift *s, const struct shop *shop)
{
    char till[8];

    snprintf(till, sizeof(till), "%d", (int)s->till);
    show_id(o, "id", "s_", s->id);
    json_out_put_str(o, "till", till);
    json_out_put_str(o, "state", s->closed ? "closed" : "open");
    json_out_put_int(o, "opened_by", s->opened_by);
    show_time(o, "opened_at", s->opened_at);
    json_out_put_int(o, "float", s->float_dong);
    json_out_put_int(o, "sales", s->sales);
    json_out_put_int(o, "sales_total", s->sales_total);
    json_out_put_int(o, "refunds", s->refunds);
    json_out_put_int(o, "refund_total", s->refund_total);
    json_out_put_int(o, "transfer", s->transfer);
    json_out_put_int(o, "rounding", s->rounding);
    json_out_put_int(o, "discounts", s->discounts);
    json_out_put_int(o, "cash_in", s->cash_in);
    json_out_put_int(o, "cash_out", s->cash_out);
    json_out_put_int(o, "drawers", s->drawers);
    show_receipt_of(o, "first_receipt", shop, s->first_sale);
    show_receipt_of(o, "last_receipt", shop, s->last_sale);
    if (s->closed) { /* a count is blind until it is made */
        json_out_put_int(o, "closed_by", s->closed_by);
        show_time(o, "closed_at", s->closed_at);
        json_out_put_int(o, "cash", s->cash);
        json_out_put_int(o, "cash_back", s->cash_back);
        json_out_put_int(o, "transfer_back", s->transfer_back);
        json_out_put_int(o, "counted", s->counted);
        json_out_put_int(o, "expected", shift_expected(s));
        json_out_put_int(o, "difference", s->counted - shift_expected(s));
    }
}

void
show_shift(
    struct json_out *o, const struct shift *s, const struct shop *shop)
{
    json_out_obj(o);
    show_shift_members(o, s, shop);
    json_out_end_obj(o);
}
