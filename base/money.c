#include "base/money.h"

#include <assert.h>
#include <inttypes.h>

/* |value| of any int64_t, the smallest too. */
static uint64_t
magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

void
money_format_plain(int64_t dong, struct buf *out)
{
    uint64_t left = magnitude(dong);
    unsigned groups[7];
    size_t n = 0;

    do {
        groups[n++] = (unsigned)(left % 1000);
        left /= 1000;
    } while (left > 0);
    buf_printf(out, "%s%u", dong < 0 ? "-" : "", groups[--n]);
    while (n > 0)
        buf_printf(out, ".%03u", groups[--n]);
}

void
money_format(int64_t dong, struct buf *out)
{
    money_format_plain(dong, out);
    buf_add_str(out, "\u00a0\u20ab"); /* no-break space, dong sign */
}

void
qty_format(int64_t qty_milli, struct buf *out)
{
    uint64_t size = magnitude(qty_milli);
    unsigned rest = (unsigned)(size % 1000);
    int decimals = 3;

    buf_printf(out, "%s%" PRIu64, qty_milli < 0 ? "-" : "", size / 1000);
    if (rest == 0)
        return;
    while (rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    buf_printf(out, ",%0*u", decimals, rest);
}

int64_t
money_mul_qty(int64_t price, int64_t qty_milli)
{
    int64_t dong;

    if (price < 0 || qty_milli < 0)
        return -1;
    if (qty_milli > 0 && price > (INT64_MAX - 500) / qty_milli)
        return -1;
    dong = (price * qty_milli + 500) / 1000;
    return dong > MONEY_MAX ? -1 : dong;
}

int64_t
money_vat_of(int64_t total, int rate_bp)
{
    int64_t divisor = 10000 + rate_bp;
    int64_t net;

    assert(rate_bp >= 0 && rate_bp <= 10000);
    assert(total >= -MONEY_MAX && total <= MONEY_MAX);
    if (total < 0)
        return -money_vat_of(-total, rate_bp);
    /* at most 2^40 * 10000: far inside 63 bits */
    net = (total * 10000 * 2 + divisor) / (divisor * 2);
    return total - net;
}

int64_t
money_round_to(int64_t dong, int64_t step)
{
    int64_t rest;

    assert(step >= 0);
    if (step <= 1)
        return dong;
    rest = dong % step;
    if (rest == 0)
        return dong;
    if (rest < 0)
        return dong - rest - (-rest >= step + rest ? step : 0);
    return dong - rest + (rest >= step - rest ? step : 0);
}
