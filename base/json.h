/* base/json.h - JSON from outside, read strictly and by name.
 *
 *     struct json *body;
 *     enum err e = json_parse(text, len, NULL, &body);
 *     if (!e)
 *         e = json_only(body, (const char *const[]){"till", "lines", NULL});
 *     if (!e)
 *         e = json_get_str(body, "till", 8, &till);
 *     ...
 *     json_free(body);
 *
 * Accepted is RFC 8259 and nothing beyond it, and of that only text which two
 * readers cannot understand differently: valid UTF-8 without a byte order
 * mark, no key twice in one object (compared after escapes), no NUL and no
 * lone surrogate, nothing behind the value, bounded in bytes, depth, values
 * and members.
 *
 * Whoever wants a field says what it must be.  Every refusal names the field
 * by its path from the root, as `lines[2].qty`, in err_at and in the argument
 * `field`; a value of the wrong size carries `min`, `max` or `words`, and a
 * `case` that picks the sentence (base/lang.h).
 *
 * A tree is read-only after json_parse: several threads may read one. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct json;

enum {
    JSON_DEPTH_MAX = 512,    /* no limit may ask for more */
    JSON_MEMBERS_MAX = 4096, /* of one object */
    JSON_NUMBER_MAX = 1024   /* bytes of one number's text */
};

/* The largest integer that every JSON reader of the world keeps exactly. */
#define JSON_INT_MAX ((int64_t)9007199254740992) /* 2^53 */

/* A member that is 0 stands for its default. */
struct json_limits {
    size_t max_bytes;  /* 1 MiB */
    int max_depth;     /* 16: how many objects and arrays may enclose a value */
    size_t max_values; /* 65,536 values in all */
};

enum json_type {
    JSON_NULL,
    JSON_BOOL,
    JSON_INT,     /* written without fraction and exponent, within 2^53 */
    JSON_DECIMAL, /* any other number that is a whole count of thousandths,
                     written without exponent, within 2^53: 1.5, 2.0 */
    JSON_NUMBER,  /* all other numbers; no reader takes one */
    JSON_STR,
    JSON_ARR,
    JSON_OBJ
};

/* Parse `len` bytes.  ERR_TOO_LARGE past max_bytes; ERR_JSON with the
 * arguments `at` (byte offset) and `why` (in English) for all else.  The root
 * is freed by the caller with json_free; *root_out is NULL on failure. */
enum err json_parse(const char *text, size_t len,
    const struct json_limits *limits, struct json **root_out);
void json_free(struct json *root); /* NULL is taken */

/* Would json_parse take it?  Builds nothing.  On ERR_JSON also gives the byte
 * offset and the reason, a constant string; either may be NULL. */
enum err json_check(const char *text, size_t len,
    const struct json_limits *limits, size_t *at_out, const char **why_out);

/* What it is; `v` is there.  The questions below take NULL: it is nothing. */
enum json_type json_type(const struct json *v);
bool json_is_obj(const struct json *v);
bool json_is_arr(const struct json *v);
bool json_is_str(const struct json *v);
bool json_is_int(const struct json *v);
bool json_is_null(const struct json *v);

/* Walk.  json_len counts items or members, 0 for a scalar; json_at is O(1)
 * and NULL past the end; json_key is NULL for what is no member. */
size_t json_len(const struct json *v);
const struct json *json_at(const struct json *v, size_t i);
const struct json *json_first(const struct json *v);
const struct json *json_next(const struct json *v);
const char *json_key(const struct json *v);
/* The member `key`, or NULL.  Keys are compared byte by byte. */
const struct json *json_find(const struct json *obj, const char *key);
/* True when the member is there and is not null. */
bool json_has(const struct json *obj, const char *key);

/* ERR_FIELD_UNKNOWN for the first member whose key is not among `keys`, which
 * end with NULL; ERR_FIELD_TYPE when `obj` is no object. */
enum err json_only(const struct json *obj, const char *const keys[]);

/* The required member `key` of `obj`.  ERR_FIELD_MISSING when absent or null,
 * ERR_FIELD_TYPE when it is something else (or when `obj` is no object),
 * ERR_FIELD_VALUE when it is beyond the bounds; on failure *out is as it was.
 * Strings are borrowed from the tree, valid UTF-8, and may be empty.
 * An integer must be written as one: 2.0 and 2e0 are ERR_FIELD_TYPE.
 * json_get_milli takes a number with at most three decimals and gives
 * thousandths, exactly as written: 1.5 -> 1500, 0.001 -> 1.
 * json_get_word gives the index of the string in `words`, NULL at the end. */
enum err json_get_str(const struct json *obj, const char *key, size_t max_bytes,
    const char **str_out);
enum err json_get_int(const struct json *obj, const char *key, int64_t min,
    int64_t max, int64_t *out);
enum err json_get_bool(const struct json *obj, const char *key, bool *out);
enum err json_get_milli(const struct json *obj, const char *key,
    int64_t min_milli, int64_t max_milli, int64_t *out);
enum err json_get_word(const struct json *obj, const char *key,
    const char *const words[], int *index_out);
enum err json_get_arr(const struct json *obj, const char *key, size_t max_items,
    const struct json **arr_out);
enum err json_get_obj(
    const struct json *obj, const char *key, const struct json **obj_out);

/* The same for a member that may be absent or null: then OK, and *out is
 * left as it was, so the caller sets the default before. */
enum err json_opt_str(const struct json *obj, const char *key, size_t max_bytes,
    const char **str_out);
enum err json_opt_int(const struct json *obj, const char *key, int64_t min,
    int64_t max, int64_t *out);
enum err json_opt_bool(const struct json *obj, const char *key, bool *out);
enum err json_opt_milli(const struct json *obj, const char *key,
    int64_t min_milli, int64_t max_milli, int64_t *out);
enum err json_opt_word(const struct json *obj, const char *key,
    const char *const words[], int *index_out);
enum err json_opt_arr(const struct json *obj, const char *key, size_t max_items,
    const struct json **arr_out);
enum err json_opt_obj(
    const struct json *obj, const char *key, const struct json **obj_out);

/* The same for a value in hand: an item of an array, or the root.  NULL is
 * ERR_FIELD_MISSING. */
enum err json_as_str(
    const struct json *v, size_t max_bytes, const char **str_out);
enum err json_as_int(
    const struct json *v, int64_t min, int64_t max, int64_t *out);
enum err json_as_bool(const struct json *v, bool *out);
enum err json_as_milli(
    const struct json *v, int64_t min_milli, int64_t max_milli, int64_t *out);
enum err json_as_word(
    const struct json *v, const char *const words[], int *index_out);
enum err json_as_arr(
    const struct json *v, size_t max_items, const struct json **arr_out);
enum err json_as_obj(const struct json *v, const struct json **obj_out);

/* Set err_at and the argument `field` to the path of `v`, or of its member
 * `key` when that is not NULL: for rules that a reader above cannot know.
 *
 *     json_blame(line, "lot");
 *     return err_set(ERR_FIELD_VALUE, "lot %s is of another product", lot); */
void json_blame(const struct json *v, const char *key);

#endif
