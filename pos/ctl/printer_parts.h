/* pos/ctl/printer_parts.h - what the commands about printers share: saying how
 * one is, and talking with it, by hand or through the daemon. */
#ifndef POS_CTL_PRINTER_PARTS_H
#define POS_CTL_PRINTER_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/settings_printer.h"
#include "drivers/link.h"

struct ctl;
struct say;

/* A printer as it is now; borrowed. */
struct printer_shown {
    const char *id, *at; /* id: "" when it is none of the settings */
    const struct link_health *health;
    const char *why;        /* it cannot be used; NULL */
    int64_t queue, unknown; /* queue -1: no daemon, nothing waits anywhere */
};

/* Would it print now, as far as it tells? */
bool printer_is_well(enum printer_state state);

/* One item of a list; c->status is CTL_WRONG when somebody has to do something.
 */
void printer_say_state(struct ctl *c, const struct printer_shown *p);

/* "vendor" and "product" in hexadecimal. */
void printer_say_usb(struct say *say, const struct printer_id *id);

/* A printer in the command's own hands: no daemon holds it, or it is none of
 * the settings (then its id is empty). */
struct direct {
    struct settings_printer printer;
    unsigned quirks; /* parsed */
};

/* Ask it how it is.  ERR_PRINTER and ERR_SETTINGS tell why it cannot be used;
 * out->state is PRINTER_GONE then. */
enum err direct_look(const struct direct *d, struct link_health *out);

/* Print the self-test, or the bytes of the file of --from as they are, and say
 * how it went: c->status is CTL_WRONG unless all was taken.  Waits a minute for
 * a printer that tells what it waits for.  Failures are of what comes before
 * the first byte. */
enum err direct_test(struct ctl *c, const struct direct *d);

/* Inside the daemon.  Does it hold any printer? */
bool daemon_prints(const struct ctl *c);
/* Is the printer at this USB port one that it holds open? */
bool daemon_holds(const struct ctl *c, const char *port);
/* The one that the word names, or all. */
enum err daemon_status(struct ctl *c);
/* Queue a self-test, and wait a little for what becomes of it. */
enum err daemon_test(struct ctl *c);

/* ERR_NOT_FOUND: the settings have no such printer. */
enum err printer_not_found(const char *id);

#endif
