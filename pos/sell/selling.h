/* pos/sell/selling.h - the lines of a bill being decided, inside one write. */
#ifndef POS_SELL_SELLING_H
#define POS_SELL_SELLING_H

#include "pos/certified/age.h"
#include "pos/fact/fact.h"
#include "pos/sell/sale.h"

struct selling {
    struct db *db;
    const struct shop *shop;
    const struct sale_ask *ask;
    struct fact_time time;
    int32_t day;
    int64_t shift_id;
    struct sale_line *lines; /* room for every line asked for */
    size_t lines_len;
    struct fact_lot *lots;
    size_t lots_len;
    int64_t total;
    unsigned used; /* exceptions that were needed */
    bool certified; /* a line is of a certified product */
    struct list_age_info list; /* then: how old the lists are */
};

/* Decide every line: product, price, VAT, certificate, lots.  Fills lines,
 * lots, total, used. */
enum err selling_lines(struct selling *s);

/* Take `qty_milli` of a product for line `n` from its lots, first expiring
 * first, or from `lot_id`.  ERR_STOCK_SHORT, ERR_LOT_EXPIRED, unless the
 * exception was asked for. */
enum err selling_take(struct selling *s, const struct sale_line *line,
    int64_t lot_id);

#endif
