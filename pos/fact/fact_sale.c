#include "pos/fact/fact_sale.h"

#include <assert.h>
#include <string.h>

#include "base/canon.h"
#include "db/product.h"
#include "db/shift.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_sale_body.h"
#include "pos/sell/receipt_no.h"

static const struct {
    unsigned bit;
    const char *name;
} overrides[] = {
    {OVERRIDE_STOCK_SHORT, "stock_short"},
    {OVERRIDE_LOT_EXPIRED, "lot_expired"},
    {OVERRIDE_WITHDRAWN, "withdrawn"},
    {OVERRIDE_DISCOUNT, "discount_limit"},
    {OVERRIDE_PRICE, "price_override"},
};

const char *
override_name(unsigned bit)
{
    for (size_t i = 0; i < sizeof(overrides) / sizeof(overrides[0]); i++)
        if (overrides[i].bit == bit)
            return overrides[i].name;
    assert(0 && "a bit that is no override");
    return "";
}

unsigned
override_bit(const char *name)
{
    for (size_t i = 0; i < sizeof(overrides) / sizeof(overrides[0]); i++)
        if (strcmp(overrides[i].name, name) == 0)
            return overrides[i].bit;
    return 0;
}

/* What the moves of one lot of one line are, in the order they are made. */
static enum err
project_lot(struct db *db, const struct fact_sale *f,
    const struct fact_lot *lot, int64_t product_id, int64_t *moves)
{
    struct stock_move m = {.seq = f->head.seq,
        .line = lot->line,
        .product_id = product_id,
        .lot_id = lot->lot_id};
    enum err e = OK;

    if (lot->found_milli) {
        m.qty_milli = lot->found_milli;
        m.from = ACCOUNT_COUNTED;
        m.to = ACCOUNT_SHELF;
        e = db_stock_move(db, &m);
        ++*moves;
    }
    if (e != OK)
        return e;
    m.qty_milli = lot->qty_milli;
    m.from = f->head.kind == SALE ? ACCOUNT_SHELF : ACCOUNT_SOLD;
    m.to = f->head.kind == SALE ? ACCOUNT_SOLD : lot->to;
    ++*moves;
    return db_stock_move(db, &m);
}

static enum err
project_stock(struct db *db, struct fact_sale *f)
{
    enum err e = db_stock_next_move(db, &f->head.first_move);

    f->head.moves = 0;
    for (size_t i = 0; e == OK && i < f->lots_len; i++) {
        const struct fact_lot *lot = &f->lots[i];

        if (lot->line < 1 || lot->line > (int64_t)f->lines_len)
            return err_set(ERR_BOOKS, "a lot of no line");
        e = project_lot(db, f, lot,
            f->lines[lot->line - 1].product_id, &f->head.moves);
    }
    return e;
}

static struct shift_sums
sums_of(const struct fact_sale *f)
{
    int64_t sign = f->head.kind == SALE ? 1 : -1;
    struct shift_sums s = {
        .receipt = f->head.id, .rounding = sign * f->head.rounding};

    if (f->head.kind == SALE) {
        s.sales = 1;
        s.sales_total = f->head.total;
        for (size_t i = 0; i < f->lines_len; i++)
            s.discounts += f->lines[i].discount;
    } else {
        s.refunds = 1;
        s.refund_total = f->head.total;
    }
    for (size_t i = 0; i < f->payments_len; i++)
        if (f->payments[i].method == PAY_CASH)
            s.cash += sign * f->payments[i].amount;
        else
            s.transfer += sign * f->payments[i].amount;
    if (f->head.kind == REFUND) {
        s.cash_back = -s.cash;
        s.transfer_back = -s.transfer;
    }
    return s;
}

static enum err
project_lines(struct db *db, const struct fact_sale *f)
{
    enum err e = OK;

    for (size_t i = 0; e == OK && i < f->lines_len; i++)
        e = db_sale_line_add(db, f->head.id, f->head.seq, &f->lines[i]);
    for (size_t i = 0; e == OK && i < f->payments_len; i++)
        e = db_payment_add(db, f->head.id, f->head.seq, (int64_t)i + 1,
            &f->payments[i]);
    return e;
}

/* Into the tables; f->head.seq is set. */
static enum err
project(struct db *db, struct fact_sale *f)
{
    struct request request = {.kind = REQUEST_RECEIPT, .ref = f->head.id};
    struct shift_sums sums = sums_of(f);
    enum err e = project_stock(db, f);

    if (e == OK)
        e = db_sale_add(db, &f->head);
    if (e == OK)
        e = project_lines(db, f);
    if (e == OK)
        e = db_shift_count(db, f->head.shift_id, &sums, f->head.seq);
    if (e != OK)
        return e;
    db_copy(request.key, sizeof(request.key), f->key);
    memcpy(request.digest, f->digest, sizeof(request.digest));
    return db_request_add(db, &request, f->head.seq);
}

enum err
fact_sale_post(struct db *db, struct fact_sale *f,
    struct journal_head *head_out)
{
    struct fact_body body;
    enum err e;

    fact_sale_body_write(f, fact_body_begin(&body));
    e = fact_body_post(&body, db, f->head.kind == SALE ? "sale" : "refund",
        head_out);
    if (e != OK)
        return e;
    f->head.seq = head_out->seq;
    return project(db, f);
}

enum err
fact_sale_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct fact_sale f;
    enum err e = fact_sale_read(rec->kind, body, &f);

    if (e != OK)
        return e;
    f.head.seq = rec->seq;
    e = project(db, &f);
    fact_sale_finish(&f);
    return e;
}

enum err
fact_reprint_post(struct db *db, const struct fact_reprint *f,
    struct journal_head *head_out)
{
    char no[RECEIPT_NO];
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    receipt_no_format(f->showroom, f->sale_id, no);
    canon_put_int(c, "at", f->at);
    canon_put_str(c, "receipt_no", no);
    canon_put_int(c, "staff", f->staff);
    e = fact_body_post(&body, db, "reprint", head_out);
    if (e == OK)
        e = db_sale_copy(db, f->sale_id);
    return e;
}

enum err
fact_reprint_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    const char *no;
    int64_t id;
    enum err e = json_get_str(body, "receipt_no", RECEIPT_NO - 1, &no);

    (void)rec;
    if (e == OK)
        e = receipt_no_parse(no, 0, &id);
    if (e == OK)
        e = db_sale_copy(db, id);
    return e;
}
