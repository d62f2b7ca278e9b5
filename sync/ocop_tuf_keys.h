/* sync/ocop_tuf_keys.h - the kinds of keys that ocop-tuf knows: Ed25519, and
 * what other people's repositories use.  Never linked into the daemon. */
#ifndef SYNC_OCOP_TUF_KEYS_H
#define SYNC_OCOP_TUF_KEYS_H

#include "sync/tuf/key.h"

/* ed25519; ecdsa-sha2-nistp256 under both its names; rsassa-pss-sha256. */
extern const struct tuf_scheme *const tuf_all_schemes[];

#endif
