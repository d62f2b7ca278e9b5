/* pos/proof/verify_says.h - what a record says, against those before it. */
#ifndef POS_PROOF_VERIFY_SAYS_H
#define POS_PROOF_VERIFY_SAYS_H

#include "pos/proof/verify_chain.h"

/* Time, key number, receipt number, list; of a record that is as it was
 * written. */
void verify_says(struct verify_chain *c, const struct proof_record *r,
    const struct json *body);

#endif
