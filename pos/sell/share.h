/* pos/sell/share.h - one sum divided over the lines of a bill. */
#ifndef POS_SELL_SHARE_H
#define POS_SELL_SHARE_H

#include <stddef.h>
#include <stdint.h>

/* Divide `sum` in proportion to the `weights` (all >= 0, together >= sum >= 0
 * and at most MONEY_MAX) into `shares_out`, whole dong that add up to `sum`
 * exactly.  Largest remainder: each gets the whole part of its share, and what
 * is left goes, a dong each, to the largest fractions; of equal ones to the
 * first.  No share is more than its weight. */
void share_divide(int64_t sum, const int64_t *weights, size_t len,
    int64_t *shares_out);

/* `percent` thousandths of a percent of `sum`, half up. */
int64_t share_percent(int64_t sum, int64_t percent);

#endif
