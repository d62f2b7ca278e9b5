/* pos/sell/token.h - the signed token R1 that a receipt's QR carries.
 *
 * Layout, sizes and meaning: contract/receipt-qr.md.  Here it is built, read
 * and verified; drawing it, and whose key it is, are for others. */
#ifndef POS_SELL_TOKEN_H
#define POS_SELL_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"

enum {
    TOKEN_LINES = 12,        /* the most a token can list */
    TOKEN_LINES_PRINTED = 3, /* the most that is printed: the QR stays small */
    TOKEN_HASH = 16,         /* first bytes of this record's hash */
    TOKEN_PREVIOUS = 8,      /* first bytes of the previous record's hash */
    TOKEN_BYTES_MIN = 109,   /* no certified line */
    TOKEN_BYTES_MAX = 169    /* TOKEN_LINES certified lines */
};

enum token_kind {
    TOKEN_SALE = 1,
    TOKEN_REFUND = 2,
    TOKEN_TRAINING = 3,
    TOKEN_SHIFT_REPORT = 4
};

struct token_line {
    uint32_t cert; /* certificate number */
    uint8_t qty;   /* token_qty */
};

struct token {
    enum token_kind kind;
    uint32_t showroom;
    uint8_t till;
    uint8_t key; /* key number modulo 256 */
    uint32_t seq;
    int64_t at;         /* unix seconds; the token reaches 2020 to 2088 */
    bool clock_suspect; /* the clock may be wrong */
    int64_t total;      /* 0..MONEY_MAX; of a refund what was given back */
    uint8_t previous[TOKEN_PREVIOUS];
    bool more; /* the paper lists more certified lines than the token */
    size_t lines_len;
    struct token_line lines[TOKEN_LINES];
    uint8_t hash[TOKEN_HASH];
};

/* "sale", "refund", "training", "shift_report". */
const char *token_kind_name(enum token_kind kind);

/* The quantity of a line: whole units, begun ones counted, 255 for more;
 * 1 when it was weighed. */
uint8_t token_qty(int64_t qty_milli, bool weighed);

/* Append the token, signed with `secret`.  A time that the token cannot hold
 * becomes the nearest and the clock suspect.  ERR_TOO_LARGE, and nothing
 * appended, when `bytes_out` has no room for it. */
enum err token_encode(const struct token *token,
    const uint8_t secret[CRYPTO_SECRET], struct buf *bytes_out);

/* Read a token; its signature is not looked at.  ERR_CODE_UNREADABLE unless
 * version, kind, number of lines and length are those of an R1. */
enum err token_decode(const void *bytes, size_t len, struct token *token_out);

/* Was the token signed with the key of `public`?  False too for what is too
 * short to be one. */
bool token_signature_ok(
    const void *bytes, size_t len, const uint8_t public[CRYPTO_PUBLIC]);

/* The digits of the QR, appended; what does not fit sets out->full. */
void token_to_digits(const void *bytes, size_t len, struct buf *digits_out);

/* Append the bytes behind the digits, given alone or as the address of the QR,
 * "https://host/r#digits".  ERR_CODE_UNREADABLE, as digits_decode. */
enum err token_from_digits(const char *text, struct buf *bytes_out);

#endif
