/* db/trust.h - what the registry signed and was verified, kept as it came. */
#ifndef DB_TRUST_H
#define DB_TRUST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;

enum { DB_ROLE = 65 };

struct trust {
    char role[DB_ROLE]; /* "root", "timestamp", "snapshot", "targets", "p01" */
    int64_t version;
    int64_t expires_at; /* unix seconds */
    int64_t checked_at; /* when it was last found to be the newest */
};

/* ERR_NOT_FOUND. */
enum err db_trust_get(struct db *db, const char *role, struct trust *out);
/* All, with their bytes, borrowed during the call; in the order of roles. */
enum err db_trust_each(struct db *db,
    enum err (*fn)(void *arg, const struct trust *t, const char *bytes,
        size_t len),
    void *arg);
/* The newest checked_at of all; 0 when nothing is trusted yet. */
enum err db_trust_time(struct db *db, int64_t *at_out);

/* Inside a write. */
enum err db_trust_put(struct db *db, const struct trust *t, const char *bytes,
    size_t len);
enum err db_trust_drop(struct db *db, const char *role);

#endif
