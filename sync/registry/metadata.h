/* sync/registry/metadata.h - the metadata files of a registry: written from
 * what is in its books, signed, and kept there (db/registry/published.h).
 *
 * A publisher is one piece of work on the published repository.  What it
 * begins with is read from the books; every metadata_* below makes the next
 * version of one file, inside a write. */
#ifndef SYNC_REGISTRY_METADATA_H
#define SYNC_REGISTRY_METADATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "sync/registry/authority.h"
#include "sync/registry/keys.h"
#include "sync/registry/tree.h"

struct db;

/* Days a signature is good for (contract/registry-protocol.md). */
enum {
    DAYS_ROOT = 365,
    DAYS_TARGETS = 90, /* delegated ones too */
    DAYS_SNAPSHOT = 7,
    DAYS_TIMESTAMP = 3,
    DAY_S = 86400
};

/* The newest version of a metadata file; version 0: there is none. */
struct version {
    char role[KEY_ROLE];
    int64_t version;
    int64_t expires_at;
    int64_t length;
};

struct publisher {
    struct db *db;
    struct keys *keys;
    struct tree tree;
    int64_t now;
    const char *by;
    int64_t timestamp_s; /* how long a timestamp is good for; 0: the contract */
    struct version versions[AUTHORITIES];
    size_t versions_len;
    struct authorities before; /* as published last */
    struct authorities after;  /* as they will be: a key was rotated */
};

/* Read versions and authorities; none in a registry that published nothing.
 * The tree is opened at `dir`.  publisher_finish closes it. */
enum err publisher_open(struct publisher *p, const char *dir);
void publisher_finish(struct publisher *p);

/* The row of a role, made when it is new; borrowed. */
struct version *publisher_version(struct publisher *p, const char *role);

/* Is less than a third of `days` left of it? */
bool publisher_ends_soon(struct publisher *p, const char *role, int days);

/* Sign the next version.  Errors of authority_sign_with; ERR_TOO_LARGE. */
enum err metadata_root(struct publisher *p);
enum err metadata_targets(struct publisher *p);
/* "vn", "vn-pages" or a province: with the targets that the books have. */
enum err metadata_role(struct publisher *p, const char *role);
enum err metadata_snapshot(struct publisher *p);
enum err metadata_timestamp(struct publisher *p);

/* "vn", "vn-pages" and the provinces, in the order of delegation. */
typedef enum err publisher_role_fn(void *arg, const char *role);
enum err publisher_each_role(
    struct publisher *p, publisher_role_fn *fn, void *arg);

#endif
