#include "pos/proof/verify_amounts.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "db/product.h"
#include "pos/fact/fact_sale.h"
#include "pos/fact/fact_shift.h"
#include "pos/sell/refund.h"
#include "pos/sell/shift.h"

struct receipt {
    struct db *db;
    struct verify_sink *sink;
    int64_t seq;
    const struct fact_sale *f;
    struct sale_line *sold; /* of a refund: the lines it gives back from */
    size_t sold_len;
};

static void
hold(const struct receipt *r, int64_t line, const char *what,
    int64_t expected, int64_t found)
{
    struct verify_finding f = {.seq = r->seq, .what = what};

    if (expected == found)
        return;
    verify_put_int(&f, "line", line);
    verify_put_int(&f, "expected", expected);
    verify_put_int(&f, "found", found);
    verify_tell(r->sink, &f);
}

static int64_t
vat_of(int64_t amount, int rate_bp)
{
    return rate_bp > 0 ? money_vat_of(amount, rate_bp) : 0;
}

/* What a line says that its product cost then: by a manager's word it may be
 * sold at another price. */
static int64_t
listed_price(const struct receipt *r, const struct sale_line *l)
{
    bool agreed = l->list_price && (r->f->overrides & OVERRIDE_PRICE);

    return agreed ? l->list_price : l->price;
}

/* Price and rate are those in force by the records before. */
static enum err
check_sale_line(const struct receipt *r, const struct sale_line *l)
{
    int64_t price = -1;
    int rate_bp = -1;
    enum err e = db_price_get(r->db, l->product_id, r->f->head.at, &price);

    if (e == OK || e == ERR_PRICE_MISSING)
        e = db_vat_rate(r->db, l->vat_class, clock_day(r->f->head.at),
            &rate_bp);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    hold(r, l->n, "price", price, listed_price(r, l));
    hold(r, l->n, "vat_rate", rate_bp, l->vat_bp);
    hold(r, l->n, "amount", money_mul_qty(l->price, l->qty_milli)
        - l->discount, l->amount);
    hold(r, l->n, "vat", vat_of(l->amount, l->vat_bp), l->vat);
    return OK;
}

/* Its share of the line, less what was given back before. */
static enum err
check_refund_line(const struct receipt *r, const struct sale_line *l)
{
    const struct sale_line *sold;
    struct refunded before;
    int64_t upto;
    enum err e;

    if (l->of_line < 1 || l->of_line > (int64_t)r->sold_len) {
        hold(r, l->n, "of_line", 0, l->of_line);
        return OK;
    }
    sold = &r->sold[l->of_line - 1];
    e = db_sale_refunded(r->db, r->f->head.of_sale, l->of_line, &before);
    if (e != OK)
        return e;
    upto = before.qty_milli + l->qty_milli;
    if (upto > sold->qty_milli) {
        hold(r, l->n, "refund_exceeds", sold->qty_milli - before.qty_milli,
            l->qty_milli);
        return OK;
    }
    hold(r, l->n, "price", sold->price, l->price);
    hold(r, l->n, "vat_rate", sold->vat_bp, l->vat_bp);
    hold(r, l->n, "amount", refund_share(sold->amount, upto, sold->qty_milli)
        - before.amount, l->amount);
    hold(r, l->n, "vat", refund_share(sold->vat, upto, sold->qty_milli)
        - before.vat, l->vat);
    return OK;
}

/* What the lots of a line bring is what the line says.  Services have none;
 * and what is given back may have been a service when it was sold. */
static enum err
check_lots(const struct receipt *r, const struct sale_line *l)
{
    struct product p = {.kind = PRODUCT_SERVICE};
    int64_t sum = 0;
    enum err e = OK;

    if (r->f->head.kind == SALE)
        e = db_product_get(r->db, l->product_id, &p);
    for (size_t i = 0; i < r->f->lots_len; i++)
        if (r->f->lots[i].line == l->n)
            sum += r->f->lots[i].qty_milli;
    if (sum || p.kind != PRODUCT_SERVICE)
        hold(r, l->n, "lots", l->qty_milli, sum);
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
check_lines(const struct receipt *r, int64_t *total_out)
{
    enum err e = OK;

    *total_out = 0;
    for (size_t i = 0; e == OK && i < r->f->lines_len; i++) {
        const struct sale_line *l = &r->f->lines[i];

        hold(r, l->n, "line_no", (int64_t)i + 1, l->n);
        e = r->f->head.kind == SALE ? check_sale_line(r, l)
                                    : check_refund_line(r, l);
        if (e == OK)
            e = check_lots(r, l);
        *total_out += l->amount;
    }
    return e;
}

/* Paid is the total as rounded; what was handed over beyond is the change. */
static void
check_payments(const struct receipt *r)
{
    const struct sale *h = &r->f->head;
    int64_t paid = 0, handed = 0;

    for (size_t i = 0; i < r->f->payments_len; i++) {
        paid += r->f->payments[i].amount;
        handed += r->f->payments[i].tendered;
    }
    hold(r, 0, "paid", h->total + h->rounding, paid);
    hold(r, 0, "change", handed - paid, h->change);
}

static enum err
read_sold(struct receipt *r)
{
    enum err e;

    if (r->f->head.kind == SALE)
        return OK;
    r->sold = mem_new(SALE_LINES_MAX, sizeof(r->sold[0]));
    e = db_sale_lines(r->db, r->f->head.of_sale, r->sold, SALE_LINES_MAX,
        &r->sold_len);
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
check_receipt(struct db *db, struct verify_sink *sink,
    const struct journal_record *rec, const struct json *body)
{
    struct fact_sale f;
    struct receipt r = {.db = db, .sink = sink, .seq = rec->seq, .f = &f};
    int64_t total;
    enum err e = fact_sale_read(rec->kind, body, &f);

    if (e != OK)
        return e;
    e = read_sold(&r);
    if (e == OK)
        e = check_lines(&r, &total);
    if (e == OK) {
        hold(&r, 0, "total", total, f.head.total);
        check_payments(&r);
    }
    mem_free(r.sold);
    fact_sale_finish(&f);
    return e;
}

/* A count note by note is the sum that was counted. */
static enum err
check_notes(struct verify_sink *sink, const struct journal_record *rec,
    const struct json *body)
{
    struct fact_shift_close f = {.expected = 0};
    int64_t sum = 0;
    enum err e = json_get_int(body, "counted", 0, MONEY_MAX, &f.counted);

    if (e == OK)
        e = fact_shift_close_notes(body, &f);
    for (size_t i = 0; e == OK && i < f.notes_len; i++)
        sum += f.notes[i].note * f.notes[i].count;
    if (e == OK && f.notes_len && sum != f.counted)
        verify_differs(sink, rec->seq, "notes", sum, f.counted);
    return e;
}

static enum err
check_count(struct db *db, struct verify_sink *sink,
    const struct journal_record *rec, const struct json *body)
{
    int64_t id, expected;
    struct shift shift;
    enum err e = json_get_int(body, "shift", 1, JSON_INT_MAX, &id);

    if (e == OK)
        e = json_get_int(
            body, "expected", -JSON_INT_MAX, JSON_INT_MAX, &expected);
    if (e == OK)
        e = db_shift_get(db, id, &shift);
    if (e == OK && expected != shift_expected(&shift))
        verify_differs(sink, rec->seq, "expected", shift_expected(&shift),
            expected);
    return e == OK ? check_notes(sink, rec, body) : e;
}

enum err
verify_amounts(struct db *db, struct verify_sink *sink,
    const struct journal_record *rec, const struct json *body)
{
    if (strcmp(rec->kind, "sale") == 0 || strcmp(rec->kind, "refund") == 0)
        return check_receipt(db, sink, rec, body);
    if (strcmp(rec->kind, "shift_close") == 0)
        return check_count(db, sink, rec, body);
    return OK;
}
