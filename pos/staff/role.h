/* pos/staff/role.h - roles by name: viewer < cashier < manager < owner. */
#ifndef POS_STAFF_ROLE_H
#define POS_STAFF_ROLE_H

#include "base/err.h"
#include "db/staff.h"

/* "cashier"; "none" for ROLE_NONE. */
const char *role_name(enum role role);

/* ERR_FIELD_VALUE for any other word. */
enum err role_parse(const char *name, enum role *role_out);

#endif
