#include "pos/sell/cart.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "db/product.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"
#include "pos/sell/receipt_no.h"
#include "pos/sell/sale.h"
#include "pos/sell/shift.h"
#include "pos/shop.h"

enum { DAY_S = 86400, FORGET_AT_ONCE = 10 };

/* The cart became a receipt. */
static enum err
is_sold(int64_t showroom, int64_t sale_id)
{
    char no[RECEIPT_NO];

    receipt_no_format(showroom, sale_id, no);
    err_arg("receipt_no", "%s", no);
    return err_set(ERR_CART_SOLD, "sold as %s", no);
}

enum err
cart_get(struct db *db, int64_t showroom, int64_t id, struct cart *out)
{
    enum err e = db_cart_get(db, id, out);

    if (e == OK && out->state == CART_SOLD)
        return is_sold(showroom, out->sale_id);
    return e;
}

/* A UUIDv7: the time first, so that indexes of keys stay compact. */
static void
make_key(char out[DB_KEY])
{
    uint64_t ms = (uint64_t)clock_now_ms();
    uint8_t b[16];
    char hex[33];

    crypto_random(b, sizeof(b));
    for (int i = 0; i < 6; i++)
        b[i] = (uint8_t)(ms >> (40 - 8 * i));
    b[6] = (uint8_t)(0x70 | (b[6] & 0x0f));
    b[8] = (uint8_t)(0x80 | (b[8] & 0x3f));
    crypto_hex(b, sizeof(b), hex);
    snprintf(out, DB_KEY, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
        hex + 16, hex + 20);
}

/* The cart, or the receipt, that has the key already. */
static enum err
find_key(struct db *db, int64_t showroom, const char *key,
    struct cart_done *done)
{
    struct request r;
    int64_t id;
    enum err e = db_cart_by_key(db, key, &id);

    if (e == OK) {
        done->replayed = true;
        return cart_get(db, showroom, id, &done->cart);
    }
    if (e == ERR_NOT_FOUND)
        e = db_request_get(db, key, &r);
    if (e == ERR_NOT_FOUND)
        return OK;
    if (e != OK)
        return e;
    if (r.kind == REQUEST_RECEIPT)
        return is_sold(showroom, r.ref);
    return err_set(ERR_KEY_REUSED, "key %s was used for another request", key);
}

static enum err
check_room(struct db *db)
{
    int64_t count;
    enum err e = db_cart_count(db, &count);

    if (e != OK || count < CARTS_MAX)
        return e;
    err_arg("case", "carts");
    err_arg("max", "%d", CARTS_MAX);
    return err_set(ERR_TOO_LARGE, "%" PRId64 " carts", count);
}

enum err
cart_open_write(struct db *db, const struct cart_open *ask, int64_t showroom,
    struct cart_done *done_out)
{
    struct cart c = {.till = ask->till, .staff = ask->staff};
    int64_t now = clock_now();
    enum err e = OK;

    *done_out = (struct cart_done){.replayed = false};
    if (ask->key)
        e = find_key(db, showroom, ask->key, done_out);
    if (e != OK || done_out->replayed)
        return e;
    e = check_room(db);
    READ(db_cart_forget(db, now - (int64_t)CART_KEPT_DAYS * DAY_S,
        FORGET_AT_ONCE));
    if (e != OK)
        return e;
    if (ask->key)
        db_copy(c.key, sizeof(c.key), ask->key);
    else
        make_key(c.key);
    c.created_at = now;
    db_copy(c.label, sizeof(c.label), ask->label);
    e = db_cart_add(db, &c, &c.id);
    return e == OK ? db_cart_get(db, c.id, &done_out->cart) : e;
}

enum err
cart_wait(struct db *db, int64_t showroom, int64_t id, bool waits,
    int64_t staff, struct cart *out)
{
    enum err e = cart_get(db, showroom, id, out);

    if (e != OK || waits == (out->state == CART_WAITING))
        return e;
    out->state = waits ? CART_WAITING : CART_OPEN;
    out->version++;
    out->staff = staff;
    out->changed_at = clock_now();
    return db_cart_put(db, out);
}

enum err
cart_asks(struct db *db, const struct cart *c, struct sale_ask_line *lines_out,
    struct sale_ask *ask)
{
    struct cart_line lines[CART_LINES_MAX];
    size_t len;
    enum err e = db_cart_lines(db, c->id, lines, &len);

    for (size_t i = 0; e == OK && i < len; i++)
        lines_out[i] = (struct sale_ask_line){
            .product_id = lines[i].product_id,
            .has_qty = true,
            .qty_milli = lines[i].qty_milli,
            .lot_id = lines[i].lot_id,
            .discount = lines[i].discount,
            .has_price = lines[i].price >= 0,
            .price = lines[i].price};
    ask->lines = lines_out;
    ask->lines_len = len;
    ask->till = c->till;
    ask->bill_percent = c->percent;
    ask->bill_discount = c->discount;
    return e;
}

enum err
cart_check(struct db *db, int64_t showroom, const struct sale_ask *ask,
    struct cart *out)
{
    enum err e = cart_get(db, showroom, ask->cart_id, out);

    if (e != OK)
        return e;
    if (strcmp(out->key, ask->key) != 0) {
        err_at("cart");
        err_arg("case", "cart_key");
        return err_set(ERR_FIELD_VALUE, "not the key of b_%" PRId64, out->id);
    }
    if (out->till != ask->till) {
        err_arg("case", "cart_till");
        err_arg("till", "%" PRId64, out->till);
        return err_set(ERR_FORBIDDEN, "b_%" PRId64 " is at till %" PRId64,
            out->id, out->till);
    }
    if (out->version != ask->cart_version)
        return err_set(ERR_CART_CHANGED, "b_%" PRId64 " is at %" PRId64
            ", not %" PRId64, out->id, out->version, ask->cart_version);
    return OK;
}

enum err
cart_sold(struct db *db, struct cart *c, int64_t sale_id, int64_t staff,
    int64_t at)
{
    enum err e = db_cart_lines_clear(db, c->id);

    c->state = CART_SOLD;
    c->sale_id = sale_id;
    c->staff = staff;
    c->changed_at = at;
    READ(db_cart_change_drop(db, c->id, c->version++));
    READ(db_cart_put(db, c));
    return e;
}

struct opening {
    struct shop *shop;
    const struct cart_open *ask;
    struct cart_done *done;
};

static enum err
open_write(struct db *db, void *arg)
{
    struct opening *o = arg;
    enum err e = shift_check_till(db, o->ask->till);

    return e == OK ? cart_open_write(db, o->ask, o->shop->number, o->done)
                   : e;
}

enum err
cart_open(struct shop *shop, const struct cart_open *ask,
    struct cart_done *done_out)
{
    struct opening o = {.shop = shop, .ask = ask, .done = done_out};

    return db_write(shop->writer, "cart", open_write, &o);
}
