/* Keys and signatures made with the openssl command. */
#include "base/pkey.h"

#include <string.h>

#include "base/crypto.h"
#include "tests/unit/t.h"

static const char msg[] = "xin chào";

static const char ec_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEq6YWLp0uot1RaXyHPZmGcpY6LBc\n"
    "vpDXiRWPRAESMYWpZaHASiAT8WctZ1dRmvJHPl8DNCxiHcw0/Ila6q+k7w==\n"
    "-----END PUBLIC KEY-----\n";

/* The same key, its point in the short form. */
static const char ec_short_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgADEq6YWLp0uot1RaXyHPZmGcpY6LBc\n"
    "vpDXiRWPRAESMYU=\n"
    "-----END PUBLIC KEY-----\n";

static const char ec_sig[] =
    "304502206bc16cd22b6d3aebd31a9614fb921e1c73824f7d3e84405e8c96c877"
    "7aab2ee9022100a09fe451a6c9d79d5eca16f5eb1f94e35552221fd12d12ab80"
    "0895718da5135f";

static const char ec384_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEa/RW6xOUascolCrClC/Fz0TCKB04vvS6\n"
    "BKp3ECrRFkVvMg3x1B72UVSVwwiCr0pwOdDklhSz7RRQZfsbh123k73kr8EoeGjM\n"
    "dFtxyAYGIvCEBKxGxyQis9Veveul2vgr\n"
    "-----END PUBLIC KEY-----\n";

static const char rsa_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvbPAgBD7QLZ7AoGLjQPe\n"
    "nZwfK8Jv6x+JbFJ0S2R3+606TIkKSstJwj7AtnJc54b7ktvZBE2NPjcCb/1lVAhc\n"
    "BrD+vi0gwVL98PQwkdh0qyYzYhAfDX6zkHwe+W1DgRYbl82AzMgMqKshRxLcHhuo\n"
    "/znKFjs6xKXp1td9WmuT3qyRT7ifOH/HNsCAWBv5oaIJn0AFXWi21IIpGKs27EGx\n"
    "oMOeSOHM5Azycapn+pWjdAClJns4Uqhi/dFHhCWLr85x02U7wu0q0+luM2tRweIw\n"
    "i5wrmFhlAmvOLF5tE4V4UamnbOez6AnGnCNkqPr+qz6FQkDztb7F2lBM6OKP9yiR\n"
    "0QIDAQAB\n"
    "-----END PUBLIC KEY-----\n";

/* Salts of 32 bytes and of as many as fit; PKCS #1 version 1.5. */
static const char rsa_sig[] =
    "05ef1cdb9f73f61eefdd1e2366e6e5686bab7735b05cd108d2b1730262187ad0"
    "8e84cbcc68bc5c150bcf833a00879e1221149b216e2d1ae1a86597b595449c39"
    "27bf16b68c47afff9c9370caecb36964db0aa49f61ca7e83fd51100e475e682c"
    "e1cc1a2dc80068c0d1dcee8f2710174b34f802421cbe664614ae0b23c05f9161"
    "0fde974366d0ae5a9c32a356a2be6806f01721790f7241228bb1857a88148fe8"
    "4818d4196b6b4d31c0bdd06fd85ba930056e7bddb4358190762a388a5538c85a"
    "9a0c19d6b0372ba2374e36efd0fe6df6bdca0614d96cf0bc60624a10a972b438"
    "38d66a5a21c5e3a7172d4cb32376eb08041cfd65341f8f52aea862055ec52703";

static const char rsa_long_sig[] =
    "6c2e47d13054788ebe7b5e271b643a0c95b85a3f08c50cdc676a7c6f2030cd51"
    "3069fa40faf32148b350c6b7a78cb85efc6154ed13c33e86da893aba2f4dbfef"
    "ef7ed03e39496c5c2d5433f5bccf6aef9216153ebb2eef114465f87375be0c41"
    "9b305e22a9a2575c0b2da6b0d5720fcad4c1debb458dc3ccaad4f69853e281e8"
    "e873df739ac4103e19621b4f3793fbfaecd5be7347701551cac3b5d576bd1862"
    "906bd402f8c84f5244858b680b3f2bc68b18b822f0f3628a0ca02d03989ed514"
    "1fbc1ee216e51c084c67b0067959dd2cd82f61b03a2172387c0f61df0c849b93"
    "a5a228b90ff2208c7f44f56f4a660798a1df2ca1f5cb68d04db92eb320eb4302";

static const char rsa_old_sig[] =
    "500e2f5cb2f62752e94ebcf9575b293e5131b3ea6ebd325593e7966dcf9f28a0"
    "f3912b265986694ba44925d0b788c055bc079810be3dedf1d11a835b41bfed06"
    "b662901fc551b61388c6225fb7081b7bc08ae03558c532c9bd47795ae4e3edf8"
    "bf4ed6b9f036af339245e975414d2002746e22a4acd34a966c4a56c1d5d7c96b"
    "22278f0ca1e341d9b314d3d9e2ed496b8ab7f16e1ea76a88734d94bde2c2662d"
    "dab7bb5321b4d36163c100e732b17aceec1b2dfde86e548d1883608f8695a7ba"
    "f03836436ccafa97e6baaed6507b5b53c3f73be40f22319fb4ea421e2695b0e0"
    "30275cb68abb04c73863e4673639a51d5e668061d1a7dc96886909324859bed8";

static const char rsa1024_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQD2dfYDcEBOp+tzUfOLZ1P01xvH\n"
    "0KlTfptqG1pOi+SZid0vH+SACV/EVNRK90vJhXZf418C/0bhOkBuMw2YYmms88NO\n"
    "9YBiWgt06SwqbtGl4c76akZ+zBei9ABpBhq3lU9juUV+mNOev5/XQ8Yy1eR6JPR5\n"
    "ECz0X9XZsinj+yLI+wIDAQAB\n"
    "-----END PUBLIC KEY-----\n";

static bool
verify(enum pkey_kind kind, const char *pem, const char *hex, const char *text)
{
    uint8_t sig[600];

    return crypto_unhex(hex, strlen(hex), sig) == OK &&
           pkey_verify(kind, pem, sig, strlen(hex) / 2, text, strlen(text));
}

static void
test_pkey__a_right_signature_verifies(void)
{
    CHECK(verify(PKEY_ECDSA_P256, ec_pem, ec_sig, msg));
    CHECK(verify(PKEY_ECDSA_P256, ec_short_pem, ec_sig, msg));
    CHECK(verify(PKEY_RSA_PSS, rsa_pem, rsa_sig, msg));
    CHECK(verify(PKEY_RSA_PSS, rsa_pem, rsa_long_sig, msg));
}

static void
test_pkey__any_other_does_not(void)
{
    CHECK(!verify(PKEY_ECDSA_P256, ec_pem, ec_sig, "xin chao"));
    CHECK(!verify(PKEY_RSA_PSS, rsa_pem, rsa_sig, "xin chao"));
    CHECK(!verify(PKEY_RSA_PSS, rsa_pem, rsa_old_sig, msg));
    CHECK(!verify(PKEY_ECDSA_P256, ec_pem, rsa_sig, msg));
    CHECK(!verify(PKEY_ECDSA_P256, ec_pem, "", msg));
    CHECK(!verify(PKEY_ECDSA_P256, ec_pem, ec_sig + 2, msg));
}

static void
test_pkey__a_key_of_another_kind_is_none(void)
{
    uint8_t id[32];

    CHECK(!pkey_identity(PKEY_ECDSA_P256, rsa_pem, id));
    CHECK(!pkey_identity(PKEY_RSA_PSS, ec_pem, id));
    CHECK(!pkey_identity(PKEY_ECDSA_P256, ec384_pem, id));
    CHECK(!pkey_identity(PKEY_RSA_PSS, rsa1024_pem, id));
    CHECK(!pkey_identity(PKEY_RSA_PSS, "", id));
    CHECK(!pkey_identity(PKEY_ECDSA_P256, "-----BEGIN PUBLIC KEY-----\n", id));
    CHECK(!verify(PKEY_ECDSA_P256, rsa_pem, ec_sig, msg));
    CHECK(!verify(PKEY_RSA_PSS, rsa1024_pem, rsa_sig, msg));
}

/* Written in two ways, one key is one key: it must not count twice. */
static void
test_pkey__identity_is_of_the_key_and_not_of_its_text(void)
{
    uint8_t a[32], b[32], c[32];

    CHECK(pkey_identity(PKEY_ECDSA_P256, ec_pem, a));
    CHECK(pkey_identity(PKEY_ECDSA_P256, ec_short_pem, b));
    CHECK(pkey_identity(PKEY_RSA_PSS, rsa_pem, c));
    CHECK(memcmp(a, b, 32) == 0);
    CHECK(memcmp(a, c, 32) != 0);
}

int
main(void)
{
    if (crypto_init() != OK)
        return 1;
    RUN(test_pkey__a_right_signature_verifies);
    RUN(test_pkey__any_other_does_not);
    RUN(test_pkey__a_key_of_another_kind_is_none);
    RUN(test_pkey__identity_is_of_the_key_and_not_of_its_text);
    return T_END();
}
