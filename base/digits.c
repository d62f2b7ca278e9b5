#include "base/digits.h"

#include <inttypes.h>

enum { GROUP_BYTES = 7, GROUP_DIGITS = 17 };

/* Digits of a group of so many bytes; 0 where no group ends. */
static const size_t digits_of[GROUP_BYTES + 1] = {0, 3, 5, 8, 10, 13, 15, 17};

size_t
digits_len(size_t len)
{
    return len / GROUP_BYTES * GROUP_DIGITS + digits_of[len % GROUP_BYTES];
}

void
digits_encode(const uint8_t *bytes, size_t len, struct buf *out)
{
    while (len > 0) {
        size_t n = len < GROUP_BYTES ? len : GROUP_BYTES;
        uint64_t value = 0;

        for (size_t i = 0; i < n; i++)
            value = value << 8 | bytes[i];
        buf_printf(out, "%0*" PRIu64, (int)digits_of[n], value);
        bytes += n;
        len -= n;
    }
}

/* The bytes of a group of `n` digits; 0 when no byte count gives so many. */
static size_t
bytes_of(size_t n)
{
    for (size_t i = 1; i <= GROUP_BYTES; i++)
        if (digits_of[i] == n)
            return i;
    return 0;
}

static enum err
decode_group(const char *digits, size_t len, struct buf *out)
{
    size_t n = bytes_of(len);
    uint64_t value = 0;

    if (n == 0)
        return err_set(ERR_CODE_UNREADABLE, "%zu digits left over", len);
    for (size_t i = 0; i < len; i++) {
        if (digits[i] < '0' || digits[i] > '9')
            return err_set(ERR_CODE_UNREADABLE, "not a digit");
        value = value * 10 + (uint64_t)(digits[i] - '0');
    }
    if (value >> (8 * n) != 0)
        return err_set(ERR_CODE_UNREADABLE,
            "a group of %zu digits is too large for %zu bytes", len, n);
    for (size_t i = n; i > 0; i--)
        buf_add_char(out, (char)(uint8_t)(value >> (8 * (i - 1))));
    return OK;
}

enum err
digits_decode(const char *digits, size_t len, struct buf *out)
{
    size_t start = out->len;

    while (len > 0) {
        size_t n = len < GROUP_DIGITS ? len : GROUP_DIGITS;
        enum err e = decode_group(digits, n, out);

        if (e == OK && out->full)
            e = err_set(ERR_TOO_LARGE, "more bytes than %zu", out->max);
        if (e != OK) {
            buf_cut(out, start);
            return e;
        }
        digits += n;
        len -= n;
    }
    return OK;
}
