/* pos/staff/pin.h - is this the PIN of this person?  And how often may one ask.
 *
 * A PIN is four to twelve digits: few enough to be guessed, so that asking is
 * made slow.  Every attempt is counted before it is judged, for the person
 * asked about and for where it was asked from; the fifth wrong one in a row
 * locks both for 30 seconds, and each further one for twice as long, up to an
 * hour.  The right PIN forgives.  An unknown number takes as long and answers
 * the same as a wrong PIN. */
#ifndef POS_STAFF_PIN_H
#define POS_STAFF_PIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/session.h"
#include "db/staff.h"

struct db;
struct writer;

enum { PIN_MIN = 4, PIN_MAX = 12, PIN_TRIES = 5 };

/* Four to twelve digits, and not all the same; else ERR_FIELD_VALUE at
 * "pin". */
enum err pin_check_form(const char *pin);

/* ERR_PIN_WRONG: no such person, no longer active, a program, no PIN set, or
 * another PIN.  ERR_LOCKED with the argument `seconds`: not even looked at.
 * `where` names the place asked from ("d3" a device, "d0" this machine, "p7"
 * a program).  Slow on purpose; never inside a write, and better without a
 * reader in hand. */
enum err pin_check(struct writer *writer, const char *where, int64_t staff,
    const char *pin, struct staff *staff_out);

/* One more attempt by `subject`, inside a write.  ERR_LOCKED, and nothing
 * counted, while it is locked. */
enum err pin_guard_try(struct db *db, const char *subject, int64_t now);

#endif
