/* base/crypto.h - hashes, signatures, PINs and chance; all by libsodium.
 *
 * crypto_init comes first, once, before any thread is started.  Keys and
 * hashes are plain bytes of the lengths below. */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum {
    CRYPTO_HASH = 32,   /* SHA-256 */
    CRYPTO_PUBLIC = 32, /* Ed25519 public key */
    CRYPTO_SEED = 32,   /* what an Ed25519 key grows from */
    CRYPTO_SECRET = 64, /* Ed25519 secret key: seed and public key */
    CRYPTO_SIGNATURE = 64,
    CRYPTO_PIN = 128, /* text of a PIN hash, NUL counted */
    CRYPTO_SALT = 16,
    CRYPTO_BOX_KEY = 32,
    CRYPTO_SEALED = 40 /* what sealing adds: nonce (24) and proof (16) */
};

/* ERR_CRYPTO when the library cannot start.  A second call does nothing. */
enum err crypto_init(void);

/* Unpredictable bytes; never fails. */
void crypto_random(void *bytes_out, size_t len);

/* SHA-256 (FIPS 180-4), of one piece or of many. */
void crypto_sha256(
    const void *bytes, size_t len, uint8_t hash_out[CRYPTO_HASH]);

struct crypto_hash {
    _Alignas(16) uint8_t state[128]; /* the library's */
};
void crypto_hash_init(struct crypto_hash *h);
void crypto_hash_add(struct crypto_hash *h, const void *bytes, size_t len);
void crypto_hash_end(struct crypto_hash *h, uint8_t hash_out[CRYPTO_HASH]);

/* HMAC-SHA256 (RFC 2104), of many pieces, with a key of any length. */
struct crypto_hmac {
    _Alignas(16) uint8_t state[256]; /* the library's */
};
void crypto_hmac_init(struct crypto_hmac *h, const void *key, size_t key_len);
void crypto_hmac_add(struct crypto_hmac *h, const void *bytes, size_t len);
void crypto_hmac_end(struct crypto_hmac *h, uint8_t mac_out[CRYPTO_HASH]);

/* Ed25519 (RFC 8032).  The caller wipes secrets with crypto_wipe. */
enum err crypto_keypair(
    uint8_t public_out[CRYPTO_PUBLIC], uint8_t secret_out[CRYPTO_SECRET]);
void crypto_keypair_of_seed(const uint8_t seed[CRYPTO_SEED],
    uint8_t public_out[CRYPTO_PUBLIC], uint8_t secret_out[CRYPTO_SECRET]);
/* Not crypto_sign: that name, and much that begins like it, is libsodium's. */
void crypto_sign_msg(uint8_t signature_out[CRYPTO_SIGNATURE], const void *msg,
    size_t len, const uint8_t secret[CRYPTO_SECRET]);
/* False for a wrong signature and for a key of small order. */
bool crypto_verify(const uint8_t signature[CRYPTO_SIGNATURE], const void *msg,
    size_t len, const uint8_t public[CRYPTO_PUBLIC]);

/* A PIN as Argon2id text with its salt (3 passes, 32 MiB).  Slow on purpose,
 * some 50 ms, and one at a time in the whole program, so that a crowd at the
 * door cannot eat the memory.  ERR_CRYPTO when there is none. */
enum err crypto_pin_hash(const char *pin, char hash_out[CRYPTO_PIN]);
/* Takes as long for a wrong PIN as for the right one. */
bool crypto_pin_ok(const char *hash, const char *pin);

/* The key of a box from a passphrase (Argon2id, 3 passes, 256 MiB): some half
 * a second, and one at a time as above.  ERR_CRYPTO without the memory. */
enum err crypto_stretch(const char *passphrase,
    const uint8_t salt[CRYPTO_SALT], uint8_t key_out[CRYPTO_BOX_KEY]);

/* Append the bytes sealed under `key` (XSalsa20-Poly1305, a random nonce
 * first): CRYPTO_SEALED more than they are. */
void crypto_seal(const uint8_t key[CRYPTO_BOX_KEY], const void *bytes,
    size_t len, struct buf *out);
/* Append what was sealed; ERR_INVALID, and nothing added, for another key or
 * bytes that were changed. */
enum err crypto_unseal(const uint8_t key[CRYPTO_BOX_KEY], const void *sealed,
    size_t len, struct buf *out);

/* Equal, in a time that does not tell where they differ. */
bool crypto_equal(const void *a, const void *b, size_t len);
/* Zero, even when the compiler sees no reader after. */
void crypto_wipe(void *bytes, size_t len);

/* Lower-case hex; `hex_out` has 2 * len + 1 bytes. */
void crypto_hex(const uint8_t *bytes, size_t len, char *hex_out);
/* `hex_len` digits of either case into hex_len / 2 bytes; ERR_INVALID when a
 * character is no digit or the length is odd. */
enum err crypto_unhex(const char *hex, size_t hex_len, uint8_t *bytes_out);

/* base64url without padding (RFC 4648, section 5), appended. */
void crypto_base64url(const uint8_t *bytes, size_t len, struct buf *out);

#endif
