/* The link while the printer says why it does not print, and what it does
 * before the next job. */
#include <string.h>

#include "drivers/link.h"
#include "drivers/quirks.h"
#include "tests/tools/link_bench.h"
#include "tests/unit/t.h"

enum { AFTER = 40 }; /* idle calls until somebody helps the printer */

static void
asb(struct script *s, uint8_t first, uint8_t second, uint8_t third)
{
    s->asb[0] = (uint8_t)(0x10 | first);
    s->asb[1] = second;
    s->asb[2] = third;
    script_say_asb(s);
}

/* What happens to it in its first idle moment, and what ends it. */
static void
cause_and_cure(struct script *s, int times)
{
    const uint8_t *cause = s->arg;

    if (times == 1)
        asb(s, cause[0], cause[1], cause[2]);
    if (times == AFTER) {
        s->room = SIZE_MAX;
        asb(s, 0, 0, 0);
    }
}

static bool
was_told(const struct bench *b, enum printer_state state)
{
    for (size_t i = 0; i < b->states_len; i++)
        if (b->states[i] == state)
            return true;
    return false;
}

static void
test_wait__a_cause_told_unasked_is_waited_for(void)
{
    static struct {
        uint8_t asb[3];
        enum printer_state state;
    } cases[] = {
        {{0x08, 0, 0x0c}, PRINTER_PAPER_OUT},
        {{0x28, 0, 0}, PRINTER_COVER_OPEN},
        {{0x08, 0x08, 0}, PRINTER_CUTTER},
        {{0x08, 0x20, 0}, PRINTER_FAILED},
        {{0x08, 0, 0}, PRINTER_OFFLINE},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bench b = bench_new(0);
        struct link_health h;

        b.s->answers_asb = b.s->answers_id = true;
        b.pace.stall_ms = AFTER / 2; /* a cause outlasts it */
        bench_relink(&b, LINK_ESCPOS);
        CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_READY);
        b.states_len = 0;
        b.s->idle = cause_and_cure;
        b.s->idle_times = 0;
        b.s->arg = cases[i].asb;
        b.s->room = 10000;
        CHECK(bench_print(&b) == OK);
        CHECK(b.out.all && b.out.level == LINK_PROCESS_ID);
        CHECK(b.out.interrupted && bench_got_job_once(&b));
        CHECK(was_told(&b, cases[i].state));
        CHECK(b.states[b.states_len - 1] == PRINTER_READY);
        bench_free(&b);
    }
}

static void
refill_by_port(struct script *s, int times)
{
    if (times == 1)
        s->port = PRINTER_PORT_PAPER_EMPTY | PRINTER_PORT_SELECTED;
    if (times == AFTER) {
        s->room = SIZE_MAX;
        s->port = PRINTER_PORT_NO_ERROR | PRINTER_PORT_SELECTED;
    }
}

/* It has no other voice, and was interrupted: who knows what is on paper? */
static void
test_wait__the_port_tells_of_paper_but_cannot_confirm_then(void)
{
    struct bench b = bench_new(0);
    struct link_health h;

    b.s->has_port = true;
    CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_READY);
    b.s->idle = refill_by_port;
    b.s->idle_times = 0;
    b.s->room = 10000;
    CHECK(bench_print(&b) == ERR_PRINTER);
    CHECK(b.out.all && b.out.interrupted && b.out.level == LINK_NONE);
    CHECK_STR(err_last()->args[0].value, "unconfirmed");
    CHECK(was_told(&b, PRINTER_PAPER_OUT));
    CHECK(b.states[b.states_len - 1] == PRINTER_READY);
    b.s->idle = NULL;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_ONLINE);
    bench_free(&b);
}

static void
test_wait__a_port_that_talks_nonsense_is_not_believed(void)
{
    static const uint8_t nonsense[] = {0xff, 0x00, 0xe7, 0x08};

    for (size_t i = 0; i < sizeof(nonsense); i++) {
        struct bench b = bench_new(0);
        struct link_health h;

        b.s->has_port = true;
        b.s->port = nonsense[i];
        CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_UNKNOWN);
        CHECK(bench_print(&b) == OK && b.out.level == LINK_ACCEPTED);
        bench_free(&b);
    }
}

static void
test_wait__paper_empty_at_the_port_means_less_than_a_printers_own_word(void)
{
    struct bench b = bench_new(0);
    struct link_health h;

    b.s->has_port = b.s->answers_dle = true;
    b.s->port = PRINTER_PORT_PAPER_EMPTY; /* and never well */
    CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_READY);
    CHECK(bench_print(&b) == OK && b.out.level == LINK_ONLINE);
    bench_free(&b);
}

static void
cover_by_dle(struct script *s, int times)
{
    if (times == AFTER)
        s->dle[1] = s->dle[2] = 0x12;
}

/* What is told before the first byte is waited for before the first byte. */
static void
test_wait__nothing_is_sent_to_an_open_printer(void)
{
    struct bench b = bench_new(0);
    struct link_health h;
    size_t before;

    b.s->answers_dle = true;
    b.s->dle[1] = 0x1a;
    b.s->dle[2] = 0x16;
    CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_COVER_OPEN);
    b.s->gone_after = b.s->got_len + 600; /* only questions */
    before = b.s->got_len;
    CHECK(bench_print(&b) == ERR_PRINTER && b.out.counted == 0);
    CHECK(b.s->got_len > before);
    b.s->gone_after = SIZE_MAX;
    bench_free(&b);

    b = bench_new(0);
    b.s->answers_dle = true;
    b.s->dle[1] = 0x1a;
    b.s->dle[2] = 0x16;
    CHECK(link_look(b.l, &h) == OK);
    b.s->idle = cover_by_dle;
    b.s->idle_times = 0;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_ONLINE);
    CHECK(!b.out.interrupted);
    bench_free(&b);
}

static void
paper_by_order(struct script *s, int times)
{
    if (times == AFTER)
        s->order = 0;
}

static void
test_wait__gs_r_without_paper_confirms_nothing(void)
{
    struct bench b = bench_new(QUIRK_NO_PROCESS_ID);

    b.s->answers_order = true;
    b.s->order = 0x0c;
    b.s->idle = paper_by_order;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_IN_ORDER);
    CHECK(b.out.interrupted && bench_count(&b, "\x1dr\x01", 3) > 1);
    CHECK(was_told(&b, PRINTER_PAPER_OUT));
    bench_free(&b);
}

static bool
stop_when_told(void *arg)
{
    struct bench *b = arg;

    return was_told(b, PRINTER_PAPER_OUT);
}

/* GS r alone told of it, and is asked only behind a job. */
static void
test_wait__what_nobody_can_take_back_blocks_no_later_job(void)
{
    struct bench b = bench_new(QUIRK_NO_PROCESS_ID);

    b.s->answers_order = true;
    b.s->order = 0x0c;
    b.watch.stop = stop_when_told;
    CHECK(bench_print(&b) == ERR_STOPPING && b.out.all);
    b.s->order = 0;
    b.states_len = 0;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_IN_ORDER);
    bench_free(&b);
}

static void
late_id(struct script *s, int times)
{
    if (times == 2)
        script_say(s,
            "\x37\x22"
            "000;\x00",
            7); /* job 11: the one before */
    if (times == 4)
        script_say(s,
            "\x37\x22"
            "000<\x00",
            7); /* job 12 */
}

static void
test_wait__only_its_own_number_confirms_a_job(void)
{
    struct bench b = bench_new(QUIRK_NO_GS_R);

    b.s->idle = late_id;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_PROCESS_ID);
    CHECK(b.s->idle_times >= 4);
    bench_free(&b);
}

/* It always answered, and does not now; it does not even say that it is well.
 */
static void
test_wait__silence_of_a_printer_that_answered_is_no_yes(void)
{
    struct bench b = bench_new(0);

    b.s->answers_id = b.s->answers_dle = true;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_PROCESS_ID);
    b.s->answers_id = false;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_ONLINE);
    b.s->answers_dle = false;
    CHECK(bench_print(&b) == ERR_PRINTER);
    CHECK(b.out.all && b.out.level == LINK_NONE);
    bench_free(&b);
}

static void
open_room(struct script *s, int times)
{
    if (times > 2)
        s->room = s->room == 0 ? 1 : s->room; /* a byte now and then */
}

/* A question that was taken in part is ended before anything else is sent. */
static void
test_wait__commands_are_never_torn(void)
{
    struct bench b = bench_new(0);
    struct link_health h;
    size_t before = b.s->got_len;

    b.s->answers_dle = b.s->answers_id = true;
    b.s->room = 1; /* of 10 04 01 */
    CHECK(link_look(b.l, &h) == OK);
    CHECK(b.s->got_len == before + 1);
    b.s->idle = open_room;
    b.s->idle_times = 0;
    b.job.len = 2 + 80; /* so slow a printer */
    memcpy((uint8_t *)b.bytes.data + 2, "\x1dv0\x00\x48\x00\x01\x00", 8);
    CHECK(bench_print(&b) == OK && b.out.counted == b.job.len);
    CHECK(bench_got_job_once(&b));
    bench_free(&b);
}

int
main(void)
{
    RUN(test_wait__a_cause_told_unasked_is_waited_for);
    RUN(test_wait__the_port_tells_of_paper_but_cannot_confirm_then);
    RUN(test_wait__a_port_that_talks_nonsense_is_not_believed);
    RUN(test_wait__paper_empty_at_the_port_means_less_than_a_printers_own_word);
    RUN(test_wait__nothing_is_sent_to_an_open_printer);
    RUN(test_wait__gs_r_without_paper_confirms_nothing);
    RUN(test_wait__what_nobody_can_take_back_blocks_no_later_job);
    RUN(test_wait__only_its_own_number_confirms_a_job);
    RUN(test_wait__silence_of_a_printer_that_answered_is_no_yes);
    RUN(test_wait__commands_are_never_torn);
    return T_END();
}
