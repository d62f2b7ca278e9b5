/* pos/print/compose.h - a receipt as a slip: what stands on the paper. */
#ifndef POS_PRINT_COMPOSE_H
#define POS_PRINT_COMPOSE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "db/showroom.h"
#include "drivers/font.h"
#include "pos/sell/receipt.h"

struct doc;

/* Compose the receipt; `copy` > 0 marks it as that copy.  Names the font
 * cannot write are replaced letter by letter, so no name stops a receipt.
 * The slip is the caller's: doc_free. */
enum err compose_receipt(const struct receipt *r, const struct shop *shop,
    const struct showroom *showroom, struct font *font, int64_t copy,
    struct doc **doc_out);

#endif
