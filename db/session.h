/* db/session.h - who is signed in, and who guessed wrong.
 *
 * Private, not in the journal; here so that a restart neither signs anybody
 * out nor forgives wrong PINs.  Functions that change run inside a write. */
#ifndef DB_SESSION_H
#define DB_SESSION_H

#include <stdint.h>

#include "base/err.h"
#include "db/staff.h"
#include "db/token.h"

struct db;

struct session {
    uint8_t secret[SECRET_HASH]; /* of the cookie */
    int64_t staff;
    enum role role; /* as it is now; not stored here */
    int64_t device; /* 0: the browser of this machine */
    int64_t till;
    int64_t started_at;
    int64_t seen_at;
};

/* ERR_NOT_FOUND also when the person, the till or the device may no longer. */
enum err db_session_find(struct db *db, const uint8_t secret[SECRET_HASH],
    struct session *out);
enum err db_session_add(struct db *db, const struct session *s);
enum err db_session_seen(struct db *db, const uint8_t secret[SECRET_HASH],
    int64_t seen_at);
enum err db_session_drop(struct db *db, const uint8_t secret[SECRET_HASH]);
/* All of one person. */
enum err db_session_drop_staff(struct db *db, int64_t staff);
/* Drop what was last seen, or begun, before these moments. */
enum err db_session_prune(struct db *db, int64_t seen_before,
    int64_t started_before);

enum { GUARD_SUBJECT = 24 };

struct guard {
    int64_t failures;
    int64_t failed_at;
    int64_t locked_until; /* 0: not locked */
};

/* All zero when nothing is known. */
enum err db_guard_get(struct db *db, const char *subject, struct guard *out);
enum err db_guard_put(struct db *db, const char *subject,
    const struct guard *g);
enum err db_guard_clear(struct db *db, const char *subject);

#endif
