/* pos/print/makers.h - from a job to the bytes for its printer: a table, one
 * function a kind (makers.c).  None of them prints. */
#ifndef POS_PRINT_MAKERS_H
#define POS_PRINT_MAKERS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/settings.h"
#include "db/print_job.h"
#include "drivers/font.h"
#include "drivers/link.h"
#include "drivers/raster.h"
#include "pos/shop.h"

struct db;

enum { MAKE_BYTES_MAX = 8 * 1024 * 1024 }; /* of a job, and of its picture */

struct making {
    struct db *db; /* a reader */
    const struct shop *shop;
    struct font *font;
    const struct print_job *job;
    const struct settings_printer *printer;
    const struct link_health *health; /* as the printer told it last */
    struct buf *bytes; /* what the printer gets */
    struct buf *png;   /* the same as a picture, for transports that keep one;
                          may stay empty */
};

/* Fill bytes, and png where there is a picture.  A failure ends the job: it is
 * told in the job's message, and what waits behind it is printed. */
typedef enum err make_fn(struct making *m);

/* By the kind of m->job.  ERR_TOO_LARGE when it is past MAKE_BYTES_MAX. */
enum err make_job(struct making *m);

/* The printer prints nothing now, but there is change to give: the drawer is
 * opened by a real-time command.  Who does not know DLE EOT knows none. */
bool make_at_once(const struct link_health *health);

/* For makers: dots as a receipt printer's bytes, and as the picture. */
enum err make_slip(struct making *m, struct raster *raster);

#endif
