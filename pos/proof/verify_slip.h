/* pos/proof/verify_slip.h - slips from customers' hands, held against the
 * journal. */
#ifndef POS_PROOF_VERIFY_SLIP_H
#define POS_PROOF_VERIFY_SLIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/json.h"
#include "db/proof.h"
#include "pos/proof/verify_find.h"
#include "pos/sell/token.h"

struct verify_chain;

struct verify_slip {
    struct buf bytes;
    struct token token;
    bool open; /* readable, and not met in the journal yet */
};

struct verify_slips {
    struct verify_slip *slips;
    size_t len;
};

/* Read them; what is no token is told at once. */
void verify_slips_init(struct verify_slips *s, struct verify_sink *sink,
    const char *const *digits, size_t len);
void verify_slips_finish(struct verify_slips *s);

/* Hold the slips of this record against it.  `chain` stands before it;
 * `body` is NULL when it cannot be read. */
void verify_slips_record(struct verify_slips *s,
    const struct verify_chain *chain, const struct proof_record *r,
    const struct json *body);

/* After the last record: those past the end show that it was cut off. */
void verify_slips_end(
    struct verify_slips *s, const struct verify_chain *chain);

#endif
