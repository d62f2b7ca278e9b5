/* Before a job: what an interrupted one left; and label printers. */
#include <string.h>

#include "drivers/link.h"
#include "drivers/quirks.h"
#include "tests/tools/link_bench.h"
#include "tests/unit/t.h"

static const char cut[] = "\x1dV\x42\x00";

static const uint8_t *
got_from(const struct bench *b, size_t at)
{
    return b->s->got + at;
}

static size_t
nuls_from(const struct bench *b, size_t at)
{
    size_t n = 0;

    while (at + n < b->s->got_len && b->s->got[at + n] == 0)
        n++;
    return n;
}

static void
test_flush__ends_any_picture_then_resets_and_cuts(void)
{
    struct bench b = bench_new(0);
    size_t at = b.s->got_len, nuls;

    b.job.flush = true;
    CHECK(bench_print(&b) == OK);
    CHECK(b.s->resets == 1);
    nuls = nuls_from(&b, at);
    CHECK(nuls == LINK_BAND_MAX);
    at += nuls;
    CHECK(memcmp(got_from(&b, at), "\x1b@\x1d\x61\x0f", 5) == 0);
    CHECK(memcmp(got_from(&b, at + 5), cut, 4) == 0);
    CHECK(memcmp(got_from(&b, at + 9), "\x1b@", 2) == 0); /* the job's */
    CHECK(b.out.counted == b.job.len); /* none of the flush is counted */
    bench_free(&b);
}

static void
test_flush__follows_a_job_that_ended_in_its_middle(void)
{
    struct bench b = bench_new(QUIRK_NO_CUTTER);
    size_t at;

    b.s->room = 9000;
    CHECK(bench_print(&b) == ERR_PRINTER && b.out.counted > 0);
    b.s->room = 3000; /* in the middle of the flush */
    CHECK(bench_print(&b) == ERR_PRINTER && b.out.counted == 0);
    b.s->room = SIZE_MAX;
    at = b.s->got_len;
    CHECK(bench_print(&b) == OK && b.out.all);
    CHECK(nuls_from(&b, at) == LINK_BAND_MAX);
    CHECK(bench_count(&b, "\x1b\x64\x06", 3) == 1); /* ESC d: no knife */
    at = b.s->got_len;
    CHECK(bench_print(&b) == OK && nuls_from(&b, at) == 0);
    bench_free(&b);
}

/* All was taken and nothing confirmed: who knows where it stands? */
static void
test_flush__follows_a_job_nobody_confirmed(void)
{
    struct bench b = bench_new(0);

    b.s->answers_id = b.s->answers_dle = true;
    CHECK(bench_print(&b) == OK && b.s->resets == 0);
    b.s->answers_id = b.s->answers_dle = false;
    CHECK(bench_print(&b) == ERR_PRINTER && b.out.all && b.s->resets == 0);
    b.s->answers_id = true;
    CHECK(bench_print(&b) == OK && b.s->resets == 1);
    CHECK(bench_print(&b) == OK && b.s->resets == 1);
    bench_free(&b);
}

static void
test_flush__nothing_sent_needs_none(void)
{
    struct bench b = bench_new(0);

    b.s->room = 0;
    CHECK(bench_print(&b) == ERR_PRINTER && b.out.counted == 0);
    b.s->room = SIZE_MAX;
    CHECK(bench_print(&b) == OK && b.s->resets == 0);
    CHECK(bench_got_job_once(&b));
    bench_free(&b);
}

/* The drawer does not wait for paper, and the slip after it is cut off all the
 * same. */
static void
test_flush__of_a_pulse_moves_no_paper(void)
{
    static const char pulse[] = "\x1bp\x00\x19\xfa";
    struct bench b = bench_new(0);
    struct link_job receipt = b.job;
    size_t at;

    b.job = (struct link_job){
        .bytes = pulse, .len = sizeof(pulse) - 1, .flush = true, .pulse = true};
    CHECK(bench_print(&b) == OK && b.s->resets == 1);
    CHECK(bench_count(&b, pulse, 5) == 1);
    CHECK(bench_count(&b, cut, 4) == 0);
    at = b.s->got_len;
    b.job = receipt;
    CHECK(bench_print(&b) == OK && b.s->resets == 1);
    CHECK(memcmp(got_from(&b, at), cut, 4) == 0);
    CHECK(memcmp(got_from(&b, at + 4), "\x1b@", 2) == 0); /* the job's */
    bench_free(&b);
}

static void
test_flush__silence_before_it_proves_nothing(void)
{
    struct bench b = bench_new(0);
    struct link_health h;

    CHECK(link_look(b.l, &h) == OK && h.best == LINK_ACCEPTED);
    b.s->answers_id = b.s->answers_dle = true; /* it hung in a picture */
    b.job.flush = true;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_PROCESS_ID);
    bench_free(&b);
}

static struct bench
label_printer(enum link_language language, const char *label, size_t len)
{
    struct bench b = bench_new(0);

    b.s->got_len = b.s->parsed = 0;
    b.s->answers_label = true;
    memcpy(b.s->label, label, len);
    b.s->label_len = len;
    b.job.bytes = "^XA^FO0,0^GFA,2,2,1,FFFF^FS^XZ\r\n";
    b.job.len = strlen(b.job.bytes);
    bench_relink(&b, language);
    return b;
}

static void
tspl_at_work(struct script *s, int times)
{
    static const uint8_t says[] = {0x20, 0x20, 0x04, 0x04, 0x20, 0x00};

    s->label[0] = (char)says[times / 8 < 6 ? times / 8 : 5];
}

static void
test_label__tspl_is_asked_and_waited_for(void)
{
    struct bench b = label_printer(LINK_TSPL, "\x00", 1);
    struct link_health h;

    CHECK(b.s->got_len == 0); /* nothing of ESC/POS */
    CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_READY);
    CHECK(h.best == LINK_ONLINE);
    CHECK(bench_print(&b) == OK && b.out.level == LINK_ONLINE);
    b.s->idle = tspl_at_work;
    b.s->label[0] = 0x20;
    b.s->idle_times = 0;
    CHECK(bench_print(&b) == ERR_PRINTER); /* no paper within: ask a person */
    CHECK(b.out.all && b.out.interrupted && b.s->label[0] == 0);
    b.s->idle = NULL;
    b.s->label[0] = 0x01;
    CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_COVER_OPEN);
    CHECK(bench_count(&b, "\x1d", 1) == 0);
    bench_free(&b);
}

#define ZPL(paper, open)                                                       \
    "\x02"                                                                     \
    "030," paper ",0,1245,000,0,0,0,000,0,0,0\x03\r\n"                         \
    "\x02"                                                                     \
    "000,0," open ",0,0,2,4,0,00000000,1,000\x03\r\n"                          \
    "\x02"                                                                     \
    "1234,0\x03\r\n"

static void
test_label__zpl_is_asked_and_flushed(void)
{
    static const char well[] = ZPL("0", "0"), open[] = ZPL("0", "1");
    struct bench b = label_printer(LINK_ZPL, well, sizeof(well) - 1);
    struct link_health h;

    CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_READY);
    b.job.flush = true;
    CHECK(bench_print(&b) == OK && b.out.level == LINK_ONLINE);
    CHECK(bench_count(&b, "^XZ~JA", 6) == 1 && bench_count(&b, "", 1) == 0);
    memcpy(b.s->label, open, sizeof(open) - 1);
    CHECK(link_look(b.l, &h) == OK && h.state == PRINTER_COVER_OPEN);
    bench_free(&b);
}

int
main(void)
{
    RUN(test_flush__ends_any_picture_then_resets_and_cuts);
    RUN(test_flush__follows_a_job_that_ended_in_its_middle);
    RUN(test_flush__follows_a_job_nobody_confirmed);
    RUN(test_flush__nothing_sent_needs_none);
    RUN(test_flush__of_a_pulse_moves_no_paper);
    RUN(test_flush__silence_before_it_proves_nothing);
    RUN(test_label__tspl_is_asked_and_waited_for);
    RUN(test_label__zpl_is_asked_and_flushed);
    return T_END();
}
