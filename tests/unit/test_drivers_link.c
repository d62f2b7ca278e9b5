/* The link over a transport that does what a test says. */
#include "drivers/link.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "drivers/quirks.h"
#include "tests/tools/link_bench.h"
#include "tests/unit/t.h"

static void
test_link__sends_every_byte_once_whatever_is_taken(void)
{
    for (size_t at_once = 1; at_once < 9000; at_once = at_once * 3 + 1) {
        struct bench b = bench_new(0);

        b.s->at_once = at_once;
        CHECK(bench_print(&b) == OK);
        CHECK(b.out.counted == b.job.len && b.out.all);
        CHECK(bench_got_job_once(&b));
        bench_free(&b);
    }
}

static void
a_little_room(struct script *s, int times)
{
    (void)times;
    if (s->room == 0)
        s->room = 700;
}

/* A piece smaller than a picture, and time enough for many questions: none
 * stands inside the picture. */
static void
test_link__asks_only_between_commands(void)
{
    struct bench b = bench_new(0);

    b.pace.piece = 900;
    b.pace.ask_ms = 1;
    b.s->answers_dle = true;
    bench_relink(&b, LINK_ESCPOS);
    b.s->room = 0;
    b.s->idle = a_little_room;
    CHECK(bench_print(&b) == OK);
    CHECK(bench_got_job_once(&b));
    CHECK(bench_count(&b, "\x10\x04", 2) > 1);
    bench_free(&b);
}

static void
test_link__waits_for_no_answer_before_the_first_piece(void)
{
    struct bench b = bench_new(0);

    b.s->answers_dle = b.s->answers_asb = true;
    CHECK(b.s->waited_ms == 0);
    b.s->gone_after = b.s->got_len + b.job.len; /* gone with its last byte */
    CHECK(bench_print(&b) == ERR_PRINTER);
    CHECK(b.s->waited_ms == 0);
    CHECK(b.out.counted > 0);
    bench_free(&b);
}

static void
test_link__is_as_sure_as_the_printer_lets_it(void)
{
    static const struct {
        bool id, order, dle, port;
        enum link_level level;
    } cases[] = {
        {true, true, true, true, LINK_PROCESS_ID},
        {true, false, false, false, LINK_PROCESS_ID},
        {false, true, true, true, LINK_IN_ORDER},
        {false, false, true, false, LINK_ONLINE},
        {false, false, false, true, LINK_ONLINE},
        {false, false, false, false, LINK_ACCEPTED},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        for (int looked = 0; looked < 2; looked++) {
            struct bench b = bench_new(0);
            struct link_health h;

            b.s->answers_id = cases[i].id;
            b.s->answers_order = cases[i].order;
            b.s->answers_dle = cases[i].dle;
            b.s->has_port = cases[i].port;
            if (looked)
                CHECK(link_look(b.l, &h) == OK);
            if (looked)
                CHECK(h.best == cases[i].level);
            for (int n = 0; n < 3; n++) {
                CHECK(bench_print(&b) == OK);
                CHECK(b.out.level == cases[i].level);
                CHECK(b.sent == n + 1 && !b.out.interrupted);
            }
            CHECK(link_health(b.l)->best == cases[i].level);
            bench_free(&b);
        }
}

/* What never came once is not waited for again. */
static void
test_link__learns_what_a_printer_never_answers(void)
{
    struct bench b = bench_new(0);
    struct link_health h;
    long waited;

    CHECK(bench_print(&b) == OK && b.out.level == LINK_ACCEPTED);
    CHECK(b.s->waited_ms >= b.pace.confirm_ms);
    waited = b.s->waited_ms;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_ACCEPTED);
    CHECK(link_look(b.l, &h) == OK);
    CHECK(b.s->waited_ms - waited < b.pace.confirm_ms);
    waited = b.s->waited_ms;
    CHECK(link_look(b.l, &h) == OK);
    CHECK(b.s->waited_ms == waited);
    CHECK(h.state == PRINTER_UNKNOWN && !h.answers);
    bench_free(&b);
}

static void
test_link__a_one_way_printer_gets_the_job_and_nothing_else(void)
{
    for (int i = 0; i < 2; i++) {
        struct bench b = bench_new_over(i ? QUIRK_ONE_WAY : 0, !i);
        struct link_health h;

        CHECK(link_look(b.l, &h) == OK);
        CHECK(bench_print(&b) == OK && b.out.level == LINK_ACCEPTED);
        CHECK(b.s->receive_calls == 0);
        CHECK(b.s->got_len == b.job.len);
        CHECK(memcmp(b.s->got, b.job.bytes, b.job.len) == 0);
        bench_free(&b);
    }
}

static void
test_link__quirks_keep_questions_back(void)
{
    struct bench b = bench_new(QUIRK_NO_PROCESS_ID | QUIRK_NO_GS_R |
                               QUIRK_NO_ASB | QUIRK_NO_DLE_EOT | QUIRK_NO_PORT);
    struct link_health h;

    b.s->has_port = true;
    b.s->port = 0x20;
    CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_UNKNOWN);
    CHECK(bench_print(&b) == OK && b.out.level == LINK_ACCEPTED);
    CHECK(b.s->got_len == b.job.len);
    bench_free(&b);
}

/* Gone after each number of bytes: what is counted is what it has. */
static void
test_link__counts_right_when_the_printer_vanishes(void)
{
    for (size_t k = 1; k < 21000; k = k < 20 ? k + 1 : k * 2 - 7) {
        struct bench b = bench_new(0);
        struct link_health h;
        bool asking = k == 3 || k == 4; /* in GS a, behind the ESC @ */

        b.s->gone_after = b.s->got_len + k;
        CHECK(bench_print(&b) == ERR_PRINTER);
        CHECK(!b.out.all && b.out.level == LINK_NONE);
        CHECK(b.out.counted > 0);
        CHECK(b.out.counted == (asking ? 2 : bench_job_bytes(&b)));
        CHECK(b.states[b.states_len - 1] == PRINTER_GONE);
        CHECK(link_look(b.l, &h) == ERR_PRINTER && h.state == PRINTER_GONE);
        CHECK(bench_print(&b) == ERR_PRINTER && b.out.counted == 0);
        bench_free(&b);
    }
}

static void
test_link__gives_up_a_stall_without_a_cause(void)
{
    struct bench b = bench_new(0);
    int64_t begun = clock_mono_ms();

    b.s->room = 9000;
    CHECK(bench_print(&b) == ERR_PRINTER);
    CHECK(clock_mono_ms() - begun >= b.pace.stall_ms);
    CHECK(b.s->waited_ms < 8 * b.pace.stall_ms);
    CHECK(b.out.counted > 8000 && b.out.counted == bench_job_bytes(&b));
    CHECK(b.out.level == LINK_NONE && b.sent == 0);
    CHECK_STR(err_last()->args[0].value, "stalled");
    CHECK(link_health(b.l)->state != PRINTER_GONE);
    bench_free(&b);
}

static bool
stop_at_once(void *arg)
{
    struct bench *b = arg;

    if (b->stop_from < 0)
        b->stop_from = b->s->waited_ms;
    return true;
}

/* With the default pace, in a stall, with and without a cause: less than half
 * a second was asked to be waited after the first moment at which `stop` could
 * have been asked. */
static void
test_link__stops_in_half_a_second(void)
{
    for (int i = 0; i < 3; i++) {
        struct bench b = bench_new(0);
        struct link_health h;

        link_close(b.l);
        CHECK(link_over(&b.s->printer,
                  &(struct link_config){.language = LINK_ESCPOS}, &b.l) == OK);
        b.s->has_port = i > 0;
        b.s->port = i == 1 ? 0x30 : 0x18;
        b.s->room = i == 1 ? SIZE_MAX : 5000;
        if (i == 1)
            CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_PAPER_OUT);
        b.watch.stop = stop_at_once;
        b.s->waited_ms = 0;
        CHECK(bench_print(&b) == ERR_STOPPING);
        CHECK(b.s->waited_ms < 500);
        CHECK(b.out.counted == bench_job_bytes(&b));
        CHECK((b.out.counted == 0) == (i == 1));
        bench_free(&b);
    }
}

static void
test_link__stop_leaves_a_moment_for_the_confirmation(void)
{
    struct bench b = bench_new(0);

    b.watch.stop = stop_at_once;
    CHECK(bench_print(&b) == ERR_STOPPING);
    CHECK(b.out.all && b.out.level == LINK_NONE && b.sent == 1);
    b.s->answers_id = true;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_PROCESS_ID);
    bench_free(&b);
}

/* Only null: and file: keep jobs. */
static void
test_link__kept_jobs_are_whole_or_nothing(void)
{
    struct bench b = bench_new(0);
    struct link_health h;
    struct link *l;

    CHECK(link_open(&(struct link_config){.where = "null:"}, &l) == OK);
    CHECK(link_look(l, &h) == OK && h.state == PRINTER_READY);
    b.watch.arg = &b;
    CHECK(link_print(l, &b.job, &b.watch, &b.out) == OK);
    CHECK(b.out.all && b.out.level == LINK_ACCEPTED && b.sent == 1);
    b.job.name = "../x";
    CHECK(link_print(l, &b.job, NULL, &b.out) == ERR_INVALID);
    CHECK(b.out.counted == 0 && !b.out.all);
    CHECK(link_preview(l, "", 0) == OK);
    link_close(l);
    CHECK(link_open(&(struct link_config){.where = "x:"}, &l) == ERR_SETTINGS);
    bench_free(&b);
}

static void
test_link__owns_its_transport(void)
{
    struct script *s = script_new();
    struct link *l;

    s->gone_after = 0;
    CHECK(link_over(&s->printer, &(struct link_config){0}, &l) == ERR_PRINTER);
    CHECK(!l && s->closed == 1);
    s->gone_after = SIZE_MAX;
    CHECK(link_over(&s->printer, &(struct link_config){0}, &l) == OK);
    link_close(l);
    link_close(NULL);
    CHECK(s->closed == 2);
    script_free(s);
}

int
main(void)
{
    RUN(test_link__sends_every_byte_once_whatever_is_taken);
    RUN(test_link__asks_only_between_commands);
    RUN(test_link__waits_for_no_answer_before_the_first_piece);
    RUN(test_link__is_as_sure_as_the_printer_lets_it);
    RUN(test_link__learns_what_a_printer_never_answers);
    RUN(test_link__a_one_way_printer_gets_the_job_and_nothing_else);
    RUN(test_link__quirks_keep_questions_back);
    RUN(test_link__counts_right_when_the_printer_vanishes);
    RUN(test_link__gives_up_a_stall_without_a_cause);
    RUN(test_link__stops_in_half_a_second);
    RUN(test_link__stop_leaves_a_moment_for_the_confirmation);
    RUN(test_link__kept_jobs_are_whole_or_nothing);
    RUN(test_link__owns_its_transport);
    return T_END();
}
