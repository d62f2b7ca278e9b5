/* What a sale puts on paper, over a printer that is well. */
#include <string.h>

#include "pos/print/jobs.h"
#include "pos/print/reprint.h"
#include "tests/tools/print_shop.h"
#include "tests/unit/t.h"

static struct print_shop p;

/* A showroom with one printer that has all roles. */
static void
one_printer(const struct fake_options *options)
{
    print_shop_open(&p);
    print_shop_printer(&p, "receipt", "receipt drawer label", options);
    print_shop_start(&p);
}

static void
test_print__a_cash_sale_opens_the_drawer_and_then_prints(void)
{
    struct fake *fake;
    int64_t sale, job;
    size_t pulse = 0, cut = 0;

    one_printer(NULL);
    sale = print_shop_sell(&p, PAY_CASH);
    job = print_shop_job_of(&p, PRINT_RECEIPT, sale);
    CHECK(print_shop_job_of(&p, PRINT_DRAWER, sale) == job - 1);
    CHECK(print_shop_until(&p, job, PRINT_CONFIRMED));
    CHECK(print_shop_job(&p, job - 1).state == PRINT_CONFIRMED);
    CHECK(print_shop_job(&p, job).level == LINK_PROCESS_ID);
    CHECK(print_shop_job(&p, job).attempts == 1);
    CHECK(print_shop_count(&p, 0).pulses == 1 && print_shop_slips(&p, 0) == 1);
    fake = fake_server_lock(p.fakes[0]);
    for (size_t i = 0; i < fake_events(fake); i++) {
        if (fake_event(fake, i)->kind == FAKE_PULSE)
            pulse = i;
        if (fake_event(fake, i)->kind == FAKE_CUT)
            cut = i;
    }
    CHECK(pulse < cut);
    fake_server_unlock(p.fakes[0]);
    print_shop_close(&p);
}

static void
test_print__a_transfer_opens_no_drawer(void)
{
    int64_t sale;

    one_printer(NULL);
    sale = print_shop_sell(&p, PAY_TRANSFER);
    CHECK(print_shop_job_of(&p, PRINT_DRAWER, sale) == 0);
    CHECK(print_shop_until(
        &p, print_shop_job_of(&p, PRINT_RECEIPT, sale), PRINT_CONFIRMED));
    CHECK(print_shop_count(&p, 0).pulses == 0);
    print_shop_close(&p);
}

/* Rows of dots on the first slip of a printer. */
static size_t
rows(size_t i)
{
    struct fake *fake = fake_server_lock(p.fakes[i]);
    size_t n = fake_slips(fake) ? fake_slip(fake, 0)->rows : 0;

    fake_server_unlock(p.fakes[i]);
    return n;
}

static void
test_print__the_second_slip_comes_from_its_own_printer_and_says_so(void)
{
    int64_t sale;

    print_shop_open(&p);
    print_shop_printer(&p, "counter", "receipt drawer", NULL);
    print_shop_printer(&p, "store", "copy", NULL);
    print_shop_start(&p);
    sale = print_shop_sell(&p, PAY_CASH);
    CHECK(print_shop_until(
        &p, print_shop_job_of(&p, PRINT_RECEIPT, sale), PRINT_CONFIRMED));
    CHECK(print_shop_until(
        &p, print_shop_job_of(&p, PRINT_COPY, sale), PRINT_CONFIRMED));
    CHECK(print_shop_slips(&p, 0) == 1 && print_shop_slips(&p, 1) == 1);
    CHECK(print_shop_count(&p, 1).pulses == 0);
    CHECK(rows(0) > 0 && rows(1) > rows(0)); /* by its heading */
    print_shop_close(&p);
}

static void
test_print__nothing_is_queued_where_nothing_prints(void)
{
    int64_t sale;

    print_shop_open(&p);
    sale = print_shop_sell(&p, PAY_CASH);
    CHECK(print_shop_job_of(&p, PRINT_RECEIPT, sale) == 0);
    print_shop_close(&p);
}

static void
test_print__a_copy_that_was_asked_for_opens_no_drawer(void)
{
    struct reprint_ask ask = {.staff = 3};
    struct reprinted done;
    struct print_job job;
    int64_t id;

    one_printer(NULL);
    ask.sale_id = print_shop_sell(&p, PAY_CASH);
    id = print_shop_job_of(&p, PRINT_RECEIPT, ask.sale_id);
    CHECK(reprint_commit(p.shop, &ask, &done) == OK);
    CHECK(done.copy == 1 && done.printing);
    printers_wake(p.shop->print);
    CHECK(print_shop_until(&p, id + 1, PRINT_CONFIRMED));
    job = print_shop_job(&p, id + 1);
    CHECK(job.kind == PRINT_RECEIPT && job.copy == 1);
    CHECK(job.why_again == PRINT_ASKED && job.follows == 0);
    CHECK(print_shop_count(&p, 0).pulses == 1 && print_shop_slips(&p, 0) == 2);
    print_shop_close(&p);
}

static void
test_print__a_test_slip_shows_what_the_printer_answered(void)
{
    struct print_job job = {.kind = PRINT_TEST, .printer = "receipt"};
    struct print_job other = {.kind = PRINT_TEST, .printer = "none"};

    one_printer(NULL);
    CHECK(jobs_queue(p.shop, &other) == ERR_NOT_FOUND);
    CHECK(jobs_queue(p.shop, &job) == OK);
    CHECK(print_shop_until(&p, job.id, PRINT_CONFIRMED));
    CHECK(print_shop_slips(&p, 0) == 1);
    print_shop_close(&p);
}

static void
test_print__what_cannot_be_made_keeps_nobody_waiting(void)
{
    struct print_job bad = {.kind = PRINT_LABEL, .body = "no JSON"};
    struct print_job good = {.kind = PRINT_TEST, .printer = "receipt"};

    one_printer(NULL);
    CHECK(jobs_queue(p.shop, &bad) == OK && jobs_queue(p.shop, &good) == OK);
    CHECK(print_shop_until(&p, good.id, PRINT_CONFIRMED));
    CHECK(print_shop_job(&p, bad.id).state == PRINT_FAILED);
    CHECK(print_shop_job(&p, bad.id).message[0]);
    print_shop_close(&p);
}

static void
test_print__a_printer_that_says_nothing_is_believed(void)
{
    struct fake_options mute = {.lacks = FAKE_NO_ANSWERS};
    int64_t job;

    one_printer(&mute);
    job = print_shop_job_of(
        &p, PRINT_RECEIPT, print_shop_sell(&p, PAY_TRANSFER));
    CHECK(print_shop_until(&p, job, PRINT_CONFIRMED));
    CHECK(print_shop_job(&p, job).level == LINK_ACCEPTED);
    print_shop_close(&p);
}

static void
test_print__what_is_cancelled_is_not_printed(void)
{
    struct print_job cancelled;
    int64_t first, second;

    one_printer(NULL);
    CHECK(print_shop_until_printer(&p, 0, PRINTER_READY));
    CHECK(fake_server_tell(p.fakes[0], "cover open"));
    CHECK(print_shop_until_printer(&p, 0, PRINTER_COVER_OPEN));
    first = print_shop_job_of(
        &p, PRINT_RECEIPT, print_shop_sell(&p, PAY_TRANSFER));
    second = print_shop_job_of(
        &p, PRINT_RECEIPT, print_shop_sell(&p, PAY_TRANSFER));
    CHECK(jobs_cancel(p.shop, first, &cancelled) == OK);
    CHECK(cancelled.state == PRINT_CANCELLED && cancelled.done_at);
    CHECK(jobs_cancel(p.shop, first, &cancelled) == ERR_NOT_QUEUED);
    CHECK(fake_server_tell(p.fakes[0], "cover close"));
    CHECK(print_shop_until(&p, second, PRINT_CONFIRMED));
    CHECK(print_shop_job(&p, first).state == PRINT_CANCELLED);
    CHECK(print_shop_slips(&p, 0) == 1);
    CHECK(jobs_cancel(p.shop, second, &cancelled) == ERR_NOT_QUEUED);
    print_shop_close(&p);
}

int
main(void)
{
    RUN(test_print__a_cash_sale_opens_the_drawer_and_then_prints);
    RUN(test_print__a_transfer_opens_no_drawer);
    RUN(test_print__the_second_slip_comes_from_its_own_printer_and_says_so);
    RUN(test_print__nothing_is_queued_where_nothing_prints);
    RUN(test_print__a_copy_that_was_asked_for_opens_no_drawer);
    RUN(test_print__a_test_slip_shows_what_the_printer_answered);
    RUN(test_print__what_cannot_be_made_keeps_nobody_waiting);
    RUN(test_print__a_printer_that_says_nothing_is_believed);
    RUN(test_print__what_is_cancelled_is_not_printed);
    return T_END();
}
