/* pos/ctl/people.h - what the commands about people and programs share. */
#ifndef POS_CTL_PEOPLE_H
#define POS_CTL_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/staff.h"

struct ctl;

enum { PEOPLE_PIN = 7 /* six digits and the NUL */ };

/* A PIN nobody chose. */
void people_pin(char out[PEOPLE_PIN]);

/* --role; a word that is none is misuse. */
enum err people_role(struct ctl *c, enum role *role_out);

/* The number in the first word. */
enum err people_number(struct ctl *c, int64_t *number_out);

/* The person, or program, of the first word may no longer; says `sentence`.
 * ERR_NOT_FOUND, and as staff_change_write. */
enum err people_disable(struct ctl *c, bool program, const char *sentence);

#endif
