/* pos/make.h - a new showroom in a data folder.
 *
 * Everything is made in DIR/new and moved to its place at the end, the
 * database last: a program killed in between leaves no showroom, and the next
 * attempt begins anew. */
#ifndef POS_MAKE_H
#define POS_MAKE_H

#include <stdint.h>

#include "base/err.h"
#include "base/settings.h"

struct shop;

struct make_ask {
    int64_t number;      /* u32, given by the registry */
    const char *name;    /* cleaned here */
    const char *commune; /* code of five digits */
};

/* What is to be in it from the start. */
typedef enum err make_fn(struct shop *shop, void *arg);

/* Make the folder of the settings with key 1 and the first record, let `fill`
 * work in it, and then let it be a showroom.  What `fill` returns is passed
 * on, and no showroom is left.  ERR_EXISTS when there is one, or a key of
 * one; ERR_FIELD_VALUE; ERR_BUSY when another program is at it; ERR_FILE. */
enum err make_showroom(const struct settings *settings,
    const struct make_ask *ask, make_fn *fill, void *arg);

#endif
