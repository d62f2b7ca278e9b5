/* pos/staff/approve.h - a manager says yes, once, at somebody else's till. */
#ifndef POS_STAFF_APPROVE_H
#define POS_STAFF_APPROVE_H

#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/staff.h"

struct writer;

/* `approval` is {"staff":2,"pin":"4711"} of a request's body.  The number of
 * the one who approved goes to *staff_out.  ERR_FIELD_* for its form,
 * ERR_PIN_WRONG, ERR_LOCKED (pos/staff/pin.h), ERR_FORBIDDEN when the role is
 * below `at_least`.  Slow, and a write by itself: call it before db_write. */
enum err approve(struct writer *writer, const char *where,
    const struct json *approval, enum role at_least, int64_t *staff_out);

/* {"staff","pin"} of an approval or a sign-in: the number may also be written
 * as text.  `pin` is borrowed. */
enum err approve_read(const struct json *obj, int64_t *staff_out,
    const char **pin_out);

#endif
