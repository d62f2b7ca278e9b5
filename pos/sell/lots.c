/* Which lots a line takes: first expiring first; see pos/sell/selling.h. */
#include "pos/sell/selling.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "db/product.h"
#include "db/stock.h"

/* What earlier lines of this bill already take of the lot. */
static int64_t
taken(const struct selling *s, int64_t lot_id)
{
    int64_t sum = 0;

    for (size_t i = 0; i < s->lots_len; i++)
        if (s->lots[i].lot_id == lot_id)
            sum += s->lots[i].qty_milli - s->lots[i].found_milli;
    return sum;
}

static void
take(struct selling *s, int64_t line, int64_t lot_id, int64_t qty_milli)
{
    s->lots = mem_resize(s->lots, s->lots_len + 1, sizeof(s->lots[0]));
    s->lots[s->lots_len++] = (struct fact_lot){
        .line = line, .lot_id = lot_id, .qty_milli = qty_milli};
}

/* From the open lots that are (not) expired, as much as `want`; gives what is
 * still wanted. */
static int64_t
take_from(struct selling *s, const struct open_lot *lots, size_t len,
    bool expired, int64_t line, int64_t want)
{
    for (size_t i = 0; i < len && want > 0; i++) {
        int64_t has = lots[i].qty_milli - taken(s, lots[i].lot_id);
        int64_t some = has < want ? has : want;

        if ((lots[i].expires_day < s->day) != expired || some <= 0)
            continue;
        take(s, line, lots[i].lot_id, some);
        want -= some;
    }
    return want;
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
keep_one(struct selling *s, const struct sale_line *l, int64_t lot_id,
    struct open_lot *lots, size_t *len)
{
    struct lot lot;
    size_t kept = 0;
    enum err e = db_lot_get(s->db, lot_id, &lot);

    if (e != OK)
        return e;
    if (lot.product_id != l->product_id) {
        err_at("lines[%zu].lot", s->lines_len);
        err_arg("case", "lot");
        return err_set(ERR_FIELD_VALUE, "lot l_%" PRId64
            " is of another product", lot_id);
    }
    for (size_t i = 0; i < *len; i++)
        if (lots[i].lot_id == lot_id)
            lots[kept++] = lots[i];
    *len = kept;
    return OK;
}

enum err
selling_take(struct selling *s, const struct sale_line *l, int64_t lot_id)
{
    struct open_lot lots[SELLING_LOTS_MAX];
    size_t len;
    int64_t want = l->qty_milli;
    enum err e = db_stock_open_lots(
        s->db, l->product_id, lots, SELLING_LOTS_MAX, &len);

    if (e == OK && lot_id)
        e = keep_one(s, l, lot_id, lots, &len);
    if (e != OK)
        return e;
    want = take_from(s, lots, len, false, l->n, want);
    if (want > 0 && len > 0 && lots[0].expires_day < s->day
        && lots[0].qty_milli > taken(s, lots[0].lot_id)) {
        if (!(s->ask->overrides & OVERRIDE_LOT_EXPIRED))
            return lot_expired(l, lots[0].expires_day);
        s->used |= OVERRIDE_LOT_EXPIRED;
        want = take_from(s, lots, len, true, l->n, want);
    }
    if (want == 0)
        return OK;
    if (s->ask->overrides & OVERRIDE_STOCK_SHORT)
        return take_found(s, l, lot_id, want);
    return stock_short(l, want);
}
