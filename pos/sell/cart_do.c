/* What can be done to a bill; see pos/sell/cart_bill.h. */
#include "pos/sell/cart_bill.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "db/product.h"
#include "db/stock.h"
#include "pos/fact/read.h"
#include "pos/sell/scan.h"
#include "pos/sell/selling.h"
#include "pos/sell/shift.h"

static enum err
at(const char *path, const char *member, const char *why)
{
    err_at("%s%s", path, member);
    err_arg("case", "%s", why);
    return err_set(ERR_FIELD_VALUE, "%s%s: %s", path, member, why);
}

/* The lot must be the product's. */
static enum err
check_lot(struct cart_bill *b, int64_t product_id, int64_t lot_id,
    const char *path)
{
    struct lot lot;
    enum err e = lot_id ? db_lot_get(b->db, lot_id, &lot) : OK;

    if (e != OK || !lot_id || lot.product_id == product_id)
        return e;
    return at(path, ".lot", "lot");
}

/* Can the product be sold at all, in that quantity? */
static enum err
check_product(struct cart_bill *b, int64_t product_id, int64_t qty_milli,
    const char *path)
{
    struct product p;
    int64_t price;
    char qty_at[ERR_PATH];
    enum err e = db_product_get(b->db, product_id, &p);

    snprintf(qty_at, sizeof(qty_at), "%s.qty", path);
    READ(selling_check(&p, qty_milli, qty_at));
    READ(db_price_get(b->db, product_id, b->at, &price));
    if (e != ERR_PRICE_MISSING)
        return e;
    err_arg("name", "%s", p.name);
    return err_set(e, "p_%" PRId64 " has no price", p.id);
}

/* What is to be added: by its number, or by what a scan means. */
static enum err
find(struct cart_bill *b, const struct cart_do *d, struct cart_line *l)
{
    struct scan scan;
    enum err e;

    l->product_id = d->product_id;
    l->qty_milli = d->has_qty ? d->qty_milli : 1000;
    if (l->product_id)
        return OK;
    e = scan_read(b->db, d->code, b->day, &scan);
    if (e != OK)
        return e;
    if (scan.hits_len > 1) {
        err_arg("what", "%.60s", d->code);
        return err_set(ERR_CHOOSE, "%.60s is the code of %zu products",
            d->code, scan.hits_len);
    }
    l->product_id = scan.hits[0].product_id;
    l->qty_milli = scan_qty(&scan.hits[0], d->has_qty, d->qty_milli);
    if (!scan.lot_code[0] || l->lot_id)
        return OK;
    e = db_lot_by_code(b->db, l->product_id, scan.lot_code, &l->lot_id);
    return e == ERR_NOT_FOUND ? OK : e; /* a batch that nobody entered */
}

/* The newest line of the same goods: the same product and lot, at the list's
 * price.  NULL when there is none. */
static struct cart_line *
same_goods(struct cart_bill *b, const struct cart_line *l)
{
    for (size_t i = b->len; i > 0; i--) {
        struct cart_line *has = &b->lines[i - 1];

        if (has->product_id == l->product_id && has->lot_id == l->lot_id
            && has->price < 0)
            return has;
    }
    return NULL;
}

static enum err
add(struct cart_bill *b, const struct cart_do *d, const char *path)
{
    struct cart_line l = {.price = -1, .lot_id = d->lot_id};
    struct cart_line *has;
    enum err e = find(b, d, &l);

    READ(check_product(b, l.product_id, l.qty_milli, path));
    READ(check_lot(b, l.product_id, l.lot_id, path));
    if (e != OK)
        return e;
    has = same_goods(b, &l);
    if (has && has->qty_milli + l.qty_milli > MONEY_MAX)
        return at(path, ".qty", "big");
    if (has) {
        has->qty_milli += l.qty_milli;
        return OK;
    }
    if (b->len == CART_LINES_MAX) {
        err_arg("case", "lines");
        err_arg("max", "%d", CART_LINES_MAX);
        return err_set(ERR_TOO_LARGE, "a bill of more lines");
    }
    l.n = b->cart.next_line++;
    b->lines[b->len++] = l;
    return OK;
}

static enum err
find_line(struct cart_bill *b, int64_t n, const char *path,
    struct cart_line **out)
{
    *out = NULL;
    for (size_t i = 0; i < b->len && !*out; i++)
        if (b->lines[i].n == n)
            *out = &b->lines[i];
    if (*out)
        return OK;
    err_at("%s.line", path);
    err_arg("case", "cart_line");
    err_arg("line", "%" PRId64, n);
    return err_set(ERR_NOT_FOUND, "no line %" PRId64, n);
}

/* No more off than it costs: a slip of the finger, whoever approves. */
static enum err
check_off(struct cart_bill *b, const struct cart_line *l, const char *path)
{
    int64_t price = l->price, gross;
    enum err e = price < 0 ? db_price_get(b->db, l->product_id, b->at, &price)
                           : OK;

    if (e != OK)
        return e;
    gross = money_mul_qty(price, l->qty_milli);
    if (gross >= 0 && l->discount <= gross)
        return OK;
    err_arg("max", "%" PRId64, gross < 0 ? 0 : gross);
    return at(path, ".discount", "discount");
}

static enum err
change_line(struct cart_bill *b, const struct cart_do *d, const char *path)
{
    struct cart_line *has, l;
    enum err e = find_line(b, d->line, path, &has);

    if (e != OK)
        return e;
    l = *has;
    if (d->has_lot) {
        l.lot_id = d->lot_id;
        e = check_lot(b, l.product_id, l.lot_id, path);
    }
    if (d->has_qty) {
        l.qty_milli = d->qty_milli;
        READ(check_product(b, l.product_id, l.qty_milli, path));
    }
    if (d->has_price)
        l.price = d->price;
    if (d->has_discount) {
        l.discount = d->discount;
        READ(check_off(b, &l, path));
    }
    if (e == OK)
        *has = l;
    return e;
}

static enum err
remove_line(struct cart_bill *b, const struct cart_do *d, const char *path)
{
    struct cart_line *has;
    enum err e = find_line(b, d->line, path, &has);

    if (e != OK)
        return e;
    memmove(has, has + 1,
        (size_t)(&b->lines[b->len] - (has + 1)) * sizeof(*has));
    b->len--;
    return OK;
}

/* A bill that waits for its money stands still: the amount is told to the
 * customer.  Only opening it again, or its name, may change. */
static enum err
check_still(const struct cart_bill *b, enum cart_do_kind kind)
{
    if (b->cart.state != CART_WAITING || kind == CART_DO_STATE
        || kind == CART_DO_LABEL)
        return OK;
    return err_set(ERR_CART_WAITING, "b_%" PRId64 " waits", b->cart.id);
}

enum err
cart_do(struct cart_bill *b, const struct cart_do *d, const char *path)
{
    enum err e = check_still(b, d->kind);

    if (e != OK)
        return e;
    switch (d->kind) {
    case CART_DO_ADD:
        return add(b, d, path);
    case CART_DO_LINE:
        return change_line(b, d, path);
    case CART_DO_REMOVE:
        return remove_line(b, d, path);
    case CART_DO_DISCOUNT:
        b->cart.percent = d->percent;
        b->cart.discount = d->discount;
        return OK;
    case CART_DO_NOTE:
        db_copy(b->cart.note, sizeof(b->cart.note), d->text);
        return OK;
    case CART_DO_LABEL:
        db_copy(b->cart.label, sizeof(b->cart.label), d->text);
        return OK;
    case CART_DO_STATE:
        b->cart.state = d->state;
        return OK;
    case CART_DO_TILL:
        b->cart.till = d->till;
        return shift_check_till(b->db, d->till);
    case CART_DO_UNDO:
        break;
    }
    return at(path, ".undo", "alone");
}
