#include "pos/staff/secret.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/crypto.h"

enum { DIGITS = 43 }; /* 32 bytes in base64url */

static void
write_text(const char *prefix, const uint8_t bytes[SECRET_BYTES],
    char text_out[SECRET_TEXT])
{
    struct buf b;

    buf_init(&b, SECRET_TEXT - 1);
    buf_add_str(&b, prefix);
    crypto_base64url(bytes, SECRET_BYTES, &b);
    assert(!b.full);
    snprintf(text_out, SECRET_TEXT, "%s", b.data);
    crypto_wipe(b.data, b.len);
    buf_finish(&b);
}

void
secret_new(const char *prefix, char text_out[SECRET_TEXT])
{
    uint8_t bytes[SECRET_BYTES];

    crypto_random(bytes, sizeof(bytes));
    write_text(prefix, bytes, text_out);
    crypto_wipe(bytes, sizeof(bytes));
}

bool
secret_hash(const char *prefix, const char *text,
    uint8_t hash_out[SECRET_HASH])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t len = strlen(prefix);

    if (strncmp(text, prefix, len) != 0 || strlen(text + len) != DIGITS ||
        strspn(text + len, digits) != DIGITS)
        return false;
    crypto_sha256(text, len + DIGITS, hash_out);
    return true;
}

void
secret_csrf(const char *text, char csrf_out[SECRET_TEXT])
{
    uint8_t bytes[SECRET_BYTES];
    struct crypto_hash h;

    crypto_hash_init(&h);
    crypto_hash_add(&h, "ocop-csrf", sizeof("ocop-csrf"));
    crypto_hash_add(&h, text, strlen(text));
    crypto_hash_end(&h, bytes);
    write_text("", bytes, csrf_out);
}
