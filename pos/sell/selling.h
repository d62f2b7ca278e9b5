/* pos/sell/selling.h - the lines of a bill being decided: to be sold, inside
 * one write, or to be looked at.
 *
 * A discount off the bill is divided over its lines (pos/sell/share.h) in
 * proportion to their amounts, so that amounts and VAT of the lines stay exact:
 * a line's discount is its own and its share. */
#ifndef POS_SELL_SELLING_H
#define POS_SELL_SELLING_H

#include "db/product.h"
#include "pos/certified/age.h"
#include "pos/fact/fact.h"
#include "pos/sell/sale.h"

/* What stands in a line's way that no manager can let pass. */
enum stop {
    STOP_RECALLED = 1,
    STOP_RETIRED = 2,
    STOP_NO_PRICE = 4,
    STOP_SHORT = 8,    /* never received: there is nothing to sell from */
    STOP_DISCOUNT = 16 /* more off than anyone may give, or than it costs */
};

/* A line that is looked at. */
struct look {
    unsigned used;  /* exceptions it needs: enum override */
    unsigned stops; /* enum stop */
    int64_t own_discount; /* without its share of the bill's */
    int64_t list_price;
    bool stocked;         /* goods, not a service */
    int64_t stock_milli;  /* what of it can be sold now */
};

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
    int64_t gross; /* without discounts */
    int64_t off;   /* what the bill's discount takes off */
    struct look *looks; /* by line, when they are only looked at: nothing of a
                           line ends it then; NULL when selling */
    unsigned stops; /* of the bill as a whole, when looking */
    unsigned used;  /* exceptions that were needed */
    bool certified; /* a line is of a certified product */
    struct list_age_info list; /* then: how old the lists are */
};

/* Decide every line: product, price, VAT, certificate, lots.  Fills lines,
 * lots, total, used, off. */
enum err selling_lines(struct selling *s);

/* Take `qty_milli` of a product for line `n` from its lots, first expiring
 * first, or from `lot_id`.  ERR_STOCK_SHORT, ERR_LOT_EXPIRED, unless the
 * exception was asked for. */
enum err selling_take(struct selling *s, const struct sale_line *line,
    int64_t lot_id);

/* May `qty_milli` of the product be asked for?  ERR_PRODUCT_RETIRED,
 * ERR_FIELD_VALUE at the path `at` for a part of what is sold whole. */
enum err selling_check(const struct product *p, int64_t qty_milli,
    const char *at);

#endif
