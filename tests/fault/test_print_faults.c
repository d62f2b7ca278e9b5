/* What happens at a counter: the paper ends in mid-receipt, the lid is open,
 * the printer hangs, is unplugged, is plugged in later; two printers.  Over
 * USB and over TCP.
 *
 *     test_print_faults usb|tcp */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "tests/fault/print_cable.h"
#include "tests/fault/print_rig.h"
#include "tests/fault/print_slip.h"
#include "tests/unit/t.h"

enum { SALES = 20, A_PART = 6000 };

static enum cable_kind kind = CABLE_USB;

/* A shop with one printer, plugged in and ready. */
struct counter {
    struct print_rig rig;
    struct cable *cable;
};

static void
counter_open(struct counter *c, unsigned lacks)
{
    char printers[200];

    *c = (struct counter){.cable = cable_new(kind,
        &(struct fake_options){.width_dots = RASTER_80MM, .lacks = lacks})};
    cable_plug(c->cable);
    snprintf(printers, sizeof(printers),
        "printers = ({ id = \"receipt\"; at = \"%s\"; paper_mm = 80;\n"
        "roles = \"receipt drawer\"; });\n", cable_at(c->cable));
    rig_open(&c->rig, printers, &rig_quick);
    CHECK(rig_wait_state(&c->rig, "receipt", PRINTER_READY));
}

static void
counter_close(struct counter *c)
{
    rig_close(&c->rig);
    cable_free(c->cable);
}

/* How many pieces of paper are this job, whole. */
static size_t
slips_of(struct counter *c, const struct print_job *job)
{
    struct raster want;
    size_t found = 0;
    struct fake *f;

    rig_draw(&c->rig, job, &want);
    f = cable_lock(c->cable);
    for (size_t i = 0; i <= fake_slips(f); i++)
        found += print_slip_is(fake_slip(f, i), &want);
    cable_unlock(c->cable);
    raster_finish(&want);
    return found;
}

/* The sale's slip is on paper: whole, once, as one attempt; the drawer opened
 * with it. */
static void
check_printed(struct counter *c, int64_t sale)
{
    struct print_job job = rig_receipt(&c->rig, sale);

    CHECK(job.state == PRINT_CONFIRMED && job.copy == 0 && job.attempts == 1);
    CHECK(job.level == LINK_PROCESS_ID);
    CHECK(slips_of(c, &job) == 1);
}

/* Not on paper yet, and nobody has to be asked. */
static bool
waits(struct counter *c, int64_t sale)
{
    enum print_state state = rig_receipt(&c->rig, sale).state;

    return state == PRINT_QUEUED || state == PRINT_SENDING
           || state == PRINT_SENT;
}

/* Something stops the printer, before a receipt or in it; sales go on; it is
 * put right. */
static void
check_stop_and_go(unsigned lacks, const char *stop, const char *go,
    enum printer_state state)
{
    struct counter c;
    int64_t first, second;

    counter_open(&c, lacks);
    cable_command(c.cable, stop);
    first = rig_sell(&c.rig);
    CHECK(rig_wait_state(&c.rig, "receipt", state));
    second = rig_sell(&c.rig);
    CHECK(waits(&c, first) && waits(&c, second));
    cable_command(c.cable, go);
    CHECK(rig_wait_done(&c.rig, "receipt"));
    CHECK(rig_wait_state(&c.rig, "receipt", PRINTER_READY));
    check_printed(&c, first);
    check_printed(&c, second);
    CHECK(cable_slips(c.cable) == 2);
    /* one that takes nothing opens no drawer, neither now nor late */
    CHECK(cable_count(c.cable).pulses == 2
          || (lacks && cable_count(c.cable).pulses < 2));
    CHECK(cable_count(c.cable).letters == 0);
    CHECK(cable_count(c.cable).unknown == 0);
    counter_close(&c);
}

static void
test_print__paper_that_ends_in_mid_receipt_costs_nothing(void)
{
    check_stop_and_go(0, "paper out 100", "paper in", PRINTER_PAPER_OUT);
    check_stop_and_go(FAKE_BUSY_OFFLINE, "paper out 100", "paper in",
        PRINTER_PAPER_OUT);
    check_stop_and_go(0, "paper out", "paper in", PRINTER_PAPER_OUT);
}

static void
test_print__a_lid_that_is_open_is_waited_for(void)
{
    check_stop_and_go(0, "cover open", "cover close", PRINTER_COVER_OPEN);
    check_stop_and_go(FAKE_BUSY_OFFLINE, "cover open", "cover close",
        PRINTER_COVER_OPEN);
}

/* --- while it hangs --- */

static void
test_print__while_it_hangs_every_sale_is_answered(void)
{
    struct counter c;
    int64_t sales[SALES];

    counter_open(&c, 0);
    cable_command(c.cable, "stall");
    for (int i = 0; i < SALES; i++)
        sales[i] = rig_sell(&c.rig); /* returns: durable, answered */
    CHECK(cable_slips(c.cable) == 0 && cable_count(c.cable).cuts == 0);
    for (int i = 1; i < SALES; i++)
        CHECK(rig_receipt(&c.rig, sales[i]).state == PRINT_QUEUED);
    cable_command(c.cable, "go");
    CHECK(rig_wait_done(&c.rig, "receipt"));
    for (int i = 0; i < SALES; i++)
        check_printed(&c, sales[i]);
    CHECK(cable_slips(c.cable) == SALES);
    CHECK(cable_count(c.cable).pulses == SALES);
    counter_close(&c);
}

/* Let it hang with a part of a receipt in it. */
static void
hang_in(struct counter *c)
{
    size_t before = cable_count(c->cable).executed;

    while (cable_count(c->cable).executed < before + A_PART)
        rig_nap(1000);
    cable_command(c->cable, "stall");
}

/* Longer than anybody waits for a printer that tells no cause. */
static void
test_print__one_that_never_goes_on_is_given_up_and_asked_about(void)
{
    struct counter c;
    struct print_job job;
    int64_t first, second;

    counter_open(&c, 0);
    cable_command(c.cable, "rows 300");
    first = rig_sell(&c.rig);
    hang_in(&c);
    job = rig_receipt(&c.rig, first);
    CHECK(rig_wait_job(&c.rig, job.id, PRINT_UNKNOWN));
    second = rig_sell(&c.rig);
    cable_command(c.cable, "rows 0");
    cable_command(c.cable, "go");
    CHECK(rig_wait_done(&c.rig, "receipt"));
    check_printed(&c, second); /* on a piece of paper of its own */
    CHECK(slips_of(&c, &job) == 0);
    CHECK(rig_answer(&c.rig, job.id, false));
    CHECK(rig_wait_done(&c.rig, "receipt"));
    CHECK(slips_of(&c, &job) == 0);
    job = rig_receipt(&c.rig, first);
    CHECK(job.state == PRINT_CONFIRMED && slips_of(&c, &job) == 1);
    CHECK(cable_count(c.cable).pulses == 2);
    counter_close(&c);
}

static void
test_print__the_end_waits_for_no_printer(void)
{
    struct print_job job;
    struct counter c;
    int64_t sale, from;

    counter_open(&c, 0);
    cable_command(c.cable, "stall");
    sale = rig_sell(&c.rig);
    from = clock_mono_ms();
    rig_restart(&c.rig, &rig_quick);
    CHECK(clock_mono_ms() - from < RIG_WAIT_MS);
    cable_command(c.cable, "go");
    CHECK(rig_wait_done(&c.rig, "receipt"));
    job = rig_receipt(&c.rig, sale);
    if (job.state == PRINT_UNKNOWN)
        CHECK(rig_answer(&c.rig, job.id, slips_of(&c, &job) > 0));
    CHECK(rig_wait_done(&c.rig, "receipt"));
    job = rig_receipt(&c.rig, sale);
    CHECK(job.state == PRINT_CONFIRMED && slips_of(&c, &job) == 1);
    CHECK(cable_count(c.cable).pulses <= 1);
    counter_close(&c);
}

/* --- plugged and unplugged while nothing is printed --- */

static void
test_print__an_unplug_is_told_and_a_plug_is_found(void)
{
    struct counter c;
    int64_t sale, from;

    counter_open(&c, 0);
    rig_restart(&c.rig, NULL); /* at the pace of life */
    CHECK(rig_wait_state(&c.rig, "receipt", PRINTER_READY));
    cable_unplug(c.cable);
    from = clock_mono_ms();
    CHECK(rig_wait_state(&c.rig, "receipt", PRINTER_GONE));
    printf("told %d ms after the unplug\n", (int)(clock_mono_ms() - from));
    sale = rig_sell(&c.rig);
    CHECK(rig_receipt(&c.rig, sale).state == PRINT_QUEUED);
    cable_plug(c.cable);
    from = clock_mono_ms();
    CHECK(rig_wait_state(&c.rig, "receipt", PRINTER_READY));
    printf("found %d ms after the plug\n", (int)(clock_mono_ms() - from));
    CHECK(rig_wait_done(&c.rig, "receipt"));
    check_printed(&c, sale);
    counter_close(&c);
}

/* --- two printers --- */

struct pair {
    struct print_rig rig;
    struct cable *cables[2];
};

static void
pair_open(struct pair *p)
{
    char printers[400];

    *p = (struct pair){.rig = {.lines = 1}};
    for (int i = 0; i < 2; i++) {
        p->cables[i] = cable_new(kind, NULL);
        cable_plug(p->cables[i]);
    }
    snprintf(printers, sizeof(printers),
        "printers = (\n"
        "{ id = \"counter\"; at = \"%s\"; roles = \"receipt\"; },\n"
        "{ id = \"kitchen\"; at = \"%s\"; roles = \"copy drawer\"; });\n",
        cable_at(p->cables[0]), cable_at(p->cables[1]));
    rig_open(&p->rig, printers, &rig_quick);
}

static void
pair_close(struct pair *p)
{
    rig_close(&p->rig);
    for (int i = 0; i < 2; i++)
        cable_free(p->cables[i]);
}

/* Slips, and pulses, of one of the two. */
static bool
has(struct pair *p, int i, size_t slips, size_t pulses)
{
    return cable_slips(p->cables[i]) == slips
           && cable_count(p->cables[i]).pulses == pulses;
}

static void
test_print__two_printers_do_each_what_is_theirs(void)
{
    struct pair p;

    pair_open(&p);
    rig_sell(&p.rig);
    CHECK(rig_wait_done(&p.rig, "counter") && rig_wait_done(&p.rig, "kitchen"));
    CHECK(has(&p, 0, 1, 0) && has(&p, 1, 1, 1));
    cable_unplug(p.cables[1]);
    CHECK(rig_wait_state(&p.rig, "kitchen", PRINTER_GONE));
    rig_sell(&p.rig);
    CHECK(rig_wait_done(&p.rig, "counter")); /* the other's lack is not its */
    CHECK(has(&p, 0, 2, 0));
    CHECK(!rig_is_done(&p.rig, "kitchen"));
    cable_plug(p.cables[1]);
    CHECK(rig_wait_done(&p.rig, "kitchen"));
    CHECK(has(&p, 0, 2, 0) && has(&p, 1, 2, 2));
    pair_close(&p);
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "tcp") == 0)
        kind = CABLE_TCP;
    CHECK(crypto_init() == OK);
    RUN(test_print__paper_that_ends_in_mid_receipt_costs_nothing);
    RUN(test_print__a_lid_that_is_open_is_waited_for);
    RUN(test_print__while_it_hangs_every_sale_is_answered);
    RUN(test_print__one_that_never_goes_on_is_given_up_and_asked_about);
    RUN(test_print__the_end_waits_for_no_printer);
    RUN(test_print__an_unplug_is_told_and_a_plug_is_found);
    RUN(test_print__two_printers_do_each_what_is_theirs);
    return T_END();
}
