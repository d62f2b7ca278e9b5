/* base/text.h - Vietnamese text: checked, composed, cleaned, folded, ordered.
 *
 * All text inside the house is UTF-8 in NFC.  It comes in otherwise (macOS, iOS
 * and Excel hand over NFD), so every border passes through here.  Source of the
 * rules: domain/retail-vietnam.md, "Text".
 *
 * Functions that append to a buf add either everything or nothing:
 *   ERR_TEXT       the bytes are not strict UTF-8, or hold a NUL
 *   ERR_TOO_LARGE  the result does not fit `out` (whose `full` is then set)
 * `s` and the bytes of `out` must not overlap. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* Strict UTF-8 (no overlong form, no surrogate, nothing past U+10FFFF, nothing
 * cut off) without NUL.  Empty is text. */
bool text_is_utf8(const char *s, size_t len);

/* Append `s` in Normalization Form C. */
enum err text_nfc(const char *s, size_t len, struct buf *out);

/* Append what the journal stores: NFC; a run of white space that holds a
 * control character or a line separator is one space (a run of plain spaces
 * stays); invisible format characters that web pages and chats leave behind
 * (zero width, bidi, byte order mark, soft hyphen) are dropped, since no font
 * draws them; no white space at either end. */
enum err text_clean(const char *s, size_t len, struct buf *out);

/* Append the search form: lower case, marks stripped, đ as d, every run of
 * what is neither letter nor digit one space, none at the ends.
 * "Đường thốt nốt" -> "duong thot not".  Composed and decomposed input give the
 * same.  Folding a fold changes nothing. */
enum err text_fold(const char *s, size_t len, struct buf *out);

/* Append the first letter of each word of a fold: "mien minh duong" -> "mmd".
 * What does not fit sets out->full. */
void text_initials(const char *fold, struct buf *out);

/* <0, 0, >0 in Vietnamese order: a ă â b c d đ e ê ... y z, letters first,
 * tones (none, huyền, hỏi, ngã, sắc, nặng) only to break ties, then lower case
 * before upper, then code points: 0 only for the same text.  White space and
 * signs come before digits, digits before letters, foreign letters last.
 * Both must be NFC. */
int text_compare(const char *a, const char *b);

/* Code points in a NUL-terminated text. */
size_t text_len(const char *utf8);

/* The code point at *at, which moves past it; 0 at the end, where it stays.
 * A byte that is not UTF-8 counts as one U+FFFD. */
uint32_t text_next(const char **at);

#endif
