/* pos/print/worker.h - the thread between print jobs and the printer.
 *
 * A job is a row, written with the sale.  The worker marks it as being sent
 * before the first byte goes out, and how sure it is afterwards: a job that
 * was being sent when the daemon died is unknown, never silently sent again. */
#ifndef POS_PRINT_WORKER_H
#define POS_PRINT_WORKER_H

#include "base/err.h"
#include "drivers/font.h"
#include "pos/shop.h"

struct print_worker;

/* Open the settings' printer and start.  *out is NULL, with OK, when the
 * settings name none ("null:").  ERR_PRINTER, ERR_SETTINGS. */
enum err print_worker_open(struct shop *shop, struct font *font,
    struct print_worker **out);

/* Finish the job in hand and stop; what waits stays queued.  NULL is taken. */
void print_worker_close(struct print_worker *w);

/* There may be a new job.  From any thread, also inside a write; quick. */
void print_worker_wake(struct print_worker *w);

#endif
