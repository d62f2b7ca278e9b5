/* sync/tuf/client.h - the whole client workflow over two things of the caller:
 * where metadata comes from, and what of it was kept.
 *
 *     struct tuf_kept kept;
 *     tuf_kept_init(&kept);
 *     tuf_kept_put(&kept, "root", bytes, len);       // and what else there is
 *     c = tuf_client_new(tuf_ed25519_only, &source, &kept);
 *     e = tuf_client_refresh(c, now);
 *     if (!e) e = tuf_client_role(c, "p01", &targets);
 *     // e or not: save what is dirty in `kept`, forget what is gone
 *     tuf_client_free(c);
 *     tuf_kept_finish(&kept);
 *
 * What is dirty in `kept` was verified whole, so it may be saved after a
 * failure too: roots above all, then timestamp, then snapshot. */
#ifndef SYNC_TUF_CLIENT_H
#define SYNC_TUF_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "sync/tuf/metadata.h"

enum {
    TUF_ROOT_STEPS = 1024, /* new roots in one refresh */
    TUF_ROLES_MAX = 32     /* roles visited for one target */
};

struct tuf_source {
    void *arg;
    /* Append the file `name` ("3.root.json"; a safe name for a URL: all but
     * letters, digits and `-._~` is written %XX) to `out`, at most `max`
     * bytes.  ERR_NOT_FOUND when there is none, any other failure as it is. */
    enum err (*get)(void *arg, const char *name, size_t max, struct buf *out);
};

/* One trusted file. */
struct tuf_kept_file {
    char *role;  /* "root", "timestamp", "snapshot", "targets", "p01" */
    char *bytes; /* NULL: gone, the caller forgets its copy too */
    size_t len;
    int64_t version, expires_at; /* 0 until this program verified it */
    bool dirty;                  /* not what the caller put there */
};

struct tuf_kept {
    struct tuf_kept_file *files; /* root, timestamp, snapshot and targets come
                                    before delegated roles once refreshed */
    size_t len, cap;
};

void tuf_kept_init(struct tuf_kept *kept);
void tuf_kept_finish(struct tuf_kept *kept);
/* Put what the caller has kept; copied, not dirty, not yet believed. */
void tuf_kept_put(
    struct tuf_kept *kept, const char *role, const char *bytes, size_t len);
/* NULL when it is not there or gone. */
const struct tuf_kept_file *tuf_kept_find(
    const struct tuf_kept *kept, const char *role);

struct tuf_client;

/* All three are borrowed until tuf_client_free; `kept` is changed. */
struct tuf_client *tuf_client_new(const struct tuf_scheme *const *schemes,
    const struct tuf_source *source, struct tuf_kept *kept);
void tuf_client_free(struct tuf_client *c); /* NULL is taken */

/* Roots, timestamp, snapshot, targets.  `now` (unix seconds) is the time for
 * everything after, too.  Failures: of trust.h, of the source; ERR_NOT_FOUND
 * when `kept` has no root, or a file is missing at the source. */
enum err tuf_client_refresh(struct tuf_client *c, int64_t now);

/* A role that `targets` delegates to directly; fetched only when the kept one
 * is not the snapshot's.  *out is borrowed until the client is freed or
 * refreshed; "targets" itself is there too. */
enum err tuf_client_role(struct tuf_client *c, const char *role,
    const struct tuf_targets **out);

/* Search the delegations in order of trust.  ERR_NOT_FOUND when no role that
 * may speak of the path names it.  *role_out (may be NULL) is who does. */
enum err tuf_client_target(struct tuf_client *c, const char *path,
    const struct tuf_target **out, const char **role_out);

/* What is trusted after a refresh, also a failed one as far as it came; NULL
 * for what is not.  Borrowed as above. */
const struct tuf_root *tuf_client_root(const struct tuf_client *c);
const struct tuf_timestamp *tuf_client_timestamp(const struct tuf_client *c);
const struct tuf_snapshot *tuf_client_snapshot(const struct tuf_client *c);

/* Append where the target lies below the folder of targets, as a URL wants it:
 * "p01/<sha256>.list-7.ndjson", or the plain path when the repository has no
 * consistent snapshots. */
void tuf_client_target_name(const struct tuf_client *c,
    const struct tuf_target *target, struct buf *out);

/* Append `text` with all but letters, digits and `-._~` as %XX. */
void tuf_quote(const char *text, struct buf *out);

#endif
