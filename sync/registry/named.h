/* sync/registry/named.h - the targets that a role names, old and new. */
#ifndef SYNC_REGISTRY_NAMED_H
#define SYNC_REGISTRY_NAMED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/registry/published.h"
#include "sync/registry/metadata.h"

enum { NAMED_CUSTOM = 256 };

struct named_target {
    char path[TREE_NAME]; /* "p01/list-7.ndjson" */
    int64_t length;
    uint8_t sha256[32];
    char custom[NAMED_CUSTOM]; /* canonical JSON */
};

struct named {
    struct named_target *all;
    size_t len, cap;
};

void named_finish(struct named *n);

/* What the role names now.  Errors of the books. */
enum err named_load(struct publisher *p, const char *role, struct named *out);

/* The first whose path begins with `prefix`, from number *at on, which moves
 * behind it; NULL. */
const struct named_target *named_next(
    const struct named *n, const char *prefix, size_t *at);

/* Name those whose path begins with `prefix` again. */
void named_keep(struct named *n, const struct named *old, const char *prefix);

/* Name `path` with these bytes and put them into the folder under the name
 * that says their hash. */
enum err named_add(struct named *n, struct publisher *p, const char *path,
    const void *bytes, size_t len, const char *custom);

/* Inside a write: the role names these and nothing else.  Was it otherwise? */
enum err named_store(struct named *n, struct publisher *p, const char *role,
    const struct named *old, bool *changed_out);

/* "targets/p01/<sha256>.list-7.ndjson" */
void named_place(
    const char *path, const uint8_t sha256[32], char out[TREE_NAME]);

#endif
