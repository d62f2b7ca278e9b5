#include "pos/sell/cart_look.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/settings.h"
#include "pos/fact/read.h"
#include "pos/sell/cart.h"
#include "pos/shop.h"
#include "sync/judge.h"

/* Every exception is asked for, by a cashier: those that are then used are
 * what the bill needs a manager for. */
static enum err
price(struct selling *s, struct cart_view *v)
{
    enum err e = fact_now(s->db, &s->time);

    s->day = clock_day(s->time.at);
    READ(selling_lines(s));
    v->at = s->time.at;
    v->off = s->off;
    v->total = s->total;
    v->subtotal = s->total + s->off;
    v->rounded =
        money_round_to(s->total, s->shop->settings->cash_rounding);
    v->used = s->used;
    v->stops = s->stops;
    for (size_t i = 0; i < s->lines_len; i++)
        v->stops |= v->looks[i].stops;
    return e;
}

enum err
cart_look(struct db *db, const struct shop *shop, const struct cart *cart,
    struct cart_view *out)
{
    struct sale_ask_line *lines =
        mem_new(CART_LINES_MAX, sizeof(lines[0]));
    struct sale_ask ask = {
        .role = ROLE_CASHIER, .overrides = OVERRIDE_ALL};
    struct selling s = {.db = db, .shop = shop, .ask = &ask};
    enum err e;

    *out = (struct cart_view){.cart = *cart};
    out->asked = mem_new(CART_LINES_MAX, sizeof(out->asked[0]));
    e = db_cart_lines(db, cart->id, out->asked, &out->len);
    READ(cart_asks(db, cart, lines, &ask));
    out->lines = mem_new(CART_LINES_MAX, sizeof(out->lines[0]));
    out->looks = mem_new(CART_LINES_MAX, sizeof(out->looks[0]));
    s.lines = out->lines;
    s.looks = out->looks;
    READ(price(&s, out));
    mem_free(s.lots);
    mem_free(lines);
    return e;
}

void
cart_view_finish(struct cart_view *v)
{
    mem_free(v->asked);
    mem_free(v->lines);
    mem_free(v->looks);
    *v = (struct cart_view){.len = 0};
}

bool
cart_expiring(const struct cart_view *v, size_t line)
{
    const struct sale_cert *c = &v->lines[line].ocop;

    return c->id[0] && c->state == CERT_IN_FORCE
           && c->until_day - clock_day(v->at) <= CART_EXPIRING_DAYS;
}
