/* base/clock.h - time, and days as Vietnam counts them.
 *
 * Vietnam is at +07:00 all year; a business day ends at its midnight.  A moment
 * is int64_t seconds since 1970-01-01T00:00:00Z (unix); a day is int32_t days
 * since 1970-01-01 in Vietnam.  Everything written or parsed lies within the
 * years 0001..9999; what is past them is written as the nearest day inside.
 * The system's time zone is never asked. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

#include "base/err.h"

enum { CLOCK_DATE_SIZE = 11, CLOCK_RFC3339_SIZE = 26, CLOCK_VN_SIZE = 17 };

/* Seconds and milliseconds since 1970, by the clock of clock_set. */
int64_t clock_now(void);
int64_t clock_now_ms(void);

/* A clock that only runs forward, from an unknown zero: for waiting and for
 * measuring.  clock_set does not touch it. */
int64_t clock_mono_ms(void);
int64_t clock_mono_us(void);
/* The moment `ms` from now by that clock: for pthread_cond_timedwait on a
 * condition of CLOCK_MONOTONIC. */
struct timespec clock_mono_after(int64_t ms);

/* For tests: `now_ms` answers clock_now from here on, in every thread; NULL is
 * the system's clock.  The one global state of this module. */
void clock_set(int64_t (*now_ms)(void));

/* The day in Vietnam at this moment, and the moment at which it begins. */
int32_t clock_day(int64_t unix_s);
int64_t clock_day_start(int32_t day);

/* The day `months` later (or earlier when below zero); the month's last day
 * when it has no such day: 31 January + 1 -> 28 or 29 February. */
int32_t clock_add_months(int32_t day, int months);

/* "2026-11-22", exactly ten characters and a day that exists; else
 * ERR_FIELD_VALUE. */
enum err clock_parse_date(const char *s, int32_t *day_out);

/* RFC 3339 with a zone: "2026-11-22T10:15:00+07:00", "...Z", a fraction of a
 * second is cut off; else ERR_FIELD_VALUE (a leap second too). */
enum err clock_parse_rfc3339(const char *s, int64_t *unix_out);

void clock_format_date(int32_t day, char out[CLOCK_DATE_SIZE]);
/* "2026-11-22T10:15:00+07:00" */
void clock_format_rfc3339(int64_t unix_s, char out[CLOCK_RFC3339_SIZE]);
/* "22/11/2026 10:15" */
void clock_format_vn(int64_t unix_s, char out[CLOCK_VN_SIZE]);
/* "22/11/2026" */
void clock_format_vn_date(int32_t day, char out[CLOCK_DATE_SIZE]);

#endif
