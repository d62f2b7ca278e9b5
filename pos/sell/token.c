#include "pos/sell/token.h"

#include <assert.h>
#include <string.h>

#include "base/digits.h"
#include "base/money.h"

/* Where the fields stand; behind the lines comes the hash, then the
 * signature. */
enum {
    AT_KIND = 0,
    AT_SHOWROOM = 1,
    AT_TILL = 5,
    AT_KEY = 6,
    AT_SEQ = 7,
    AT_TIME = 11,
    AT_TOTAL = 15,
    AT_PREVIOUS = 20,
    AT_COUNT = 28,
    AT_LINES = 29,
    LINE_BYTES = 5
};

enum { VERSION = 1, MORE = 0x80 };

/* 2020-01-01T00:00:00Z */
static const int64_t epoch = 1577836800;
static const uint32_t time_max = 0x7FFFFFFF;
static const uint32_t time_suspect = 0x80000000;

static const char sign_prefix[8] = "OCOP-R1"; /* its NUL is signed too */

const char *
token_kind_name(enum token_kind kind)
{
    static const char *const names[] = {[TOKEN_SALE] = "sale",
        [TOKEN_REFUND] = "refund",
        [TOKEN_TRAINING] = "training",
        [TOKEN_SHIFT_REPORT] = "shift_report"};

    assert(kind >= TOKEN_SALE && kind <= TOKEN_SHIFT_REPORT);
    return names[kind];
}

uint8_t
token_qty(int64_t qty_milli, bool weighed)
{
    if (weighed || qty_milli <= 1000)
        return 1;
    return (uint8_t)(qty_milli >= 255000 ? 255 : (qty_milli + 999) / 1000);
}

static void
put(uint8_t *to, size_t n, uint64_t value)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (uint8_t)(value >> (8 * (n - 1 - i)));
}

static uint64_t
get(const uint8_t *from, size_t n)
{
    uint64_t value = 0;

    for (size_t i = 0; i < n; i++)
        value = value << 8 | from[i];
    return value;
}

static uint32_t
pack_time(const struct token *token)
{
    bool suspect = token->clock_suspect;
    int64_t seconds = token->at - epoch;

    if (token->at < epoch) {
        seconds = 0;
        suspect = true;
    } else if (seconds > time_max) {
        seconds = time_max;
        suspect = true;
    }
    return (uint32_t)seconds | (suspect ? time_suspect : 0);
}

/* All but the signature; returns its length. */
static size_t
pack(const struct token *token, uint8_t out[TOKEN_BYTES_MAX])
{
    uint8_t *at = out + AT_LINES;

    out[AT_KIND] = (uint8_t)(VERSION << 4 | token->kind);
    put(out + AT_SHOWROOM, 4, token->showroom);
    out[AT_TILL] = token->till;
    out[AT_KEY] = token->key;
    put(out + AT_SEQ, 4, token->seq);
    put(out + AT_TIME, 4, pack_time(token));
    put(out + AT_TOTAL, 5, (uint64_t)token->total);
    memcpy(out + AT_PREVIOUS, token->previous, TOKEN_PREVIOUS);
    out[AT_COUNT] = (uint8_t)(token->lines_len | (token->more ? MORE : 0));
    for (size_t i = 0; i < token->lines_len; i++, at += LINE_BYTES) {
        put(at, 4, token->lines[i].cert);
        at[4] = token->lines[i].qty;
    }
    memcpy(at, token->hash, TOKEN_HASH);
    return (size_t)(at + TOKEN_HASH - out);
}

enum err
token_encode(const struct token *token, const uint8_t secret[CRYPTO_SECRET],
    struct buf *bytes_out)
{
    uint8_t signed_bytes[sizeof(sign_prefix) + TOKEN_BYTES_MAX];
    uint8_t *bytes = signed_bytes + sizeof(sign_prefix);
    size_t len;

    assert(token->kind >= TOKEN_SALE && token->kind <= TOKEN_SHIFT_REPORT);
    assert(token->total >= 0 && token->total <= MONEY_MAX);
    assert(token->lines_len <= TOKEN_LINES);

    memcpy(signed_bytes, sign_prefix, sizeof(sign_prefix));
    len = pack(token, bytes);
    crypto_sign_msg(
        bytes + len, signed_bytes, sizeof(sign_prefix) + len, secret);
    len += CRYPTO_SIGNATURE;
    buf_add(bytes_out, bytes, len);
    if (bytes_out->full)
        return err_set(ERR_TOO_LARGE, "no room for a token of %zu bytes", len);
    return OK;
}

static size_t
count_of(const uint8_t *bytes)
{
    return bytes[AT_COUNT] & (size_t)(MORE - 1);
}

/* ERR_CODE_UNREADABLE unless the fixed parts and the length are right. */
static enum err
check_form(const uint8_t *bytes, size_t len)
{
    if (len < TOKEN_BYTES_MIN || len > TOKEN_BYTES_MAX)
        return err_set(ERR_CODE_UNREADABLE, "no token has %zu bytes", len);
    if (bytes[AT_KIND] >> 4 != VERSION)
        return err_set(
            ERR_CODE_UNREADABLE, "token of version %d", bytes[AT_KIND] >> 4);
    if ((bytes[AT_KIND] & 15) < TOKEN_SALE ||
        (bytes[AT_KIND] & 15) > TOKEN_SHIFT_REPORT)
        return err_set(
            ERR_CODE_UNREADABLE, "token of kind %d", bytes[AT_KIND] & 15);
    if (len != TOKEN_BYTES_MIN + LINE_BYTES * count_of(bytes))
        return err_set(ERR_CODE_UNREADABLE,
            "%zu bytes are wrong for %zu certified lines", len,
            count_of(bytes));
    return OK;
}

enum err
token_decode(const void *bytes, size_t len, struct token *token_out)
{
    const uint8_t *from = bytes, *at = from + AT_LINES;
    struct token token = {0};
    enum err e = check_form(from, len);
    uint32_t time;

    if (e != OK)
        return e;
    time = (uint32_t)get(from + AT_TIME, 4);
    token.kind = (enum token_kind)(from[AT_KIND] & 15);
    token.showroom = (uint32_t)get(from + AT_SHOWROOM, 4);
    token.till = from[AT_TILL];
    token.key = from[AT_KEY];
    token.seq = (uint32_t)get(from + AT_SEQ, 4);
    token.at = epoch + (time & time_max);
    token.clock_suspect = (time & time_suspect) != 0;
    token.total = (int64_t)get(from + AT_TOTAL, 5);
    memcpy(token.previous, from + AT_PREVIOUS, TOKEN_PREVIOUS);
    token.more = (from[AT_COUNT] & MORE) != 0;
    token.lines_len = count_of(from);
    for (size_t i = 0; i < token.lines_len; i++, at += LINE_BYTES) {
        token.lines[i].cert = (uint32_t)get(at, 4);
        token.lines[i].qty = at[4];
    }
    memcpy(token.hash, at, TOKEN_HASH);
    *token_out = token;
    return OK;
}

bool
token_signature_ok(
    const void *bytes, size_t len, const uint8_t public[CRYPTO_PUBLIC])
{
    uint8_t signed_bytes[sizeof(sign_prefix) + TOKEN_BYTES_MAX];
    const uint8_t *from = bytes;

    if (len < TOKEN_BYTES_MIN || len > TOKEN_BYTES_MAX)
        return false;
    len -= CRYPTO_SIGNATURE;
    memcpy(signed_bytes, sign_prefix, sizeof(sign_prefix));
    memcpy(signed_bytes + sizeof(sign_prefix), from, len);
    return crypto_verify(
        from + len, signed_bytes, sizeof(sign_prefix) + len, public);
}

void
token_to_digits(const void *bytes, size_t len, struct buf *digits_out)
{
    digits_encode(bytes, len, digits_out);
}

enum err
token_from_digits(const char *text, struct buf *bytes_out)
{
    const char *hash = strchr(text, '#');
    const char *digits = hash ? hash + 1 : text;

    return digits_decode(digits, strlen(digits), bytes_out);
}
