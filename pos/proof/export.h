/* pos/proof/export.h - the journal as NDJSON, for whoever wants to check it
 * (contract/commands.md, "export journal"). */
#ifndef POS_PROOF_EXPORT_H
#define POS_PROOF_EXPORT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct db;

/* The first line: showroom and public keys. */
enum err export_head(struct db *db, struct buf *out);

/* Records from sequence `from` on, at most `limit`, a line each.
 * ERR_TOO_LARGE when `out` is full. */
enum err export_records(struct db *db, int64_t from, int64_t limit,
    struct buf *out);

#endif
