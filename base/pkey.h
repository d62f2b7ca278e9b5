/* base/pkey.h - signatures of the kinds that other people's repositories use.
 *
 * For ocop-tuf, which meets repositories that are not ours; nothing else links
 * it.  The only door to OpenSSL.  Keys are PEM texts (SubjectPublicKeyInfo). */
#ifndef BASE_PKEY_H
#define BASE_PKEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pkey_kind {
    PKEY_ECDSA_P256, /* SHA-256; the signature in DER */
    PKEY_RSA_PSS     /* SHA-256, MGF1 with SHA-256; 2,048 to 8,192 bits */
};

/* The same 32 bytes for the same key, however its text is wrapped or encoded;
 * false when it is no key of the kind. */
bool pkey_identity(
    enum pkey_kind kind, const char *pem, uint8_t identity_out[32]);

/* False for a wrong signature as for a key that is none. */
bool pkey_verify(enum pkey_kind kind, const char *pem, const uint8_t *sig,
    size_t sig_len, const void *msg, size_t len);

#endif
