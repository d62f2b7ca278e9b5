#include "sync/label_token.h"

#include <string.h>

#include "base/digits.h"

/* Places of the parts; big-endian. */
enum {
    AT_CERT = 1,
    AT_STARS = 5,
    AT_FROM = 6,
    AT_UNTIL = 8,
    AT_KEY = 10,
    AT_NAME = 11,
    AT_SIGNATURE = 19,
    VERSION_KIND = 0x11, /* version 1, kind 1 */
    DAY_2020 = 18262,    /* 2020-01-01 as days since 1970 */
    DAYS = 1 << 16
};

_Static_assert(AT_SIGNATURE + CRYPTO_SIGNATURE == LABEL_TOKEN_BYTES,
    "a token and its signature");

static const char sign_prefix[] = "OCOP-P1"; /* its NUL is signed too */

static void
put(uint8_t *to, size_t n, uint32_t value)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (uint8_t)(value >> (8 * (n - 1 - i)));
}

static uint32_t
get(const uint8_t *from, size_t n)
{
    uint32_t value = 0;

    for (size_t i = 0; i < n; i++)
        value = value << 8 | from[i];
    return value;
}

void
label_token_name(const char *name, const char *producer,
    uint8_t out[LABEL_TOKEN_NAME])
{
    uint8_t hash[CRYPTO_HASH];
    struct crypto_hash h;

    crypto_hash_init(&h);
    crypto_hash_add(&h, name, strlen(name));
    crypto_hash_add(&h, "\n", 1);
    crypto_hash_add(&h, producer, strlen(producer));
    crypto_hash_end(&h, hash);
    memcpy(out, hash, LABEL_TOKEN_NAME);
}

/* What is signed: the prefix and the token without its signature. */
static void
to_sign(const uint8_t *bytes, uint8_t out[sizeof(sign_prefix) + AT_SIGNATURE])
{
    memcpy(out, sign_prefix, sizeof(sign_prefix));
    memcpy(out + sizeof(sign_prefix), bytes, AT_SIGNATURE);
}

static bool
fits(int32_t day)
{
    return day >= DAY_2020 && day < DAY_2020 + DAYS;
}

enum err
label_token_sign(const struct label_token *token,
    const uint8_t secret[CRYPTO_SECRET], struct buf *digits_out)
{
    uint8_t bytes[LABEL_TOKEN_BYTES] = {VERSION_KIND};
    uint8_t text[sizeof(sign_prefix) + AT_SIGNATURE];

    if (!fits(token->from_day) || !fits(token->until_day))
        return err_set(ERR_INVALID, "a day that no label token holds");
    put(bytes + AT_CERT, 4, token->cert);
    bytes[AT_STARS] = token->stars;
    put(bytes + AT_FROM, 2, (uint32_t)(token->from_day - DAY_2020));
    put(bytes + AT_UNTIL, 2, (uint32_t)(token->until_day - DAY_2020));
    bytes[AT_KEY] = token->key;
    memcpy(bytes + AT_NAME, token->name, LABEL_TOKEN_NAME);
    to_sign(bytes, text);
    crypto_sign_msg(bytes + AT_SIGNATURE, text, sizeof(text), secret);
    digits_encode(bytes, sizeof(bytes), digits_out);
    if (digits_out->full)
        return err_set(ERR_TOO_LARGE, "no room for a label token");
    return OK;
}

enum err
label_token_read(const char *digits, struct label_token *out,
    uint8_t bytes_out[LABEL_TOKEN_BYTES])
{
    const char *hash = strstr(digits, "/p#");
    struct buf bytes;
    enum err e;

    if (hash)
        digits = hash + 3;
    buf_init(&bytes, LABEL_TOKEN_BYTES);
    if (strnlen(digits, LABEL_TOKEN_DIGITS + 1) != LABEL_TOKEN_DIGITS)
        e = err_set(ERR_CODE_UNREADABLE, "a label token has %d digits",
            LABEL_TOKEN_DIGITS);
    else
        e = digits_decode(digits, LABEL_TOKEN_DIGITS, &bytes);
    if (e == OK && (uint8_t)bytes.data[0] != VERSION_KIND)
        e = err_set(ERR_CODE_UNREADABLE, "no label token of version 1");
    if (e == OK) {
        memcpy(bytes_out, bytes.data, LABEL_TOKEN_BYTES);
        *out = (struct label_token){.cert = get(bytes_out + AT_CERT, 4),
            .stars = bytes_out[AT_STARS],
            .from_day = DAY_2020 + (int32_t)get(bytes_out + AT_FROM, 2),
            .until_day = DAY_2020 + (int32_t)get(bytes_out + AT_UNTIL, 2),
            .key = bytes_out[AT_KEY]};
        memcpy(out->name, bytes_out + AT_NAME, LABEL_TOKEN_NAME);
    }
    buf_finish(&bytes);
    return e;
}

bool
label_token_ok(const uint8_t bytes[LABEL_TOKEN_BYTES],
    const uint8_t public[CRYPTO_PUBLIC])
{
    uint8_t text[sizeof(sign_prefix) + AT_SIGNATURE];

    to_sign(bytes, text);
    return crypto_verify(bytes + AT_SIGNATURE, text, sizeof(text), public);
}
