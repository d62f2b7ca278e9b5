/* sync/registry/publish_work.h - what publish.c and rotate.c share. */
#ifndef SYNC_REGISTRY_PUBLISH_WORK_H
#define SYNC_REGISTRY_PUBLISH_WORK_H

#include <stdbool.h>

#include "base/err.h"
#include "sync/registry/publish.h"

/* One piece of work, inside its write. */
struct work {
    struct publisher p;
    struct published *out;
    bool moved; /* a role has a new version: so has the snapshot */
    const struct authorities *first;
    struct publish_rotate *rotate;
};

typedef enum err work_fn(struct work *w);

/* Bring the folder up to the books, do the work in one write, bring the folder
 * up again. */
enum err work_run(const struct publish_ask *ask, struct work *w, work_fn *fn,
    struct published *out);

/* ERR_NOT_FOUND when nothing was published yet. */
enum err work_begun(struct work *w);

/* The snapshot when something in it moved or it ends soon; the timestamp. */
enum err work_seal(struct work *w);

#endif
