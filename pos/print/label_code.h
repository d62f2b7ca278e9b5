/* pos/print/label_code.h - which of a product's codes its label shows. */
#ifndef POS_PRINT_LABEL_CODE_H
#define POS_PRINT_LABEL_CODE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "db/product.h"

struct db;

/* Append the digits by which a scanner at the till finds one piece of this
 * product (not a pack of several): rather a code of its own than one it shares,
 * then rather a GTIN; without such a code the SKU, if that is digits and finds
 * this product alone.  Nothing is appended when there is none: every code the
 * showroom prints is digits only (domain: input methods garble letters). */
enum err label_code_choose(struct db *db, const struct product *product,
    int32_t today, struct buf *out);

#endif
