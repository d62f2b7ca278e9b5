/* A bill of the history that was kept as a cart: opened, filled, given a
 * discount or a price by hand, then sold or thrown away; see history.h. */
#include "tests/tools/history.h"

#include <stdio.h>

#include "pos/sell/cart.h"
#include "tests/unit/t_data.h"

static int64_t
draw(struct history *h, int64_t below)
{
    return (int64_t)(t_random(&h->chance) >> 16) % below;
}

static enum err
fill(struct db *db, struct history *h, struct cart_done *d)
{
    static const uint8_t digest[16] = {5};
    struct cart_do dos[4] = {
        {.kind = CART_DO_ADD, .product_id = 1, .has_qty = true,
            .qty_milli = 1000 * (1 + draw(h, 3))},
        {.kind = CART_DO_ADD, .product_id = 3},
        {.kind = CART_DO_DISCOUNT, .percent = 500 * draw(h, 30)},
        {.kind = CART_DO_LINE, .line = 2, .has_price = true,
            .price = 49000 + 1000 * draw(h, 3)},
    };
    struct cart_ask ask = {.cart_id = d->cart.id, .version = 1, .staff = 3,
        .op = "history-of-a-cart", .digest = digest, .dos = dos,
        .dos_len = 2 + (size_t)draw(h, 3)};

    return cart_change_write(db, &h->f->shop, &ask, d);
}

enum err
history_cart(struct db *db, void *arg)
{
    static const uint8_t digest[16] = {6};
    struct history *h = arg;
    struct cart_open open = {.till = 1, .staff = 3, .label = "khách đoàn"};
    struct cart_ask away = {.staff = 3, .any_version = true};
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 50000000, .reference = ""};
    struct sale_ask sale = {.digest = digest, .till = 1, .staff = 3,
        .role = ROLE_MANAGER, .overrides = OVERRIDE_ALL, .note = "",
        .payments = &cash, .payments_len = 1};
    struct cart_done d;
    struct sale_done sold;
    char key[DB_KEY];
    enum err e;

    snprintf(key, sizeof(key), "history-cart-%016llx",
        (unsigned long long)t_random(&h->chance));
    open.key = key;
    e = cart_open_write(db, &open, 101, &d);
    if (e == OK)
        e = fill(db, h, &d);
    if (e != OK)
        return e;
    away.cart_id = d.cart.id;
    sale.cart_id = d.cart.id;
    sale.cart_version = d.cart.version;
    sale.key = key;
    if (draw(h, 3) == 0)
        return cart_remove_write(db, &h->f->shop, &away, &d);
    e = sale_write(db, &h->f->shop, &sale, &sold, NULL);
    h->sales += e == OK;
    return e;
}
