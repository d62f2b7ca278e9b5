/* pos/staff/secret.h - secrets that programs and browsers carry.
 *
 * 32 random bytes, written as base64url, perhaps behind a prefix by which a
 * leaked one is recognised.  Only the SHA-256 of the text is kept. */
#ifndef POS_STAFF_SECRET_H
#define POS_STAFF_SECRET_H

#include <stdbool.h>
#include <stdint.h>

#include "db/token.h"

enum {
    SECRET_TEXT = 56, /* prefix, 43 characters, NUL */
    SECRET_BYTES = 32
};

/* Before a program's token. */
#define SECRET_TOKEN_PREFIX "ocop_"

/* A new one; `prefix` of at most 12 characters. */
void secret_new(const char *prefix, char text_out[SECRET_TEXT]);

/* What is kept of it.  False when it does not look like one: then nothing
 * needs to be searched. */
bool secret_hash(const char *prefix, const char *text,
    uint8_t hash_out[SECRET_HASH]);

/* The token that writes of a browser carry besides the cookie: made of the
 * session's secret, which a foreign page cannot read. */
void secret_csrf(const char *text, char csrf_out[SECRET_TEXT]);

#endif
