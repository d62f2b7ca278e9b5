/* pos/staff/signin.h - a person signs in at a device, and out again. */
#ifndef POS_STAFF_SIGNIN_H
#define POS_STAFF_SIGNIN_H

#include <stdint.h>

#include "base/err.h"
#include "db/session.h"
#include "pos/staff/secret.h"

struct db;
struct writer;

enum {
    SESSION_LONGEST_S = 24 * 3600, /* then a PIN again, however busy */
    SESSION_SEEN_S = 60 /* how exactly "last seen" is known */
};

/* Where somebody signs in. */
struct signin_place {
    const char *where; /* as pin_check */
    int64_t device;    /* 0: the browser of this machine */
    int64_t till;
};

/* Check the PIN and begin a session; `secret_out` is what its cookie holds.
 * Errors as pin_check.  Sessions idle for `idle_minutes` are forgotten. */
enum err signin(struct writer *writer, const struct signin_place *place,
    int64_t staff, const char *pin, int idle_minutes,
    struct session *session_out, char secret_out[SECRET_TEXT]);

/* The running session behind a cookie; ERR_UNAUTHENTICATED when there is none,
 * it idled too long, or the person, till or device may no longer. */
enum err session_find(struct db *db, const char *secret, int64_t now,
    int idle_minutes, struct session *out);

/* Note that it was used, when that is not known well enough; a write of its
 * own, once a minute. */
enum err session_touch(struct writer *writer, struct session *s, int64_t now);

enum err session_end(struct writer *writer, const struct session *s);

#endif
