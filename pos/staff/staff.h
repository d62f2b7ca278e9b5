/* pos/staff/staff.h - people and programs: taking on, letting go.
 *
 * Each change is a write_fn over a struct that says what is wanted and takes
 * what came out, so that the daemon runs it on its writer and a program that
 * is alone with the file by db_write_alone:
 *
 *     struct staff_new n = {.role = ROLE_CASHIER, .by = 1};
 *     e = staff_new_prepare(&n, "Lan", "4711");
 *     if (e == OK)
 *         e = db_write(writer, "staff", staff_new_write, &n);
 *     // n.number */
#ifndef POS_STAFF_STAFF_H
#define POS_STAFF_STAFF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/db.h"
#include "db/staff.h"
#include "db/token.h"
#include "pos/staff/secret.h"

/* A new person. */
struct staff_new {
    enum role role;
    int64_t by; /* who does it; 0 when the showroom is made */
    struct staff_private secret; /* by staff_new_prepare */
    int64_t number;              /* out */
};

/* Clean the name and hash the PIN (NULL: none yet).  Slow, so not inside a
 * write.  ERR_FIELD_VALUE, ERR_TEXT. */
enum err staff_new_prepare(struct staff_new *n, const char *name,
    const char *pin);
write_fn staff_new_write;

/* Another PIN for a person that is there; signs them out everywhere. */
struct staff_pin {
    int64_t number;
    char pin_hash[DB_PIN_HASH]; /* by staff_pin_prepare */
};
enum err staff_pin_prepare(struct staff_pin *p, const char *pin);
write_fn staff_pin_write; /* ERR_NOT_FOUND */

/* Another role, or none any more; at once, also for who is signed in and for
 * tokens.  ERR_NOT_FOUND; ERR_FORBIDDEN when nobody active would be owner. */
struct staff_change {
    int64_t number;
    int64_t by;
    enum role role; /* ROLE_NONE: as it is */
    bool active;
};
write_fn staff_change_write;

/* A new program with its token.  The text is shown once and kept nowhere. */
struct token_new {
    enum role role;
    int64_t by;
    char name[DB_NAME];      /* by token_new_prepare */
    char token[SECRET_TEXT]; /* by token_new_prepare; wipe it after use */
    int64_t number;          /* out */
};
enum err token_new_prepare(struct token_new *t, const char *name);
write_fn token_new_write;

/* The active program behind a token as it was sent; ERR_UNAUTHENTICATED.  To
 * take a token back is staff_change with active = false. */
enum err token_find(struct db *db, const char *token, struct staff *out);

#endif
