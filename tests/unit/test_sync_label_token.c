#include "sync/label_token.h"

#include <string.h>

#include "base/clock.h"
#include "base/digits.h"
#include "tests/unit/t.h"

static const uint8_t seed[CRYPTO_SEED] = "a label key that only tests have";
static uint8_t public[CRYPTO_PUBLIC], secret[CRYPTO_SECRET];

static int32_t
day(const char *text)
{
    int32_t out = 0;

    CHECK(clock_parse_date(text, &out) == OK);
    return out;
}

static struct label_token
sample(void)
{
    struct label_token t = {.cert = 0x01020304, .stars = 4,
        .from_day = day("2025-12-18"), .until_day = day("2028-12-18"),
        .key = 7};

    label_token_name(
        "Miến Minh Dương", "Công ty cổ phần Thực phẩm Minh Dương", t.name);
    return t;
}

static void
test_label_token__is_laid_out_as_the_contract_says(void)
{
    /* 2178 and 3274 days after 2020-01-01. */
    static const uint8_t want[] = {0x11, 1, 2, 3, 4, 4, 0x08, 0x82, 0x0c, 0xca,
        7};
    struct label_token t = sample(), got;
    uint8_t bytes[LABEL_TOKEN_BYTES], hash[CRYPTO_HASH];
    static const char hashed[] =
        "Miến Minh Dương\nCông ty cổ phần Thực phẩm Minh Dương";
    struct buf digits;

    buf_init(&digits, 300);
    CHECK(label_token_sign(&t, secret, &digits) == OK);
    CHECK(digits.len == LABEL_TOKEN_DIGITS);
    CHECK(label_token_read(digits.data, &got, bytes) == OK);
    CHECK(memcmp(bytes, want, sizeof(want)) == 0);
    crypto_sha256(hashed, sizeof(hashed) - 1, hash);
    CHECK(memcmp(bytes + 11, hash, 8) == 0);
    CHECK(got.cert == t.cert && got.stars == 4 && got.key == 7);
    CHECK(got.from_day == t.from_day && got.until_day == t.until_day);
    CHECK(memcmp(got.name, t.name, sizeof(t.name)) == 0);
    buf_finish(&digits);
}

static void
test_label_token__is_good_only_as_it_was_signed(void)
{
    struct label_token t = sample(), got;
    uint8_t bytes[LABEL_TOKEN_BYTES], other[CRYPTO_PUBLIC], no[CRYPTO_SECRET];
    struct buf digits;

    buf_init(&digits, 300);
    CHECK(label_token_sign(&t, secret, &digits) == OK);
    CHECK(label_token_read(digits.data, &got, bytes) == OK);
    CHECK(label_token_ok(bytes, public));
    CHECK(crypto_keypair(other, no) == OK);
    CHECK(!label_token_ok(bytes, other));
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] ^= 1;
        CHECK(!label_token_ok(bytes, public));
        bytes[i] ^= 1;
    }
    buf_finish(&digits);
}

static void
test_label_token__is_read_from_its_address_too(void)
{
    struct label_token t = sample(), got;
    uint8_t bytes[LABEL_TOKEN_BYTES];
    struct buf url;

    buf_init(&url, 400);
    buf_add_str(&url, "https://ocop.example.vn/p#");
    CHECK(label_token_sign(&t, secret, &url) == OK);
    CHECK(label_token_read(url.data, &got, bytes) == OK && got.cert == t.cert);
    buf_finish(&url);
}

static void
test_label_token__refuses_what_is_none(void)
{
    uint8_t bytes[LABEL_TOKEN_BYTES] = {0x12};
    struct label_token t = sample(), got;
    struct buf digits;

    buf_init(&digits, 300);
    digits_encode(bytes, sizeof(bytes), &digits);
    CHECK(label_token_read(digits.data, &got, bytes) == ERR_CODE_UNREADABLE);
    digits.data[0] = '9'; /* past what 7 bytes hold */
    CHECK(label_token_read(digits.data, &got, bytes) == ERR_CODE_UNREADABLE);
    buf_cut(&digits, LABEL_TOKEN_DIGITS - 1);
    CHECK(label_token_read(digits.data, &got, bytes) == ERR_CODE_UNREADABLE);
    CHECK(label_token_read("", &got, bytes) == ERR_CODE_UNREADABLE);
    t.from_day = day("2019-12-31");
    CHECK(label_token_sign(&t, secret, &digits) == ERR_INVALID);
    buf_clear(&digits);
    t.from_day = day("2020-01-01");
    CHECK(label_token_sign(&t, secret, &digits) == OK);
    buf_finish(&digits);
}

int
main(void)
{
    CHECK(crypto_init() == OK);
    crypto_keypair_of_seed(seed, public, secret);
    RUN(test_label_token__is_laid_out_as_the_contract_says);
    RUN(test_label_token__is_good_only_as_it_was_signed);
    RUN(test_label_token__is_read_from_its_address_too);
    RUN(test_label_token__refuses_what_is_none);
    return T_END();
}
