#include <string.h>

#include "base/clock.h"
#include "base/gs1.h"
#include "tests/unit/t.h"

static int32_t
day(const char *date)
{
    int32_t day_out = 0;

    CHECK(clock_parse_date(date, &day_out) == OK);
    return day_out;
}

/* What a scan says on 22 November 2026. */
static struct gs1
read_scan(const char *scan)
{
    struct gs1 gs1 = {0};

    CHECK(gs1_parse(scan, day("2026-11-22"), &gs1) == OK);
    return gs1;
}

static bool
is_refused(const char *scan)
{
    struct gs1 gs1;

    return gs1_parse(scan, day("2026-11-22"), &gs1) == ERR_CODE_UNREADABLE;
}

static void
check_jar(const struct gs1 *gs1)
{
    CHECK_STR(gs1->gtin14, "09521234543213");
    CHECK_STR(gs1->lot, "ABC123");
    CHECK(gs1->expires == day("2026-12-31"));
    CHECK_STR(gs1->serial, "");
    CHECK_STR(gs1->sscc, "");
    CHECK(gs1->made == GS1_NO_DAY && gs1->count == GS1_NONE);
    CHECK(gs1->weight_milli == GS1_NONE);
}

static void
test_gs1__one_jar_in_every_form_says_the_same(void)
{
    static const char *const forms[] = {"010952123454321310ABC123\03517261231",
        "0109521234543213\035" /* needless, tolerated */
        "1726123110ABC123",
        "01095212345432131726123110ABC123",
        "\03501095212345432131726123110ABC123\035",
        "]C101095212345432131726123110ABC123",
        "]d201095212345432131726123110ABC123",
        "]Q3010952123454321310ABC123\03517261231",
        "(01)09521234543213(10)ABC123(17)261231",
        "https://id.gs1.org/01/09521234543213/10/ABC123?17=261231",
        "https://id.gs1.org/01/9521234543213/10/ABC123?linkType=all&17=261231",
        "HTTPS://ocop.vn/sp/x/01/9521234543213/10/%41BC%3123/?17=261231#top",
        "http://ocop.vn/01/9521234543213?10=ABC123;17=261231",
        "010952123454321317261200" /* day 00: the month's last */
        "10ABC123"};

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct gs1 gs1 = read_scan(forms[i]);

        check_jar(&gs1);
        CHECK(!gs1.guessed);
    }
}

static void
test_gs1__guesses_where_a_reader_dropped_fnc1(void)
{
    struct gs1 gs1 = read_scan("010952123454321310ABC12317261231");

    check_jar(&gs1);
    CHECK(gs1.guessed);
    gs1 = read_scan("010952123454321310L11126010117271231");
    CHECK_STR(gs1.lot, "L1");
    CHECK(gs1.made == day("2026-01-01") && gs1.expires == day("2027-12-31"));
    CHECK(gs1.guessed);
    /* a lot that only looks so: no day of 2087 is near, no month 13 */
    gs1 = read_scan("010952123454321310ABC17871231");
    CHECK_STR(gs1.lot, "ABC17871231");
    gs1 = read_scan("010952123454321310ABC17261331");
    CHECK_STR(gs1.lot, "ABC17261331");
    CHECK(!gs1.guessed);
    /* nothing is guessed where FNC1 is seen to work */
    gs1 = read_scan("010952123454321310ABC17261231\03530007");
    CHECK_STR(gs1.lot, "ABC17261231");
    CHECK(gs1.count == 7 && !gs1.guessed);
}

static void
test_gs1__reads_every_field_a_shop_uses(void)
{
    struct gs1 gs1 =
        read_scan("(02)09521234543213(37)12(00)106141411234567897(11)260101(13)"
                  "260102(15)270228(16)270101(17)280229(21)S(1)/x(3103)001250");

    CHECK_STR(gs1.gtin14, "09521234543213");
    CHECK_STR(gs1.sscc, "106141411234567897");
    CHECK_STR(gs1.serial, "S(1)/x");
    CHECK(gs1.count == 12 && gs1.weight_milli == 1250);
    CHECK(gs1.made == day("2026-01-01") && gs1.packed == day("2026-01-02"));
    CHECK(gs1.best_before == day("2027-02-28"));
    CHECK(gs1.sell_by == day("2027-01-01"));
    CHECK(gs1.expires == day("2028-02-29"));
}

static void
test_gs1__weights_are_kilograms_whatever_their_decimals(void)
{
    CHECK(read_scan("3100000002").weight_milli == 2000);
    CHECK(read_scan("3101000015").weight_milli == 1500);
    CHECK(read_scan("3102000150").weight_milli == 1500);
    CHECK(read_scan("3103999999").weight_milli == 999999);
    CHECK(read_scan("3104015004").weight_milli == 1500);
    CHECK(read_scan("3104015005").weight_milli == 1501);
    CHECK(read_scan("3105000149").weight_milli == 1);
    CHECK(read_scan("3105000150").weight_milli == 2);
    CHECK(read_scan("3200000150").weight_milli == GS1_NONE); /* pounds */
}

static void
test_gs1__years_lie_near_today(void)
{
    CHECK(read_scan("17760101").expires == day("2076-01-01"));
    CHECK(read_scan("11770101").made == day("1977-01-01"));
    CHECK(read_scan("11000229").made == day("2000-02-29"));
    CHECK(read_scan("17280200").expires == day("2028-02-29"));
}

static void
test_gs1__reads_over_what_it_does_not_need(void)
{
    struct gs1 gs1 =
        read_scan("240X-1\0354140952123454329392200100\0358008260101\035"
                  "010952123454321391anything\03510L");

    CHECK_STR(gs1.gtin14, "09521234543213");
    CHECK_STR(gs1.lot, "L");
}

static void
test_gs1__refuses_what_is_wrong(void)
{
    static const char *const bad[] = {"", "\035", "]C1", "(", "()", "(01)",
        "0109521234543214",         /* check digit */
        "(00)106141411234567898",   /* check digit */
        "010952123454321",          /* cut off */
        "01095212345432a3",         /* a letter */
        "010952123454321305123",    /* (05) does not exist */
        "01095212345432133",        /* half an identifier */
        "010952123454321317261301", /* month 13 */
        "010952123454321317270229", /* 29 February */
        "010952123454321317260001", /* month 0 */
        "01095212345432131726123",  /* short */
        "010952123454321310",       /* empty */
        "010952123454321310\03517261231",
        "010952123454321310ABCDEFGHIJKLMNOPQRSTU", /* 21 characters */
        "010952123454321310A B",                   /* no space in a code */
        "010952123454321310ả", /* garbled by an input method */
        "010952123454321330x", "01095212345432131726123117261230",
        "010952123454321310A\03510B", "(1)09521234543213", "(01)0952(17)1",
        "https://ocop.vn/01/9521234543214", "https://ocop.vn/",
        "https://ocop.vn/01/9521234543213/10/%4",
        "https://ocop.vn/01/9521234543213/10/%xx",
        "https://ocop.vn/01/9521234543213/10/%00",
        "https://ocop.vn/01/9521234543213/10/",
        "https://ocop.vn/01/9521234543213?17=2612",
        "https://ocop.vn/01/9521234543213?17"};

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (!is_refused(bad[i]))
            fprintf(stderr, "taken: %s\n", bad[i]);
        CHECK(is_refused(bad[i]));
    }
    /* but brackets are letters too */
    CHECK_STR(read_scan("(01)09521234543213(10)A(99").lot, "A(99");
}

static void
test_gs1__refuses_what_is_too_long(void)
{
    char scan[GS1_MAX + 10];

    memset(scan, 'A', sizeof(scan));
    scan[0] = scan[1] = '9';
    scan[GS1_MAX + 1] = '\0';
    CHECK(is_refused(scan));
    scan[GS1_MAX] = '\0';
    CHECK(is_refused(scan));
    scan[92] = '\0';
    CHECK(!is_refused(scan));
}

static void
test_gs1__gives_nothing_when_it_refuses(void)
{
    struct gs1 gs1 = {.lot = "mine"};

    CHECK(gs1_parse("010952123454321317261301", 0, &gs1) != OK);
    CHECK_STR(gs1.lot, "mine");
}

int
main(void)
{
    RUN(test_gs1__one_jar_in_every_form_says_the_same);
    RUN(test_gs1__guesses_where_a_reader_dropped_fnc1);
    RUN(test_gs1__reads_every_field_a_shop_uses);
    RUN(test_gs1__weights_are_kilograms_whatever_their_decimals);
    RUN(test_gs1__years_lie_near_today);
    RUN(test_gs1__reads_over_what_it_does_not_need);
    RUN(test_gs1__refuses_what_is_wrong);
    RUN(test_gs1__refuses_what_is_too_long);
    RUN(test_gs1__gives_nothing_when_it_refuses);
    return T_END();
}
