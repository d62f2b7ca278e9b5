#include "pos/sell/selling.h"

#include <inttypes.h>

#include "base/money.h"
#include "base/settings.h"
#include "db/product.h"
#include "pos/sell/certificate.h"
#include "pos/sell/scan.h"
#include "pos/shop.h"

/* Which product, and how much of it, the line means. */
static enum err
find_product(struct selling *s, const struct sale_ask_line *ask,
    struct product *p, int64_t *qty_out)
{
    struct scan scan;
    enum err e;

    *qty_out = ask->has_qty ? ask->qty_milli : 1000;
    if (ask->product_id)
        return db_product_get(s->db, ask->product_id, p);
    e = scan_read(s->db, ask->code, s->day, &scan);
    if (e != OK)
        return e;
    if (scan.hits_len > 1) {
        err_at("lines[%zu].code", s->lines_len);
        err_arg("case", "ambiguous");
        err_arg("what", "%s", ask->code);
        return err_set(ERR_FIELD_VALUE, "%s is the code of %zu products",
            ask->code, scan.hits_len);
    }
    if (!ask->has_qty)
        *qty_out = scan.hits[0].qty_milli;
    else if (scan.hits[0].qty_milli != 1000)
        *qty_out = money_mul_qty(ask->qty_milli, scan.hits[0].qty_milli);
    return db_product_get(s->db, scan.hits[0].product_id, p);
}

static enum err
check_product(struct selling *s, const struct product *p, int64_t qty_milli)
{
    if (p->retired) {
        err_arg("name", "%s", p->name);
        return err_set(ERR_PRODUCT_RETIRED, "p_%" PRId64 " is retired", p->id);
    }
    if (qty_milli <= 0
        || (p->kind != PRODUCT_WEIGHED && qty_milli % 1000 != 0)) {
        err_at("lines[%zu].qty", s->lines_len);
        err_arg("case", "whole");
        err_arg("name", "%s", p->name);
        err_arg("unit", "%s", p->unit);
        return err_set(ERR_FIELD_VALUE, "%" PRId64
            " thousandths of what is sold in whole units", qty_milli);
    }
    return OK;
}

/* A discount within the role's limit, or let pass by a manager: up to what a
 * manager may give, for nobody more. */
static enum err
check_discount(struct selling *s, int64_t gross, int64_t discount)
{
    const struct settings *set = s->shop->settings;
    bool asked = s->ask->overrides & OVERRIDE_DISCOUNT;
    bool manager = s->ask->role >= ROLE_MANAGER;
    int own = manager ? set->discount_limit_manager_percent
                      : set->discount_limit_cashier_percent;
    int limit = asked ? set->discount_limit_manager_percent : own;

    if (discount > gross) {
        err_at("lines[%zu].discount", s->lines_len);
        err_arg("case", "discount");
        err_arg("max", "%" PRId64, gross);
        return err_set(ERR_FIELD_VALUE, "%" PRId64 " off %" PRId64, discount,
            gross);
    }
    if (discount * 100 <= gross * limit) {
        if (discount * 100 > gross * own)
            s->used |= OVERRIDE_DISCOUNT;
        return OK;
    }
    err_at("lines[%zu].discount", s->lines_len);
    if (asked || manager)
        err_arg("case", "most"); /* asking a manager is of no use */
    err_arg("limit", "%d", limit);
    return err_set(ERR_DISCOUNT_LIMIT, "%" PRId64 " off %" PRId64
        " is past %d percent", discount, gross, limit);
}

static enum err
price_line(struct selling *s, const struct product *p, struct sale_line *l)
{
    int64_t gross;
    enum err e = db_price_get(s->db, p->id, s->time.at, &l->price);

    if (e == ERR_PRICE_MISSING) {
        err_arg("name", "%s", p->name);
        return err_set(e, "p_%" PRId64 " has no price", p->id);
    }
    if (e == OK)
        e = db_vat_rate(s->db, p->vat_class, s->day, &l->vat_bp);
    if (e != OK)
        return e;
    gross = money_mul_qty(l->price, l->qty_milli);
    if (gross < 0 || s->total + gross > MONEY_MAX) {
        err_arg("case", "bill");
        return err_set(ERR_TOO_LARGE, "a bill past %" PRId64, MONEY_MAX);
    }
    e = check_discount(s, gross, l->discount);
    if (e != OK)
        return e;
    l->amount = gross - l->discount;
    l->vat = l->vat_bp > 0 ? money_vat_of(l->amount, l->vat_bp) : 0;
    s->total += l->amount;
    return OK;
}

static enum err
judge_line(struct selling *s, const struct product *p, struct sale_line *l)
{
    struct certificate c;
    enum err e = certificate_of_product(s->db, p->id, s->day, &c);

    if (e == OK)
        e = certificate_may_sell(&c, p->name,
            s->ask->overrides & OVERRIDE_WITHDRAWN);
    if (e != OK)
        return e;
    if (c.listed && c.state == CERT_WITHDRAWN)
        s->used |= OVERRIDE_WITHDRAWN;
    certificate_freeze(&c, &l->ocop);
    s->certified |= c.listed;
    return OK;
}

static enum err
decide_line(struct selling *s, const struct sale_ask_line *ask)
{
    struct sale_line *l = &s->lines[s->lines_len];
    struct product p;
    enum err e = find_product(s, ask, &p, &l->qty_milli);

    if (e == OK)
        e = check_product(s, &p, l->qty_milli);
    if (e != OK)
        return e;
    l->n = (int64_t)s->lines_len + 1;
    l->product_id = p.id;
    db_copy(l->name, sizeof(l->name), p.name);
    db_copy(l->unit, sizeof(l->unit), p.unit);
    db_copy(l->vat_class, sizeof(l->vat_class), p.vat_class);
    l->discount = ask->discount;
    e = price_line(s, &p, l);
    if (e == OK)
        e = judge_line(s, &p, l);
    if (e == OK && p.kind != PRODUCT_SERVICE)
        e = selling_take(s, l, ask->lot_id);
    s->lines_len++;
    return e;
}

enum err
selling_lines(struct selling *s)
{
    enum err e = OK;

    for (size_t i = 0; e == OK && i < s->ask->lines_len; i++)
        e = decide_line(s, &s->ask->lines[i]);
    if (e == OK && s->certified)
        e = list_age_now(s->db, s->time.at, &s->list);
    return e;
}
