/* sync/tuf/trust.h - what is trusted, and each step to trust more.
 *
 * The client workflow of The Update Framework 1.0, section 5, fed with bytes:
 * no I/O, and no clock but the `now` passed in (unix seconds).  The steps come
 * in this order; a step out of order is our bug and meets an assert:
 *
 *     start -> next_root* -> root_final -> [kept_timestamp] -> timestamp
 *     -> [kept_snapshot] -> snapshot (or snapshot_final for the kept one)
 *     -> targets -> delegated*
 *
 * A step that fails changes nothing.  Failures: ERR_LIST_UNTRUSTED with the
 * arguments `role` and `case`:
 *     form        no metadata of this kind (`why`)
 *     signatures  fewer keys signed than needed (`have`, `need`)
 *     rollback    a version below the one known (`version`, `known`)
 *     version     not the version that was announced (`version`, `known`)
 *     gone        the snapshot forgot a role it knew
 *     length, hash  not the bytes that were announced
 *     role        nobody delegates to this role, or the snapshot lacks it
 * and ERR_LIST_EXPIRED with `role` and `date`. */
#ifndef SYNC_TUF_TRUST_H
#define SYNC_TUF_TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "sync/tuf/key.h"
#include "sync/tuf/metadata.h"

/* For reading; changed only by the steps. */
struct tuf_trust {
    const struct tuf_scheme *const *schemes; /* borrowed */
    struct tuf_root root;
    struct tuf_timestamp timestamp;
    struct tuf_snapshot snapshot;
    struct tuf_targets targets;
    bool root_final;
    bool has_timestamp, has_snapshot, has_targets;
    /* A root took a key away from timestamp or snapshot: what was kept of
     * both must not be compared with any more (recovery from versions that a
     * thief pushed far ahead). */
    bool rotated;
};

/* Trust this root: signed by itself, expired or not.  tuf_trust_finish frees
 * after either answer. */
enum err tuf_trust_start(struct tuf_trust *t,
    const struct tuf_scheme *const *schemes, const char *root, size_t len);
void tuf_trust_finish(struct tuf_trust *t);

/* The root of the next version: exactly one more, signed as the old root asks
 * and as it asks itself; expired or not. */
enum err tuf_trust_next_root(struct tuf_trust *t, const char *bytes,
    size_t len);
/* No newer root is there: this one must not be expired. */
enum err tuf_trust_root_final(struct tuf_trust *t, int64_t now);

/* What was trusted before and kept: expired or not, it is only compared with.
 * Whatever fails here is forgotten by the caller, without alarm. */
enum err tuf_trust_kept_timestamp(
    struct tuf_trust *t, const char *bytes, size_t len);
enum err tuf_trust_kept_snapshot(
    struct tuf_trust *t, const char *bytes, size_t len);

/* *newer_out is false for one of the version that is kept: then the kept one
 * stays, and must not be expired. */
enum err tuf_trust_timestamp(struct tuf_trust *t, const char *bytes,
    size_t len, int64_t now, bool *newer_out);

/* Is the kept snapshot the one that the timestamp names, and not expired? */
enum err tuf_trust_snapshot_final(struct tuf_trust *t, int64_t now);
enum err tuf_trust_snapshot(
    struct tuf_trust *t, const char *bytes, size_t len, int64_t now);

enum err tuf_trust_targets(
    struct tuf_trust *t, const char *bytes, size_t len, int64_t now);
/* The metadata of `role`, to which `parent` delegates; *out is the caller's,
 * tuf_targets_finish. */
enum err tuf_trust_delegated(const struct tuf_trust *t,
    const struct tuf_targets *parent, const char *role, const char *bytes,
    size_t len, int64_t now, struct tuf_targets *out);

/* Enough different keys of `role` among `keys` signed `head`?  `name` is for
 * the message. */
enum err tuf_verify(const struct tuf_scheme *const *schemes,
    const struct tuf_key *keys, size_t keys_len, const struct tuf_role *role,
    const struct tuf_signed *head, const char *name);

#endif
