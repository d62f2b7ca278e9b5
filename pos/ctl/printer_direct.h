/* pos/ctl/printer_direct.h - a printer in the command's own hands: no daemon
 * holds it, or it is none of the settings. */
#ifndef POS_CTL_PRINTER_DIRECT_H
#define POS_CTL_PRINTER_DIRECT_H

#include "base/err.h"
#include "drivers/link.h"

struct ctl;

/* Strings are borrowed. */
struct direct {
    const char *id; /* of the settings; "" when it is none of them */
    struct link_config link;
    int paper_mm;
};

/* Ask it how it is.  ERR_PRINTER and ERR_SETTINGS tell why it cannot be used;
 * out->state is PRINTER_GONE then. */
enum err direct_look(const struct direct *d, struct link_health *out);

/* Print the self-test, or the bytes of the file of --from as they are, and say
 * how it went: c->status is CTL_WRONG unless all was taken.  Waits a minute for
 * a printer that tells what it waits for.  Failures are of what comes before
 * the first byte. */
enum err direct_test(struct ctl *c, const struct direct *d);

#endif
