/* pos/pay/code.h - the five characters a payer's bank carries to ours.
 *
 * Letter, digit, letter, digit, letter ("K7Q2M"): no word of any language, so
 * it is found in what the banks make of a payment's text.  Without I, L, O, U
 * and 0, 1, which people mistake.  681,472 codes. */
#ifndef POS_PAY_CODE_H
#define POS_PAY_CODE_H

#include <stdbool.h>

#include "db/transfer.h"

void code_make(char out[TRANSFER_CODE]);

/* The next code in *at, either case, and go on behind its first letter; false
 * at the end.  *alone_out: neither a letter nor a digit touches it. */
bool code_next(const char *text, const char **at, char out[TRANSFER_CODE],
    bool *alone_out);

#endif
