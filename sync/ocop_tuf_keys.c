#include "sync/ocop_tuf_keys.h"

#include "base/pkey.h"

static bool
ecdsa_identity(const char *public, uint8_t identity_out[32])
{
    return pkey_identity(PKEY_ECDSA_P256, public, identity_out);
}

static bool
ecdsa_verify(const char *public, const uint8_t *sig, size_t sig_len,
    const void *msg, size_t len)
{
    return pkey_verify(PKEY_ECDSA_P256, public, sig, sig_len, msg, len);
}

static bool
rsa_identity(const char *public, uint8_t identity_out[32])
{
    return pkey_identity(PKEY_RSA_PSS, public, identity_out);
}

static bool
rsa_verify(const char *public, const uint8_t *sig, size_t sig_len,
    const void *msg, size_t len)
{
    return pkey_verify(PKEY_RSA_PSS, public, sig, sig_len, msg, len);
}

static const struct tuf_scheme ecdsa = {.type = "ecdsa",
    .scheme = "ecdsa-sha2-nistp256",
    .identity = ecdsa_identity,
    .verify = ecdsa_verify};

/* The type as it was called before version 1.0.20 of the specification. */
static const struct tuf_scheme ecdsa_old = {.type = "ecdsa-sha2-nistp256",
    .scheme = "ecdsa-sha2-nistp256",
    .identity = ecdsa_identity,
    .verify = ecdsa_verify};

static const struct tuf_scheme rsa = {.type = "rsa",
    .scheme = "rsassa-pss-sha256",
    .identity = rsa_identity,
    .verify = rsa_verify};

const struct tuf_scheme *const tuf_all_schemes[] = {
    &tuf_ed25519, &ecdsa, &ecdsa_old, &rsa, NULL};
