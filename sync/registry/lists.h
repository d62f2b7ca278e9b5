/* sync/registry/lists.h - what a role publishes, made from the books.
 *
 * Each takes what the role named before and adds what it names now; all run
 * inside the write of a publication. */
#ifndef SYNC_REGISTRY_LISTS_H
#define SYNC_REGISTRY_LISTS_H

#include <stdint.h>

#include "base/err.h"
#include "sync/registry/named.h"

/* The newest sequence of a list can be reached in one step from this many. */
enum { LISTS_DELTAS = 60 };

struct list_made {
    int64_t seq;     /* 0: it is as it was */
    int64_t records; /* in it */
    int64_t changes; /* since the one before */
};

/* The whole list and the deltas to it, when a record changed since.
 * ERR_TOO_LARGE past 64 MiB. */
enum err lists_make(struct publisher *p, const char *role,
    const struct named *old, struct named *now, struct list_made *made_out);

/* vn/showrooms-V.json */
enum err showrooms_make(
    struct publisher *p, const struct named *old, struct named *now);

/* vn/status-V.bin, as of today. */
enum err status_make(
    struct publisher *p, const struct named *old, struct named *now);

/* vn/names-K.json */
enum err names_make(struct publisher *p, struct named *now);

/* The bytes as version V of `path`, which is a format with one number: the V
 * of `old` when they are the same, else the next. */
enum err versioned_add(struct publisher *p, const struct named *old,
    struct named *now, const char *prefix, const char *end, const char *kind,
    const void *bytes, size_t len);

#endif
