/* tests/unit/t.h - a test is a true sentence:
 *
 *     static void test_stock__cannot_go_below_zero(void) { CHECK(...); }
 *     int main(void) { RUN(test_stock__cannot_go_below_zero); return T_END(); }
 */
#ifndef TESTS_UNIT_T_H
#define TESTS_UNIT_T_H

#include <stdio.h>

static int t_failed, t_passed, t_bad;

#define CHECK(c)                                                              \
    do {                                                                      \
        if (!(c)) {                                                           \
            t_bad++;                                                          \
            fprintf(stderr, "%s:%d: %s: CHECK(%s)\n", __FILE__, __LINE__,     \
                __func__, #c);                                                \
        }                                                                     \
    } while (0)

#define CHECK_STR(got, want)                                                  \
    do {                                                                      \
        const char *got_ = (got), *want_ = (want);                            \
        if (strcmp(got_, want_) != 0) {                                       \
            t_bad++;                                                          \
            fprintf(stderr, "%s:%d: %s: \"%s\" is not \"%s\"\n", __FILE__,    \
                __LINE__, __func__, got_, want_);                             \
        }                                                                     \
    } while (0)

#define RUN(f)                                                                \
    do {                                                                      \
        t_bad = 0;                                                            \
        f();                                                                  \
        t_bad ? t_failed++ : t_passed++;                                      \
        printf("%s %s\n", t_bad ? "FAIL" : "ok  ", #f);                       \
    } while (0)

/* Prints the count that ./test adds up; the value for main to return. */
#define T_END()                                                               \
    (printf("%d passed, %d failed\n", t_passed, t_failed), t_failed != 0)

#endif
