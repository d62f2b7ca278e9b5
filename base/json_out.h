/* base/json_out.h - JSON written straight into a buffer, for replies.
 *
 *     struct json_out o;
 *     json_out_init(&o, &body);
 *     json_out_obj(&o);
 *     json_out_put_int(&o, "total", 583000);
 *     json_out_key(&o, "lines");
 *     json_out_arr(&o);
 *     ...
 *     json_out_end_arr(&o);
 *     json_out_end_obj(&o);
 *     json_out_end(&o);
 *
 * No white space.  Commas, colons and escapes are ours; a key where a value
 * belongs, a missing end or a second root is a bug of the caller and meets an
 * assert.  When the buffer is full its `full` says so (base/buf.h). */
#ifndef BASE_JSON_OUT_H
#define BASE_JSON_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { JSON_OUT_DEPTH = 16 };

/* The caller's; touched only through the functions below. */
struct json_out {
    struct buf *buf;
    int depth;
    bool wants_value; /* a key is written, its value is not */
    bool done;        /* the root is complete */
    struct {
        bool is_obj;
        bool any; /* something is in it: the next needs a comma */
    } level[JSON_OUT_DEPTH];
};

void json_out_init(struct json_out *o, struct buf *buf);
/* Assert that exactly one value was written and all is closed. */
void json_out_end(const struct json_out *o);

void json_out_obj(struct json_out *o);
void json_out_end_obj(struct json_out *o);
void json_out_arr(struct json_out *o);
void json_out_end_arr(struct json_out *o);
void json_out_key(struct json_out *o, const char *key);

/* NULL is written as null; bytes that are not UTF-8 as U+FFFD. */
void json_out_str(struct json_out *o, const char *str);
void json_out_str_len(struct json_out *o, const char *str, size_t len);
void json_out_int(struct json_out *o, int64_t n);
void json_out_bool(struct json_out *o, bool yes);
void json_out_null(struct json_out *o);
/* Thousandths as the shortest decimal: 1500 -> 1.5, 2000 -> 2, -5 -> -0.005 */
void json_out_milli(struct json_out *o, int64_t milli);
/* One complete value that is JSON already, such as a journal body. */
void json_out_raw(struct json_out *o, const char *json, size_t len);

/* The same decimal as text, NUL behind it; its length. */
enum { JSON_MILLI_MAX = 32 };
size_t json_milli_print(char out[JSON_MILLI_MAX], int64_t milli);

/* Key and value. */
void json_out_put_str(struct json_out *o, const char *key, const char *str);
void json_out_put_int(struct json_out *o, const char *key, int64_t n);
void json_out_put_bool(struct json_out *o, const char *key, bool yes);
void json_out_put_null(struct json_out *o, const char *key);
void json_out_put_milli(struct json_out *o, const char *key, int64_t milli);

#endif
