#include <string.h>

#include "base/clock.h"
#include "tests/unit/t.h"

static int64_t fixed_ms;

static int64_t
fixed(void)
{
    return fixed_ms;
}

static int32_t
day(const char *date)
{
    int32_t day_out = INT32_MIN;

    CHECK(clock_parse_date(date, &day_out) == OK);
    return day_out;
}

static int64_t
moment(const char *time)
{
    int64_t unix_out = INT64_MIN;

    CHECK(clock_parse_rfc3339(time, &unix_out) == OK);
    return unix_out;
}

static void
test_clock__can_be_replaced(void)
{
    clock_set(fixed);
    fixed_ms = 1795316400123;
    CHECK(clock_now_ms() == 1795316400123 && clock_now() == 1795316400);
    fixed_ms = -1;
    CHECK(clock_now() == -1);
    clock_set(NULL);
    CHECK(clock_now() > 1700000000);
    CHECK(clock_mono_us() <= clock_mono_us());
    CHECK(clock_mono_ms() <= clock_mono_us() / 1000);
}

static void
test_clock__days_change_at_vietnam_midnight(void)
{
    CHECK(clock_day(0) == 0 && clock_day(-7 * 3600) == 0);
    CHECK(clock_day(-7 * 3600 - 1) == -1);
    CHECK(clock_day(17 * 3600 - 1) == 0 && clock_day(17 * 3600) == 1);
    CHECK(clock_day_start(0) == -7 * 3600);
    CHECK(clock_day(clock_day_start(20000)) == 20000);
    CHECK(clock_day(clock_day_start(20000) - 1) == 19999);
    CHECK(clock_day(moment("2026-11-22T00:00:00+07:00")) == day("2026-11-22"));
    CHECK(clock_day(moment("2026-11-21T16:59:59Z")) == day("2026-11-21"));
}

/* Every day of 1900..2400 follows the one before and reads back. */
static void
test_clock__counts_every_day(void)
{
    int32_t first = day("1900-01-01"), last = day("2400-12-31");
    char text[CLOCK_DATE_SIZE], before[CLOCK_DATE_SIZE] = "1899-12-31";

    for (int32_t d = first; d <= last; d++) {
        clock_format_date(d, text);
        CHECK(strcmp(text, before) > 0);
        CHECK(day(text) == d);
        memcpy(before, text, sizeof(text));
    }
    CHECK(last - first + 1 == 182987);
    CHECK(day("1970-01-01") == 0 && day("2000-03-01") == 11017);
    CHECK(day("0001-01-01") == -719162 && day("9999-12-31") == 2932896);
}

static void
test_clock__knows_real_dates_only(void)
{
    static const char *const bad[] = {"", "2026", "2026-1-01", "2026-01-1",
        "2026-00-10", "2026-13-10", "2026-01-00", "2026-01-32", "2026-04-31",
        "2026-02-29", "1900-02-29", "2100-02-29", "0000-01-01", "2026-01-01 ",
        " 2026-01-01", "2026/01/01", "2026-01-01T", "20260101", "+026-01-01",
        "2026-1a-01", "22/11/2026", "12026-01-01"};
    int32_t kept = 7;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(clock_parse_date(bad[i], &kept) == ERR_FIELD_VALUE);
    CHECK(kept == 7);
    CHECK(day("2028-02-29") == day("2028-03-01") - 1);
    CHECK(day("2000-02-29") == day("2000-03-01") - 1);
}

static void
check_months(const char *from, int months, const char *to)
{
    char text[CLOCK_DATE_SIZE];

    clock_format_date(clock_add_months(day(from), months), text);
    CHECK_STR(text, to);
}

static void
test_clock__adds_months(void)
{
    check_months("2026-11-22", 36, "2029-11-22");
    check_months("2026-01-31", 1, "2026-02-28");
    check_months("2028-01-31", 1, "2028-02-29");
    check_months("2024-02-29", 12, "2025-02-28");
    check_months("2024-02-29", 36, "2027-02-28");
    check_months("2024-02-29", 48, "2028-02-29");
    check_months("2026-12-31", 2, "2027-02-28");
    check_months("2026-08-31", 1, "2026-09-30");
    check_months("2026-03-31", -1, "2026-02-28");
    check_months("2026-01-15", -1, "2025-12-15");
    check_months("2026-01-15", 0, "2026-01-15");
    check_months("9999-01-01", 12, "9999-12-31");
    check_months("0001-03-05", -3, "0001-01-01");
    check_months("2026-01-15", INT32_MAX, "9999-12-31");
    check_months("2026-01-15", INT32_MIN, "0001-01-01");
}

static void
test_clock__reads_rfc3339(void)
{
    CHECK(moment("1970-01-01T00:00:00Z") == 0);
    CHECK(moment("1970-01-01T07:00:00+07:00") == 0);
    CHECK(moment("1969-12-31T19:30:00-04:30") == 0);
    CHECK(moment("2020-01-01T00:00:00Z") == 1577836800);
    CHECK(moment("2026-11-22t10:15:07.999z") ==
          moment("2026-11-22T17:15:07+07:00"));
}

static void
test_clock__refuses_what_is_not_rfc3339(void)
{
    static const char *const bad[] = {"", "2026-11-22", "2026-11-22T10:15:07",
        "2026-11-22 10:15:07Z", "2026-11-22T24:00:00Z", "2026-11-22T10:60:00Z",
        "2026-11-22T10:15:60Z", "2026-02-30T10:15:07Z", "2026-11-22T10:15Z",
        "2026-11-22T10:15:07.Z", "2026-11-22T10:15:07+0700",
        "2026-11-22T10:15:07+07", "2026-11-22T10:15:07+24:00",
        "2026-11-22T10:15:07+07:60", "2026-11-22T10:15:07Zx",
        "2026-11-22T10:15:07+07:00x", "2026-11-22T1a:15:07Z"};
    int64_t kept = 7;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(clock_parse_rfc3339(bad[i], &kept) == ERR_FIELD_VALUE);
    CHECK(kept == 7);
}

static void
test_clock__writes_what_people_and_programs_read(void)
{
    int64_t at = moment("2026-11-22T17:05:09Z");
    char date[CLOCK_DATE_SIZE], rfc[CLOCK_RFC3339_SIZE], vn[CLOCK_VN_SIZE];

    clock_format_rfc3339(at, rfc);
    CHECK_STR(rfc, "2026-11-23T00:05:09+07:00");
    clock_format_vn(at, vn);
    CHECK_STR(vn, "23/11/2026 00:05");
    clock_format_vn_date(day("2027-03-04"), date);
    CHECK_STR(date, "04/03/2027");
    clock_format_rfc3339(-1, rfc);
    CHECK_STR(rfc, "1970-01-01T06:59:59+07:00");
}

static void
test_clock__keeps_to_the_years_it_can_write(void)
{
    char date[CLOCK_DATE_SIZE], rfc[CLOCK_RFC3339_SIZE], vn[CLOCK_VN_SIZE];

    clock_format_date(INT32_MAX, date);
    CHECK_STR(date, "9999-12-31");
    clock_format_vn_date(INT32_MIN, date);
    CHECK_STR(date, "01/01/0001");
    clock_format_rfc3339(INT64_MAX, rfc);
    CHECK_STR(rfc, "9999-12-31T23:59:59+07:00");
    clock_format_rfc3339(INT64_MIN, rfc);
    CHECK_STR(rfc, "0001-01-01T00:00:00+07:00");
    clock_format_vn(INT64_MAX, vn);
    CHECK_STR(vn, "31/12/9999 23:59");
}

int
main(void)
{
    RUN(test_clock__can_be_replaced);
    RUN(test_clock__days_change_at_vietnam_midnight);
    RUN(test_clock__counts_every_day);
    RUN(test_clock__knows_real_dates_only);
    RUN(test_clock__adds_months);
    RUN(test_clock__reads_rfc3339);
    RUN(test_clock__refuses_what_is_not_rfc3339);
    RUN(test_clock__writes_what_people_and_programs_read);
    RUN(test_clock__keeps_to_the_years_it_can_write);
    return T_END();
}
