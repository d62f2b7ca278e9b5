/* Which lots a line takes: first expiring first; see pos/sell/selling.h. */
#include "pos/sell/selling.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "db/product.h"
#include "db/stock.h"

/* Lots that are looked at together. */
enum { PAGE_LOTS = 128 };

/* What a line takes: from where, and how much is still wanted. */
struct taking {
    struct selling *s;
    const struct sale_line *line;
    int64_t lot_id;  /* only from this one, unless 0 */
    size_t before;   /* lots that earlier lines of this bill take */
    int64_t want;
    bool passed;     /* something stood there that was not asked for */
    int32_t expired; /* and expired on this day */
};

/* What earlier lines of this bill already take of the lot. */
static int64_t
taken(const struct taking *t, int64_t lot_id)
{
    const struct fact_lot *lots = t->s->lots;
    int64_t sum = 0;

    for (size_t i = 0; i < t->before; i++)
        if (lots[i].lot_id == lot_id)
            sum += lots[i].qty_milli - lots[i].found_milli;
    return sum;
}

static void
take(struct selling *s, int64_t line, int64_t lot_id, int64_t qty_milli)
{
    s->lots = mem_resize(s->lots, s->lots_len + 1, sizeof(s->lots[0]));
    s->lots[s->lots_len++] = (struct fact_lot){
        .line = line, .lot_id = lot_id, .qty_milli = qty_milli};
}

/* As much as is wanted of what is left of the lot.  An expired one is only
 * noted unless the exception was asked for. */
static void
take_some(struct taking *t, const struct open_lot *lot)
{
    struct selling *s = t->s;
    bool expired = lot->expires_day < s->day;
    int64_t has = lot->qty_milli - taken(t, lot->lot_id);
    int64_t some = has < t->want ? has : t->want;

    if (some <= 0)
        return;
    if (expired && !(s->ask->overrides & OVERRIDE_LOT_EXPIRED)) {
        t->passed = true;
        t->expired = lot->expires_day;
        return;
    }
    if (expired)
        s->used |= OVERRIDE_LOT_EXPIRED;
    take(s, t->line->n, lot->lot_id, some);
    t->want -= some;
}

/* From all open lots that expire from `first_day` to `last_day`, however many
 * they are. */
static enum err
take_between(struct taking *t, int32_t first_day, int32_t last_day)
{
    struct open_lot page[PAGE_LOTS], after = {.expires_day = first_day};
    size_t len = PAGE_LOTS;
    enum err e = OK;

    while (e == OK && len == PAGE_LOTS && t->want > 0 && !t->passed) {
        e = db_stock_open_lots(t->s->db, t->line->product_id, &after,
            last_day, page, PAGE_LOTS, &len);
        for (size_t i = 0; e == OK && i < len && t->want > 0 && !t->passed;
             i++)
            take_some(t, &page[i]);
        if (e == OK && len)
            after = page[len - 1];
    }
    return e;
}

static enum err
lot_expired(const struct sale_line *l, int32_t day)
{
    char date[11];

    clock_format_vn_date(day, date);
    err_arg("name", "%s", l->name);
    err_arg("date", "%s", date);
    return err_set(ERR_LOT_EXPIRED, "p_%" PRId64 ": the lot expired on %s",
        l->product_id, date);
}

static enum err
stock_short(const struct sale_line *l, int64_t missing_milli)
{
    struct buf left;
    int64_t has = l->qty_milli - missing_milli;

    buf_init(&left, 64);
    qty_format(has, &left);
    if (has == 0)
        err_arg("case", "none");
    err_arg("name", "%s", l->name);
    err_arg("unit", "%s", l->unit);
    err_arg("left", "%s", left.data);
    buf_finish(&left);
    return err_set(ERR_STOCK_SHORT, "%" PRId64 " thousandths left of p_%"
        PRId64, has, l->product_id);
}

/* There is no lot to put it on, so a manager cannot let it pass either. */
static enum err
never_received(const struct sale_line *l)
{
    err_arg("case", "never");
    err_arg("name", "%s", l->name);
    return err_set(ERR_STOCK_SHORT, "p_%" PRId64 " was never received",
        l->product_id);
}

/* The books have too little, the goods are in the customer's hand: put the
 * difference on the newest lot, from `counted`. */
static enum err
take_found(struct selling *s, const struct sale_line *l, int64_t lot_id,
    int64_t missing)
{
    enum err e = OK;

    if (!lot_id)
        e = db_lot_newest(s->db, l->product_id, &lot_id);
    if (e == ERR_NOT_FOUND)
        return never_received(l);
    if (e != OK)
        return e;
    take(s, l->n, lot_id, missing);
    s->lots[s->lots_len - 1].found_milli = missing;
    s->used |= OVERRIDE_STOCK_SHORT;
    return OK;
}

/* Only the asked lot, if it is the product's. */
static enum err
take_one(struct taking *t)
{
    struct open_lot open;
    struct lot lot;
    enum err e = db_lot_get(t->s->db, t->lot_id, &lot);

    if (e != OK)
        return e;
    if (lot.product_id != t->line->product_id) {
        err_at("lines[%zu].lot", t->s->lines_len);
        err_arg("case", "lot");
        return err_set(ERR_FIELD_VALUE, "lot l_%" PRId64
            " is of another product", t->lot_id);
    }
    e = db_stock_open_lot(t->s->db, lot.product_id, t->lot_id, &open);
    if (e == OK)
        take_some(t, &open);
    return e == ERR_NOT_FOUND ? OK : e;
}

/* The good lots first; the expired ones only when they do not suffice. */
static enum err
take_any(struct taking *t)
{
    enum err e = take_between(t, t->s->day, DAY_NEVER);

    if (e == OK && t->want > 0)
        e = take_between(t, INT32_MIN, t->s->day - 1);
    return e;
}

enum err
selling_take(struct selling *s, const struct sale_line *l, int64_t lot_id)
{
    struct taking t = {.s = s, .line = l, .lot_id = lot_id,
        .before = s->lots_len, .want = l->qty_milli};
    enum err e = lot_id ? take_one(&t) : take_any(&t);

    if (e != OK || t.want == 0)
        return e;
    if (t.passed)
        return lot_expired(l, t.expired);
    if (s->ask->overrides & OVERRIDE_STOCK_SHORT)
        return take_found(s, l, lot_id, t.want);
    return stock_short(l, t.want);
}
