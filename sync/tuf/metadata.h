/* sync/tuf/metadata.h - the four kinds of metadata, read from bytes.
 *
 * The Update Framework 1.0, section 4.  Reading checks the form, never trust:
 * that is sync/tuf/trust.h.  What the form does not know is left aside, but
 * stays signed.  Every failure is ERR_LIST_UNTRUSTED with the arguments
 * `role`, `case` "form" and `why`; *out is empty then.
 *
 * Strings are borrowed from the metadata they stand in and live until its
 * ..._finish, which takes an empty struct too. */
#ifndef SYNC_TUF_METADATA_H
#define SYNC_TUF_METADATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "sync/tuf/key.h"

/* Limits in bytes.  Where the parent names a length, that is the limit, if it
 * is not past TUF_BYTES_MAX. */
enum {
    TUF_ROOT_BYTES = 64 * 1024,
    TUF_TIMESTAMP_BYTES = 16 * 1024,
    TUF_UNSIZED_BYTES = 1000 * 1000, /* snapshot, targets without a length */
    TUF_BYTES_MAX = 64 * 1024 * 1024,
    TUF_DEPTH = 16,
    TUF_NAME_MAX = 512 /* of roles, paths, key ids */
};

struct tuf_signature {
    const char *keyid;
    const char *sig; /* hex */
};

/* What every kind has. */
struct tuf_signed {
    struct json *doc;
    char *canonical; /* the signed part, as it is signed */
    size_t canonical_len;
    struct tuf_signature *signatures; /* no key id twice */
    size_t signatures_len;
    int64_t version;    /* >= 1 */
    int64_t expires_at; /* unix seconds */
    size_t bytes_len;   /* of the whole file, and its hash */
    uint8_t sha256[32];
};

/* Whose signatures are needed. */
struct tuf_role {
    const char **keyids; /* no id twice */
    size_t keyids_len;
    int64_t threshold; /* >= 1 */
};

enum tuf_top { TUF_ROOT, TUF_TIMESTAMP, TUF_SNAPSHOT, TUF_TARGETS, TUF_TOPS };

struct tuf_root {
    struct tuf_signed head;
    bool consistent; /* versioned names, hashes before the names of targets */
    struct tuf_key *keys;
    size_t keys_len;
    struct tuf_role roles[TUF_TOPS];
};

/* What a parent says of a metadata file: "snapshot.json", "p01.json". */
struct tuf_file {
    const char *name;
    int64_t version;
    int64_t length; /* -1: not said */
    bool has_sha256;
    uint8_t sha256[32];
};

struct tuf_timestamp {
    struct tuf_signed head;
    struct tuf_file snapshot;
};

struct tuf_snapshot {
    struct tuf_signed head;
    struct tuf_file *files; /* in the order of the document */
    size_t files_len;
};

struct tuf_target {
    const char *path; /* "p01/list-7.ndjson" */
    int64_t length;
    uint8_t sha256[32];
    const struct json *custom; /* an object, or NULL */
};

struct tuf_delegation {
    const char *name; /* never one of the four top roles; no name twice */
    struct tuf_role role;
    bool terminating;
    const char **paths; /* patterns, or NULL when there are prefixes */
    size_t paths_len;
    const char **prefixes; /* of the hex SHA-256 of the path */
    size_t prefixes_len;
};

struct tuf_targets {
    struct tuf_signed head;
    struct tuf_target *targets; /* in the order of the document */
    size_t targets_len;
    struct tuf_key *keys; /* of the delegations */
    size_t keys_len;
    struct tuf_delegation *delegations; /* in order of trust */
    size_t delegations_len;
};

/* "root", "timestamp", "snapshot", "targets" */
const char *tuf_top_name(enum tuf_top top);

enum err tuf_root_read(const char *bytes, size_t len, struct tuf_root *out);
enum err tuf_timestamp_read(
    const char *bytes, size_t len, struct tuf_timestamp *out);
enum err tuf_snapshot_read(
    const char *bytes, size_t len, struct tuf_snapshot *out);
/* `role` is the name for messages: "targets" or a delegated role. */
enum err tuf_targets_read(const char *role, const char *bytes, size_t len,
    struct tuf_targets *out);

void tuf_root_finish(struct tuf_root *root);
void tuf_timestamp_finish(struct tuf_timestamp *timestamp);
void tuf_snapshot_finish(struct tuf_snapshot *snapshot);
void tuf_targets_finish(struct tuf_targets *targets);

/* The file of a role ("p01", not "p01.json"), or NULL. */
const struct tuf_file *tuf_snapshot_find(
    const struct tuf_snapshot *snapshot, const char *role);
const struct tuf_target *tuf_targets_find(
    const struct tuf_targets *targets, const char *path);
const struct tuf_delegation *tuf_targets_delegation(
    const struct tuf_targets *targets, const char *role);

/* May the delegated role speak of this path?  In a pattern `*` stands for any
 * characters, `?` for one and `[a-z]`, `[!a]` for one of a set, as in a glob;
 * none crosses a `/`. */
bool tuf_delegation_covers(
    const struct tuf_delegation *delegation, const char *path);
bool tuf_path_matches(const char *pattern, const char *path);

#endif
