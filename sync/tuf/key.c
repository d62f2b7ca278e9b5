#include "sync/tuf/key.h"

#include <string.h>

#include "base/crypto.h"

/* The 32 bytes of the key, from 64 digits. */
static bool
ed25519_read(const char *public, uint8_t bytes_out[32])
{
    return strlen(public) == 2 * CRYPTO_PUBLIC &&
           crypto_unhex(public, 2 * CRYPTO_PUBLIC, bytes_out) == OK;
}

static bool
ed25519_verify(const char *public, const uint8_t *sig, size_t sig_len,
    const void *msg, size_t len)
{
    uint8_t bytes[CRYPTO_PUBLIC];

    return sig_len == CRYPTO_SIGNATURE && ed25519_read(public, bytes) &&
           crypto_verify(sig, msg, len, bytes);
}

const struct tuf_scheme tuf_ed25519 = {.type = "ed25519",
    .scheme = "ed25519",
    .identity = ed25519_read,
    .verify = ed25519_verify};

const struct tuf_scheme *const tuf_ed25519_only[] = {&tuf_ed25519, NULL};

const struct tuf_scheme *
tuf_key_scheme(
    const struct tuf_scheme *const *schemes, const struct tuf_key *key)
{
    for (; *schemes; schemes++)
        if (strcmp((*schemes)->type, key->type) == 0 &&
            strcmp((*schemes)->scheme, key->scheme) == 0)
            return *schemes;
    return NULL;
}
