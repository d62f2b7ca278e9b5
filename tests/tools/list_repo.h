/* tests/tools/list_repo.h - a registry's folder with signed lists, made from
 * nothing for tests and measurements of the showroom's client.
 *
 *     list_repo_init(&r, "/tmp/x/v1");
 *     list_repo_list(&r, "p01", 7, text, len);
 *     list_repo_publish(&r, now);
 *     list_repo_delta(&r, "p01", 7, 8, delta, len);   // to list 8, put before
 *
 * One key signs for all roles; the same calls make the same bytes. */
#ifndef TESTS_TOOLS_LIST_REPO_H
#define TESTS_TOOLS_LIST_REPO_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "sync/tuf/write.h"

enum { LIST_REPO_ROLES = 40, LIST_REPO_DELTAS = 4, LIST_REPO_DAYS = 3 };

struct list_repo_file {
    int64_t from, seq; /* from 0: the whole list */
    int64_t length;
    uint8_t sha256[32];
};

struct list_repo_role {
    char name[8];
    int64_t version, length;
    uint8_t sha256[32]; /* of its metadata */
    struct list_repo_file full, deltas[LIST_REPO_DELTAS];
    size_t deltas_len;
    int changed;
};

struct list_repo {
    char dir[200]; /* .../v1 */
    struct tuf_signer signer;
    uint8_t public[32];
    struct list_repo_role roles[LIST_REPO_ROLES];
    size_t roles_len;
    int64_t timestamp, snapshot, targets; /* versions */
    int64_t days; /* the timestamp is good for; LIST_REPO_DAYS */
};

/* Makes the folders, and 1.root.json in `dir`. */
void list_repo_init(struct list_repo *r, const char *dir);

/* The list of a role at `seq`; a role that is new is delegated to. */
void list_repo_list(struct list_repo *r, const char *name, int64_t seq,
    const char *text, size_t len);
/* A delta to the list that was put last; `state` is that list's hash. */
void list_repo_delta(struct list_repo *r, const char *name, int64_t from,
    const char *text, size_t len);

/* All metadata anew, as of `now`; the timestamp last. */
void list_repo_publish(struct list_repo *r, int64_t now);

/* Where a target lies: "<dir>/targets/p01/<sha256>.list-7.ndjson". */
void list_repo_path(const struct list_repo *r,
    const struct list_repo_role *role, const struct list_repo_file *f,
    char out[400]);
struct list_repo_role *list_repo_role(struct list_repo *r, const char *name);

/* A canonical record, without its line feed.  What is NULL or 0 is as usual:
 * active, 4 stars, rev 1, no GTIN. */
struct sample {
    const char *id;
    int64_t cert;
    const char *province;
    int stars;
    const char *status;
    int64_t rev;
    const char *name;
    const char *gtin;
};
void sample_record(struct buf *out, const struct sample *s);

/* `n` records of a province, each with its line feed: "VN01-0000001" and so
 * on, numbers from `cert` on; every `mark`th (0: none) has the rev `rev`. */
void sample_list(struct buf *out, int province, int64_t cert, size_t n,
    size_t mark, int64_t rev);
/* The delta that such a mark makes of the list without. */
void sample_delta(struct buf *out, int province, int64_t cert, size_t n,
    size_t mark, int64_t rev);

#endif
