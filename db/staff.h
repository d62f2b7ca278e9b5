/* db/staff.h - who may: people and programs, by number.
 *
 * Number, role, kind and whether they may are facts of the journal; the name
 * and the PIN are private and never leave this table.  Functions that add or
 * set run inside a write. */
#ifndef DB_STAFF_H
#define DB_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"

struct db;

/* Each may do what those before may. */
enum role { ROLE_NONE = 0, ROLE_VIEWER, ROLE_CASHIER, ROLE_MANAGER,
    ROLE_OWNER };

enum { STAFF_MAX = 9999, DB_PIN_HASH = 128 };

struct staff {
    int64_t number; /* 1..STAFF_MAX, never used again */
    int64_t seq;    /* the record that last set it */
    enum role role;
    bool program;   /* a token's principal, not a person */
    bool active;
};

struct staff_private {
    char name[DB_NAME];
    char pin_hash[DB_PIN_HASH]; /* empty: no PIN set, nobody signs in */
};

/* ERR_NOT_FOUND when there is none. */
enum err db_staff_get(struct db *db, int64_t number, struct staff *out);

/* Name and PIN hash; both empty when nothing private is known. */
enum err db_staff_private_get(struct db *db, int64_t number,
    struct staff_private *out);

/* In number order after `after`; fn's failure ends the walk. */
enum err db_staff_each(struct db *db, int64_t after, int64_t limit,
    enum err (*fn)(void *arg, const struct staff *s), void *arg);

/* The highest number given so far; 0 when there is none. */
enum err db_staff_last(struct db *db, int64_t *number_out);

/* Add, or set anew when the number is there. */
enum err db_staff_put(struct db *db, const struct staff *s);
enum err db_staff_private_put(struct db *db, int64_t number,
    const struct staff_private *p);

#endif
