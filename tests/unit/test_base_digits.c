#include "base/digits.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

static void
test_digits__round_trip_every_length(void)
{
    uint64_t seed = 1;
    struct buf digits, bytes;

    buf_init(&digits, 1000);
    buf_init(&bytes, 1000);
    for (size_t len = 0; len <= 300; len++) {
        uint8_t in[300];

        for (size_t i = 0; i < len; i++)
            in[i] = (uint8_t)t_random(&seed);
        buf_clear(&digits);
        buf_clear(&bytes);
        digits_encode(in, len, &digits);
        CHECK(digits.len == digits_len(len));
        CHECK(strspn(digits.data, "0123456789") == digits.len);
        CHECK(digits_decode(digits.data, digits.len, &bytes) == OK);
        CHECK(bytes.len == len && memcmp(bytes.data, in, len) == 0);
    }
    buf_finish(&digits);
    buf_finish(&bytes);
}

static const char *
encoded(const void *bytes, size_t len)
{
    static char kept[64];
    struct buf b;

    buf_init(&b, 63);
    digits_encode(bytes, len, &b);
    snprintf(kept, sizeof(kept), "%s", b.data);
    buf_finish(&b);
    return kept;
}

static void
test_digits__are_those_of_the_contract(void)
{
    static const uint8_t ones[8] = {
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

    CHECK_STR(encoded("\0", 1), "000");
    CHECK_STR(encoded(ones, 1), "255");
    CHECK_STR(encoded(ones, 2), "65535");
    CHECK_STR(encoded(ones, 3), "16777215");
    CHECK_STR(encoded(ones, 4), "4294967295");
    CHECK_STR(encoded(ones, 5), "1099511627775");
    CHECK_STR(encoded(ones, 6), "281474976710655");
    CHECK_STR(encoded(ones, 7), "72057594037927935");
    CHECK_STR(encoded(ones, 8), "72057594037927935255");
    CHECK_STR(encoded("\0\0\0\0\0\0\1\2", 8), "00000000000000001002");
    CHECK(digits_len(124) == 302); /* the longest printed token */
}

static enum err
decode(const char *digits, struct buf *out)
{
    return digits_decode(digits, strlen(digits), out);
}

static void
test_digits__refuse_a_length_that_no_bytes_give(void)
{
    struct buf out;
    char nines[40];

    buf_init(&out, 1000);
    for (size_t len = 0; len <= 34; len++) {
        size_t rest = len % 17;
        bool good = rest == 0 || rest == 3 || rest == 5 || rest == 8 ||
                    rest == 10 || rest == 13 || rest == 15;

        memset(nines, '0', len);
        nines[len] = '\0';
        CHECK(decode(nines, &out) == (good ? OK : ERR_CODE_UNREADABLE));
    }
    buf_finish(&out);
}

static void
test_digits__refuse_a_group_too_large_for_its_bytes(void)
{
    static const char *const bad[] = {"256", "65536", "16777216", "4294967296",
        "1099511627776", "281474976710656", "72057594037927936",
        "99999999999999999", "72057594037927935256", "72057594037927936255"};
    struct buf out;

    buf_init(&out, 100);
    buf_add_str(&out, "x");
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(decode(bad[i], &out) == ERR_CODE_UNREADABLE);
    CHECK_STR(out.data, "x");
    buf_finish(&out);
}

static void
test_digits__refuse_what_is_no_digit(void)
{
    struct buf out;

    buf_init(&out, 100);
    CHECK(decode("25x", &out) == ERR_CODE_UNREADABLE);
    CHECK(decode(" 25", &out) == ERR_CODE_UNREADABLE);
    CHECK(decode("-25", &out) == ERR_CODE_UNREADABLE);
    CHECK(decode("+25", &out) == ERR_CODE_UNREADABLE);
    CHECK(decode("0000000000000000000x", &out) == ERR_CODE_UNREADABLE);
    CHECK(digits_decode("25\0", 3, &out) == ERR_CODE_UNREADABLE);
    CHECK(digits_decode("\xB2\xB3\xB9", 3, &out) == ERR_CODE_UNREADABLE);
    CHECK(out.len == 0);
    buf_finish(&out);
}

static void
test_digits__stop_at_the_limit_of_the_caller(void)
{
    struct buf out;

    buf_init(&out, 7);
    CHECK(decode("00000000000000000001", &out) == ERR_TOO_LARGE);
    CHECK(out.len == 0);
    buf_finish(&out);
}

int
main(void)
{
    RUN(test_digits__round_trip_every_length);
    RUN(test_digits__are_those_of_the_contract);
    RUN(test_digits__refuse_a_length_that_no_bytes_give);
    RUN(test_digits__refuse_a_group_too_large_for_its_bytes);
    RUN(test_digits__refuse_what_is_no_digit);
    RUN(test_digits__stop_at_the_limit_of_the_caller);
    return T_END();
}
