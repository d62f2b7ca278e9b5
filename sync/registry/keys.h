/* sync/registry/keys.h - the keys that sign, one file each.
 *
 * keys/root-1.key, keys/p01-1.key: JSON, readable by their owner alone.
 *
 *     {"form":"ocop-key/1","id":"<64 hex>","made_at":1795338000,
 *      "protection":"passphrase","public":"<64 hex>","role":"root",
 *      "salt":"<32 hex>","sealed":"<144 hex>"}
 *
 * `sealed` is the 32-byte seed of an Ed25519 key in a secretbox (nonce first)
 * whose key is Argon2id of the passphrase (3 passes, 256 MiB).  With
 * "protection":"none" there is "seed":"<64 hex>" instead, and "warning", which
 * says so in words.
 *
 * Which keys are in force is said by the metadata, never by the files: a file
 * that no metadata names signs nothing.  Custodians may keep their files
 * elsewhere and name the folder when they sign. */
#ifndef SYNC_REGISTRY_KEYS_H
#define SYNC_REGISTRY_KEYS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"
#include "sync/registry/passphrase.h"
#include "sync/tuf/write.h"

enum { KEY_ROLE = 16, KEYS_MAX = 512 };

struct key {
    char path[PATH_MAX];
    char role[KEY_ROLE]; /* "root", "targets", "p01": what it was made for */
    int number;          /* of its name: 1 of root-1 */
    char id[TUF_KEYID];
    uint8_t public[CRYPTO_PUBLIC];
    bool protected; /* by a passphrase */
    int64_t made_at;
    uint8_t salt[CRYPTO_SALT];
    uint8_t sealed[CRYPTO_SEED + CRYPTO_SEALED]; /* or the seed, first */
    bool open;                                   /* `secret` is there */
    uint8_t secret[CRYPTO_SECRET];
};

struct keys {
    struct key *files;
    size_t len, cap;
    struct passphrases *passphrases; /* borrowed */
};

/* Read every *.key of the folder; may be called for several folders.  A folder
 * that is not there has none.  ERR_SIGNING_KEY with the case `form` and `file`
 * for a file that is no key, `many` past KEYS_MAX; ERR_FILE. */
void keys_init(struct keys *keys, struct passphrases *passphrases);
enum err keys_load(struct keys *keys, const char *folder);
/* Wipes what was opened. */
void keys_finish(struct keys *keys);

/* A new key for `role` in the folder, which is made when missing: its number
 * is the first that no file of the role has.  Protected when `guarded`, by the
 * passphrase asked for; else open to whoever reads the file.  The key is
 * borrowed until the next keys_make or keys_load. */
enum err keys_make(struct keys *keys, const char *folder, const char *role,
    bool guarded, int64_t now, const struct key **out);

/* The key of that id; NULL. */
struct key *keys_find(const struct keys *keys, const char *id);

/* Ready to sign with the key of that id, asking for its passphrase when it has
 * one.  ERR_SIGNING_KEY with the case `missing`, `no_passphrase` (nobody to
 * ask) or `wrong_passphrase`. */
enum err keys_signer(
    struct keys *keys, const char *id, struct tuf_signer *out);

#endif
