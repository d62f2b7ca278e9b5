/* pos/print/compose.h - a receipt as a slip: what stands on the paper. */
#ifndef POS_PRINT_COMPOSE_H
#define POS_PRINT_COMPOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "db/print_job.h"
#include "db/showroom.h"
#include "drivers/font.h"
#include "pos/sell/receipt.h"

struct doc;

/* Which printing of a receipt it is; what its heading says. */
struct compose_copy {
    int64_t n;          /* 0: the original */
    enum print_why why; /* asked for: "BẢN SAO"; after unknown: "BẢN IN LẠI" */
    bool second;        /* the second slip, which stays here: "BẢN LƯU" */
};

/* Compose the receipt; `copy` NULL is the original.  Names the font cannot
 * write are replaced letter by letter, so no name stops a receipt.  The slip
 * is the caller's: doc_free. */
enum err compose_receipt(const struct receipt *r, const struct shop *shop,
    const struct showroom *showroom, struct font *font,
    const struct compose_copy *copy, struct doc **doc_out);

#endif
