/* What becomes of a job when the printer, or the daemon, leaves in the middle
 * of it. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "db/readers.h"
#include "db/writer.h"
#include "pos/print/jobs.h"
#include "pos/print/reprint.h"
#include "tests/tools/print_shop.h"
#include "tests/unit/t.h"

/* A stop takes half a second here; connecting to what does not answer is given
 * up after 3 s, and a printer that hangs after 60. */
enum { SILENT_FDS = 4, STOP_MS = 2500 };

static struct print_shop p;

/* Prints at once, and forgets nothing. */
static void
one_printer(void)
{
    print_shop_open(&p);
    print_shop_printer(&p, "receipt", "receipt drawer label", NULL);
    print_shop_start(&p);
    CHECK(print_shop_until_printer(&p, 0, PRINTER_READY));
}

static void
happens(const char *words)
{
    CHECK(fake_server_tell(p.fakes[0], words));
}

static int64_t
sell_receipt(enum pay_method method)
{
    return print_shop_job_of(&p, PRINT_RECEIPT, print_shop_sell(&p, method));
}

/* A receipt of which the printer took 2000 bytes before it left. */
static int64_t
cut_off(void)
{
    int64_t job;

    happens("vanish 2000");
    job = sell_receipt(PAY_TRANSFER);
    CHECK(print_shop_until(&p, job, PRINT_UNKNOWN));
    return job;
}

static enum err
answer(int64_t job, bool printed, struct print_job *again)
{
    struct print_answer ask = {.job_id = job, .printed = printed, .staff = 3};
    struct print_job answered;
    enum err e = print_answer_commit(p.shop, &ask, &answered, again);

    CHECK(e != OK || (answered.id == job && answered.answered_by == 3));
    return e;
}

static void
test_print__what_was_cut_off_is_asked_about_and_not_sent_again(void)
{
    struct print_job again;
    int64_t job, next;

    one_printer();
    job = cut_off();
    CHECK_STR(print_shop_job(&p, job).message, "gone");
    CHECK(print_shop_job(&p, job).counted > 0);
    CHECK(print_shop_until_printer(&p, 0, PRINTER_GONE));
    happens("back");
    next = sell_receipt(PAY_TRANSFER);
    CHECK(print_shop_until(&p, next, PRINT_CONFIRMED));
    CHECK(print_shop_job(&p, job).state == PRINT_UNKNOWN);
    CHECK(print_shop_job(&p, job).attempts == 1);
    /* half a slip cut off by the flush, and a whole one */
    CHECK(print_shop_slips(&p, 0) == 2);
    CHECK(answer(job, false, &again) == OK);
    CHECK(again.copy == 1 && again.follows == job);
    CHECK(again.why_again == PRINT_AFTER_UNKNOWN);
    CHECK(print_shop_until(&p, again.id, PRINT_CONFIRMED));
    CHECK(print_shop_slips(&p, 0) == 3);
    CHECK(answer(job, false, &again) == ERR_NOT_UNKNOWN);
    print_shop_close(&p);
}

static int64_t
copies(int64_t sale_id)
{
    struct db *db = readers_take(p.shop->readers);
    struct sale sale = {.copies = -1};

    CHECK(db_sale_get(db, sale_id, &sale) == OK);
    readers_give(p.shop->readers, db);
    return sale.copies;
}

static void
test_print__a_person_may_say_that_it_came_out(void)
{
    struct print_job again;
    int64_t job;

    one_printer();
    job = cut_off();
    CHECK(answer(job, true, &again) == OK && again.id == 0);
    CHECK(print_shop_job(&p, job).state == PRINT_CONFIRMED);
    CHECK(print_shop_job(&p, job).level == LINK_NONE);
    CHECK(copies(print_shop_job(&p, job).sale_id) == 0);
    print_shop_close(&p);
}

static void
test_print__what_is_printed_again_is_counted(void)
{
    struct print_job again;
    int64_t job, sale;

    one_printer();
    job = cut_off();
    sale = print_shop_job(&p, job).sale_id;
    CHECK(answer(job, false, &again) == OK && copies(sale) == 1);
    CHECK(print_shop_job_of(&p, PRINT_DRAWER, sale) == 0);
    print_shop_close(&p);
}

static void
test_print__a_printer_that_is_away_gets_its_slips_later(void)
{
    int64_t job;

    one_printer();
    happens("vanish");
    CHECK(print_shop_until_printer(&p, 0, PRINTER_GONE));
    job = sell_receipt(PAY_TRANSFER);
    CHECK(print_shop_until_told(&p, "\"queue\":1"));
    CHECK(print_shop_job(&p, job).state == PRINT_QUEUED);
    happens("back");
    CHECK(print_shop_until(&p, job, PRINT_CONFIRMED));
    CHECK(print_shop_slips(&p, 0) == 1);
    print_shop_close(&p);
}

static void
test_print__the_drawer_opens_also_when_the_paper_is_out(void)
{
    int64_t sale, drawer, job;

    one_printer();
    happens("paper out");
    CHECK(print_shop_until_printer(&p, 0, PRINTER_PAPER_OUT));
    sale = print_shop_sell(&p, PAY_CASH);
    drawer = print_shop_job_of(&p, PRINT_DRAWER, sale);
    job = print_shop_job_of(&p, PRINT_RECEIPT, sale);
    CHECK(print_shop_until(&p, drawer, PRINT_CONFIRMED));
    CHECK(print_shop_job(&p, drawer).level == LINK_ACCEPTED);
    CHECK(print_shop_count(&p, 0).pulses == 1);
    CHECK(print_shop_job(&p, job).state == PRINT_QUEUED);
    happens("paper in");
    CHECK(print_shop_until(&p, job, PRINT_CONFIRMED));
    CHECK(print_shop_count(&p, 0).pulses == 1);
    CHECK(print_shop_slips(&p, 0) == 1);
    print_shop_close(&p);
}

static void
test_print__a_drawer_never_opens_late(void)
{
    int64_t sale, drawer, job;

    one_printer();
    happens("vanish");
    CHECK(print_shop_until_printer(&p, 0, PRINTER_GONE));
    sale = print_shop_sell(&p, PAY_CASH);
    drawer = print_shop_job_of(&p, PRINT_DRAWER, sale);
    job = print_shop_job_of(&p, PRINT_RECEIPT, sale);
    CHECK(print_shop_job(&p, drawer).state == PRINT_QUEUED);
    print_shop_clock(16);
    CHECK(print_shop_until(&p, drawer, PRINT_FAILED));
    CHECK_STR(print_shop_job(&p, drawer).message, "late");
    happens("back");
    CHECK(print_shop_until(&p, job, PRINT_CONFIRMED));
    CHECK(print_shop_count(&p, 0).pulses == 0);
    print_shop_close(&p);
}

static void
test_print__paper_runs_out_in_the_middle_and_is_refilled(void)
{
    int64_t job;

    one_printer();
    happens("paper out 200");
    job = sell_receipt(PAY_TRANSFER);
    CHECK(print_shop_until_printer(&p, 0, PRINTER_PAPER_OUT));
    CHECK(print_shop_until_told(&p, "\"state\":\"paper_out\""));
    CHECK(print_shop_job(&p, job).state == PRINT_SENDING ||
        print_shop_job(&p, job).state == PRINT_SENT);
    happens("paper in");
    CHECK(print_shop_until(&p, job, PRINT_CONFIRMED));
    CHECK(print_shop_slips(&p, 0) == 1);
    print_shop_close(&p);
}

static void
test_print__what_is_known_to_lack_paper_is_sent_nothing(void)
{
    int64_t job;

    one_printer();
    happens("paper out");
    CHECK(print_shop_until_printer(&p, 0, PRINTER_PAPER_OUT));
    job = sell_receipt(PAY_TRANSFER);
    CHECK(print_shop_until_told(&p, "\"queue\":1"));
    CHECK(print_shop_job(&p, job).state == PRINT_QUEUED);
    CHECK(print_shop_stop(&p) < STOP_MS);
    CHECK(print_shop_job(&p, job).state == PRINT_QUEUED);
    CHECK(print_shop_job(&p, job).attempts == 0);
    print_shop_close(&p);
}

/* A printer that hangs with part of a receipt in it. */
static int64_t
hang(void)
{
    int64_t job;

    happens("stall");
    job = sell_receipt(PAY_TRANSFER);
    CHECK(print_shop_until(&p, job, PRINT_SENDING));
    return job;
}

static void
test_print__a_printer_that_hangs_holds_nobody_else(void)
{
    int64_t job, sale;

    print_shop_open(&p);
    print_shop_printer(&p, "receipt", "receipt drawer", NULL);
    print_shop_printer(&p, "store", "copy", NULL);
    print_shop_start(&p);
    CHECK(print_shop_until_printer(&p, 0, PRINTER_READY));
    job = hang();
    for (int i = 0; i < 5; i++) {
        sale = print_shop_sell(&p, PAY_TRANSFER);
        CHECK(print_shop_until(
            &p, print_shop_job_of(&p, PRINT_COPY, sale), PRINT_CONFIRMED));
    }
    CHECK(print_shop_job(&p, job).state == PRINT_SENDING);
    CHECK(print_shop_until_told(&p, "\"queue\":6"));
    CHECK(print_shop_stop(&p) < STOP_MS);
    CHECK(print_shop_job(&p, job).state == PRINT_UNKNOWN ||
        print_shop_job(&p, job).state == PRINT_QUEUED);
    print_shop_close(&p);
}

static void
test_print__a_printer_that_hangs_swallows_one_slip_not_all(void)
{
    struct print_job waits;
    int64_t job, next;

    print_shop_open(&p);
    print_shop_printer(&p, "receipt", "receipt", NULL);
    p.stall_ms = 700;
    print_shop_start(&p);
    CHECK(print_shop_until_printer(&p, 0, PRINTER_READY));
    job = hang();
    next = sell_receipt(PAY_TRANSFER);
    CHECK(print_shop_until(&p, job, PRINT_UNKNOWN));
    CHECK_STR(print_shop_job(&p, job).message, "stalled");
    CHECK(print_shop_until_printer(&p, 0, PRINTER_GONE));
    waits = print_shop_job(&p, next);
    CHECK(waits.state == PRINT_QUEUED && waits.attempts == 0);
    happens("go");
    CHECK(print_shop_until(&p, next, PRINT_CONFIRMED));
    CHECK(print_shop_job(&p, next).attempts == 1);
    CHECK(print_shop_job(&p, job).state == PRINT_UNKNOWN);
    print_shop_close(&p);
}

/* A port of this machine at which nobody answers, not even with a refusal: its
 * queue of one is full.  Returns the port; the sockets are in `fds`. */
static int
silent_port(int fds[SILENT_FDS])
{
    struct sockaddr_in a = {.sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(a);

    fds[0] = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(bind(fds[0], (struct sockaddr *)&a, len) == 0);
    CHECK(listen(fds[0], 0) == 0);
    CHECK(getsockname(fds[0], (struct sockaddr *)&a, &len) == 0);
    for (int i = 1; i < SILENT_FDS; i++) {
        fds[i] = socket(AF_INET, SOCK_STREAM, 0);
        CHECK(fcntl(fds[i], F_SETFL, O_NONBLOCK) == 0);
        (void)connect(fds[i], (struct sockaddr *)&a, len);
    }
    return ntohs(a.sin_port);
}

static void
test_print__an_address_that_does_not_answer_delays_no_stop(void)
{
    const struct timespec while_connecting = {.tv_nsec = 200 * 1000000};
    struct print_view view;
    int fds[SILENT_FDS];
    char *at;

    print_shop_open(&p);
    print_shop_printer(&p, "receipt", "receipt", NULL);
    at = p.settings->printers[0].at;
    snprintf(at, SETTINGS_PATH, "tcp:127.0.0.1:%d", silent_port(fds));
    print_shop_start(&p);
    nanosleep(&while_connecting, NULL);
    printers_view(p.shop->print, 0, &view);
    CHECK(view.health.state == PRINTER_UNKNOWN); /* it is still trying */
    CHECK(print_shop_stop(&p) < STOP_MS);
    print_shop_close(&p);
    for (int i = 0; i < SILENT_FDS; i++)
        close(fds[i]);
}

static enum err
begin_write(struct db *db, void *arg)
{
    return db_print_job_begin(db, *(const int64_t *)arg);
}

static void
test_print__what_a_dead_daemon_was_sending_is_unknown_and_flushed(void)
{
    int64_t job, next;
    size_t resets;

    one_printer();
    happens("vanish");
    CHECK(print_shop_until_printer(&p, 0, PRINTER_GONE));
    job = sell_receipt(PAY_TRANSFER);
    next = sell_receipt(PAY_TRANSFER);
    print_shop_stop(&p);
    CHECK(db_write(p.shop->writer, "test", begin_write, &job) == OK);
    happens("back");
    resets = print_shop_count(&p, 0).resets;
    print_shop_start(&p);
    CHECK(print_shop_until(&p, job, PRINT_UNKNOWN));
    CHECK_STR(print_shop_job(&p, job).message, "crashed");
    CHECK(print_shop_until(&p, next, PRINT_CONFIRMED));
    CHECK(print_shop_count(&p, 0).resets > resets + 1); /* its own, and more */
    print_shop_close(&p);
}

static void
test_print__a_drawer_that_was_being_opened_is_not_opened_again(void)
{
    struct print_job again;
    int64_t sale, drawer;

    one_printer();
    happens("vanish");
    CHECK(print_shop_until_printer(&p, 0, PRINTER_GONE));
    sale = print_shop_sell(&p, PAY_CASH);
    drawer = print_shop_job_of(&p, PRINT_DRAWER, sale);
    print_shop_stop(&p);
    CHECK(db_write(p.shop->writer, "test", begin_write, &drawer) == OK);
    happens("back");
    print_shop_start(&p);
    CHECK(print_shop_until(
        &p, print_shop_job_of(&p, PRINT_RECEIPT, sale), PRINT_CONFIRMED));
    CHECK(print_shop_job(&p, drawer).state == PRINT_UNKNOWN);
    CHECK(answer(drawer, false, &again) == ERR_NOT_UNKNOWN);
    CHECK(print_shop_count(&p, 0).pulses == 0);
    print_shop_close(&p);
}

static void
test_print__what_is_made_again_goes_where_the_role_is_now(void)
{
    struct print_job again;
    int64_t job;

    one_printer();
    job = cut_off();
    print_shop_stop(&p);
    snprintf(p.settings->printers[0].id, sizeof(p.settings->printers[0].id),
        "counter");
    happens("back");
    print_shop_start(&p);
    CHECK(answer(job, false, &again) == OK);
    CHECK_STR(again.printer, "counter");
    CHECK(print_shop_until(&p, again.id, PRINT_CONFIRMED));
    print_shop_close(&p);
}

static void
test_print__what_waits_for_a_printer_that_was_renamed_is_printed(void)
{
    int64_t job;

    one_printer();
    happens("vanish");
    CHECK(print_shop_until_printer(&p, 0, PRINTER_GONE));
    job = sell_receipt(PAY_TRANSFER);
    print_shop_stop(&p);
    snprintf(p.settings->printers[0].id, sizeof(p.settings->printers[0].id),
        "counter");
    happens("back");
    print_shop_start(&p);
    CHECK(print_shop_until(&p, job, PRINT_CONFIRMED));
    CHECK_STR(print_shop_job(&p, job).printer, "counter");
    print_shop_close(&p);
}

int
main(void)
{
    RUN(test_print__what_was_cut_off_is_asked_about_and_not_sent_again);
    RUN(test_print__a_person_may_say_that_it_came_out);
    RUN(test_print__what_is_printed_again_is_counted);
    RUN(test_print__a_printer_that_is_away_gets_its_slips_later);
    RUN(test_print__the_drawer_opens_also_when_the_paper_is_out);
    RUN(test_print__a_drawer_never_opens_late);
    RUN(test_print__paper_runs_out_in_the_middle_and_is_refilled);
    RUN(test_print__what_is_known_to_lack_paper_is_sent_nothing);
    RUN(test_print__a_printer_that_hangs_holds_nobody_else);
    RUN(test_print__a_printer_that_hangs_swallows_one_slip_not_all);
    RUN(test_print__an_address_that_does_not_answer_delays_no_stop);
    RUN(test_print__what_a_dead_daemon_was_sending_is_unknown_and_flushed);
    RUN(test_print__a_drawer_that_was_being_opened_is_not_opened_again);
    RUN(test_print__what_is_made_again_goes_where_the_role_is_now);
    RUN(test_print__what_waits_for_a_printer_that_was_renamed_is_printed);
    return T_END();
}
