/* sync/tuf/canonical.h - canonical JSON as TUF signs it (OLPC form).
 *
 * No white space; members sorted by the bytes of their keys; strings raw in
 * UTF-8, only `"` and `\` escaped; integers, true, false, null.  It differs
 * from base/canon.h in what it takes: control characters and text that is not
 * NFC stand as they are, because the signer may have meant them. */
#ifndef SYNC_TUF_CANONICAL_H
#define SYNC_TUF_CANONICAL_H

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

/* Append the canonical form of `v`.  ERR_JSON, with the path in err_at, for a
 * number that is no plain integer within 2^53; ERR_TOO_LARGE when `out` is
 * full.  On failure `out` is as it was. */
enum err tuf_canonical(const struct json *v, struct buf *out);

#endif
