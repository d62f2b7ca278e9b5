/* Reading a sale's body back: see pos/fact/fact_sale.h. */
#include "pos/fact/fact_sale.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "db/product.h"
#include "pos/certified/age.h"
#include "pos/fact/read.h"
#include "pos/sell/receipt_no.h"
#include "sync/judge.h"

static enum err
read_ocop(const struct json *v, struct sale_cert *out)
{
    const char *status;
    enum cert_state state;
    enum err e = read_text(v, "id", out->id, sizeof(out->id));

    READ(json_get_int(v, "cert", 1, UINT32_MAX, &out->cert));
    READ(json_get_int(v, "list_seq", 0, JSON_INT_MAX, &out->list_seq));
    READ(json_get_int(v, "stars", 3, 5, &out->stars));
    READ(json_get_str(v, "status", 32, &status));
    READ(cert_state_parse(status, &state));
    READ(read_day(v, "valid_until", &out->until_day));
    if (e == OK)
        out->state = state;
    return e;
}

static enum err
read_vat(const struct json *v, struct sale_line *l)
{
    int64_t bp = -1;
    enum err e = read_text(v, "class", l->vat_class, sizeof(l->vat_class));

    READ(json_get_int(v, "amount", 0, MONEY_MAX, &l->vat));
    READ(json_opt_int(v, "rate_bp", 0, 10000, &bp));
    l->vat_bp = (int)bp;
    return e;
}

static enum err
read_line(const struct json *v, struct sale_line *l)
{
    const struct json *vat, *ocop = NULL;
    enum err e = json_get_int(v, "n", 1, SALE_LINES_MAX, &l->n);

    READ(json_opt_int(v, "of_line", 1, SALE_LINES_MAX, &l->of_line));
    READ(json_get_int(v, "product", 1, JSON_INT_MAX, &l->product_id));
    READ(read_text(v, "name", l->name, sizeof(l->name)));
    READ(read_text(v, "unit", l->unit, sizeof(l->unit)));
    READ(json_get_int(v, "qty_milli", 1, MONEY_MAX, &l->qty_milli));
    READ(json_get_int(v, "price", 0, MONEY_MAX, &l->price));
    READ(json_opt_int(v, "list_price", 0, MONEY_MAX, &l->list_price));
    READ(json_get_int(v, "discount", 0, MONEY_MAX, &l->discount));
    READ(json_get_int(v, "amount", 0, MONEY_MAX, &l->amount));
    READ(json_get_obj(v, "vat", &vat));
    READ(read_vat(vat, l));
    READ(json_opt_obj(v, "ocop", &ocop));
    if (e == OK && ocop)
        e = read_ocop(ocop, &l->ocop);
    return e;
}

static enum err
read_lot(const struct json *v, enum sale_kind kind, struct fact_lot *out)
{
    static const char *const accounts[] = {"shelf", "damaged", NULL};
    int to = 0;
    enum err e = json_get_int(v, "lot", 1, JSON_INT_MAX, &out->lot_id);

    READ(json_get_int(v, "qty_milli", 1, MONEY_MAX, &out->qty_milli));
    READ(json_opt_int(v, "found_milli", 1, MONEY_MAX, &out->found_milli));
    if (kind == REFUND)
        READ(json_get_word(v, "to", accounts, &to));
    out->to = to ? ACCOUNT_DAMAGED : ACCOUNT_SHELF;
    return e;
}

static enum err
read_lines(const struct json *body, struct fact_sale *f)
{
    const struct json *lines, *lots;
    size_t max = 0;
    enum err e = json_get_arr(body, "lines", SALE_LINES_MAX, &lines);

    if (e != OK)
        return e;
    f->lines = mem_new(json_len(lines), sizeof(f->lines[0]));
    for (size_t i = 0; e == OK && i < json_len(lines); i++) {
        struct sale_line *l = &f->lines[f->lines_len++];

        e = read_line(json_at(lines, i), l);
        READ(json_get_arr(json_at(lines, i), "lots", SALE_MOVES_MAX, &lots));
        if (e != OK)
            break;
        max += json_len(lots);
        f->lots = mem_resize(f->lots, max, sizeof(f->lots[0]));
        for (size_t k = 0; e == OK && k < json_len(lots); k++) {
            struct fact_lot *lot = &f->lots[f->lots_len++];

            *lot = (struct fact_lot){.line = l->n};
            e = read_lot(json_at(lots, k), f->head.kind, lot);
        }
    }
    return e;
}

static enum err
read_payments(const struct json *body, struct fact_sale *f)
{
    static const char *const methods[] = {"cash", "transfer", NULL};
    const struct json *payments;
    enum err e = json_get_arr(body, "payments", SALE_PAYMENTS_MAX, &payments);

    if (e != OK)
        return e;
    f->payments = mem_new(json_len(payments), sizeof(f->payments[0]));
    for (size_t i = 0; e == OK && i < json_len(payments); i++) {
        const struct json *v = json_at(payments, i);
        struct payment *p = &f->payments[f->payments_len++];
        const char *reference = "";
        int method = 0;

        READ(json_get_word(v, "method", methods, &method));
        READ(json_get_int(v, "amount", 0, MONEY_MAX, &p->amount));
        READ(json_get_int(v, "tendered", 0, MONEY_MAX, &p->tendered));
        READ(json_opt_str(v, "reference", DB_REF - 1, &reference));
        p->method = method ? PAY_TRANSFER : PAY_CASH;
        if (e == OK)
            db_copy(p->reference, sizeof(p->reference), reference);
    }
    return e;
}

static enum err
read_overrides(const struct json *body, struct fact_sale *f)
{
    const struct json *list = NULL;
    const char *word;
    enum err e = json_opt_arr(body, "override", 8, &list);

    for (size_t i = 0; e == OK && i < json_len(list); i++) {
        e = json_as_str(json_at(list, i), 32, &word);
        if (e == OK)
            f->overrides |= override_bit(word);
    }
    return e;
}

static enum err
read_list(const struct json *body, struct sale *s)
{
    static const char *const states[] = {"stale", "too_old", NULL};
    const struct json *list = NULL;
    int state = 0;
    enum err e = json_opt_obj(body, "ocop_list", &list);

    if (e != OK || !list)
        return e;
    e = json_get_int(list, "at", 0, JSON_INT_MAX, &s->list_at);
    READ(json_get_word(list, "state", states, &state));
    s->list_age = state ? LIST_TOO_OLD : LIST_STALE;
    return e;
}

static enum err
read_head(const char *kind, const struct json *body, struct fact_sale *f)
{
    const char *no, *of = "", *till;
    struct sale *s = &f->head;
    enum err e = json_get_int(body, "at", 0, JSON_INT_MAX, &s->at);

    s->kind = strcmp(kind, "refund") == 0 ? REFUND : SALE;
    READ(json_get_int(body, "change", 0, MONEY_MAX, &s->change));
    READ(json_opt_bool(body, "clock_suspect", &s->suspect));
    READ(json_opt_int(body, "manager", 1, INT32_MAX, &s->approved_by));
    READ(read_text(body, "note", s->note, sizeof(s->note)));
    READ(read_list(body, s));
    READ(json_get_str(body, "receipt_no", RECEIPT_NO - 1, &no));
    READ(receipt_no_parse(no, 0, &s->id));
    if (s->kind == REFUND) {
        READ(json_get_str(body, "of", RECEIPT_NO - 1, &of));
        READ(receipt_no_parse(of, 0, &s->of_sale));
    }
    READ(json_get_int(body, "rounding", -1000, 1000, &s->rounding));
    READ(json_get_int(body, "shift", 1, JSON_INT_MAX, &s->shift_id));
    READ(json_get_int(body, "staff", 0, INT32_MAX, &s->staff));
    READ(json_get_str(body, "till", 3, &till));
    READ(json_get_int(body, "total", 0, MONEY_MAX, &s->total));
    if (e == OK) {
        s->till = strtol(till, NULL, 10);
        f->showroom = strtol(no, NULL, 10);
    }
    return e;
}

enum err
fact_sale_read(const char *kind, const struct json *body,
    struct fact_sale *out)
{
    enum err e;

    *out = (struct fact_sale){0};
    e = read_head(kind, body, out);
    READ(read_lines(body, out));
    READ(read_payments(body, out));
    READ(read_overrides(body, out));
    READ(read_request(body, true, out->key, sizeof(out->key), out->digest));
    if (e != OK)
        fact_sale_finish(out);
    return e;
}

void
fact_sale_finish(struct fact_sale *f)
{
    mem_free(f->lines);
    mem_free(f->lots);
    mem_free(f->payments);
    *f = (struct fact_sale){0};
}
