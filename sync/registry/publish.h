/* sync/registry/publish.h - from the books to the published folder.
 *
 * What is published is decided and kept in one write of the books, signed
 * metadata with it; the folder then follows: files with new names first, all
 * durable, the timestamp last by a rename.  A run that is cut off anywhere
 * leaves the old repository or the new one; the next run brings the folder up
 * to the books before anything else. */
#ifndef SYNC_REGISTRY_PUBLISH_H
#define SYNC_REGISTRY_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "sync/registry/keys.h"
#include "sync/registry/metadata.h"

struct publish_ask {
    const char *dir;
    struct db *db; /* DB_REGISTRY, DB_WRITE */
    struct keys *keys;
    int64_t now;
    const char *by;
    int64_t timestamp_s; /* 0: as the contract says */
};

/* What a list became. */
struct published_list {
    char role[KEY_ROLE];
    int64_t seq, records, changes;
};

struct published {
    struct published_list lists[AUTHORITIES]; /* that changed */
    size_t lists_len;
    int64_t roles; /* metadata files of roles that were signed again */
    int64_t snapshot, timestamp; /* versions now in force */
    int64_t expires_at;          /* of the timestamp */
    bool pages;                  /* names, standing or showrooms changed */
    size_t removed;              /* old files */
    /* What ends soon and could not be signed again: its keys were not there. */
    char late[KEY_ROLE];
    int64_t late_at;
};

/* The first metadata: root and targets as `first` says, a file for every role,
 * nothing in them.  ERR_EXISTS when something was published. */
enum err publish_first(const struct publish_ask *ask,
    const struct authorities *first, struct published *out);

/* What changed in the books since; the timestamp in any case.  ERR_NOT_FOUND
 * with the case `registry` before publish_first; ERR_SIGNING_KEY; ERR_FILE;
 * ERR_TOO_LARGE. */
enum err publish_changes(
    const struct publish_ask *ask, struct published *out);

/* The timestamp again; and whatever has less than a third of its days left. */
enum err publish_renew(const struct publish_ask *ask, struct published *out);

/* New keys for `role`, made in `folder`, guarded as the old ones are; or, with
 * `old` (a key id), in place of that one alone.  The old ones' files move to
 * FOLDER/retired. */
struct publish_rotate {
    const char *role;
    const char *old;
    const char *folder;
    size_t made; /* out */
};
enum err publish_rotate(const struct publish_ask *ask,
    struct publish_rotate *rotate, struct published *out);

#endif
