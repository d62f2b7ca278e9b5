/* sync/registry/passphrase.h - what opens the keys of offline roles.
 *
 * Passphrases come from files named beforehand, or from the terminal without
 * echo; each is tried on every key before the next is asked for.  Stretching
 * one costs half a second, so what it gave for a salt is remembered: keys made
 * together share their salt. */
#ifndef SYNC_REGISTRY_PASSPHRASE_H
#define SYNC_REGISTRY_PASSPHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"
#include "base/lang.h"

enum { PASSPHRASE_MAX = 1024, PASSPHRASE_MIN = 12 /* characters, new ones */ };

struct passphrases;

struct passphrases *passphrases_new(enum lang lang);
void passphrases_free(struct passphrases *p); /* wipes; NULL is taken */

/* The first line of a file.  ERR_FILE; ERR_SIGNING_KEY with the case
 * `empty_passphrase`. */
enum err passphrases_add_file(struct passphrases *p, const char *path);

/* Open a sealed box: with a passphrase that is known, else asked for `name`,
 * three times.  ERR_SIGNING_KEY with the case `no_passphrase` when there is no
 * terminal, or `wrong_passphrase`; `file` is `name`. */
enum err passphrases_unseal(struct passphrases *p, const char *name,
    const uint8_t salt[CRYPTO_SALT], const uint8_t *sealed, size_t len,
    struct buf *out);

/* A salt and key for sealing with the first passphrase, which is asked for
 * twice when none is known.  The same salt for all that this program seals.
 * ERR_SIGNING_KEY with the case `no_passphrase`, `short_passphrase`,
 * `unequal_passphrase`. */
enum err passphrases_seal_key(struct passphrases *p,
    uint8_t salt_out[CRYPTO_SALT], uint8_t key_out[CRYPTO_BOX_KEY]);

#endif
