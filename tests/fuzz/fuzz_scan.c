/* Any bytes as a scan: classified, and read as everything it could be. */
#include <assert.h>
#include <string.h>

#include "base/clock.h"
#include "base/codes.h"
#include "base/digits.h"
#include "base/gs1.h"
#include "base/mem.h"
#include "pos/sell/token.h"
#include "pos/sell/vietqr.h"
#include "tests/fuzz/fuzz.h"

enum { TODAY = 20779 }; /* 22 November 2026 */

static bool
read_gs1(const char *scan)
{
    char text[CLOCK_DATE_SIZE];
    struct gs1 gs1;

    if (gs1_parse(scan, TODAY, &gs1) != OK)
        return false;
    assert(gs1.gtin14[0] == '\0' || codes_gtin_ok(gs1.gtin14));
    assert(strlen(gs1.lot) < GS1_TEXT_SIZE);
    assert(strlen(gs1.serial) < GS1_TEXT_SIZE);
    if (gs1.expires != GS1_NO_DAY)
        clock_format_date(gs1.expires, text);
    return true;
}

/* What is read, and can be made, is made so that it reads the same. */
static bool
read_vietqr(const char *scan)
{
    struct vietqr vietqr, again;
    struct buf text;

    if (vietqr_parse(scan, &vietqr) != OK)
        return false;
    buf_init(&text, VIETQR_MAX);
    if (vietqr_make(&vietqr, &text) == OK) {
        assert(vietqr_parse(text.data, &again) == OK);
        assert(strcmp(again.account, vietqr.account) == 0);
        assert(strcmp(again.purpose, vietqr.purpose) == 0);
        assert(again.amount == vietqr.amount);
    }
    buf_finish(&text);
    return true;
}

/* Packed again, a token has the same bytes up to its signature. */
static bool
check_token(const struct buf *bytes)
{
    uint8_t seed[CRYPTO_SEED] = {1};
    uint8_t public[CRYPTO_PUBLIC], secret[CRYPTO_SECRET];
    struct token token;
    struct buf again;

    if (token_decode(bytes->data, bytes->len, &token) != OK)
        return false;
    crypto_keypair_of_seed(seed, public, secret);
    assert(!token_signature_ok(bytes->data, bytes->len, public));
    buf_init(&again, TOKEN_BYTES_MAX);
    assert(token_encode(&token, secret, &again) == OK);
    assert(again.len == bytes->len);
    assert(memcmp(again.data, bytes->data, again.len - CRYPTO_SIGNATURE) == 0);
    assert(token_signature_ok(again.data, again.len, public));
    buf_finish(&again);
    return true;
}

static bool
read_token(const char *scan)
{
    struct buf bytes, digits;
    bool is_token = false;

    buf_init(&bytes, TOKEN_BYTES_MAX);
    buf_init(&digits, 1000);
    if (token_from_digits(scan, &bytes) == OK) {
        token_to_digits(bytes.data, bytes.len, &digits);
        assert(strlen(scan) >= digits.len);
        assert(strcmp(scan + strlen(scan) - digits.len, digits.data) == 0);
        is_token = check_token(&bytes);
    }
    buf_finish(&bytes);
    buf_finish(&digits);
    return is_token;
}

bool
fuzz_accepts(const uint8_t *data, size_t size)
{
    char *scan = mem_dup(data, size);
    bool taken;

    assert(crypto_init() == OK);
    (void)codes_classify(scan);
    (void)codes_tax_ok(scan);
    taken = read_gs1(scan);
    taken = read_vietqr(scan) || taken;
    taken = read_token(scan) || taken;
    mem_free(scan);
    return taken;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)fuzz_accepts(data, size);
    return 0;
}
