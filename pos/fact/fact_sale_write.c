#include "pos/fact/fact_sale_body.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/canon.h"
#include "base/clock.h"
#include "pos/certified/age.h"
#include "pos/fact/fact.h"
#include "pos/sell/receipt_no.h"
#include "sync/judge.h"

static void
write_lots(struct canon *c, const struct fact_sale *f, int64_t line)
{
    canon_key(c, "lots");
    canon_arr(c);
    for (size_t i = 0; i < f->lots_len; i++) {
        const struct fact_lot *lot = &f->lots[i];

        if (lot->line != line)
            continue;
        canon_obj(c);
        if (lot->found_milli)
            canon_put_int(c, "found_milli", lot->found_milli);
        canon_put_int(c, "lot", lot->lot_id);
        canon_put_int(c, "qty_milli", lot->qty_milli);
        if (f->head.kind == REFUND)
            canon_put_str(c, "to", account_name(lot->to));
        canon_end_obj(c);
    }
    canon_end_arr(c);
}

static void
write_ocop(struct canon *c, const struct sale_cert *ocop)
{
    char until[11];

    clock_format_date(ocop->until_day, until);
    canon_key(c, "ocop");
    canon_obj(c);
    canon_put_int(c, "cert", ocop->cert);
    canon_put_str(c, "id", ocop->id);
    canon_put_int(c, "list_seq", ocop->list_seq);
    canon_put_int(c, "stars", ocop->stars);
    canon_put_str(c, "status", cert_state_name((enum cert_state)ocop->state));
    canon_put_str(c, "valid_until", until);
    canon_end_obj(c);
}

static void
write_line(struct canon *c, const struct fact_sale *f,
    const struct sale_line *l)
{
    canon_obj(c);
    canon_put_int(c, "amount", l->amount);
    canon_put_int(c, "discount", l->discount);
    if (l->list_price)
        canon_put_int(c, "list_price", l->list_price);
    write_lots(c, f, l->n);
    canon_put_int(c, "n", l->n);
    canon_put_str(c, "name", l->name);
    if (l->ocop.id[0])
        write_ocop(c, &l->ocop);
    if (l->of_line)
        canon_put_int(c, "of_line", l->of_line);
    canon_put_int(c, "price", l->price);
    canon_put_int(c, "product", l->product_id);
    canon_put_int(c, "qty_milli", l->qty_milli);
    canon_put_str(c, "unit", l->unit);
    canon_key(c, "vat");
    canon_obj(c);
    canon_put_int(c, "amount", l->vat);
    canon_put_str(c, "class", l->vat_class);
    if (l->vat_bp >= 0)
        canon_put_int(c, "rate_bp", l->vat_bp);
    canon_end_obj(c);
    canon_end_obj(c);
}

static void
write_payments(struct canon *c, const struct fact_sale *f)
{
    canon_key(c, "payments");
    canon_arr(c);
    for (size_t i = 0; i < f->payments_len; i++) {
        const struct payment *p = &f->payments[i];

        canon_obj(c);
        canon_put_int(c, "amount", p->amount);
        canon_put_str(c, "method", pay_method_name(p->method));
        if (p->reference[0])
            canon_put_str(c, "reference", p->reference);
        canon_put_int(c, "tendered", p->tendered);
        canon_end_obj(c);
    }
    canon_end_arr(c);
}

static void
write_overrides(struct canon *c, unsigned overrides)
{
    canon_key(c, "override");
    canon_arr(c);
    for (unsigned bit = 1; bit <= OVERRIDE_ALL; bit <<= 1)
        if (overrides & bit)
            canon_str(c, override_name(bit));
    canon_end_arr(c);
}

/* How old the lists were that the lines were judged by. */
static void
write_list(struct canon *c, const struct sale *s)
{
    canon_key(c, "ocop_list");
    canon_obj(c);
    canon_put_int(c, "at", s->list_at);
    canon_put_str(c, "state", list_age_name((enum list_age)s->list_age));
    canon_end_obj(c);
}

void
fact_sale_body_write(const struct fact_sale *f, struct canon *c)
{
    const struct sale *s = &f->head;
    char no[RECEIPT_NO], till[8];

    snprintf(till, sizeof(till), "%d", (int)s->till);
    canon_put_int(c, "at", s->at);
    canon_put_int(c, "change", s->change);
    if (s->suspect)
        canon_put_bool(c, "clock_suspect", true);
    canon_key(c, "lines");
    canon_arr(c);
    for (size_t i = 0; i < f->lines_len; i++)
        write_line(c, f, &f->lines[i]);
    canon_end_arr(c);
    if (s->approved_by)
        canon_put_int(c, "manager", s->approved_by);
    canon_put_str(c, "note", s->note);
    if (s->list_age)
        write_list(c, s);
    if (s->kind == REFUND) {
        receipt_no_format(f->showroom, s->of_sale, no);
        canon_put_str(c, "of", no);
    }
    if (f->overrides)
        write_overrides(c, f->overrides);
    write_payments(c, f);
    receipt_no_format(f->showroom, s->id, no);
    canon_put_str(c, "receipt_no", no);
    fact_request_write(c, f->key, f->digest);
    canon_put_int(c, "rounding", s->rounding);
    canon_put_int(c, "shift", s->shift_id);
    canon_put_int(c, "staff", s->staff);
    canon_put_str(c, "till", till);
    canon_put_int(c, "total", s->total);
}
