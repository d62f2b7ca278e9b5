#include "pos/sell/sale.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/settings.h"
#include "db/product.h"
#include "db/shift.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"
#include "pos/pay/take.h"
#include "pos/print/jobs.h"
#include "pos/sell/cart.h"
#include "pos/sell/selling.h"
#include "pos/shop.h"

enum err
request_seen(struct db *db, const char *key, const uint8_t *digest,
    enum request_kind kind, struct sale_done *done_out)
{
    struct request r;
    enum err e = db_request_get(db, key, &r);

    *done_out = (struct sale_done){0};
    if (e == ERR_NOT_FOUND)
        return OK;
    if (e != OK)
        return e;
    if (r.kind != kind || memcmp(r.digest, digest, sizeof(r.digest)) != 0)
        return err_set(ERR_KEY_REUSED, "key %s was used for another request",
            key);
    done_out->sale_id = r.ref;
    done_out->replayed = true;
    return OK;
}

/* What the payments are to bring: cash takes what transfers leave. */
static enum err
pay_transfers(struct selling *s, int64_t *cash_due_out, bool *cash_out)
{
    const struct sale_ask *ask = s->ask;
    int64_t sum = 0;

    *cash_out = false;
    for (size_t i = 0; i < ask->payments_len; i++) {
        const struct sale_ask_payment *p = &ask->payments[i];

        if (p->method == PAY_CASH)
            *cash_out = true;
        else
            sum += p->amount;
    }
    if (sum > s->total) {
        err_arg("over", "%" PRId64, sum - s->total);
        return err_set(ERR_PAID_OVER, "%" PRId64 " transferred for %" PRId64,
            sum, s->total);
    }
    *cash_due_out = s->total - sum;
    if (*cash_due_out > 0 && !*cash_out) {
        err_arg("missing", "%" PRId64, *cash_due_out);
        return err_set(ERR_PAID_SHORT, "%" PRId64 " of %" PRId64
            " not paid", *cash_due_out, s->total);
    }
    return OK;
}

/* Fill f->payments; cash is rounded as the shop has set, a transfer never. */
static enum err
pay(struct selling *s, struct fact_sale *f)
{
    const struct sale_ask *ask = s->ask;
    int64_t cash_due = 0, rounded, left, handed = 0;
    bool cash;
    enum err e = pay_transfers(s, &cash_due, &cash);

    if (e != OK)
        return e;
    rounded = cash ? money_round_to(cash_due,
                         s->shop->settings->cash_rounding)
                   : cash_due;
    left = rounded;
    for (size_t i = 0; e == OK && i < ask->payments_len; i++) {
        const struct sale_ask_payment *in = &ask->payments[i];
        struct payment *p = &f->payments[f->payments_len++];

        p->method = in->method;
        db_copy(p->reference, sizeof(p->reference), in->reference);
        if (in->transfer_id)
            e = take_check(s->db, in, i, p->reference);
        p->tendered = in->method == PAY_CASH ? in->tendered : in->amount;
        p->amount = in->amount;
        if (in->method != PAY_CASH)
            continue;
        p->amount = in->tendered < left ? in->tendered : left;
        left -= p->amount;
        handed += in->tendered;
    }
    if (e != OK)
        return e;
    if (left > 0) {
        err_arg("missing", "%" PRId64, left);
        return err_set(ERR_PAID_SHORT, "%" PRId64 " of %" PRId64
            " not paid", left, s->total);
    }
    f->head.rounding = rounded - cash_due;
    f->head.change = handed - rounded;
    return OK;
}

static enum err
check_exceptions(const struct sale_ask *ask)
{
    if (!ask->overrides || ask->role >= ROLE_MANAGER || ask->approved_by)
        return OK;
    return err_set(ERR_FORBIDDEN, "staff %" PRId64
        " asked for an exception without a manager", ask->staff);
}

/* Give the lines to who asked: they differ from what was on the screen. */
static enum err
price_changed(struct selling *s, struct sale_quote *quote_out)
{
    if (quote_out) {
        quote_out->lines = s->lines;
        quote_out->lines_len = s->lines_len;
        quote_out->total = s->total;
        s->lines = NULL;
        s->lines_len = 0;
    }
    err_arg("total", "%" PRId64, s->total);
    return err_set(ERR_PRICE_CHANGED, "%" PRId64 ", not %" PRId64,
        s->total, s->ask->expected_total);
}

static bool
takes_cash(const struct fact_sale *f)
{
    for (size_t i = 0; i < f->payments_len; i++)
        if (f->payments[i].method == PAY_CASH)
            return true;
    return false;
}

static enum err
write_receipt(struct selling *s, int64_t *sale_id_out)
{
    const struct sale_ask *ask = s->ask;
    struct fact_sale f = {.showroom = s->shop->number,
        .lines = s->lines, .lines_len = s->lines_len,
        .lots = s->lots, .lots_len = s->lots_len,
        .overrides = s->used};
    struct journal_head head;
    enum err e = db_sale_last_id(s->db, &f.head.id);

    f.payments = mem_new(ask->payments_len, sizeof(f.payments[0]));
    if (e == OK)
        e = pay(s, &f);
    f.head.id++;
    f.head.kind = SALE;
    f.head.till = ask->till;
    f.head.shift_id = s->shift_id;
    f.head.staff = ask->staff;
    if (s->used)
        f.head.approved_by = ask->approved_by ? ask->approved_by : ask->staff;
    f.head.at = s->time.at;
    f.head.suspect = s->time.suspect;
    f.head.total = s->total;
    if (s->list.age == LIST_STALE || s->list.age == LIST_TOO_OLD) {
        f.head.list_age = (int)s->list.age;
        f.head.list_at = s->list.list_at;
    }
    db_copy(f.head.note, sizeof(f.head.note), ask->note);
    db_copy(f.key, sizeof(f.key), ask->key);
    memcpy(f.digest, ask->digest, sizeof(f.digest));
    if (e == OK)
        e = fact_sale_post(s->db, &f, &head);
    if (e == OK)
        e = take_all(s->db, ask, f.head.id);
    if (e == OK)
        e = jobs_add_receipt(s->db, s->shop, &f.head, takes_cash(&f));
    mem_free(f.payments);
    *sale_id_out = f.head.id;
    return e;
}

static enum err
sell(struct selling *s, struct sale_done *done_out,
    struct sale_quote *quote_out)
{
    struct shift shift;
    enum err e = db_shift_open_of(s->db, s->ask->till, &shift);

    if (e == OK)
        e = fact_now(s->db, &s->time);
    if (e != OK)
        return e;
    s->shift_id = shift.id;
    s->day = clock_day(s->time.at);
    e = selling_lines(s);
    if (e == OK && s->ask->has_expected && s->ask->expected_total != s->total)
        e = price_changed(s, quote_out);
    if (e == OK)
        e = write_receipt(s, &done_out->sale_id);
    return e;
}

/* Sell what is asked for, checked and found new. */
static enum err
sell_ask(struct db *db, const struct shop *shop, const struct sale_ask *ask,
    struct sale_done *done_out, struct sale_quote *quote_out)
{
    struct selling s = {.db = db, .shop = shop, .ask = ask};
    enum err e;

    s.lines = mem_new(ask->lines_len, sizeof(s.lines[0]));
    e = sell(&s, done_out, quote_out);
    mem_free(s.lines);
    mem_free(s.lots);
    return e;
}

/* Sell a cart and take it away. */
static enum err
sell_cart(struct db *db, const struct shop *shop, const struct sale_ask *ask,
    struct sale_done *done_out, struct sale_quote *quote_out)
{
    struct sale_ask_line *lines = mem_new(CART_LINES_MAX, sizeof(lines[0]));
    struct sale_ask full = *ask;
    struct cart cart;
    enum err e = cart_check(db, shop->number, ask, &cart);

    READ(cart_asks(db, &cart, lines, &full));
    if (e == OK && !full.lines_len) {
        err_at("cart");
        err_arg("case", "empty");
        e = err_set(ERR_FIELD_VALUE, "nothing in b_%" PRId64, cart.id);
    }
    full.till = ask->till;
    if (!full.note[0])
        full.note = cart.note;
    READ(sell_ask(db, shop, &full, done_out, quote_out));
    READ(cart_sold(db, &cart, done_out->sale_id, ask->staff, clock_now()));
    if (e == OK)
        done_out->cart_version = cart.version;
    mem_free(lines);
    return e;
}

enum err
sale_write(struct db *db, const struct shop *shop, const struct sale_ask *ask,
    struct sale_done *done_out, struct sale_quote *quote_out)
{
    enum err e = request_seen(db, ask->key, ask->digest, REQUEST_RECEIPT,
        done_out);

    if (e != OK || done_out->replayed)
        return e;
    e = check_exceptions(ask);
    if (e != OK)
        return e;
    return ask->cart_id ? sell_cart(db, shop, ask, done_out, quote_out)
                        : sell_ask(db, shop, ask, done_out, quote_out);
}

struct commit {
    const struct shop *shop;
    const struct sale_ask *ask;
    struct sale_done *done;
    struct sale_quote *quote;
};

static enum err
commit_write(struct db *db, void *arg)
{
    struct commit *c = arg;

    return sale_write(db, c->shop, c->ask, c->done, c->quote);
}

enum err
sale_commit(struct shop *shop, const struct sale_ask *ask,
    struct sale_done *done_out, struct sale_quote *quote_out)
{
    struct commit c = {
        .shop = shop, .ask = ask, .done = done_out, .quote = quote_out};

    if (quote_out)
        *quote_out = (struct sale_quote){0};
    return db_write(shop->writer, "sale", commit_write, &c);
}

void
sale_quote_finish(struct sale_quote *q)
{
    mem_free(q->lines);
    *q = (struct sale_quote){0};
}
