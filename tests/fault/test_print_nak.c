/* A printer that takes nothing for half a minute in the middle of a receipt,
 * and then goes on: the slip is whole, and nothing was sent twice.  It runs
 * beside the other tests of printing, which take as long.
 *
 *     test_print_nak [SECONDS] */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "tests/fault/print_cable.h"
#include "tests/fault/print_rig.h"
#include "tests/fault/print_slip.h"
#include "tests/tools/fake_usb.h"
#include "tests/unit/t.h"

enum { AFTER = 5000 };

static int seconds = 30;

/* Wait while it takes nothing; sales go on meanwhile. */
static int
sell_on(struct print_rig *rig)
{
    int64_t until = clock_mono_ms() + seconds * 1000;
    int sold = 0;

    for (; clock_mono_ms() < until; sold++) {
        rig_sell(rig);
        rig_nap(500000);
    }
    return sold;
}

static void
test_print__half_a_minute_of_nak_in_a_receipt_costs_nothing(void)
{
    static struct print_rig rig;
    struct link_pace pace = rig_quick;
    struct cable *cable = cable_new(CABLE_USB, NULL);
    size_t before, taken;
    struct print_job job;
    struct raster want;
    char printers[200];
    int64_t sale;
    int others;

    pace.stall_ms = 0; /* as in life */
    cable_plug(cable);
    snprintf(printers, sizeof(printers),
        "printers = ({ id = \"receipt\"; at = \"%s\"; roles = \"receipt "
        "drawer\"; });\n", cable_at(cable));
    rig_open(&rig, printers, &pace);
    CHECK(rig_wait_state(&rig, "receipt", PRINTER_READY));
    before = fake_usb_seen(cable_usb(cable)).taken; /* questions */
    fake_usb_fault_after(cable_usb(cable), FAKE_USB_NAK, AFTER);
    sale = rig_sell(&rig);
    others = sell_on(&rig);
    taken = fake_usb_seen(cable_usb(cable)).taken - before;
    CHECK(taken >= AFTER && taken < AFTER + 128); /* a packet, a question */
    CHECK(rig_receipt(&rig, sale).state == PRINT_SENDING);
    fake_usb_fault(cable_usb(cable), 0);
    CHECK(rig_wait_done(&rig, "receipt"));
    job = rig_receipt(&rig, sale);
    CHECK(job.state == PRINT_CONFIRMED && job.attempts == 1);
    rig_draw(&rig, &job, &want);
    CHECK(cable_slips(cable) == (size_t)others + 1);
    CHECK(print_slip_is(fake_slip(cable_lock(cable), 0), &want));
    cable_unlock(cable);
    raster_finish(&want);
    printf("%d s without a byte; %d sales meanwhile, all printed after it\n",
        seconds, others);
    rig_close(&rig);
    cable_free(cable);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        seconds = (int)strtol(argv[1], NULL, 10);
    CHECK(crypto_init() == OK);
    RUN(test_print__half_a_minute_of_nak_in_a_receipt_costs_nothing);
    return T_END();
}
