/* base/json_scan.h - the grammar of JSON, held to the letter.  For
 * base/json.c alone; everyone else reads through base/json.h.
 *
 * The scan decides what is accepted, builds nothing, and notes what a tree of
 * doubles would lose: each number as it was written. */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

/* A number in thousandths.  For JSON_NUMBER: INT64_MAX or INT64_MIN when it is
 * a plain one past 2^53, else 0. */
struct json_number {
    int64_t milli;
    enum json_type type;
};

struct json_scan_key;

struct json_scan {
    const char *text;
    size_t len;
    struct json_limits limits;

    size_t pos; /* the next byte */
    size_t at;  /* where it was refused, and why */
    const char *why;

    size_t values; /* how many there are in all */
    size_t numbers_len, numbers_cap;
    struct json_number *numbers; /* in the order of the text */
    char *patched; /* the text with short numbers for the long, or NULL */

    size_t keys_len, keys_cap;
    struct json_scan_key *keys; /* of the objects that are open */
};

/* Scan the whole text; false when it is refused, with `at` and `why`.  The
 * caller calls json_scan_finish after either answer. */
bool json_scan_run(struct json_scan *s, const char *text, size_t len,
    const struct json_limits *limits);
void json_scan_finish(struct json_scan *s);

/* The halves of the scan, one file each; all refuse with json_scan_refuse,
 * which is always false.  A string: at its quote, to behind the other one.  A
 * number: at a '-' or a digit, to behind it. */
bool json_scan_string(struct json_scan *s, bool *escaped_out);
bool json_scan_number(struct json_scan *s);
bool json_scan_refuse(struct json_scan *s, size_t at, const char *why);

/* A scanned string of `len` bytes with its escapes undone, NUL behind it; for
 * comparing keys.  Freed by the caller with mem_free. */
char *json_scan_decode(const char *p, size_t len, size_t *len_out);

#endif
