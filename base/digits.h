/* base/digits.h - bytes as decimal digits, for codes that every scanner and
 * every input method leaves alone.
 *
 * Groups of 7 bytes, big-endian, as 17 digits each; a last group of 1..6 bytes
 * as 3, 5, 8, 10, 13, 15 digits.  Source: contract/receipt-qr.md. */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* Digits that `len` bytes become. */
size_t digits_len(size_t len);

/* Append the digits; what does not fit sets out->full. */
void digits_encode(const uint8_t *bytes, size_t len, struct buf *out);

/* Append the bytes, or nothing: ERR_CODE_UNREADABLE for what is not a digit, a
 * length that no byte count gives, a group whose value does not fit its bytes;
 * ERR_TOO_LARGE when `out` has no room. */
enum err digits_decode(const char *digits, size_t len, struct buf *out);

#endif
