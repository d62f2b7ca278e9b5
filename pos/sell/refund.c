#include "pos/sell/refund.h"

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
#include "pos/print/jobs.h"
#include "pos/sell/receipt_no.h"
#include "pos/sell/selling.h"
#include "pos/shop.h"

struct refunding {
    struct db *db;
    const struct shop *shop;
    const struct refund_ask *ask;
    struct sale sale;
    struct sale_line *sold;
    size_t sold_len;
    struct fact_sale fact;
};

int64_t
refund_share(int64_t whole, int64_t part, int64_t all)
{
    __extension__ typedef unsigned __int128 wide;

    return (int64_t)(((wide)whole * (wide)part * 2 + (wide)all)
                     / ((wide)all * 2));
}

static enum err
exceeds(const struct refunding *r, int64_t line, int64_t left_milli)
{
    char no[RECEIPT_NO];
    struct buf left;

    receipt_no_format(r->shop->number, r->sale.id, no);
    buf_init(&left, 64);
    qty_format(left_milli, &left);
    err_at("lines[%zu].qty", r->fact.lines_len);
    err_arg("no", "%s", no);
    err_arg("line", "%" PRId64, line);
    err_arg("left", "%s", left.data);
    buf_finish(&left);
    return err_set(ERR_REFUND_EXCEEDS, "line %" PRId64 " of %s has %" PRId64
        " thousandths left", line, no, left_milli);
}

/* Lots go back in the order they were sold. */
static enum err
lots_back(struct refunding *r, int64_t of_line, int64_t n, int64_t want,
    enum account to)
{
    /* a line took no more lots than its sale moved */
    size_t max = (size_t)r->sale.moves, len = 0;
    struct sold_lot *lots = mem_new(max, sizeof(lots[0]));
    struct fact_sale *f = &r->fact;
    enum err e = db_sale_sold_lots(
        r->db, &r->sale, of_line, lots, max, &len);

    for (size_t i = 0; e == OK && i < len && want > 0; i++) {
        int64_t some = lots[i].qty_milli < want ? lots[i].qty_milli : want;

        f->lots = mem_resize(f->lots, f->lots_len + 1, sizeof(f->lots[0]));
        f->lots[f->lots_len++] = (struct fact_lot){.line = n,
            .lot_id = lots[i].lot_id, .qty_milli = some, .to = to};
        want -= some;
    }
    mem_free(lots);
    return e; /* a service has no lots: nothing to put back */
}

/* What was sold in whole units comes back in whole units. */
static enum err
check_whole(const struct refunding *r, const struct sale_line *sold,
    int64_t qty_milli)
{
    struct product p;
    enum err e;

    if (qty_milli > 0
        && (qty_milli % 1000 == 0 || sold->qty_milli % 1000 != 0))
        return OK;
    e = db_product_get(r->db, sold->product_id, &p);
    if (e != OK || (qty_milli > 0 && p.kind == PRODUCT_WEIGHED))
        return e;
    err_at("lines[%zu].qty", r->fact.lines_len);
    err_arg("case", "whole");
    err_arg("name", "%s", sold->name);
    err_arg("unit", "%s", sold->unit);
    return err_set(ERR_FIELD_VALUE, "%" PRId64
        " thousandths of what is sold in whole units", qty_milli);
}

static enum err
refund_line(struct refunding *r, const struct refund_ask_line *ask)
{
    struct fact_sale *f = &r->fact;
    struct sale_line *l = &f->lines[f->lines_len];
    const struct sale_line *sold;
    struct refunded before;
    int64_t upto;
    enum err e;

    if (ask->line < 1 || ask->line > (int64_t)r->sold_len) {
        err_at("lines[%zu].line", f->lines_len);
        err_arg("case", "refund_line");
        err_arg("line", "%" PRId64, ask->line);
        return err_set(ERR_FIELD_VALUE, "the receipt has no line %" PRId64,
            ask->line);
    }
    for (size_t i = 0; i < f->lines_len; i++)
        if (f->lines[i].of_line == ask->line) {
            err_at("lines[%zu].line", f->lines_len);
            err_arg("case", "refund_twice");
            err_arg("line", "%" PRId64, ask->line);
            return err_set(ERR_FIELD_VALUE, "line %" PRId64 " comes twice",
                ask->line);
        }
    sold = &r->sold[ask->line - 1];
    e = check_whole(r, sold, ask->qty_milli);
    if (e == OK)
        e = db_sale_refunded(r->db, r->sale.id, ask->line, &before);
    if (e != OK)
        return e;
    if (ask->qty_milli > sold->qty_milli - before.qty_milli)
        return exceeds(r, ask->line, sold->qty_milli - before.qty_milli);
    upto = before.qty_milli + ask->qty_milli;
    *l = *sold;
    l->n = (int64_t)f->lines_len + 1;
    l->of_line = ask->line;
    l->qty_milli = ask->qty_milli;
    l->amount = refund_share(sold->amount, upto, sold->qty_milli)
                - before.amount;
    l->vat = refund_share(sold->vat, upto, sold->qty_milli) - before.vat;
    l->discount = 0; /* the amount is already less it */
    f->head.total += l->amount;
    f->lines_len++;
    return lots_back(r, ask->line, l->n, ask->qty_milli, ask->to);
}

/* All that is left of every line. */
static enum err
refund_rest(struct refunding *r)
{
    struct refunded before;
    enum err e = OK;

    for (size_t i = 0; e == OK && i < r->sold_len; i++) {
        struct refund_ask_line all = {
            .line = (int64_t)i + 1, .to = ACCOUNT_SHELF};

        e = db_sale_refunded(r->db, r->sale.id, all.line, &before);
        all.qty_milli = r->sold[i].qty_milli - before.qty_milli;
        if (e == OK && all.qty_milli > 0)
            e = refund_line(r, &all);
    }
    if (e == OK && !r->fact.lines_len)
        e = exceeds(r, 1, 0);
    return e;
}

static enum err
find_sale(struct refunding *r)
{
    enum err e = db_sale_get(r->db, r->ask->sale_id, &r->sale);

    if (e == ERR_NOT_FOUND || (e == OK && r->sale.kind != SALE)) {
        char no[RECEIPT_NO];

        receipt_no_format(r->shop->number, r->ask->sale_id, no);
        err_arg("case", "receipt");
        err_arg("what", "%s", no);
        return err_set(ERR_NOT_FOUND, "no sale %s", no);
    }
    r->sold = mem_new(SALE_LINES_MAX, sizeof(r->sold[0]));
    if (e == OK)
        e = db_sale_lines(r->db, r->sale.id, r->sold, SALE_LINES_MAX,
            &r->sold_len);
    return e;
}

static enum err
refund_head(struct refunding *r)
{
    struct sale *h = &r->fact.head;
    struct fact_time time;
    struct shift shift;
    enum err e;

    h->kind = REFUND;
    h->of_sale = r->sale.id;
    h->till = r->ask->till ? r->ask->till : r->sale.till;
    h->staff = r->ask->staff;
    r->fact.showroom = r->shop->number;
    db_copy(h->note, sizeof(h->note), r->ask->reason);
    db_copy(r->fact.key, sizeof(r->fact.key), r->ask->key);
    memcpy(r->fact.digest, r->ask->digest, sizeof(r->fact.digest));
    e = db_shift_open_of(r->db, h->till, &shift);
    if (e == OK)
        e = fact_now(r->db, &time);
    if (e == OK)
        e = db_sale_last_id(r->db, &h->id);
    if (e != OK)
        return e;
    h->id++;
    h->shift_id = shift.id;
    h->at = time.at;
    h->suspect = time.suspect;
    h->list_age = r->sale.list_age; /* the lines are as they were sold */
    h->list_at = r->sale.list_at;
    return OK;
}

static enum err
post(struct refunding *r, int64_t *sale_id_out)
{
    struct fact_sale *f = &r->fact;
    struct payment back = {.method = r->ask->method};
    struct journal_head head;
    enum err e;

    back.amount = back.method == PAY_CASH
                      ? money_round_to(f->head.total,
                            r->shop->settings->cash_rounding)
                      : f->head.total;
    back.tendered = back.amount;
    f->head.rounding = back.amount - f->head.total;
    f->payments = &back;
    f->payments_len = 1;
    e = fact_sale_post(r->db, f, &head);
    f->payments = NULL;
    if (e == OK)
        e = jobs_add_receipt(
            r->db, r->shop, &f->head, back.method == PAY_CASH);
    *sale_id_out = f->head.id;
    return e;
}

enum err
refund_write(struct db *db, const struct shop *shop,
    const struct refund_ask *ask, struct sale_done *done_out)
{
    struct refunding r = {.db = db, .shop = shop, .ask = ask};
    enum err e = request_seen(db, ask->key, ask->digest, REQUEST_RECEIPT,
        done_out);

    if (e != OK || done_out->replayed)
        return e;
    e = find_sale(&r);
    if (e == OK)
        e = refund_head(&r);
    r.fact.lines = mem_new(SALE_LINES_MAX, sizeof(r.fact.lines[0]));
    if (e == OK && !ask->lines_len)
        e = refund_rest(&r);
    for (size_t i = 0; e == OK && i < ask->lines_len; i++)
        e = refund_line(&r, &ask->lines[i]);
    if (e == OK)
        e = post(&r, &done_out->sale_id);
    mem_free(r.sold);
    fact_sale_finish(&r.fact);
    return e;
}

struct commit {
    const struct shop *shop;
    const struct refund_ask *ask;
    struct sale_done *done;
};

static enum err
commit_write(struct db *db, void *arg)
{
    struct commit *c = arg;

    return refund_write(db, c->shop, c->ask, c->done);
}

enum err
refund_commit(struct shop *shop, const struct refund_ask *ask,
    struct sale_done *done_out)
{
    struct commit c = {.shop = shop, .ask = ask, .done = done_out};

    return db_write(shop->writer, "refund", commit_write, &c);
}
