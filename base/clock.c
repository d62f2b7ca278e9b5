#include "base/clock.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

enum { VIETNAM_S = 7 * 3600, DAY_S = 86400 };

/* 0001-01-01 and 9999-12-31 */
enum { DAY_FIRST = -719162, DAY_LAST = 2932896 };

struct date {
    int year, month, day; /* 1..9999, 1..12, 1..31 */
};

static _Atomic(int64_t (*)(void)) replaced;

static int64_t
read_us(clockid_t id)
{
    struct timespec ts;

    if (clock_gettime(id, &ts) != 0)
        return 0; /* POSIX: only for a clock that does not exist */
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

void
clock_set(int64_t (*now_ms)(void))
{
    atomic_store(&replaced, now_ms);
}

int64_t
clock_now_ms(void)
{
    int64_t (*now_ms)(void) = atomic_load(&replaced);

    return now_ms ? now_ms() : read_us(CLOCK_REALTIME) / 1000;
}

/* Rounded down, also before 1970. */
static int64_t
floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t
clock_now(void)
{
    return floor_div(clock_now_ms(), 1000);
}

int64_t
clock_mono_us(void)
{
    return read_us(CLOCK_MONOTONIC);
}

int64_t
clock_mono_ms(void)
{
    return clock_mono_us() / 1000;
}

struct timespec
clock_mono_after(int64_t ms)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += (time_t)(ms / 1000);
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

static bool
is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days before 1 January of the year, counted from 0001-01-01. */
static int
days_before_year(int year)
{
    int past = year - 1;

    return past * 365 + past / 4 - past / 100 + past / 400;
}

static int32_t
to_day(struct date date)
{
    int days = days_before_year(date.year) + date.day - 1;

    for (int m = 1; m < date.month; m++)
        days += month_days(date.year, m);
    return DAY_FIRST + days;
}

static int64_t
clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

static struct date
to_date(int64_t day)
{
    int left = (int)(clamp(day, DAY_FIRST, DAY_LAST) - DAY_FIRST);
    struct date date = {.year = left / 366 + 1, .month = 1};

    /* 366 days a year is too many: the guess is early, by a few years */
    while (date.year < 9999 && days_before_year(date.year + 1) <= left)
        date.year++;
    left -= days_before_year(date.year);
    while (left >= month_days(date.year, date.month))
        left -= month_days(date.year, date.month++);
    date.day = left + 1;
    return date;
}

int32_t
clock_day(int64_t unix_s)
{
    unix_s = clamp(
        unix_s, (int64_t)INT32_MIN * DAY_S / 2, (int64_t)INT32_MAX * DAY_S / 2);
    return (int32_t)floor_div(unix_s + VIETNAM_S, DAY_S);
}

int64_t
clock_day_start(int32_t day)
{
    return (int64_t)day * DAY_S - VIETNAM_S;
}

int32_t
clock_add_months(int32_t day, int months)
{
    struct date date = to_date(day);
    int64_t index = (int64_t)date.year * 12 + date.month - 1 + months;
    int last;

    if (index < 12)
        return DAY_FIRST;
    if (index >= 10000 * 12)
        return DAY_LAST;
    date.year = (int)(index / 12);
    date.month = (int)(index % 12) + 1;
    last = month_days(date.year, date.month);
    if (date.day > last)
        date.day = last;
    return to_day(date);
}

/* The number written by `n` digits at s; -1 when they are not all digits. */
static int
read_number(const char *s, int n)
{
    int value = 0;

    for (int i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

/* "YYYY-MM-DD" at the start of s; false when it is not a real day. */
static bool
read_date(const char *s, int32_t *day_out)
{
    struct date date;

    date.year = read_number(s, 4);
    if (date.year < 1 || s[4] != '-')
        return false;
    date.month = read_number(s + 5, 2);
    if (date.month < 1 || date.month > 12 || s[7] != '-')
        return false;
    date.day = read_number(s + 8, 2);
    if (date.day < 1 || date.day > month_days(date.year, date.month))
        return false;
    *day_out = to_day(date);
    return true;
}

enum err
clock_parse_date(const char *s, int32_t *day_out)
{
    int32_t day;

    if (!read_date(s, &day) || s[10] != '\0')
        return err_set(ERR_FIELD_VALUE, "not a date YYYY-MM-DD");
    *day_out = day;
    return OK;
}

/* "HH:MM" at s within a day; -1 when not. */
static int
read_minutes(const char *s)
{
    int hours = read_number(s, 2);
    int minutes;

    if (hours < 0 || hours > 23 || s[2] != ':')
        return -1;
    minutes = read_number(s + 3, 2);
    return minutes < 0 || minutes > 59 ? -1 : hours * 60 + minutes;
}

/* "Z" or "+07:00" and nothing behind it. */
static bool
read_zone(const char *s, int *minutes_out)
{
    int minutes;

    *minutes_out = 0;
    if (s[0] == 'Z' || s[0] == 'z')
        return s[1] == '\0';
    if (s[0] != '+' && s[0] != '-')
        return false;
    minutes = read_minutes(s + 1);
    *minutes_out = s[0] == '-' ? -minutes : minutes;
    return minutes >= 0 && s[6] == '\0';
}

static bool
read_moment(const char *s, int64_t *unix_out)
{
    int32_t day;
    int minutes, seconds, zone;

    if (!read_date(s, &day) || (s[10] != 'T' && s[10] != 't'))
        return false;
    minutes = read_minutes(s + 11);
    if (minutes < 0 || s[16] != ':')
        return false;
    seconds = read_number(s + 17, 2);
    if (seconds < 0 || seconds > 59)
        return false;
    s += 19;
    if (s[0] == '.') {
        size_t n = strspn(s + 1, "0123456789");

        if (n == 0)
            return false;
        s += 1 + n;
    }
    if (!read_zone(s, &zone))
        return false;
    *unix_out = (int64_t)day * DAY_S + (minutes - zone) * 60 + seconds;
    return true;
}

enum err
clock_parse_rfc3339(const char *s, int64_t *unix_out)
{
    int64_t moment;

    if (!read_moment(s, &moment))
        return err_set(ERR_FIELD_VALUE, "not an RFC 3339 time");
    *unix_out = moment;
    return OK;
}

/* `n` digits at `to`, without a NUL. */
static void
put(char *to, int n, int value)
{
    for (int i = n - 1; i >= 0; i--) {
        to[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

static void
put_date(char *to, int64_t day)
{
    struct date date = to_date(day);

    put(to, 4, date.year);
    to[4] = to[7] = '-';
    put(to + 5, 2, date.month);
    put(to + 8, 2, date.day);
    to[10] = '\0';
}

static void
put_vn_date(char *to, int64_t day)
{
    struct date date = to_date(day);

    put(to, 2, date.day);
    to[2] = to[5] = '/';
    put(to + 3, 2, date.month);
    put(to + 6, 4, date.year);
    to[10] = '\0';
}

void
clock_format_date(int32_t day, char out[CLOCK_DATE_SIZE])
{
    put_date(out, day);
}

void
clock_format_vn_date(int32_t day, char out[CLOCK_DATE_SIZE])
{
    put_vn_date(out, day);
}

/* The second of its Vietnam day that a moment is. */
static int
second_of_day(int64_t unix_s)
{
    return (int)(unix_s - clock_day_start(clock_day(unix_s)));
}

void
clock_format_rfc3339(int64_t unix_s, char out[CLOCK_RFC3339_SIZE])
{
    int second;

    unix_s = clamp(
        unix_s, clock_day_start(DAY_FIRST), clock_day_start(DAY_LAST + 1) - 1);
    second = second_of_day(unix_s);
    put_date(out, clock_day(unix_s));
    out[10] = 'T';
    put(out + 11, 2, second / 3600);
    out[13] = out[16] = ':';
    put(out + 14, 2, second / 60 % 60);
    put(out + 17, 2, second % 60);
    memcpy(out + 19, "+07:00", 7);
}

void
clock_format_vn(int64_t unix_s, char out[CLOCK_VN_SIZE])
{
    int second;

    unix_s = clamp(
        unix_s, clock_day_start(DAY_FIRST), clock_day_start(DAY_LAST + 1) - 1);
    second = second_of_day(unix_s);
    put_vn_date(out, clock_day(unix_s));
    out[10] = ' ';
    put(out + 11, 2, second / 3600);
    out[13] = ':';
    put(out + 14, 2, second / 60 % 60);
    out[16] = '\0';
}
