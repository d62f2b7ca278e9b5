#include <string.h>

#include "base/crypto.h"
#include "tests/unit/t.h"

static void
test_crypto__sha256_knows_the_published_answers(void)
{
    /* FIPS 180-4 and the NIST example files */
    static const struct {
        const char *text;
        const char *hash;
    } rows[] = {
        {"",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    uint8_t hash[CRYPTO_HASH];
    char hex[2 * CRYPTO_HASH + 1];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        crypto_sha256(rows[i].text, strlen(rows[i].text), hash);
        crypto_hex(hash, sizeof(hash), hex);
        CHECK_STR(hex, rows[i].hash);
    }
}

static void
test_crypto__hmac_knows_the_published_answers(void)
{
    /* RFC 4231, cases 1, 2 and 6: a short key, a word, one past the block */
    char key[131];
    static const struct {
        int fill; /* the key is so many bytes of it; 0: "Jefe" */
        size_t len;
        const char *text, *mac;
    } rows[] = {
        {0x0b, 20, "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {0, 4, "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {0xaa, 131,
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    };
    uint8_t mac[CRYPTO_HASH];
    char hex[2 * CRYPTO_HASH + 1];
    struct crypto_hmac h;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        memset(key, rows[i].fill, sizeof(key));
        if (!rows[i].fill)
            memcpy(key, "Jefe", 4);
        crypto_hmac_init(&h, key, rows[i].len);
        crypto_hmac_add(&h, rows[i].text, 3);
        crypto_hmac_add(&h, rows[i].text + 3, strlen(rows[i].text) - 3);
        crypto_hmac_end(&h, mac);
        crypto_hex(mac, sizeof(mac), hex);
        CHECK_STR(hex, rows[i].mac);
    }
}

static void
test_crypto__a_hash_of_pieces_is_the_hash_of_the_whole(void)
{
    uint8_t hash[CRYPTO_HASH];
    char hex[2 * CRYPTO_HASH + 1];
    struct crypto_hash h;

    crypto_hash_init(&h);
    for (int i = 0; i < 1000000; i += 1000) {
        char block[1000];

        memset(block, 'a', sizeof(block));
        crypto_hash_add(&h, block, 1);
        crypto_hash_add(&h, block, 0);
        crypto_hash_add(&h, block, 999);
    }
    crypto_hash_end(&h, hash);
    crypto_hex(hash, sizeof(hash), hex);
    CHECK_STR(hex,
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* RFC 8032, section 7.1 */
static const struct {
    const char *seed, *public, *msg, *signature;
} rfc8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
};

static void
test_crypto__ed25519_knows_the_answers_of_rfc_8032(void)
{
    uint8_t seed[CRYPTO_SEED], public[CRYPTO_PUBLIC], secret[CRYPTO_SECRET];
    uint8_t msg[2], signature[CRYPTO_SIGNATURE];
    char hex[2 * CRYPTO_SIGNATURE + 1];

    for (size_t i = 0; i < sizeof(rfc8032) / sizeof(rfc8032[0]); i++) {
        size_t len = strlen(rfc8032[i].msg) / 2;

        CHECK(crypto_unhex(rfc8032[i].seed, 64, seed) == OK);
        CHECK(crypto_unhex(rfc8032[i].msg, len * 2, msg) == OK);
        crypto_keypair_of_seed(seed, public, secret);
        crypto_hex(public, sizeof(public), hex);
        CHECK_STR(hex, rfc8032[i].public);
        crypto_sign_msg(signature, msg, len, secret);
        crypto_hex(signature, sizeof(signature), hex);
        CHECK_STR(hex, rfc8032[i].signature);
        CHECK(crypto_verify(signature, msg, len, public));
    }
}

static void
test_crypto__any_changed_bit_breaks_a_signature(void)
{
    uint8_t public[CRYPTO_PUBLIC], secret[CRYPTO_SECRET];
    uint8_t msg[3] = {1, 2, 3}, signature[CRYPTO_SIGNATURE];

    CHECK(crypto_keypair(public, secret) == OK);
    crypto_sign_msg(signature, msg, sizeof(msg), secret);
    CHECK(crypto_verify(signature, msg, sizeof(msg), public));
    for (size_t bit = 0; bit < 8 * sizeof(signature); bit++) {
        signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
        CHECK(!crypto_verify(signature, msg, sizeof(msg), public));
        signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t bit = 0; bit < 8 * sizeof(msg); bit++) {
        msg[bit / 8] ^= (uint8_t)(1u << bit % 8);
        CHECK(!crypto_verify(signature, msg, sizeof(msg), public));
        msg[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK(!crypto_verify(signature, msg, 2, public));
    memset(public, 0, sizeof(public)); /* of small order: signs anything */
    CHECK(!crypto_verify(signature, msg, sizeof(msg), public));
}

static void
test_crypto__a_pin_is_known_again_and_no_other(void)
{
    char hash[CRYPTO_PIN], again[CRYPTO_PIN];

    CHECK(crypto_pin_hash("4711", hash) == OK);
    CHECK(crypto_pin_hash("4711", again) == OK);
    CHECK(strncmp(hash, "$argon2id$v=19$m=32768,t=3,p=1$", 31) == 0);
    CHECK(strcmp(hash, again) != 0); /* each has its salt */
    CHECK(crypto_pin_ok(hash, "4711"));
    CHECK(!crypto_pin_ok(hash, "4712"));
    CHECK(!crypto_pin_ok(hash, ""));
    CHECK(!crypto_pin_ok("", "4711"));
    CHECK(!crypto_pin_ok("$argon2id$v=19$broken", "4711"));
    memset(again, 'x', sizeof(again) - 1);
    again[sizeof(again) - 1] = '\0';
    CHECK(!crypto_pin_ok(again, "4711"));
}

static void
test_crypto__hex_is_read_strictly(void)
{
    uint8_t bytes[4] = {0};

    CHECK(crypto_unhex("00fFAb10", 8, bytes) == OK);
    CHECK(bytes[0] == 0 && bytes[1] == 0xFF && bytes[2] == 0xAB);
    CHECK(crypto_unhex("00f", 3, bytes) == ERR_INVALID);
    CHECK(crypto_unhex("00fg", 4, bytes) == ERR_INVALID);
    CHECK(crypto_unhex("00 1", 4, bytes) == ERR_INVALID);
    CHECK(crypto_unhex("0x12", 4, bytes) == ERR_INVALID);
    CHECK(crypto_unhex("", 0, bytes) == OK);
}

static void
test_crypto__base64url_has_no_padding(void)
{
    struct buf b;

    buf_init(&b, 100);
    crypto_base64url((const uint8_t *)"\xFB\xFF\xFE", 3, &b);
    buf_add_char(&b, ' ');
    crypto_base64url((const uint8_t *)"fo", 2, &b);
    crypto_base64url((const uint8_t *)"", 0, &b);
    CHECK_STR(b.data, "-__-"
                      " Zm8");
    buf_finish(&b);
}

static void
test_crypto__chance_differs_and_secrets_are_wiped(void)
{
    uint8_t a[32], b[32], zero[32] = {0};

    crypto_random(a, sizeof(a));
    crypto_random(b, sizeof(b));
    CHECK(!crypto_equal(a, b, sizeof(a)));
    memcpy(b, a, sizeof(b));
    CHECK(crypto_equal(a, b, sizeof(a)));
    crypto_wipe(a, sizeof(a));
    CHECK(crypto_equal(a, zero, sizeof(a)));
}

static void
test_crypto__what_is_sealed_opens_with_the_passphrase_alone(void)
{
    uint8_t salt[CRYPTO_SALT] = {7}, right[CRYPTO_BOX_KEY],
            wrong[CRYPTO_BOX_KEY];
    struct buf sealed, open;

    buf_init(&sealed, 1024);
    buf_init(&open, 1024);
    CHECK(crypto_stretch("sen Tây Hồ", salt, right) == OK);
    CHECK(crypto_stretch("sen Tây Ho", salt, wrong) == OK);
    crypto_seal(right, "bí mật", 8, &sealed);
    CHECK(sealed.len == 8 + CRYPTO_SEALED);
    CHECK(crypto_unseal(wrong, sealed.data, sealed.len, &open) ==
        ERR_INVALID);
    CHECK(crypto_unseal(right, sealed.data, sealed.len, &open) == OK);
    CHECK(open.len == 8 && memcmp(open.data, "bí mật", 8) == 0);
    for (size_t i = 0; i < sealed.len; i++) {
        sealed.data[i] ^= 1;
        CHECK(crypto_unseal(right, sealed.data, sealed.len, &open) ==
            ERR_INVALID);
        CHECK(crypto_unseal(right, sealed.data, i, &open) == ERR_INVALID);
        sealed.data[i] ^= 1;
    }
    CHECK(open.len == 8);
    buf_finish(&sealed);
    buf_finish(&open);
}

int
main(void)
{
    if (crypto_init())
        return 1;
    RUN(test_crypto__sha256_knows_the_published_answers);
    RUN(test_crypto__hmac_knows_the_published_answers);
    RUN(test_crypto__a_hash_of_pieces_is_the_hash_of_the_whole);
    RUN(test_crypto__ed25519_knows_the_answers_of_rfc_8032);
    RUN(test_crypto__any_changed_bit_breaks_a_signature);
    RUN(test_crypto__a_pin_is_known_again_and_no_other);
    RUN(test_crypto__hex_is_read_strictly);
    RUN(test_crypto__base64url_has_no_padding);
    RUN(test_crypto__what_is_sealed_opens_with_the_passphrase_alone);
    RUN(test_crypto__chance_differs_and_secrets_are_wiped);
    return T_END();
}
