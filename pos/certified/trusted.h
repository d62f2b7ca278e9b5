/* pos/certified/trusted.h - what is trusted of the registry, between the table
 * (db/trust.h) and the client of the protocol (sync/tuf/client.h).
 *
 * Metadata of the lists (snapshot, targets, the delegated roles) goes into the
 * table in the same write as the lists it speaks of; after a cycle that fails
 * only new roots and the timestamp are kept, so that nothing can be rolled
 * back. */
#ifndef POS_CERTIFIED_TRUSTED_H
#define POS_CERTIFIED_TRUSTED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/settings.h"
#include "db/db.h"
#include "sync/tuf/client.h"

/* A row of the table that is no metadata: the timestamp by which the lists in
 * force were last found to be the newest, and when. */
#define TRUSTED_CONFIRMED "confirmed"

/* Read what is kept into `kept` (after tuf_kept_init).  When nothing is, the
 * root of settings->registry_root is trusted: ERR_FILE when that cannot be
 * read, ERR_SETTINGS with the case "root" when none is named. */
enum err trusted_load(
    struct db *db, const struct settings *settings, struct tuf_kept *kept);

/* Inside a write: keep what is new, and that the lists in force are those of
 * the timestamp `version`, good until `expires_at`, at `now`. */
struct trusted_save {
    const struct tuf_kept *kept;
    int64_t version, expires_at;
    int64_t now;
    bool partly; /* a list was left out: they are not found to be the newest */
};
write_fn trusted_save_write; /* of a cycle that ended well, or partly so */
/* Of one that failed: roots and timestamp only, and the time floor stays. */
write_fn trusted_save_failed_write;

#endif
