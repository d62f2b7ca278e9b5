/* pos/proof/verify_list.h - the certified products against the list that the
 * journal says was taken in. */
#ifndef POS_PROOF_VERIFY_LIST_H
#define POS_PROOF_VERIFY_LIST_H

#include "base/err.h"
#include "pos/proof/verify_chain.h"

/* The rows are the list, and the list is the journal's; `chain` has seen the
 * whole journal. */
enum err verify_list(struct db *db, const struct verify_chain *chain);

/* Fill the certified products of `scratch`, inside a write, from the records
 * that stand in `ours`: every column is in the record. */
enum err verify_list_rebuild(struct db *ours, struct db *scratch);

#endif
