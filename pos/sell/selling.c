#include "pos/sell/selling.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/settings.h"
#include "db/product.h"
#include "db/stock.h"
#include "pos/sell/certificate.h"
#include "pos/sell/scan.h"
#include "pos/sell/share.h"
#include "pos/shop.h"

enum { PERCENT = 1000 }; /* thousandths in one */

/* What ends a sale is only noted when looking; a failure stays one. */
static enum err
stop(struct selling *s, enum err e, enum stop why)
{
    enum err_class class = err_class(e);

    if (e == OK || !s->looks || class == ERR_CLASS_FAULT
        || class == ERR_CLASS_RETRY)
        return e;
    s->looks[s->lines_len].stops |= why;
    return OK;
}

/* The path of a line's member. */
static const char *
line_at(const struct selling *s, const char *member, char path[ERR_PATH])
{
    snprintf(path, ERR_PATH, "lines[%zu].%s", s->lines_len, member);
    return path;
}

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
    *qty_out = scan_qty(&scan.hits[0], ask->has_qty, ask->qty_milli);
    return db_product_get(s->db, scan.hits[0].product_id, p);
}

enum err
selling_check(const struct product *p, int64_t qty_milli, const char *at)
{
    if (p->retired) {
        err_arg("name", "%s", p->name);
        return err_set(ERR_PRODUCT_RETIRED, "p_%" PRId64 " is retired", p->id);
    }
    if (qty_milli <= 0
        || (p->kind != PRODUCT_WEIGHED && qty_milli % 1000 != 0)) {
        err_at("%s", at);
        err_arg("case", "whole");
        err_arg("name", "%s", p->name);
        err_arg("unit", "%s", p->unit);
        return err_set(ERR_FIELD_VALUE, "%" PRId64
            " thousandths of what is sold in whole units", qty_milli);
    }
    return OK;
}

/* A discount, off a line or the bill, within the role's limit, or let pass by
 * a manager: up to what a manager may give, for nobody more. */
static enum err
check_discount(struct selling *s, int64_t gross, int64_t discount,
    const char *at)
{
    const struct settings *set = s->shop->settings;
    bool asked = s->ask->overrides & OVERRIDE_DISCOUNT;
    bool manager = s->ask->role >= ROLE_MANAGER;
    int own = manager ? set->discount_limit_manager_percent
                      : set->discount_limit_cashier_percent;
    int limit = asked ? set->discount_limit_manager_percent : own;

    if (discount > gross) {
        err_at("%s", at);
        err_arg("case", "discount");
        err_arg("max", "%" PRId64, gross);
        return err_set(ERR_FIELD_VALUE, "%" PRId64 " off %" PRId64, discount,
            gross);
    }
    if (discount <= share_percent(gross, limit * PERCENT)) {
        if (discount > share_percent(gross, own * PERCENT))
            s->used |= OVERRIDE_DISCOUNT;
        return OK;
    }
    err_at("%s", at);
    if (asked || manager)
        err_arg("case", "most"); /* asking a manager is of no use */
    err_arg("limit", "%d", limit);
    return err_set(ERR_DISCOUNT_LIMIT, "%" PRId64 " off %" PRId64
        " is past %d percent", discount, gross, limit);
}

/* The list's price, or the one that was agreed if a manager lets it pass. */
static enum err
find_price(struct selling *s, const struct product *p,
    const struct sale_ask_line *ask, struct sale_line *l)
{
    enum err e = db_price_get(s->db, p->id, s->time.at, &l->price);

    if (e == ERR_PRICE_MISSING) {
        err_arg("name", "%s", p->name);
        e = err_set(e, "p_%" PRId64 " has no price", p->id);
        l->price = 0;
        return stop(s, e, STOP_NO_PRICE);
    }
    if (s->looks)
        s->looks[s->lines_len].list_price = l->price;
    if (e != OK || !ask->has_price || ask->price == l->price)
        return e;
    if (!(s->ask->overrides & OVERRIDE_PRICE)) {
        err_arg("name", "%s", p->name);
        return err_set(ERR_PRICE_OVERRIDE, "p_%" PRId64 " at %" PRId64
            " for %" PRId64, p->id, ask->price, l->price);
    }
    s->used |= OVERRIDE_PRICE;
    l->list_price = l->price;
    l->price = ask->price;
    return OK;
}

static void
tax_line(struct sale_line *l)
{
    l->vat = l->vat_bp > 0 ? money_vat_of(l->amount, l->vat_bp) : 0;
}

static enum err
price_line(struct selling *s, const struct product *p,
    const struct sale_ask_line *ask, struct sale_line *l)
{
    char at[ERR_PATH];
    int64_t gross;
    enum err e = find_price(s, p, ask, l);

    if (e == OK)
        e = db_vat_rate(s->db, p->vat_class, s->day, &l->vat_bp);
    if (e != OK)
        return e;
    gross = money_mul_qty(l->price, l->qty_milli);
    if (gross < 0 || s->total + gross > MONEY_MAX) {
        err_arg("case", "bill");
        return err_set(ERR_TOO_LARGE, "a bill past %" PRId64, MONEY_MAX);
    }
    e = stop(s, check_discount(s, gross, l->discount,
                    line_at(s, "discount", at)), STOP_DISCOUNT);
    if (e != OK)
        return e;
    if (l->discount > gross)
        l->discount = gross; /* looked at: the price fell since */
    l->amount = gross - l->discount;
    tax_line(l);
    s->gross += gross;
    s->total += l->amount;
    return OK;
}

static enum err
judge_line(struct selling *s, const struct product *p, struct sale_line *l)
{
    struct certificate c;
    enum err e = certificate_of_product(s->db, p->id, s->day, &c);

    if (e == OK)
        e = stop(s, certificate_may_sell(&c, p->name,
                        s->ask->overrides & OVERRIDE_WITHDRAWN),
            STOP_RECALLED);
    if (e != OK)
        return e;
    if (c.listed && c.state == CERT_WITHDRAWN && !c.recalled)
        s->used |= OVERRIDE_WITHDRAWN;
    certificate_freeze(&c, &l->ocop);
    s->certified |= c.listed;
    return OK;
}

static enum err
take_line(struct selling *s, const struct product *p,
    const struct sale_ask_line *ask, const struct sale_line *l)
{
    struct look *look = s->looks ? &s->looks[s->lines_len] : NULL;
    enum err e = OK;

    if (p->kind == PRODUCT_SERVICE)
        return OK;
    if (look) {
        look->stocked = true;
        e = db_stock_sellable(s->db, p->id, s->day, &look->stock_milli);
    }
    if (e == OK)
        e = stop(s, selling_take(s, l, ask->lot_id), STOP_SHORT);
    return e;
}

static enum err
decide_line(struct selling *s, const struct sale_ask_line *ask)
{
    struct sale_line *l = &s->lines[s->lines_len];
    unsigned used = s->used;
    char at[ERR_PATH];
    struct product p;
    enum err e = find_product(s, ask, &p, &l->qty_milli);

    if (e == OK)
        e = stop(s, selling_check(&p, l->qty_milli, line_at(s, "qty", at)),
            STOP_RETIRED);
    if (e != OK)
        return e;
    s->used = 0;
    l->n = (int64_t)s->lines_len + 1;
    l->product_id = p.id;
    db_copy(l->name, sizeof(l->name), p.name);
    db_copy(l->unit, sizeof(l->unit), p.unit);
    db_copy(l->vat_class, sizeof(l->vat_class), p.vat_class);
    l->discount = ask->discount;
    e = price_line(s, &p, ask, l);
    if (e == OK)
        e = judge_line(s, &p, l);
    if (e == OK)
        e = take_line(s, &p, ask, l);
    if (s->looks) {
        s->looks[s->lines_len].used = s->used;
        s->looks[s->lines_len].own_discount = l->discount;
    }
    s->used |= used;
    s->lines_len++;
    return e;
}

/* Each line its share of what is off the bill. */
static void
divide(struct selling *s)
{
    int64_t *amounts = mem_new(s->lines_len, sizeof(amounts[0]));
    int64_t *shares = mem_new(s->lines_len, sizeof(shares[0]));

    for (size_t i = 0; i < s->lines_len; i++)
        amounts[i] = s->lines[i].amount;
    share_divide(s->off, amounts, s->lines_len, shares);
    for (size_t i = 0; i < s->lines_len; i++) {
        struct sale_line *l = &s->lines[i];

        l->discount += shares[i];
        l->amount -= shares[i];
        tax_line(l);
    }
    s->total -= s->off;
    mem_free(amounts);
    mem_free(shares);
}

/* The bill's discount.  What is off its lines counts too: the limit is of the
 * whole bill.  Percents are rounded, so the limit is. */
static enum err
decide_bill(struct selling *s)
{
    int64_t off = s->ask->bill_percent
                      ? share_percent(s->total, s->ask->bill_percent)
                      : s->ask->bill_discount;
    int64_t lines_off = s->gross - s->total;
    enum err e;

    if (!off || !s->lines_len)
        return OK;
    if (off > s->total) {
        if (!s->looks) {
            err_at("discount");
            err_arg("case", "discount");
            err_arg("max", "%" PRId64, s->total);
            return err_set(ERR_FIELD_VALUE, "%" PRId64 " off %" PRId64, off,
                s->total);
        }
        s->stops |= STOP_DISCOUNT; /* lines were taken out since */
        off = s->total;
    }
    e = check_discount(s, s->gross, lines_off + off, "discount");
    if (e != OK && !s->looks)
        return e;
    s->stops |= e != OK ? STOP_DISCOUNT : 0;
    s->off = off;
    divide(s);
    return OK;
}

enum err
selling_lines(struct selling *s)
{
    enum err e = OK;

    for (size_t i = 0; e == OK && i < s->ask->lines_len; i++)
        e = decide_line(s, &s->ask->lines[i]);
    if (e == OK)
        e = decide_bill(s);
    if (e == OK && s->certified)
        e = list_age_now(s->db, s->time.at, &s->list);
    return e;
}
