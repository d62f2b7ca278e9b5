/* pos/sell/receipt_no.h - the number on the paper: showroom and receipt,
 * "0101-000123". */
#ifndef POS_SELL_RECEIPT_NO_H
#define POS_SELL_RECEIPT_NO_H

#include <stdint.h>

#include "base/err.h"

enum { RECEIPT_NO = 48 }; /* bytes with the NUL */

void receipt_no_format(int64_t showroom, int64_t id, char out[RECEIPT_NO]);

/* ERR_NOT_FOUND when it is no number of this showroom (any with 0). */
enum err receipt_no_parse(const char *no, int64_t showroom, int64_t *id_out);

#endif
