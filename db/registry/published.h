/* db/registry/published.h - signed metadata and targets, as last published. */
#ifndef DB_REGISTRY_PUBLISHED_H
#define DB_REGISTRY_PUBLISHED_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;

/* The whole file is kept, so that a publication that was committed and did not
 * reach the folder can be written again. */
struct reg_metadata {
    const char *role; /* "root", "timestamp", "targets", "vn", "p01" ... */
    int64_t version;
    int64_t signed_at;
    int64_t expires_at;
    const void *bytes;
    size_t len;
};

struct reg_target {
    const char *path; /* "p01/list-7.ndjson" */
    const char *role; /* that names it */
    int64_t length;
    uint8_t sha256[32];
    const char *custom; /* of custom.ocop, canonical JSON */
    int64_t at;         /* since when it is named */
};

typedef enum err reg_metadata_fn(void *arg, const struct reg_metadata *m);
typedef enum err reg_target_fn(void *arg, const struct reg_target *t);

/* The newest version, or that version, handed to `fn` (texts and bytes are
 * borrowed); ERR_NOT_FOUND. */
enum err db_reg_metadata_last(
    struct db *db, const char *role, reg_metadata_fn *fn, void *arg);
enum err db_reg_metadata_get(struct db *db, const char *role, int64_t version,
    reg_metadata_fn *fn, void *arg);
/* The newest version of every role, by role. */
enum err db_reg_metadata_each(struct db *db, reg_metadata_fn *fn, void *arg);

/* The targets that `role` names now, by path. */
enum err db_reg_targets(
    struct db *db, const char *role, reg_target_fn *fn, void *arg);

/* Inside a write.  ERR_EXISTS when the version is there. */
enum err db_reg_metadata_add(struct db *db, const struct reg_metadata *m);
/* The row of the path, replaced when it is there; `at` stays then if nothing
 * else differs. */
enum err db_reg_target_put(struct db *db, const struct reg_target *t);
enum err db_reg_target_drop(struct db *db, const char *path);

#endif
