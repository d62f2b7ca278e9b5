/* sync/label_token.h - the signed token P1 that a shelf label's QR carries.
 *
 * Layout: contract/receipt-qr.md, at its end.  It proves that a certificate
 * exists for a product of this name, never that a jar is genuine.  Pure: no
 * I/O, no clock; whose key is which is for others. */
#ifndef SYNC_LABEL_TOKEN_H
#define SYNC_LABEL_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"

enum {
    LABEL_TOKEN_BYTES = 83,
    LABEL_TOKEN_DIGITS = 202,
    LABEL_TOKEN_NAME = 8
};

struct label_token {
    uint32_t cert;
    uint8_t stars;
    int32_t from_day, until_day; /* 2020-01-01 to 2199-06-06 */
    uint8_t key;                 /* number of the registry's label key */
    uint8_t name[LABEL_TOKEN_NAME];
};

/* The first bytes of SHA-256 over `name` LF `producer`, both NFC. */
void label_token_name(const char *name, const char *producer,
    uint8_t out[LABEL_TOKEN_NAME]);

/* Append the digits of the token, signed with the province's label key.
 * ERR_INVALID for a day that it cannot hold; ERR_TOO_LARGE when there is no
 * room. */
enum err label_token_sign(const struct label_token *token,
    const uint8_t secret[CRYPTO_SECRET], struct buf *digits_out);

/* Read the digits, alone or behind "...p#"; `bytes_out` is what is signed and
 * its signature.  ERR_CODE_UNREADABLE unless length, version and kind are those
 * of a P1.  The signature is not looked at. */
enum err label_token_read(const char *digits, struct label_token *out,
    uint8_t bytes_out[LABEL_TOKEN_BYTES]);

/* Was it signed with the key of `public`? */
bool label_token_ok(const uint8_t bytes[LABEL_TOKEN_BYTES],
    const uint8_t public[CRYPTO_PUBLIC]);

#endif
