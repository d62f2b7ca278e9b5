/* base/canon.h - canonical JSON, the form that is hashed and signed.
 *
 * contract/receipt-qr.md, "Record hash": UTF-8, keys sorted by their bytes, no
 * white space; objects, arrays, strings, integers within 2^53, true, false,
 * null; strings in NFC without control characters (U+0000..U+001F, U+007F,
 * U+0080..U+009F); only `"` and `\` are escaped.  One value has one form.
 *
 * The writer has the shape of base/json_out.h.  Keys out of order, a string
 * that was not cleaned (text_clean) or an integer past 2^53 is a bug of the
 * caller and meets an assert: what comes from outside is cleaned before. */
#ifndef BASE_CANON_H
#define BASE_CANON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/json_out.h"

/* The caller's; touched only through the functions below. */
struct canon {
    struct json_out out;
    size_t key_at[JSON_OUT_DEPTH]; /* the key before, in the buffer; 0 none */
};

void canon_init(struct canon *c, struct buf *buf);
/* Assert that exactly one value was written and all is closed. */
void canon_end(const struct canon *c);

void canon_obj(struct canon *c);
void canon_end_obj(struct canon *c);
void canon_arr(struct canon *c);
void canon_end_arr(struct canon *c);
void canon_key(struct canon *c, const char *key);

void canon_str(struct canon *c, const char *str); /* never NULL */
void canon_int(struct canon *c, int64_t n);
void canon_bool(struct canon *c, bool yes);
void canon_null(struct canon *c);

void canon_put_str(struct canon *c, const char *key, const char *str);
void canon_put_int(struct canon *c, const char *key, int64_t n);
void canon_put_bool(struct canon *c, const char *key, bool yes);
void canon_put_null(struct canon *c, const char *key);

/* Append the canonical form of a parsed value; keys are sorted here.
 * ERR_JSON, with `why` and the path of the value in err_at, for a number that
 * is no plain integer and for a string or key that is not NFC or holds a
 * control character: they are refused, never mended.  ERR_TOO_LARGE when
 * `out` is full.  On failure `out` is as it was. */
enum err canon_of_json(const struct json *v, struct buf *out);

/* OK when the text is its own canonical form, byte for byte; else ERR_JSON
 * with `at` (the first byte that differs) and `why`. */
enum err canon_check(const char *text, size_t len);

#endif
