/* kill -9 of the daemon while a receipt is queued, sending, sent, unknown,
 * confirmed; and at any time.  What was acknowledged is there; the customer has
 * one whole slip and no second that looks like the original; the drawer opened
 * once at most.
 *
 *     umockdev-wrapper test_kill_print DAEMON [KILLS] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/crypto.h"
#include "pos/data.h"
#include "pos/open.h"
#include "tests/fault/crash_books.h"
#include "tests/fault/print_daemon.h"
#include "tests/tools/fake_usb.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

/* A slip takes some 150 ms. */
enum { A_LIFE_US = 400000, ASKS_MAX = 64, MANY = 50 };
#define PACE "rows 6000"

static const struct fake_options options = {.width_dots = RASTER_58MM};
static const char *program;
static int kills = 12;

static void
die_and_live(struct print_daemon *d)
{
    print_daemon_kill(d);
    print_daemon_start(d);
}

/* The customer has one whole slip of it, and nobody was deceived. */
static void
check_one_slip(struct print_daemon *d, int64_t sale)
{
    struct print_job job = print_daemon_receipt(d, sale);
    struct print_job original = job;
    size_t slips;

    original.copy = 0;
    original.why_again = PRINT_FIRST;
    slips = print_daemon_slips(d, &original);
    CHECK(job.state == PRINT_CONFIRMED);
    CHECK(slips + (job.copy ? print_daemon_slips(d, &job) : 0) == 1);
    CHECK(job.copy == 0 || slips == 0);
    CHECK(job.copy == 0 || job.why_again == PRINT_AFTER_UNKNOWN);
}

static void
test_kill__a_queued_receipt_is_printed_by_the_next_life(void)
{
    struct print_daemon d;
    int64_t sale;

    print_daemon_open(&d, program, cable_new(CABLE_TCP, &options));
    cable_unplug(d.cable);
    print_daemon_start(&d);
    sale = print_daemon_sell(&d);
    CHECK(print_daemon_receipt(&d, sale).state == PRINT_QUEUED);
    die_and_live(&d);
    CHECK(print_daemon_receipt(&d, sale).state == PRINT_QUEUED);
    cable_plug(d.cable);
    CHECK(print_daemon_wait_done(&d));
    CHECK(print_daemon_receipt(&d, sale).copy == 0);
    check_one_slip(&d, sale);
    CHECK(cable_count(d.cable).pulses <= 1);
    print_daemon_close(&d);
}

/* The paper ends in mid-receipt, and then the daemon dies. */
static void
test_kill__a_receipt_that_was_being_sent_is_asked_about(void)
{
    struct print_daemon d;
    int64_t sale, next;

    print_daemon_open(&d, program, cable_new(CABLE_TCP, &options));
    print_daemon_start(&d);
    cable_command(d.cable, "paper out 100");
    d.lines = MANY; /* more than what lies between us and the printer */
    sale = print_daemon_sell(&d);
    d.lines = 1;
    CHECK(print_daemon_wait(&d, sale, PRINT_SENDING));
    die_and_live(&d);
    CHECK(print_daemon_receipt(&d, sale).state == PRINT_UNKNOWN);
    cable_command(d.cable, "paper in");
    next = print_daemon_sell(&d);
    CHECK(print_daemon_wait_done(&d));
    CHECK(print_daemon_receipt(&d, sale).state == PRINT_UNKNOWN);
    check_one_slip(&d, next); /* on a piece of its own */
    CHECK(print_daemon_answer(&d, print_daemon_receipt(&d, sale).id, false));
    CHECK(print_daemon_wait_done(&d));
    CHECK(print_daemon_receipt(&d, sale).copy == 1);
    check_one_slip(&d, sale);
    CHECK(cable_count(d.cable).pulses == 2);
    print_daemon_close(&d);
}

/* All of it is out; only the answer is not. */
static void
test_kill__a_receipt_that_was_sent_is_asked_about(void)
{
    struct print_daemon d;
    int64_t sale;

    print_daemon_open(&d, program, cable_new(CABLE_TCP, &options));
    print_daemon_start(&d);
    cable_command(d.cable, "hold answers");
    sale = print_daemon_sell(&d);
    CHECK(print_daemon_wait(&d, sale, PRINT_SENT));
    die_and_live(&d);
    CHECK(print_daemon_receipt(&d, sale).state == PRINT_UNKNOWN);
    cable_command(d.cable, "free answers");
    CHECK(print_daemon_answer(&d, print_daemon_receipt(&d, sale).id, true));
    CHECK(!print_daemon_answer(&d, print_daemon_receipt(&d, sale).id, true));
    CHECK(print_daemon_wait_done(&d));
    CHECK(print_daemon_receipt(&d, sale).copy == 0);
    check_one_slip(&d, sale);
    CHECK(cable_count(d.cable).pulses == 1);
    print_daemon_close(&d);
}

static void
test_kill__an_unknown_receipt_stays_so_until_somebody_answers(void)
{
    struct print_daemon d;
    struct print_job job;
    int64_t sale;

    print_daemon_open(&d, program, cable_new(CABLE_TCP, &options));
    print_daemon_start(&d);
    cable_command(d.cable, "hold answers");
    sale = print_daemon_sell(&d);
    CHECK(print_daemon_wait(&d, sale, PRINT_SENT));
    die_and_live(&d);
    die_and_live(&d);
    job = print_daemon_receipt(&d, sale);
    CHECK(job.state == PRINT_UNKNOWN && job.attempts == 1);
    CHECK(print_job_asks(&job));
    cable_command(d.cable, "free answers");
    CHECK(print_daemon_answer(&d, job.id, true));
    die_and_live(&d);
    check_one_slip(&d, sale);
    print_daemon_close(&d);
}

static void
test_kill__a_confirmed_receipt_is_done_with(void)
{
    struct print_daemon d;
    int64_t sale, next;

    print_daemon_open(&d, program, cable_new(CABLE_TCP, &options));
    print_daemon_start(&d);
    sale = print_daemon_sell(&d);
    CHECK(print_daemon_wait(&d, sale, PRINT_CONFIRMED));
    die_and_live(&d);
    next = print_daemon_sell(&d);
    CHECK(print_daemon_wait(&d, next, PRINT_CONFIRMED));
    CHECK(cable_slips(d.cable) == 2 && cable_count(d.cable).pulses == 2);
    check_one_slip(&d, sale);
    check_one_slip(&d, next);
    print_daemon_close(&d);
}

static void
test_kill__a_pulse_that_was_being_sent_is_never_sent_again(void)
{
    struct print_daemon d;
    int64_t sale;

    print_daemon_open(&d, program, cable_new(CABLE_TCP, &options));
    print_daemon_start(&d);
    cable_command(d.cable, "stall");
    sale = print_daemon_sell(&d);
    while (print_daemon_drawer(&d, sale).state == PRINT_QUEUED)
        ;
    die_and_live(&d);
    CHECK(print_daemon_drawer(&d, sale).state != PRINT_QUEUED);
    cable_command(d.cable, "go");
    CHECK(print_daemon_wait_done(&d));
    CHECK(print_daemon_drawer(&d, sale).attempts <= 1);
    CHECK(cable_count(d.cable).pulses <= 1);
    print_daemon_close(&d);
}

/* --- over USB --- */

/* The kernel's own driver sits on it when the first daemon comes. */
static void
test_kill__the_next_life_claims_the_printer_and_gives_it_back(void)
{
    const struct fake_usb_make make = {
        .vendor = 0x0416, .product = 0x5011, .build = FAKE_USB_USBLP};
    struct cable *cable = cable_new_usb(&make, &options);
    struct fake_usb *usb = cable_usb(cable);
    struct print_daemon d;
    int64_t sale;

    print_daemon_open(&d, program, cable);
    print_daemon_start(&d);
    cable_command(cable, "paper out 100");
    sale = print_daemon_sell(&d);
    CHECK(print_daemon_wait(&d, sale, PRINT_SENDING));
    CHECK(fake_usb_is_claimed(usb) && !fake_usb_has_usblp(usb));
    die_and_live(&d);
    CHECK(print_daemon_receipt(&d, sale).state == PRINT_UNKNOWN);
    cable_command(cable, "paper in");
    CHECK(print_daemon_answer(&d, print_daemon_receipt(&d, sale).id, false));
    CHECK(print_daemon_wait_done(&d));
    check_one_slip(&d, sale);
    CHECK(fake_usb_seen(usb).detached == 1);
    print_daemon_stop(&d);
    CHECK(!fake_usb_is_claimed(usb) && fake_usb_has_usblp(usb));
    CHECK(fake_usb_seen(usb).reattached == 1);
    print_daemon_close(&d);
}

/* --- at any time --- */

/* Whoever is asked looks at the paper; how often somebody was. */
static size_t
answer_all(struct print_daemon *d, const int64_t *sales, size_t len)
{
    struct print_job job;
    size_t asked = 0;

    for (size_t i = 0; i < len; i++) {
        job = print_daemon_receipt(d, sales[i]);
        if (job.state != PRINT_UNKNOWN || !print_job_asks(&job))
            continue;
        CHECK(print_daemon_answer(
            d, job.id, print_daemon_slips(d, &job) > 0));
        asked++;
    }
    return asked;
}

static void
test_kill__at_any_time_loses_nothing_and_doubles_nothing(void)
{
    static int64_t sales[ASKS_MAX * 2];
    static struct crash_ack acks[ASKS_MAX * 2];
    struct timespec life = {0};
    struct crash_books books;
    struct print_daemon d;
    char path[DATA_PATH];
    uint64_t random = 7;
    size_t len = 0, asked;

    print_daemon_open(&d, program, cable_new(CABLE_TCP, &options));
    print_daemon_start(&d);
    cable_command(d.cable, PACE);
    for (int i = 0; i < kills && len < ASKS_MAX; i++) {
        for (int twice = 0; twice < 2; twice++, len++) {
            sales[len] = acks[len].sale_id = print_daemon_sell(&d);
            snprintf(acks[len].key, sizeof(acks[len].key), "%s", d.key);
        }
        life.tv_nsec = (long)(t_random(&random) % A_LIFE_US) * 1000;
        nanosleep(&life, NULL);
        die_and_live(&d);
    }
    CHECK(print_daemon_wait_done(&d));
    asked = answer_all(&d, sales, len);
    CHECK(print_daemon_wait_done(&d));
    for (size_t i = 0; i < len; i++)
        check_one_slip(&d, sales[i]);
    CHECK(cable_count(d.cable).pulses <= len);
    print_daemon_kill(&d);
    data_path(d.folder.settings.data_dir, "ocop-pos.db", path);
    crash_books_init(&books, path);
    crash_books_read(&books);
    CHECK(books.len == len && crash_books_lost(&books, acks, len) == 0);
    CHECK(crash_books_prove(&books, 1) == 0);
    printf("%d kills, %zu receipts, %zu of them asked about, %zu pulses\n",
        kills, len, asked, cable_count(d.cable).pulses);
    crash_books_finish(&books);
    print_daemon_close(&d);
}

int
main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("test_kill_print DAEMON [KILLS]\n", stderr);
        return 2;
    }
    program = argv[1];
    if (argc > 2)
        kills = (int)strtol(argv[2], NULL, 10);
    CHECK(crypto_init() == OK && open_lang() == OK);
    RUN(test_kill__a_queued_receipt_is_printed_by_the_next_life);
    RUN(test_kill__a_receipt_that_was_being_sent_is_asked_about);
    RUN(test_kill__a_receipt_that_was_sent_is_asked_about);
    RUN(test_kill__an_unknown_receipt_stays_so_until_somebody_answers);
    RUN(test_kill__a_confirmed_receipt_is_done_with);
    RUN(test_kill__a_pulse_that_was_being_sent_is_never_sent_again);
    RUN(test_kill__the_next_life_claims_the_printer_and_gives_it_back);
    RUN(test_kill__at_any_time_loses_nothing_and_doubles_nothing);
    return T_END();
}
