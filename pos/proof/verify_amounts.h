/* pos/proof/verify_amounts.h - receipts and counts calculated again. */
#ifndef POS_PROOF_VERIFY_AMOUNTS_H
#define POS_PROOF_VERIFY_AMOUNTS_H

#include "db/journal.h"
#include "pos/proof/verify_find.h"

struct db;
struct json;

/* Calculate a "sale" or "refund" again, and what a "shift_close" expected in
 * the drawer; other kinds have no amounts of their own.  `db` is made from the
 * records before it: prices, VAT rates, what was sold and given back.  What is
 * not as it should be is told. */
enum err verify_amounts(struct db *db, struct verify_sink *sink,
    const struct journal_record *rec, const struct json *body);

#endif
