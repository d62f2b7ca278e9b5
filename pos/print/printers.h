/* pos/print/printers.h - the printers of the showroom, a worker each. */
#ifndef POS_PRINT_PRINTERS_H
#define POS_PRINT_PRINTERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/settings.h"
#include "drivers/link.h"
#include "pos/print/worker.h"

struct printers;

/* Called with one line of JSON (pos/print/tell.h) whenever a printer or its job
 * changes; from the workers' threads. */
typedef void printers_tell_fn(void *arg, const char *json);

/* Start all printers of the settings; what a dead daemon was sending is unknown
 * from here on, and what is queued at a printer that the settings no longer
 * name goes to one of its role.  *out is NULL, with OK, when no printer is set.
 * A printer that is not there is no failure.  `pace` NULL: as usual.
 * ERR_SETTINGS: a quirk that is none; ERR_SYSTEM. */
enum err printers_open(struct shop *shop, struct font *font,
    printers_tell_fn *tell, void *tell_arg, const struct link_pace *pace,
    struct printers **out);

/* There may be new jobs.  From any thread, also inside a write; quick.  NULL is
 * taken. */
void printers_wake(struct printers *p);

/* Stop all, within a second; what waits stays queued.  NULL is taken. */
void printers_close(struct printers *p);

size_t printers_len(const struct printers *p); /* NULL: 0 */
void printers_view(
    const struct printers *p, size_t i, struct print_view *out);

/* Tell listeners that a row changed by another hand: an answer, a cancelled
 * job.  NULL is taken. */
void printers_tell(struct printers *p, const struct print_job *job);

/* The printer of a role for a till (0: any); NULL when there is none, or
 * nothing is printed at all. */
const struct settings_printer *printers_for(
    const struct shop *shop, enum settings_role role, int64_t till);

/* What a printer does wrong, as far as it is known: QUIRK_* of its settings and
 * of the table.  `where` NULL: 0. */
unsigned printers_quirks(
    const struct printers *p, const struct settings_printer *where);

#endif
