/* tests/tools/tuf_repo.h - a repository of signed lists in memory, of which
 * every part can be made wrong.
 *
 *     struct repo r;
 *     repo_init(&r);                 // keys of the four top roles
 *     repo_add_role(&r, 0, "p01", "p01/list-?");
 *     repo_add_target(&r, 1, "p01/a", "text");
 *     repo_publish(&r);              // all files, from what is in r
 *     r.timestamp.version++, repo_put_timestamp(&r);
 *
 * Keys grow from a counter: the same calls make the same bytes. */
#ifndef TESTS_TOOLS_TUF_REPO_H
#define TESTS_TOOLS_TUF_REPO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "sync/tuf/client.h"
#include "sync/tuf/write.h"

enum { REPO_KEYS = 8, REPO_ROLES = 48, REPO_TARGETS = 4, REPO_FILES = 160,
    REPO_NAME = 80 };

#define REPO_NOW INT64_C(1795320000) /* 22 November 2026 */
#define REPO_DAY INT64_C(86400)

struct repo_keys {
    struct tuf_signer signers[REPO_KEYS];
    size_t len;      /* named for the role */
    size_t signing;  /* the first so many of them sign */
    int64_t threshold;
};

struct repo_top {
    struct repo_keys keys;
    int64_t version, expires_at;
};

struct repo_role {
    char name[REPO_NAME];
    size_t parent; /* index in roles; the targets are 0 */
    const char *pattern, *prefix; /* of the two, what is not NULL */
    bool terminating;
    struct repo_keys keys;
    int64_t version, expires_at;
    struct {
        const char *path, *text;
    } targets[REPO_TARGETS];
    size_t targets_len;
};

struct repo_file {
    char name[REPO_NAME];
    struct buf bytes;
};

struct repo {
    struct repo_top root, timestamp, snapshot;
    struct repo_keys root_before; /* sign the next root too; len 0: none */
    struct repo_role roles[REPO_ROLES];
    size_t roles_len;
    bool consistent, hashes; /* true both, at the start */
    uint32_t seed;
    struct repo_file files[REPO_FILES];
    size_t files_len;
    struct buf asked; /* names that were asked for, each with a space behind */
};

void repo_init(struct repo *r);
void repo_finish(struct repo *r);

/* `n` new keys, all signing, `threshold` needed. */
void repo_keys_new(
    struct repo *r, struct repo_keys *keys, size_t n, int64_t threshold);
/* Its index; below roles[parent]. */
size_t repo_add_role(
    struct repo *r, size_t parent, const char *name, const char *pattern);
void repo_add_target(
    struct repo *r, size_t role, const char *path, const char *text);

/* Write one file anew, or all of them in the right order. */
void repo_put_root(struct repo *r);
void repo_put_role(struct repo *r, size_t role);
void repo_put_snapshot(struct repo *r);
void repo_put_timestamp(struct repo *r);
void repo_publish(struct repo *r);
/* The same with all versions but the root's one higher. */
void repo_publish_next(struct repo *r);

/* A file as it is, or what `keys` sign: `text` is the signed part. */
void repo_put(struct repo *r, const char *name, const char *bytes, size_t len);
void repo_put_signed(struct repo *r, const char *name, const char *text,
    const struct repo_keys *keys);
struct repo_file *repo_find(struct repo *r, const char *name);
void repo_remove(struct repo *r, const char *name);

/* The tuf_source of it. */
struct tuf_source repo_source(struct repo *r);

#endif
