/* pos/certified/stage.h - the rows of a whole list, written beside the one in
 * force in short steps while the shop goes on selling. */
#ifndef POS_CERTIFIED_STAGE_H
#define POS_CERTIFIED_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "pos/certified/diff.h"
#include "pos/certified/row.h"
#include "pos/shop.h"

struct stage {
    struct shop *shop;
    struct diff *diff;     /* what changes is added here */
    struct claims *claims; /* and here what another list has, too */
    bool (*stop)(void *arg); /* may be NULL */
    void *stop_arg;
    size_t step; /* rows in one write, as the machine bears; 0: not known */
};

/* Write the verified file `path` of the list `name` as generation `gen`,
 * compared with the list `was` (gen 0: none).  Its lines are read by one
 * thread while the writer puts those before.  Failures of sync/lines.h;
 * ERR_STOPPING. */
enum err stage_list(struct stage *s, const char *name, const char *path,
    int64_t gen, const struct certified_list *was, int64_t *records_out);

/* Remove the rows of no list, in short steps. */
enum err stage_sweep(struct stage *s);

#endif
