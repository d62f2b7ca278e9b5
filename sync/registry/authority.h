/* sync/registry/authority.h - who signs for which role, as the metadata in
 * force says.
 *
 * Top roles stand in the root, "vn" and the provinces in the targets.  The
 * pages of the shopper ("vn-pages") are the centre's too, in a file of their
 * own that showrooms need not fetch; its keys are those of "vn". */
#ifndef SYNC_REGISTRY_AUTHORITY_H
#define SYNC_REGISTRY_AUTHORITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"
#include "sync/registry/keys.h"
#include "sync/tuf/metadata.h"

enum { AUTHORITY_KEYS = 16, AUTHORITIES = 64 };

struct authority {
    char role[KEY_ROLE];
    struct {
        char id[TUF_KEYID];
        uint8_t public[CRYPTO_PUBLIC];
    } keys[AUTHORITY_KEYS];
    size_t len;
    int64_t threshold;
};

/* The four top roles, then the delegated ones in the order of delegation. */
struct authorities {
    struct authority roles[AUTHORITIES];
    size_t len;
};

/* Add those that a root, or a targets file, names.  ERR_BOOKS when they are
 * not such as this program makes. */
enum err authorities_of_root(
    struct authorities *a, const char *bytes, size_t len);
enum err authorities_of_targets(
    struct authorities *a, const char *bytes, size_t len);

/* A role without keys yet; borrowed. */
struct authority *authorities_add(
    struct authorities *a, const char *role, int64_t threshold);
void authority_add_key(struct authority *role, const struct key *key);

/* NULL when there is no such role.  "vn-pages" is answered with "vn". */
const struct authority *authorities_find(
    const struct authorities *a, const char *role);

/* A list of keys that sign, without doubles. */
struct signers {
    struct tuf_signer all[2 * AUTHORITY_KEYS];
    size_t len;
};

/* Open as many keys of the role as it needs and add them.  ERR_SIGNING_KEY,
 * with the case `too_few` and `role`, `need`, `have`, or why the last one
 * could not be opened. */
enum err authority_sign_with(const struct authority *role, struct keys *keys,
    struct signers *out);
void signers_wipe(struct signers *s);

#endif
