#include "drivers/status.h"

#include <string.h>

#include "tests/unit/t.h"

static void
feed(struct status *s, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) /* as slowly as a cable may bring it */
        status_feed(s, bytes + i, 1);
}

#define FEED(s, bytes) feed(s, bytes, sizeof(bytes) - 1)

static void
test_status__is_unknown_before_anything_is_told(void)
{
    struct status s;

    status_init(&s, STATUS_ESCPOS);
    CHECK(status_state(&s) == PRINTER_UNKNOWN);
    FEED(&s, "\x11\x13\x80\xff\xfe");
    CHECK(status_state(&s) == PRINTER_UNKNOWN);
    CHECK(status_answers(&s) == 0);
}

static void
test_status__asb_tells_every_cause(void)
{
    static const struct {
        char bytes[5];
        enum printer_state state;
        unsigned flags;
    } cases[] = {
        {"\x10\x00\x00\x0f", PRINTER_READY, 0},
        {"\x14\x00\x03\x00", PRINTER_READY, STATUS_LOW | STATUS_DRAWER},
        {"\x18\x00\x00\x00", PRINTER_OFFLINE, STATUS_OFFLINE},
        {"\x38\x00\x00\x00", PRINTER_COVER_OPEN, STATUS_OFFLINE | STATUS_COVER},
        {"\x18\x08\x00\x00", PRINTER_CUTTER, STATUS_OFFLINE | STATUS_CUTTER},
        {"\x18\x20\x00\x00", PRINTER_FAILED, STATUS_OFFLINE | STATUS_ERROR},
        {"\x18\x40\x00\x00", PRINTER_OFFLINE, STATUS_OFFLINE},
        {"\x18\x00\x0f\x00", PRINTER_PAPER_OUT,
            STATUS_OFFLINE | STATUS_PAPER | STATUS_LOW},
    };
    struct status s;

    status_init(&s, STATUS_ESCPOS);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        feed(&s, cases[i].bytes, 4);
        CHECK(status_state(&s) == cases[i].state);
        CHECK(s.flags == cases[i].flags);
        CHECK(s.answers[STATUS_ASB] == i + 1);
    }
}

static void
test_status__dle_eot_answers_in_the_order_of_asking(void)
{
    struct status s;

    status_init(&s, STATUS_ESCPOS);
    CHECK(status_asked_dle(&s, 1));
    CHECK(status_asked_dle(&s, 2));
    CHECK(status_asked_dle(&s, 4));
    FEED(&s, "\x1a");
    CHECK(status_state(&s) == PRINTER_OFFLINE);
    FEED(&s, "\x16");
    CHECK(status_state(&s) == PRINTER_COVER_OPEN);
    FEED(&s, "\x7e");
    CHECK(s.flags & STATUS_PAPER);
    CHECK(s.answers[STATUS_DLE] == 3);
    CHECK(status_asked_dle(&s, 1));
    CHECK(status_asked_dle(&s, 4));
    FEED(&s, "\x12\x12"); /* on line: the cover is shut as well */
    CHECK(status_state(&s) == PRINTER_READY);
}

static void
test_status__a_cutter_error_is_told_by_the_third_question(void)
{
    struct status s;

    status_init(&s, STATUS_ESCPOS);
    status_asked_dle(&s, 1);
    status_asked_dle(&s, 2);
    status_asked_dle(&s, 3);
    FEED(&s, "\x1a\x52\x1a");
    CHECK(status_state(&s) == PRINTER_CUTTER);
    status_asked_dle(&s, 3);
    FEED(&s, "\x36");
    CHECK(status_state(&s) == PRINTER_FAILED);
    status_asked_dle(&s, 2); /* no error any more, still off line */
    FEED(&s, "\x12");
    CHECK(status_state(&s) == PRINTER_OFFLINE);
}

static void
test_status__nobody_asked_means_nothing(void)
{
    struct status s;

    status_init(&s, STATUS_ESCPOS);
    FEED(&s, "\x1a\x0c\x0f");
    CHECK(status_answers(&s) == 0);
    CHECK(status_state(&s) == PRINTER_UNKNOWN);
    for (int i = 0; i < STATUS_ASKED_MAX; i++)
        CHECK(status_asked_dle(&s, 1));
    CHECK(!status_asked_dle(&s, 1));
    status_forget(&s);
    FEED(&s, "\x1a");
    CHECK(status_answers(&s) == 0);
}

static void
test_status__every_gs_r_is_counted(void)
{
    struct status s;

    status_init(&s, STATUS_ESCPOS);
    status_asked_order(&s);
    status_asked_order(&s);
    FEED(&s, "\x03");
    CHECK(s.orders_open == 1 && (s.flags & STATUS_LOW));
    FEED(&s, "\x0c");
    CHECK(s.orders_open == 0);
    CHECK(status_state(&s) == PRINTER_PAPER_OUT);
    FEED(&s, "\x10\x00\x00\x00"); /* knows better from here on */
    status_asked_order(&s);
    FEED(&s, "\x0c");
    CHECK(status_state(&s) == PRINTER_READY);
    CHECK(s.answers[STATUS_ORDER] == 3);
}

static void
test_status__a_process_id_is_seven_bytes(void)
{
    struct status s;

    status_init(&s, STATUS_ESCPOS);
    status_asked_order(&s);
    FEED(&s, "\x37\x22"
             "2zA0");
    CHECK(s.answers[STATUS_PROCESS_ID] == 0);
    feed(&s, "", 1);
    CHECK(s.answers[STATUS_PROCESS_ID] == 1);
    CHECK(memcmp(s.process_id, "2zA0", 4) == 0);
    CHECK(s.orders_open == 1);
    FEED(&s, "\x37\x22"
             "12\x00"); /* too short */
    FEED(&s, "\x5f"
             "EPSON TM-T88V"
             "\x00"); /* GS I: another block */
    CHECK(s.answers[STATUS_PROCESS_ID] == 1);
    CHECK(s.orders_open == 1);
    FEED(&s, "\x00");
    CHECK(s.orders_open == 0);
}

static void
test_status__kinds_come_mixed(void)
{
    struct status s;

    status_init(&s, STATUS_ESCPOS);
    status_asked_dle(&s, 1);
    status_asked_order(&s);
    FEED(&s, "\x10\x00\x13\x00\x0f\x12"
             "\x37\x22"
             "0001\x00"
             "\x00"
             "\x18\x00\x0c\x0f");
    CHECK(s.answers[STATUS_ASB] == 2);
    CHECK(s.answers[STATUS_DLE] == 1);
    CHECK(s.answers[STATUS_PROCESS_ID] == 1);
    CHECK(s.answers[STATUS_ORDER] == 1);
    CHECK(status_state(&s) == PRINTER_PAPER_OUT);
}

static void
test_status__half_an_answer_is_dropped(void)
{
    struct status s;

    status_init(&s, STATUS_ESCPOS);
    FEED(&s, "\x10\x00"); /* and the rest is lost */
    FEED(&s, "\x18\x00\x00\x00");
    CHECK(s.answers[STATUS_ASB] == 1);
    CHECK(status_state(&s) == PRINTER_OFFLINE);
    FEED(&s, "\x10\x00");
    status_quiet(&s);
    status_asked_order(&s);
    FEED(&s, "\x00");
    CHECK(s.orders_open == 0);
    for (int i = 0; i < 1000; i++)
        FEED(&s, "\x37\x22\x7f");
    FEED(&s, "\x00\x10\x00\x00\x00");
    CHECK(status_state(&s) == PRINTER_READY);
}

static void
test_status__tspl_answers_one_byte(void)
{
    struct status s;

    status_init(&s, STATUS_TSPL);
    FEED(&s, "\x04");
    CHECK(status_state(&s) == PRINTER_UNKNOWN);
    status_asked_dle(&s, 0);
    FEED(&s, "\x04\x01");
    CHECK(status_state(&s) == PRINTER_PAPER_OUT);
    status_asked_dle(&s, 0);
    FEED(&s, "\x05");
    CHECK(status_state(&s) == PRINTER_COVER_OPEN);
    status_asked_dle(&s, 0);
    FEED(&s, "\x02");
    CHECK(status_state(&s) == PRINTER_FAILED);
    status_asked_dle(&s, 0);
    FEED(&s, "\x10");
    CHECK(status_state(&s) == PRINTER_OFFLINE);
    status_asked_dle(&s, 0);
    FEED(&s, "\x20");
    CHECK(status_state(&s) == PRINTER_READY && (s.flags & STATUS_BUSY));
    status_asked_dle(&s, 0);
    feed(&s, "", 1);
    CHECK(status_state(&s) == PRINTER_READY && s.flags == 0);
    CHECK(s.answers[STATUS_LABEL] == 6);
}

#define ZPL_3                                                                  \
    "\x02"                                                                     \
    "1234,0\x03\r\n"

static void
test_status__zpl_answers_three_strings(void)
{
    static const char well[] = "\x02"
                               "030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n"
                               "\x02"
                               "000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n" ZPL_3;
    static const char out[] = "\x02"
                              "030,1,1,1245,000,0,0,0,000,0,0,0\x03\r\n"
                              "\x02"
                              "000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n" ZPL_3;
    static const char open[] = "\x02"
                               "030,0,1,1245,000,0,0,0,000,0,0,0\x03\r\n"
                               "\x02"
                               "000,0,1,0,0,2,4,0,00000000,1,000\x03\r\n" ZPL_3;
    static const char busy[] = "\x02"
                               "030,0,0,1245,002,0,0,0,000,0,0,0\x03\r\n"
                               "\x02"
                               "000,0,0,0,0,2,4,0,00000003,1,000\x03\r\n" ZPL_3;
    struct status s;

    status_init(&s, STATUS_ZPL);
    FEED(&s, "\x02"
             "030,1\x03\r\n\x02 no numbers, here\x03\x03\r\n");
    CHECK(status_state(&s) == PRINTER_UNKNOWN);
    FEED(&s, well);
    CHECK(status_state(&s) == PRINTER_READY);
    FEED(&s, out);
    CHECK(status_state(&s) == PRINTER_PAPER_OUT);
    FEED(&s, open);
    CHECK(status_state(&s) == PRINTER_COVER_OPEN);
    FEED(&s, busy);
    CHECK(status_state(&s) == PRINTER_READY && s.flags == STATUS_BUSY);
    FEED(&s, well);
    CHECK(s.flags == 0 && s.answers[STATUS_LABEL] == 5);
}

int
main(void)
{
    RUN(test_status__is_unknown_before_anything_is_told);
    RUN(test_status__asb_tells_every_cause);
    RUN(test_status__dle_eot_answers_in_the_order_of_asking);
    RUN(test_status__a_cutter_error_is_told_by_the_third_question);
    RUN(test_status__nobody_asked_means_nothing);
    RUN(test_status__every_gs_r_is_counted);
    RUN(test_status__a_process_id_is_seven_bytes);
    RUN(test_status__kinds_come_mixed);
    RUN(test_status__half_an_answer_is_dropped);
    RUN(test_status__tspl_answers_one_byte);
    RUN(test_status__zpl_answers_three_strings);
    return T_END();
}
