/* One sum over many lines: exact, in proportion, never more than a line. */
#include <stdint.h>

#include "base/money.h"
#include "pos/sell/share.h"
#include "tests/unit/t.h"

/* A small generator of our own: the same numbers on every machine. */
static uint64_t
next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 20;
}

static void
test_share__parts_add_up_and_none_is_more_than_its_line(void)
{
    uint64_t seed = 20261122;
    int64_t weights[200], shares[200];

    for (int round = 0; round < 20000; round++) {
        size_t len = 1 + next(&seed) % 200;
        int64_t most = 1 + (int64_t)(next(&seed) % (MONEY_MAX / 200));
        int64_t whole = 0, sum = 0, off;

        for (size_t i = 0; i < len; i++)
            whole += weights[i] = (int64_t)(next(&seed) % (uint64_t)most);
        off = (int64_t)(next(&seed) % (uint64_t)(whole + 1));
        share_divide(off, weights, len, shares);
        for (size_t i = 0; i < len; i++) {
            CHECK(shares[i] >= 0 && shares[i] <= weights[i]);
            sum += shares[i];
        }
        CHECK(sum == off);
    }
}

static void
test_share__a_part_is_its_proportion_but_for_a_dong(void)
{
    uint64_t seed = 7;
    int64_t weights[50], shares[50];

    for (int round = 0; round < 5000; round++) {
        int64_t whole = 0, off;

        for (size_t i = 0; i < 50; i++)
            whole += weights[i] = (int64_t)(next(&seed) % 1000000);
        off = (int64_t)(next(&seed) % (uint64_t)(whole + 1));
        share_divide(off, weights, 50, shares);
        for (size_t i = 0; i < 50; i++) {
            int64_t floor = off * weights[i] / whole;

            CHECK(shares[i] == floor || shares[i] == floor + 1);
        }
    }
}

static void
test_share__what_is_left_goes_to_the_largest_fractions(void)
{
    int64_t shares[3];

    share_divide(10, (int64_t[]){30, 30, 40}, 3, shares);
    CHECK(shares[0] == 3 && shares[1] == 3 && shares[2] == 4);
    share_divide(1, (int64_t[]){5, 5, 5}, 3, shares);
    CHECK(shares[0] == 1 && shares[1] == 0 && shares[2] == 0);
    share_divide(2, (int64_t[]){1, 3, 3}, 3, shares);
    CHECK(shares[0] == 0 && shares[1] == 1 && shares[2] == 1);
    share_divide(0, (int64_t[]){0, 0, 0}, 3, shares);
    CHECK(shares[0] == 0 && shares[1] == 0 && shares[2] == 0);
}

static void
test_share__the_largest_bill_is_divided_exactly(void)
{
    int64_t shares[2];

    share_divide(MONEY_MAX, (int64_t[]){MONEY_MAX - 1, 1}, 2, shares);
    CHECK(shares[0] == MONEY_MAX - 1 && shares[1] == 1);
    share_divide(MONEY_MAX - 1, (int64_t[]){MONEY_MAX - 1, 1}, 2, shares);
    CHECK(shares[0] + shares[1] == MONEY_MAX - 1);
}

static void
test_share__percents_are_rounded_half_up(void)
{
    CHECK(share_percent(100000, 5000) == 5000);
    CHECK(share_percent(10, 5000) == 1);
    CHECK(share_percent(9, 5000) == 0);
    CHECK(share_percent(333333, 33333) == 111110);
    CHECK(share_percent(MONEY_MAX, 100000) == MONEY_MAX);
}

int
main(void)
{
    RUN(test_share__parts_add_up_and_none_is_more_than_its_line);
    RUN(test_share__a_part_is_its_proportion_but_for_a_dong);
    RUN(test_share__what_is_left_goes_to_the_largest_fractions);
    RUN(test_share__the_largest_bill_is_divided_exactly);
    RUN(test_share__percents_are_rounded_half_up);
    return T_END();
}
