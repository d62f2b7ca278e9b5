#include "base/clock.h"
#include "base/money.h"
#include "pos/sell/token.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

/* Made by node's crypto from the contract's table, not by this code: key of 32
 * bytes 9, showroom 1042, till 1, key 2, record 318774, lines 4711 4712 and
 * 2^32-1, more on paper. */
static const char known[] =
    "04785074672369922000053481411027171463669911791411200283686952306183368732"
    "22257836288000202379362303997205718443285802046626610176699051486046617764"
    "78480520778241033759213526677977069846151552518677037148382899868920685861"
    "01857276571648151572319584652335502891551915681396680386126696355651047988"
    "852999";

static struct token
known_token(void)
{
    struct token token = {.kind = TOKEN_SALE,
        .showroom = 1042,
        .till = 1,
        .key = 2,
        .seq = 318774,
        .total = 1285000,
        .previous = {0, 1, 2, 3, 4, 5, 6, 7},
        .more = true,
        .lines_len = 3,
        .lines = {{4711, 1}, {4712, 2}, {UINT32_MAX, 255}}};

    CHECK(clock_parse_rfc3339("2026-11-22T10:15:00+07:00", &token.at) == OK);
    for (uint8_t i = 0; i < TOKEN_HASH; i++)
        token.hash[i] = (uint8_t)(0xA0 + i);
    return token;
}

static void
keypair(uint8_t public[CRYPTO_PUBLIC], uint8_t secret[CRYPTO_SECRET])
{
    uint8_t seed[CRYPTO_SEED];

    memset(seed, 9, sizeof(seed));
    crypto_keypair_of_seed(seed, public, secret);
}

static bool
is_same(const struct token *a, const struct token *b)
{
    bool same = a->kind == b->kind && a->showroom == b->showroom &&
                a->till == b->till && a->key == b->key && a->seq == b->seq &&
                a->at == b->at && a->clock_suspect == b->clock_suspect &&
                a->total == b->total && a->more == b->more &&
                a->lines_len == b->lines_len &&
                memcmp(a->previous, b->previous, TOKEN_PREVIOUS) == 0 &&
                memcmp(a->hash, b->hash, TOKEN_HASH) == 0;

    for (size_t i = 0; same && i < a->lines_len; i++)
        same = a->lines[i].cert == b->lines[i].cert &&
               a->lines[i].qty == b->lines[i].qty;
    return same;
}

static void
test_token__is_the_one_another_program_made(void)
{
    uint8_t public[CRYPTO_PUBLIC], secret[CRYPTO_SECRET];
    struct token token = known_token(), read;
    struct buf bytes, digits;

    keypair(public, secret);
    buf_init(&bytes, TOKEN_BYTES_MAX);
    buf_init(&digits, 1000);
    CHECK(token_encode(&token, secret, &bytes) == OK);
    CHECK(bytes.len == 124);
    token_to_digits(bytes.data, bytes.len, &digits);
    CHECK_STR(digits.data, known);
    CHECK(token_decode(bytes.data, bytes.len, &read) == OK);
    CHECK(is_same(&read, &token));
    CHECK(token_signature_ok(bytes.data, bytes.len, public));
    buf_finish(&bytes);
    buf_finish(&digits);
}

static void
test_token__is_read_from_digits_and_from_the_address(void)
{
    char url[400];
    struct buf bytes;

    buf_init(&bytes, TOKEN_BYTES_MAX);
    CHECK(token_from_digits(known, &bytes) == OK && bytes.len == 124);
    buf_clear(&bytes);
    snprintf(url, sizeof(url), "https://ocop.vn/r#%s", known);
    CHECK(token_from_digits(url, &bytes) == OK && bytes.len == 124);
    buf_clear(&bytes);
    CHECK(token_from_digits("https://ocop.vn/r", &bytes) != OK);
    CHECK(token_from_digits("", &bytes) == OK && bytes.len == 0);
    buf_finish(&bytes);
}

static void
test_token__one_changed_bit_is_forged(void)
{
    uint8_t public[CRYPTO_PUBLIC], secret[CRYPTO_SECRET];
    struct buf bytes;

    keypair(public, secret);
    buf_init(&bytes, TOKEN_BYTES_MAX);
    CHECK(token_from_digits(known, &bytes) == OK);
    for (size_t bit = 0; bit < bytes.len * 8; bit++) {
        bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ 1 << bit % 8);
        CHECK(!token_signature_ok(bytes.data, bytes.len, public));
        bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ 1 << bit % 8);
    }
    CHECK(token_signature_ok(bytes.data, bytes.len, public));
    CHECK(!token_signature_ok(bytes.data, bytes.len - 1, public));
    CHECK(!token_signature_ok(bytes.data, 0, public));
    public[0] ^= 1;
    CHECK(!token_signature_ok(bytes.data, bytes.len, public));
    buf_finish(&bytes);
}

static struct token
random_token(uint64_t *seed)
{
    struct token token = {.kind = (enum token_kind)(1 + t_random(seed) % 4),
        .showroom = (uint32_t)t_random(seed),
        .till = (uint8_t)t_random(seed),
        .key = (uint8_t)t_random(seed),
        .seq = (uint32_t)t_random(seed),
        .at = 1577836800 + (int64_t)(t_random(seed) % 0x80000000),
        .clock_suspect = t_random(seed) % 2 == 0,
        .total = (int64_t)(t_random(seed) % (uint64_t)(MONEY_MAX + 1)),
        .more = t_random(seed) % 2 == 0,
        .lines_len = t_random(seed) % (TOKEN_LINES + 1)};

    for (size_t i = 0; i < token.lines_len; i++)
        token.lines[i] = (struct token_line){
            (uint32_t)t_random(seed), (uint8_t)t_random(seed)};
    for (size_t i = 0; i < TOKEN_HASH; i++)
        token.hash[i] = (uint8_t)t_random(seed);
    for (size_t i = 0; i < TOKEN_PREVIOUS; i++)
        token.previous[i] = (uint8_t)t_random(seed);
    return token;
}

static void
test_token__reads_back_whatever_it_says(void)
{
    uint8_t public[CRYPTO_PUBLIC], secret[CRYPTO_SECRET];
    uint64_t seed = 20200101;
    struct buf bytes;

    keypair(public, secret);
    buf_init(&bytes, TOKEN_BYTES_MAX);
    for (int i = 0; i < 300; i++) {
        struct token token = random_token(&seed), read;

        buf_clear(&bytes);
        CHECK(token_encode(&token, secret, &bytes) == OK);
        CHECK(bytes.len == TOKEN_BYTES_MIN + 5 * token.lines_len);
        CHECK(token_decode(bytes.data, bytes.len, &read) == OK);
        CHECK(is_same(&token, &read));
    }
    buf_finish(&bytes);
}

static void
test_token__a_time_it_cannot_hold_is_suspect(void)
{
    uint8_t public[CRYPTO_PUBLIC], secret[CRYPTO_SECRET];
    struct token token = known_token(), read;
    struct buf bytes;

    keypair(public, secret);
    buf_init(&bytes, 1000);
    token.at = 0; /* the battery of the clock is empty */
    CHECK(token_encode(&token, secret, &bytes) == OK);
    CHECK(token_decode(bytes.data, bytes.len, &read) == OK);
    CHECK(read.at == 1577836800 && read.clock_suspect);
    buf_clear(&bytes);
    token.at = INT64_MAX;
    CHECK(token_encode(&token, secret, &bytes) == OK);
    CHECK(token_decode(bytes.data, bytes.len, &read) == OK);
    CHECK(read.at == 1577836800 + INT64_C(0x7FFFFFFF) && read.clock_suspect);
    buf_finish(&bytes);
}

/* The known token with one byte changed, and cut or grown to `len`. */
static enum err
decode_changed(size_t at, uint8_t value, size_t len)
{
    char bytes[TOKEN_BYTES_MAX + 20] = {0};
    struct token token;
    struct buf b;

    buf_init(&b, TOKEN_BYTES_MAX);
    CHECK(token_from_digits(known, &b) == OK);
    memcpy(bytes, b.data, b.len);
    buf_finish(&b);
    bytes[at] = (char)value;
    return token_decode(bytes, len, &token);
}

static void
test_token__refuses_what_is_no_r1(void)
{
    CHECK(decode_changed(0, 0x11, 124) == OK);
    CHECK(decode_changed(0, 0x14, 124) == OK);
    CHECK(decode_changed(0, 0x10, 124) == ERR_CODE_UNREADABLE);
    CHECK(decode_changed(0, 0x15, 124) == ERR_CODE_UNREADABLE);
    CHECK(decode_changed(0, 0x01, 124) == ERR_CODE_UNREADABLE);
    CHECK(decode_changed(0, 0x21, 124) == ERR_CODE_UNREADABLE);
    CHECK(decode_changed(28, 0x03, 124) == OK);
    CHECK(decode_changed(28, 0x02, 124) == ERR_CODE_UNREADABLE);
    CHECK(decode_changed(28, 0x13, 124) == ERR_CODE_UNREADABLE);
    CHECK(decode_changed(28, 0x43, 124) == ERR_CODE_UNREADABLE);
    CHECK(decode_changed(28, 0x0C, 169) == OK);
    CHECK(decode_changed(28, 0x0D, 174) == ERR_CODE_UNREADABLE);
    CHECK(decode_changed(28, 0x00, 109) == OK);
    CHECK(decode_changed(28, 0x00, 108) == ERR_CODE_UNREADABLE);
    for (size_t len = 0; len <= 180; len++)
        CHECK((decode_changed(0, 0x11, len) == OK) == (len == 124));
}

static void
test_token__does_not_half_fit(void)
{
    uint8_t public[CRYPTO_PUBLIC], secret[CRYPTO_SECRET];
    struct token token = known_token();
    struct buf bytes;

    keypair(public, secret);
    buf_init(&bytes, 123);
    CHECK(token_encode(&token, secret, &bytes) == ERR_TOO_LARGE);
    CHECK(bytes.len == 0);
    buf_finish(&bytes);
}

static void
test_token__counts_whole_units(void)
{
    CHECK(token_qty(1000, false) == 1 && token_qty(2000, false) == 2);
    CHECK(token_qty(254000, false) == 254 && token_qty(255000, false) == 255);
    CHECK(token_qty(1000000, false) == 255 && token_qty(1, false) == 1);
    CHECK(token_qty(1500, false) == 2 && token_qty(12750, true) == 1);
    CHECK_STR(token_kind_name(TOKEN_SHIFT_REPORT), "shift_report");
}

int
main(void)
{
    CHECK(crypto_init() == OK);
    RUN(test_token__is_the_one_another_program_made);
    RUN(test_token__is_read_from_digits_and_from_the_address);
    RUN(test_token__one_changed_bit_is_forged);
    RUN(test_token__reads_back_whatever_it_says);
    RUN(test_token__a_time_it_cannot_hold_is_suspect);
    RUN(test_token__refuses_what_is_no_r1);
    RUN(test_token__does_not_half_fit);
    RUN(test_token__counts_whole_units);
    return T_END();
}
