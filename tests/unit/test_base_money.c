#include "base/money.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

static const char *
shown(void (*format)(int64_t, struct buf *), int64_t value)
{
    static char kept[64];
    struct buf b;

    buf_init(&b, 32);
    format(value, &b);
    CHECK(!b.full);
    snprintf(kept, sizeof(kept), "%s", b.data);
    buf_finish(&b);
    return kept;
}

static void
test_money__is_shown_in_groups_of_three(void)
{
    CHECK_STR(shown(money_format, 1234567), "1.234.567\u00a0₫");
    CHECK_STR(shown(money_format, 0), "0\u00a0₫");
    CHECK_STR(shown(money_format_plain, 999), "999");
    CHECK_STR(shown(money_format_plain, 1000), "1.000");
    CHECK_STR(shown(money_format_plain, 50005), "50.005");
    CHECK_STR(shown(money_format_plain, -1000000), "-1.000.000");
    CHECK_STR(shown(money_format_plain, MONEY_MAX), "1.099.511.627.775");
    CHECK_STR(
        shown(money_format, INT64_MIN), "-9.223.372.036.854.775.808\u00a0₫");
}

static void
test_money__shows_quantities_with_a_decimal_comma(void)
{
    CHECK_STR(shown(qty_format, 1500), "1,5");
    CHECK_STR(shown(qty_format, 2000), "2");
    CHECK_STR(shown(qty_format, 750), "0,75");
    CHECK_STR(shown(qty_format, 1), "0,001");
    CHECK_STR(shown(qty_format, 1010), "1,01");
    CHECK_STR(shown(qty_format, 100), "0,1");
    CHECK_STR(shown(qty_format, 0), "0");
    CHECK_STR(shown(qty_format, 1234000), "1234");
    CHECK_STR(shown(qty_format, -250), "-0,25");
    CHECK_STR(shown(qty_format, INT64_MIN), "-9223372036854775,808");
}

static void
test_money__times_a_quantity_rounds_half_up(void)
{
    CHECK(money_mul_qty(60000, 2000) == 120000);
    CHECK(money_mul_qty(99000, 755) == 74745);
    CHECK(money_mul_qty(1, 500) == 1);
    CHECK(money_mul_qty(1, 499) == 0);
    CHECK(money_mul_qty(3, 500) == 2);
    CHECK(money_mul_qty(0, 5000) == 0 && money_mul_qty(5000, 0) == 0);
}

static void
test_money__never_passes_its_limit(void)
{
    CHECK(money_mul_qty(MONEY_MAX, 1000) == MONEY_MAX);
    CHECK(money_mul_qty(MONEY_MAX, 1001) == -1);
    CHECK(money_mul_qty(MONEY_MAX + 1, 1000) == -1);
    CHECK(money_mul_qty(INT64_MAX, INT64_MAX) == -1);
    CHECK(money_mul_qty(INT64_MAX, 1) == -1);
    CHECK(money_mul_qty(1, INT64_MAX) == -1);
    CHECK(money_mul_qty(-1, 1000) == -1 && money_mul_qty(1, -1000) == -1);
}

static void
test_money__has_the_vat_of_the_domain_notes(void)
{
    CHECK(money_vat_of(1900000, 800) == 140741);
    CHECK(money_vat_of(100000, 800) == 7407);
    CHECK(money_vat_of(55000, 800) == 4074);
    CHECK(money_vat_of(120000, 800) == 8889);
    CHECK(money_vat_of(110000, 1000) == 10000);
    CHECK(money_vat_of(105000, 500) == 5000);
    CHECK(money_vat_of(55000, 0) == 0 && money_vat_of(0, 800) == 0);
    CHECK(money_vat_of(-1900000, 800) == -140741);
}

static void
test_money__vat_is_what_the_rounded_net_leaves(void)
{
    static const int rates[] = {0, 500, 800, 1000, 10000};
    uint64_t seed = 8;

    CHECK(money_vat_of(3, 10000) == 1); /* 1.5 is rounded up to 2 */
    for (int i = 0; i < 5000; i++) {
        int64_t total = (int64_t)(t_random(&seed) % (uint64_t)MONEY_MAX);
        int rate = rates[t_random(&seed) % 5];
        int64_t net = total - money_vat_of(total, rate);
        int64_t off = net * (10000 + rate) - total * 10000; /* of 1/10000 */

        /* net - 1/2 <= total / (1 + rate) < net + 1/2 */
        CHECK(off * 2 <= 10000 + rate && off * 2 > -(10000 + rate));
    }
}

static void
test_money__cash_is_rounded_to_the_nearest_note(void)
{
    CHECK(money_round_to(1234567, 1000) == 1235000);
    CHECK(money_round_to(1234499, 1000) == 1234000);
    CHECK(money_round_to(1234500, 1000) == 1235000);
    CHECK(money_round_to(1234249, 500) == 1234000);
    CHECK(money_round_to(1234250, 500) == 1234500);
    CHECK(money_round_to(1234567, 0) == 1234567);
    CHECK(money_round_to(1234567, 1) == 1234567);
    CHECK(money_round_to(0, 500) == 0);
    CHECK(money_round_to(-1500, 1000) == -2000);
    CHECK(money_round_to(-1499, 1000) == -1000);
    CHECK(money_round_to(1, 3) == 0 && money_round_to(2, 3) == 3);
}

int
main(void)
{
    RUN(test_money__is_shown_in_groups_of_three);
    RUN(test_money__shows_quantities_with_a_decimal_comma);
    RUN(test_money__times_a_quantity_rounds_half_up);
    RUN(test_money__never_passes_its_limit);
    RUN(test_money__has_the_vat_of_the_domain_notes);
    RUN(test_money__vat_is_what_the_rounded_net_leaves);
    RUN(test_money__cash_is_rounded_to_the_nearest_note);
    return T_END();
}
