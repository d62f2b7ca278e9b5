#include "pos/sell/share.h"

#include <assert.h>

#include "base/mem.h"
#include "base/money.h"

enum { HALF = 20, PERCENT_WHOLE = 100000 };

/* a * b / c and its remainder, for a, b, c up to 2^40 with a <= c: in two
 * steps, since the product has up to 80 bits. */
static int64_t
mul_div(int64_t a, int64_t b, int64_t c, int64_t *rest_out)
{
    int64_t high = b >> HALF, low = b & ((INT64_C(1) << HALF) - 1);
    int64_t q = a * high / c, rest = a * high % c;
    int64_t below = (rest << HALF) + a * low;

    *rest_out = below % c;
    return (q << HALF) + below / c;
}

/* A dong to the largest fraction that has not had one yet. */
static void
give_one(int64_t *rests, size_t len, int64_t *shares)
{
    size_t best = 0;

    for (size_t i = 1; i < len; i++)
        if (rests[i] > rests[best])
            best = i;
    assert(rests[best] > 0);
    shares[best]++;
    rests[best] = -1;
}

void
share_divide(int64_t sum, const int64_t *weights, size_t len,
    int64_t *shares_out)
{
    int64_t *rests = mem_new(len ? len : 1, sizeof(rests[0]));
    int64_t whole = 0, left = sum;

    for (size_t i = 0; i < len; i++)
        whole += weights[i];
    assert(sum >= 0 && sum <= whole && whole <= MONEY_MAX);
    for (size_t i = 0; i < len; i++) {
        shares_out[i] =
            whole ? mul_div(sum, weights[i], whole, &rests[i]) : 0;
        left -= shares_out[i];
    }
    for (; left > 0; left--)
        give_one(rests, len, shares_out);
    mem_free(rests);
}

int64_t
share_percent(int64_t sum, int64_t percent)
{
    assert(sum >= 0 && sum <= MONEY_MAX);
    assert(percent >= 0 && percent <= PERCENT_WHOLE);
    return (sum * percent + PERCENT_WHOLE / 2) / PERCENT_WHOLE;
}
