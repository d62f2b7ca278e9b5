#include "base/crypto.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "base/mem.h"

/* Argon2id for PINs: contract of base/crypto.h. */
enum { PIN_PASSES = 3, PIN_MEMORY = 32 * 1024 * 1024 };
/* And for the passphrases of keys that seldom sign: ten times as dear. */
enum { KEY_PASSES = 3, KEY_MEMORY = 256 * 1024 * 1024 };

_Static_assert(CRYPTO_HASH == crypto_hash_sha256_BYTES, "SHA-256");
_Static_assert(CRYPTO_PUBLIC == crypto_sign_PUBLICKEYBYTES, "public key");
_Static_assert(CRYPTO_SEED == crypto_sign_SEEDBYTES, "seed");
_Static_assert(CRYPTO_SECRET == crypto_sign_SECRETKEYBYTES, "secret key");
_Static_assert(CRYPTO_SIGNATURE == crypto_sign_BYTES, "signature");
_Static_assert(CRYPTO_PIN == crypto_pwhash_STRBYTES, "PIN hash");
_Static_assert(CRYPTO_SALT == crypto_pwhash_SALTBYTES, "salt");
_Static_assert(CRYPTO_BOX_KEY == crypto_secretbox_KEYBYTES, "box key");
_Static_assert(CRYPTO_SEALED ==
        crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES, "box");
_Static_assert(sizeof(struct crypto_hash) >= sizeof(crypto_hash_sha256_state),
    "room for the state");
_Static_assert(
    _Alignof(struct crypto_hash) >= _Alignof(crypto_hash_sha256_state),
    "alignment of the state");

/* One Argon2id at a time: 32 MiB in all, however many sign in. */
static pthread_mutex_t pin_lock = PTHREAD_MUTEX_INITIALIZER;

enum err
crypto_init(void)
{
    if (sodium_init() < 0)
        return err_set(ERR_CRYPTO, "libsodium cannot start");
    return OK;
}

void
crypto_random(void *bytes_out, size_t len)
{
    randombytes_buf(bytes_out, len);
}

void
crypto_sha256(const void *bytes, size_t len, uint8_t hash_out[CRYPTO_HASH])
{
    crypto_hash_sha256(hash_out, bytes, len);
}

static crypto_hash_sha256_state *
state_of(struct crypto_hash *h)
{
    return (crypto_hash_sha256_state *)(void *)h->state;
}

void
crypto_hash_init(struct crypto_hash *h)
{
    crypto_hash_sha256_init(state_of(h));
}

void
crypto_hash_add(struct crypto_hash *h, const void *bytes, size_t len)
{
    crypto_hash_sha256_update(state_of(h), bytes, len);
}

void
crypto_hash_end(struct crypto_hash *h, uint8_t hash_out[CRYPTO_HASH])
{
    crypto_hash_sha256_final(state_of(h), hash_out);
}

_Static_assert(
    sizeof(struct crypto_hmac) >= sizeof(crypto_auth_hmacsha256_state),
    "room for the state");

static crypto_auth_hmacsha256_state *
mac_state_of(struct crypto_hmac *h)
{
    return (crypto_auth_hmacsha256_state *)(void *)h->state;
}

void
crypto_hmac_init(struct crypto_hmac *h, const void *key, size_t key_len)
{
    crypto_auth_hmacsha256_init(mac_state_of(h), key, key_len);
}

void
crypto_hmac_add(struct crypto_hmac *h, const void *bytes, size_t len)
{
    crypto_auth_hmacsha256_update(mac_state_of(h), bytes, len);
}

void
crypto_hmac_end(struct crypto_hmac *h, uint8_t mac_out[CRYPTO_HASH])
{
    crypto_auth_hmacsha256_final(mac_state_of(h), mac_out);
    crypto_wipe(h, sizeof(*h));
}

enum err
crypto_keypair(
    uint8_t public_out[CRYPTO_PUBLIC], uint8_t secret_out[CRYPTO_SECRET])
{
    if (crypto_sign_keypair(public_out, secret_out) != 0)
        return err_set(ERR_CRYPTO, "no key pair");
    return OK;
}

void
crypto_keypair_of_seed(const uint8_t seed[CRYPTO_SEED],
    uint8_t public_out[CRYPTO_PUBLIC], uint8_t secret_out[CRYPTO_SECRET])
{
    int bad = crypto_sign_seed_keypair(public_out, secret_out, seed);

    assert(!bad);
}

void
crypto_sign_msg(uint8_t signature_out[CRYPTO_SIGNATURE], const void *msg,
    size_t len, const uint8_t secret[CRYPTO_SECRET])
{
    int bad = crypto_sign_detached(signature_out, NULL, msg, len, secret);

    assert(!bad);
}

bool
crypto_verify(const uint8_t signature[CRYPTO_SIGNATURE], const void *msg,
    size_t len, const uint8_t public[CRYPTO_PUBLIC])
{
    return crypto_sign_verify_detached(signature, msg, len, public) == 0;
}

enum err
crypto_pin_hash(const char *pin, char hash_out[CRYPTO_PIN])
{
    int bad;

    pthread_mutex_lock(&pin_lock);
    bad = crypto_pwhash_str_alg(hash_out, pin, strlen(pin), PIN_PASSES,
        PIN_MEMORY, crypto_pwhash_ALG_ARGON2ID13);
    pthread_mutex_unlock(&pin_lock);
    return bad ? err_set(ERR_CRYPTO, "no memory to hash a PIN") : OK;
}

bool
crypto_pin_ok(const char *hash, const char *pin)
{
    char stored[CRYPTO_PIN] = "";
    size_t len = strlen(hash);
    int bad;

    if (len >= sizeof(stored))
        return false;
    memcpy(stored, hash, len);
    pthread_mutex_lock(&pin_lock);
    bad = crypto_pwhash_str_verify(stored, pin, strlen(pin));
    pthread_mutex_unlock(&pin_lock);
    return bad == 0;
}

enum err
crypto_stretch(const char *passphrase, const uint8_t salt[CRYPTO_SALT],
    uint8_t key_out[CRYPTO_BOX_KEY])
{
    int bad;

    pthread_mutex_lock(&pin_lock);
    bad = crypto_pwhash(key_out, CRYPTO_BOX_KEY, passphrase,
        strlen(passphrase), salt, KEY_PASSES, KEY_MEMORY,
        crypto_pwhash_ALG_ARGON2ID13);
    pthread_mutex_unlock(&pin_lock);
    return bad ? err_set(ERR_CRYPTO, "no memory for a passphrase") : OK;
}

void
crypto_seal(const uint8_t key[CRYPTO_BOX_KEY], const void *bytes, size_t len,
    struct buf *out)
{
    uint8_t *sealed = mem_new(len + CRYPTO_SEALED, 1);
    uint8_t *box = sealed + crypto_secretbox_NONCEBYTES;

    randombytes_buf(sealed, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(box, bytes, len, sealed, key);
    buf_add(out, sealed, len + CRYPTO_SEALED);
    mem_free(sealed);
}

enum err
crypto_unseal(const uint8_t key[CRYPTO_BOX_KEY], const void *sealed,
    size_t len, struct buf *out)
{
    const uint8_t *nonce = sealed;
    uint8_t *open;
    int bad;

    if (len < CRYPTO_SEALED)
        return err_set(ERR_INVALID, "%zu bytes are no sealed box", len);
    open = mem_new(len - CRYPTO_SEALED + 1, 1);
    bad = crypto_secretbox_open_easy(open,
        nonce + crypto_secretbox_NONCEBYTES,
        len - crypto_secretbox_NONCEBYTES, nonce, key);
    if (!bad)
        buf_add(out, open, len - CRYPTO_SEALED);
    sodium_memzero(open, len - CRYPTO_SEALED + 1);
    mem_free(open);
    return bad ? err_set(ERR_INVALID, "a box of another key") : OK;
}

bool
crypto_equal(const void *a, const void *b, size_t len)
{
    return sodium_memcmp(a, b, len) == 0;
}

void
crypto_wipe(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}

void
crypto_hex(const uint8_t *bytes, size_t len, char *hex_out)
{
    sodium_bin2hex(hex_out, len * 2 + 1, bytes, len);
}

enum err
crypto_unhex(const char *hex, size_t hex_len, uint8_t *bytes_out)
{
    size_t got = 0;

    if (hex_len % 2 != 0 ||
        sodium_hex2bin(
            bytes_out, hex_len / 2, hex, hex_len, NULL, &got, NULL) != 0 ||
        got != hex_len / 2)
        return err_set(ERR_INVALID, "not %zu hex digits", hex_len);
    return OK;
}

void
crypto_base64url(const uint8_t *bytes, size_t len, struct buf *out)
{
    const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    size_t size = sodium_base64_encoded_len(len, variant); /* with the NUL */
    char *text = mem_new(size, 1);

    sodium_bin2base64(text, size, bytes, len, variant);
    buf_add(out, text, size - 1);
    crypto_wipe(text, size); /* it may be a token */
    mem_free(text);
}
