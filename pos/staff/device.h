/* pos/staff/device.h - which browsers stand at which till.
 *
 * A manager asks for a code of eight digits and types it in at the browser;
 * that browser then carries a cookie for good.  Same form as
 * pos/staff/staff.h: write_fn over a struct. */
#ifndef POS_STAFF_DEVICE_H
#define POS_STAFF_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/db.h"
#include "db/device.h"
#include "pos/staff/secret.h"

struct writer;

enum { DEVICE_CODE_SECONDS = 15 * 60 };

/* A till that is there, or set anew. */
struct till_put {
    int64_t number;
    int64_t by;
    char name[DB_NAME]; /* cleaned by till_put_write; "Quầy 1" when empty */
    bool active;
};
write_fn till_put_write;

/* A code that enrols one browser at `till` within 15 minutes, once. */
struct device_code_new {
    int64_t till;
    int64_t by;
    char name[DB_NAME];     /* of the device; cleaned here */
    char code[DEVICE_CODE]; /* out */
};
write_fn device_code_write; /* ERR_NOT_FOUND: no such active till */

/* Enrol the browser that says `code`.  `secret_out` is what its cookie holds.
 * ERR_CODE_WRONG: unknown, used or late; ERR_LOCKED after five wrong ones, for
 * everybody, since nothing else is known of who guesses. */
enum err device_enrol(struct writer *writer, const char *code,
    struct device *device_out, char secret_out[SECRET_TEXT]);

/* Take the enrolment back; signs out whoever is there.  ERR_NOT_FOUND. */
struct device_revoke {
    int64_t id;
    int64_t by;
};
write_fn device_revoke_write;

/* The active device with this cookie, at an active till; ERR_NOT_FOUND. */
enum err device_find(struct db *db, const char *secret, struct device *out);

#endif
