#include "base/pkey.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>

#include "base/crypto.h"

enum { PEM_MAX = 16 * 1024, RSA_BITS_MIN = 2048, RSA_BITS_MAX = 8192 };

static bool
is_kind(enum pkey_kind kind, const EVP_PKEY *key)
{
    char group[80] = "";
    int bits = EVP_PKEY_get_bits(key);

    if (kind == PKEY_RSA_PSS)
        return EVP_PKEY_is_a(key, "RSA") && bits >= RSA_BITS_MIN &&
               bits <= RSA_BITS_MAX;
    return EVP_PKEY_is_a(key, "EC") &&
           EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) == 1 &&
           (strcmp(group, "prime256v1") == 0 || strcmp(group, "P-256") == 0);
}

/* No pass phrase is asked for: a public key has none. */
static int
no_phrase(char *out, int size, int for_writing, void *arg)
{
    (void)out;
    (void)size;
    (void)for_writing;
    (void)arg;
    return 0;
}

/* NULL when it is no key of the kind; freed by the caller. */
static EVP_PKEY *
key_read(enum pkey_kind kind, const char *pem)
{
    size_t len = strlen(pem);
    BIO *bio = len <= PEM_MAX ? BIO_new_mem_buf(pem, (int)len) : NULL;
    EVP_PKEY *key = NULL;

    if (bio)
        key = PEM_read_bio_PUBKEY(bio, NULL, no_phrase, NULL);
    BIO_free(bio);
    if (key && !is_kind(kind, key)) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    return key;
}

/* The number as bytes, its length before it. */
static bool
hash_number(struct crypto_hash *hash, const EVP_PKEY *key, const char *name)
{
    uint8_t bytes[RSA_BITS_MAX / 8];
    BIGNUM *n = NULL;
    uint16_t len;

    if (EVP_PKEY_get_bn_param(key, name, &n) != 1)
        return false;
    len = (uint16_t)BN_num_bytes(n);
    if (len > sizeof(bytes)) {
        BN_free(n);
        return false;
    }
    BN_bn2bin(n, bytes);
    BN_free(n);
    crypto_hash_add(hash, &len, sizeof(len));
    crypto_hash_add(hash, bytes, len);
    return true;
}

bool
pkey_identity(enum pkey_kind kind, const char *pem, uint8_t identity_out[32])
{
    bool is_rsa = kind == PKEY_RSA_PSS;
    EVP_PKEY *key = key_read(kind, pem);
    struct crypto_hash hash;
    bool ok;

    crypto_hash_init(&hash);
    crypto_hash_add(&hash, is_rsa ? "r" : "e", 1);
    ok = key &&
         hash_number(&hash, key,
             is_rsa ? OSSL_PKEY_PARAM_RSA_N : OSSL_PKEY_PARAM_EC_PUB_X) &&
         hash_number(&hash, key,
             is_rsa ? OSSL_PKEY_PARAM_RSA_E : OSSL_PKEY_PARAM_EC_PUB_Y);
    crypto_hash_end(&hash, identity_out);
    EVP_PKEY_free(key);
    ERR_clear_error();
    return ok;
}

/* Signers differ in how long a salt they take: any is accepted. */
static bool
use_pss(EVP_PKEY_CTX *ctx)
{
    return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_AUTO) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, EVP_sha256()) == 1;
}

bool
pkey_verify(enum pkey_kind kind, const char *pem, const uint8_t *sig,
    size_t sig_len, const void *msg, size_t len)
{
    EVP_PKEY *key = key_read(kind, pem);
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    EVP_PKEY_CTX *ctx = NULL; /* belongs to md */
    bool ok;

    ok = key && md &&
         EVP_DigestVerifyInit(md, &ctx, EVP_sha256(), NULL, key) == 1 &&
         (kind != PKEY_RSA_PSS || use_pss(ctx)) &&
         EVP_DigestVerify(md, sig, sig_len, msg, len) == 1;
    EVP_MD_CTX_free(md);
    EVP_PKEY_free(key);
    ERR_clear_error();
    return ok;
}
