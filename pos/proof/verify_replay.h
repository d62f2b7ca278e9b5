/* pos/proof/verify_replay.h - the tables made again from the journal alone,
 * and compared. */
#ifndef POS_PROOF_VERIFY_REPLAY_H
#define POS_PROOF_VERIFY_REPLAY_H

#include "base/err.h"
#include "pos/proof/verify_find.h"

struct db;

/* Replay the journal of `ours`, whose chain is whole, up to record `last`,
 * and compare every table; differences are told.  `options` say where the
 * replay may lie; out->rows and out->rebuilt are set. */
enum err verify_replay(struct db *ours, int64_t last,
    const struct verify_options *options, struct verify_sink *sink,
    struct verify_report *out);

/* Are the balances the sums of the moves?  A lot where they are not is
 * told. */
enum err verify_ledger(struct db *db, struct verify_sink *sink);

#endif
