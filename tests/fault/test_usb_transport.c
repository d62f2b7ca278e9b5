/* The usb: transport on a bus that umockdev makes up: what is found, what
 * printers do wrong, and that every byte is counted once.  Started by
 * print_usb.sh. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "drivers/printer.h"
#include "tests/fault/print_cable.h"
#include "tests/tools/fake_usb.h"
#include "tests/unit/t.h"

enum { LONG_MS = 10000, PIECE_MS = 200 };

/* A printer, its cable, and what was opened at it. */
struct rig {
    struct cable *cable;
    struct fake_usb *usb;
    struct printer *printer;
};

static const struct fake_usb_make usual = {.port = "1-1", .vendor = 0x0416,
    .product = 0x5011, .maker = "FAKE", .model = "POS-80", .serial = "F0001"};

static void
rig_plug(struct rig *r, const struct fake_usb_make *make)
{
    *r = (struct rig){.cable = cable_new_usb(make, NULL)};
    r->usb = cable_usb(r->cable);
    cable_plug(r->cable);
}

static void
rig_end(struct rig *r)
{
    printer_close(r->printer);
    cable_free(r->cable);
}

/* A usual one, built and failing so, opened. */
static void
rig_open(struct rig *r, unsigned build, unsigned faults)
{
    struct fake_usb_make make = usual;

    make.build = build;
    rig_plug(r, &make);
    fake_usb_fault(r->usb, faults);
    if (printer_open(cable_at(r->cable), &r->printer) == OK)
        return;
    fprintf(stderr, "FAIL %s: %s\n", cable_at(r->cable), err_msg());
    exit(1);
}

/* Send all of it, at most `tries` times waiting in vain. */
static size_t
send_all(struct rig *r, const char *bytes, size_t len, int tries, enum err *e)
{
    size_t sent = 0, now;

    for (*e = OK; r->printer && *e == OK && sent < len && tries > 0;) {
        *e = printer_send(r->printer, bytes + sent, len - sent, PIECE_MS, &now);
        sent += now;
        tries -= now == 0;
    }
    return sent;
}

/* Does a line of letters come out of it, whole and once? */
static bool
prints(struct rig *r)
{
    static const char line[] = "\x1b@Mien Minh Duong\n\x1d\x56\x01";
    enum err e;
    size_t sent = send_all(r, line, sizeof(line) - 1, 50, &e);
    struct fake *f = cable_lock(r->cable);
    bool printed = e == OK && sent == sizeof(line) - 1 && fake_slips(f) == 1
        && strcmp(fake_slip(f, 0)->text, "Mien Minh Duong\n") == 0;

    cable_unlock(r->cable);
    return printed;
}

/* --- found --- */

static bool
opens(struct rig *r, const char *spec)
{
    bool open;

    printer_close(r->printer);
    r->printer = NULL;
    open = printer_open(spec, &r->printer) == OK;
    return open && prints(r);
}

static void
test_usb__is_found_by_serial_by_port_by_name_and_first(void)
{
    static const char *const specs[] = {"usb:", "usb:serial=F0001",
        "usb:port=1-1", "usb:0416:5011", "usb:0416:5011,serial=F0001"};

    for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++) {
        const struct printer_id *id;
        struct rig r;

        rig_plug(&r, &usual);
        CHECK(opens(&r, specs[i]));
        id = r.printer ? printer_who(r.printer) : NULL;
        CHECK(id && strcmp(id->serial, "F0001") == 0);
        CHECK(id && strcmp(id->port, "1-1") == 0 && id->vendor == 0x0416);
        rig_end(&r);
    }
}

static void
test_usb__nobody_else_is_taken_for_it(void)
{
    static const char *const specs[] = {"usb:serial=F0002", "usb:port=1-7",
        "usb:0416:5012", "usb:0416:5011,serial=F0002"};
    struct rig r;

    rig_plug(&r, &usual);
    for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++)
        CHECK(printer_open(specs[i], &r.printer) == ERR_PRINTER);
    CHECK(fake_usb_seen(r.usb).claims == 0);
    r.printer = NULL;
    rig_end(&r);
}

static void
test_usb__two_printers_each_get_their_own(void)
{
    struct fake_usb_make make = usual;
    struct rig one, two;

    rig_plug(&one, &usual);
    make.port = "1-2.3"; /* behind a hub */
    make.serial = "F0002";
    rig_plug(&two, &make);
    CHECK(opens(&two, "usb:serial=F0002"));
    CHECK(opens(&one, "usb:port=1-1"));
    CHECK(cable_slips(two.cable) == 1 && cable_slips(one.cable) == 1);
    CHECK(strcmp(printer_who(two.printer)->port, "1-2.3") == 0);
    cable_unplug(one.cable);
    rig_end(&two); /* one that is gone is no trouble to the other */
    rig_end(&one);
}

/* --- what printers do wrong --- */

static void
test_usb__a_device_id_that_stalls_or_never_comes_is_done_without(void)
{
    static const unsigned faults[] = {FAKE_USB_ID_STALLS, FAKE_USB_ID_SILENT,
        FAKE_USB_ID_STALLS | FAKE_USB_STRINGS_STALL | FAKE_USB_PORT_STALLS};

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        int64_t from = clock_mono_ms();
        struct rig r;

        rig_open(&r, 0, faults[i]);
        CHECK(prints(&r));
        CHECK(r.printer && printer_who(r.printer)->no_id);
        CHECK(clock_mono_ms() - from < LONG_MS);
        rig_end(&r);
    }
}

static void
test_usb__a_port_status_that_stalls_is_no_status_and_no_failure(void)
{
    static const unsigned faults[] = {
        FAKE_USB_PORT_STALLS, FAKE_USB_PORT_SILENT};
    uint8_t status;

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        struct rig r;

        rig_open(&r, 0, faults[i]);
        CHECK(printer_port(r.printer, &status) == ERR_PRINTER_SILENT);
        CHECK(prints(&r));
        rig_end(&r);
    }
}

static void
test_usb__paper_that_ends_is_seen_in_the_port_status(void)
{
    uint8_t status = 0;
    struct rig r;

    rig_open(&r, 0, 0);
    CHECK(printer_port(r.printer, &status) == OK
          && !(status & PRINTER_PORT_PAPER_EMPTY)
          && (status & PRINTER_PORT_NO_ERROR));
    cable_command(r.cable, "paper out");
    CHECK(printer_port(r.printer, &status) == OK
          && (status & PRINTER_PORT_PAPER_EMPTY));
    rig_end(&r);
}

static void
test_usb__what_a_printer_takes_in_parts_is_counted_to_the_byte(void)
{
    struct fake_usb_seen seen;
    char zeros[20000] = "";
    enum err e;
    struct rig r;
    size_t sent;

    rig_open(&r, 0, 0);
    cable_command(r.cable, "cover open");
    sent = send_all(&r, zeros, sizeof(zeros), 2, &e);
    CHECK(e == OK && sent > 0 && sent < sizeof(zeros)); /* its buffer */
    cable_command(r.cable, "cover close");
    sent += send_all(&r, zeros, sizeof(zeros) - sent, 20, &e);
    CHECK(e == OK && sent == sizeof(zeros));
    seen = fake_usb_seen(r.usb);
    CHECK(seen.counted == sizeof(zeros) && seen.taken == sizeof(zeros));
    rig_end(&r);
}

static void
test_usb__a_halted_endpoint_is_cleared_and_goes_on(void)
{
    struct rig r;

    rig_open(&r, 0, FAKE_USB_HALT);
    CHECK(prints(&r));
    CHECK(fake_usb_seen(r.usb).halts_cleared >= 1);
    rig_end(&r);
}

static void
test_usb__taking_nothing_is_no_failure_and_takes_finite_time(void)
{
    int64_t from;
    size_t sent = 1;
    struct rig r;

    rig_open(&r, 0, FAKE_USB_NAK);
    from = clock_mono_ms();
    CHECK(printer_send(r.printer, "abc", 3, PIECE_MS, &sent) == OK);
    CHECK(sent == 0);
    CHECK(clock_mono_ms() - from < LONG_MS);
    fake_usb_fault(r.usb, 0);
    CHECK(prints(&r)); /* the "abc" is in none of it */
    rig_end(&r);
}

/* --- gone --- */

static void
test_usb__what_went_before_an_unplug_is_counted(void)
{
    char zeros[3000] = "";
    enum err e;
    struct rig r;

    rig_open(&r, 0, 0);
    cable_command(r.cable, "vanish 1024");
    CHECK(send_all(&r, zeros, sizeof(zeros), 3, &e) == 1024);
    CHECK(e == ERR_PRINTER);
    rig_end(&r);
}

static void
test_usb__a_packet_whose_handshake_is_lost_is_not_counted(void)
{
    struct fake_usb_seen seen;
    char zeros[3000] = "";
    enum err e;
    struct rig r;

    rig_open(&r, 0, FAKE_USB_UNTOLD);
    cable_command(r.cable, "vanish 1024");
    CHECK(send_all(&r, zeros, sizeof(zeros), 3, &e) == 1024 - 64);
    CHECK(e == ERR_PRINTER);
    seen = fake_usb_seen(r.usb);
    CHECK(seen.taken == 1024 && seen.counted == 1024 - 64);
    rig_end(&r);
}

static void
test_usb__every_call_tells_that_it_is_gone(void)
{
    uint8_t status;
    char answer[8];
    size_t n;
    struct rig r;

    rig_open(&r, 0, 0);
    cable_unplug(r.cable);
    CHECK(printer_send(r.printer, "abc", 3, PIECE_MS, &n) == ERR_PRINTER);
    CHECK(n == 0);
    CHECK(printer_receive(r.printer, answer, 8, PIECE_MS, &n) == ERR_PRINTER);
    CHECK(printer_port(r.printer, &status) == ERR_PRINTER);
    CHECK(printer_reset(r.printer) == ERR_PRINTER);
    printer_close(r.printer);
    CHECK(printer_open(cable_at(r.cable), &r.printer) == ERR_PRINTER);
    r.printer = NULL;
    cable_plug(r.cable); /* plugged in again, it is there again */
    CHECK(opens(&r, cable_at(r.cable)));
    rig_end(&r);
}

static void
test_usb__a_hundred_plugs_leave_nothing_behind(void)
{
    struct rig r;
    int found = 0;

    rig_plug(&r, &usual);
    for (int i = 0; i < 100; i++) {
        found += printer_open("usb:", &r.printer) == OK;
        cable_unplug(r.cable);
        printer_close(r.printer);
        r.printer = NULL;
        cable_plug(r.cable);
    }
    CHECK(found == 100);
    CHECK(opens(&r, "usb:"));
    rig_end(&r);
}

/* --- the kernel's driver, other builds --- */

static void
test_usb__usblp_is_detached_once_and_comes_back_at_the_end(void)
{
    struct fake_usb_seen seen;
    struct rig r;

    rig_open(&r, FAKE_USB_USBLP, 0);
    CHECK(prints(&r));
    CHECK(fake_usb_is_claimed(r.usb) && !fake_usb_has_usblp(r.usb));
    seen = fake_usb_seen(r.usb);
    CHECK(seen.detached == 1 && seen.reattached == 0);
    CHECK(seen.claims == 1 && seen.releases == 0); /* it is kept */
    printer_close(r.printer);
    r.printer = NULL;
    CHECK(fake_usb_has_usblp(r.usb) && !fake_usb_is_claimed(r.usb));
    CHECK(fake_usb_seen(r.usb).reattached == 1);
    rig_end(&r);
}

static void
test_usb__a_printer_that_another_program_holds_is_busy(void)
{
    struct printer *second = NULL;
    struct rig r;

    rig_open(&r, 0, 0);
    CHECK(printer_open(cable_at(r.cable), &second) == ERR_PRINTER);
    CHECK(prints(&r));
    rig_end(&r);
}

static void
test_usb__the_setting_that_speaks_is_chosen_and_never_ipp(void)
{
    struct rig r;
    size_t got = 0;
    char answer[4];

    rig_open(&r, FAKE_USB_ALTS, 0);
    CHECK(r.printer && printer_who(r.printer)->two_way);
    CHECK(prints(&r));
    CHECK(printer_send(r.printer, "\x10\x04\x01", 3, PIECE_MS, &got) == OK);
    CHECK(printer_receive(r.printer, answer, 4, LONG_MS, &got) == OK
          && got == 1);
    CHECK(fake_usb_seen(r.usb).wrong_place == 0);
    rig_end(&r);
}

static void
test_usb__a_one_way_printer_prints_and_says_nothing(void)
{
    size_t got = 1;
    char answer[4];
    struct rig r;

    rig_open(&r, FAKE_USB_ONE_WAY, 0);
    CHECK(prints(&r));
    CHECK(r.printer && !printer_who(r.printer)->two_way);
    CHECK(printer_receive(r.printer, answer, 4, PIECE_MS, &got) == OK
          && got == 0);
    CHECK(fake_usb_seen(r.usb).wrong_place == 0);
    rig_end(&r);
}

static void
test_usb__a_vendor_class_printer_is_taken_when_it_is_known(void)
{
    struct fake_usb_make make = usual;
    struct rig r;

    make.build = FAKE_USB_VENDOR_CLASS;
    make.vendor = 0x04b8; /* Epson TM-T20: of drivers/quirks.c */
    make.product = 0x0e03;
    rig_plug(&r, &make);
    CHECK(opens(&r, "usb:"));
    CHECK(r.printer && !printer_who(r.printer)->class7);
    rig_end(&r);
    make.vendor = 0x1234;
    rig_plug(&r, &make);
    CHECK(printer_open("usb:", &r.printer) == ERR_PRINTER);
    r.printer = NULL;
    CHECK(opens(&r, "usb:1234:0e03")); /* or when it is named outright */
    rig_end(&r);
}

static void
test_usb__the_list_has_all_of_them(void)
{
    struct printer_found found[8];
    struct fake_usb_make make = usual;
    struct rig one, two;
    size_t n = 0;

    rig_open(&one, 0, 0);
    make.port = "1-3";
    make.serial = NULL;
    rig_plug(&two, &make);
    fake_usb_fault(two.usb, FAKE_USB_ID_STALLS);
    CHECK(printer_usb_list(found, 8, &n) == OK && n == 2);
    for (size_t i = 0; i < n; i++) {
        bool first = strcmp(found[i].id.port, "1-1") == 0;

        CHECK(first || strcmp(found[i].id.port, "1-3") == 0);
        CHECK_STR(found[i].id.serial, first ? "F0001" : "");
    }
    CHECK(prints(&one)); /* looking disturbs nobody */
    rig_end(&two);
    rig_end(&one);
}

static void
test_usb__one_that_speaks_ipp_alone_is_listed_with_the_reason(void)
{
    struct fake_usb_make make = usual;
    struct printer_found found[2];
    struct rig r;
    size_t n = 0;

    make.build = FAKE_USB_IPP;
    rig_plug(&r, &make);
    CHECK(printer_usb_list(found, 2, &n) == OK && n == 1);
    CHECK(n == 1 && found[0].why.err == ERR_PRINTER);
    CHECK(n == 1 && strcmp(found[0].why.args[0].value, "ipp") == 0);
    CHECK(printer_open("usb:", &r.printer) == ERR_PRINTER);
    r.printer = NULL;
    rig_end(&r);
}

int
main(void)
{
    RUN(test_usb__is_found_by_serial_by_port_by_name_and_first);
    RUN(test_usb__nobody_else_is_taken_for_it);
    RUN(test_usb__two_printers_each_get_their_own);
    RUN(test_usb__a_device_id_that_stalls_or_never_comes_is_done_without);
    RUN(test_usb__a_port_status_that_stalls_is_no_status_and_no_failure);
    RUN(test_usb__paper_that_ends_is_seen_in_the_port_status);
    RUN(test_usb__what_a_printer_takes_in_parts_is_counted_to_the_byte);
    RUN(test_usb__a_halted_endpoint_is_cleared_and_goes_on);
    RUN(test_usb__taking_nothing_is_no_failure_and_takes_finite_time);
    RUN(test_usb__what_went_before_an_unplug_is_counted);
    RUN(test_usb__a_packet_whose_handshake_is_lost_is_not_counted);
    RUN(test_usb__every_call_tells_that_it_is_gone);
    RUN(test_usb__a_hundred_plugs_leave_nothing_behind);
    RUN(test_usb__usblp_is_detached_once_and_comes_back_at_the_end);
    RUN(test_usb__a_printer_that_another_program_holds_is_busy);
    RUN(test_usb__the_setting_that_speaks_is_chosen_and_never_ipp);
    RUN(test_usb__a_one_way_printer_prints_and_says_nothing);
    RUN(test_usb__a_vendor_class_printer_is_taken_when_it_is_known);
    RUN(test_usb__the_list_has_all_of_them);
    RUN(test_usb__one_that_speaks_ipp_alone_is_listed_with_the_reason);
    return T_END();
}
