/* tests/fault/print_cable.h - a fake printer behind a cable that can be pulled:
 * USB by umockdev (tests/tools/fake_usb.h), or TCP (tests/tools/fake_server.h),
 * where it resets the connection and refuses the next. */
#ifndef TESTS_FAULT_PRINT_CABLE_H
#define TESTS_FAULT_PRINT_CABLE_H

#include <stdbool.h>

#include "tests/tools/fake_printer.h"

enum cable_kind { CABLE_USB, CABLE_TCP };

struct cable;
struct fake_usb;
struct fake_usb_make;

/* Out, with a printer at its end; options as fake_new takes them.  The first
 * USB cable lays the bus. */
struct cable *cable_new(
    enum cable_kind kind, const struct fake_options *options);
/* A USB one, built and named as asked; without a port: at a free one. */
struct cable *cable_new_usb(
    const struct fake_usb_make *make, const struct fake_options *options);
void cable_free(struct cable *c);

/* How the settings call the printer at its end: "usb:port=1-1". */
const char *cable_at(const struct cable *c);
/* For its faults; NULL over TCP. */
struct fake_usb *cable_usb(struct cable *c);

/* While it is out: a new printer at its end. */
void cable_renew(struct cable *c, const struct fake_options *options);
void cable_plug(struct cable *c);
void cable_unplug(struct cable *c);
/* Not plugged, or the printer vanished by itself. */
bool cable_is_out(struct cable *c);

/* fake_command while it is plugged; stops the test when there is no such. */
void cable_command(struct cable *c, const char *words);

/* Around a look at the printer. */
struct fake *cable_lock(struct cable *c);
void cable_unlock(struct cable *c);
/* How much it did so far. */
struct fake_count cable_count(struct cable *c);
size_t cable_slips(struct cable *c); /* that were cut */

#endif
