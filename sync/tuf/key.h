/* sync/tuf/key.h - public keys of the metadata, and who may verify with them.
 *
 * Which kinds of keys count is the program's choice: it passes a table.  The
 * daemon's own lists know Ed25519 alone (tuf_ed25519_only); ocop-tuf adds two
 * kinds of OpenSSL.  A key of a kind that is not in the table, or one that is
 * malformed, is not an error: it never counts. */
#ifndef SYNC_TUF_KEY_H
#define SYNC_TUF_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

enum {
    TUF_KEYID = 65,    /* our own ids: 64 hex digits and the NUL */
    TUF_SIG_MAX = 1024 /* bytes of one signature */
};

/* All strings are borrowed from the metadata the key stands in. */
struct tuf_key {
    const char *id; /* as named there, opaque */
    const char *type;
    const char *scheme;
    const char *public; /* keyval.public: hex or PEM, as the scheme says */
};

struct tuf_scheme {
    const char *type, *scheme; /* keytype and scheme, both must be equal */
    /* What makes two keys one key, whatever they are called; false when it is
     * no key of this scheme. */
    bool (*identity)(const char *public, uint8_t identity_out[32]);
    bool (*verify)(const char *public, const uint8_t *sig, size_t sig_len,
        const void *msg, size_t len);
};

extern const struct tuf_scheme tuf_ed25519;
/* Ends with NULL, as every table of schemes. */
extern const struct tuf_scheme *const tuf_ed25519_only[];

/* The scheme of the table that knows the key, or NULL. */
const struct tuf_scheme *tuf_key_scheme(
    const struct tuf_scheme *const *schemes, const struct tuf_key *key);

#endif
