/* pos/http/ask.h - reading what a request asks for: ids, texts, tills. */
#ifndef POS_HTTP_ASK_H
#define POS_HTTP_ASK_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/json.h"
#include "pos/http/api.h"

/* A member like "p_17" with the prefix "p_".  The get form requires it, the
 * opt form leaves *out as it was when it is absent. */
enum err ask_get_id(const struct json *obj, const char *key,
    const char *prefix, int64_t *out);
enum err ask_opt_id(const struct json *obj, const char *key,
    const char *prefix, int64_t *out);

/* A text member cleaned (NFC, no controls) into `keep`, which owns it; *out is
 * borrowed from there until buf_finish.  Absent: "" unless `required`.
 * ERR_FIELD_VALUE when it is empty and required, or past max_bytes. */
enum err ask_text(const struct json *obj, const char *key, size_t max_bytes,
    bool required, struct buf *keep, const char **out);

/* The till a request is for: what it says, or the device's.  ERR_FORBIDDEN when
 * a signed-in device asks for another till than its own. */
enum err ask_till(const struct api_call *call, const struct json *body,
    int64_t *till_out);

/* YYYY-MM-DD; leaves *out as it was when absent. */
enum err ask_opt_day(const struct json *obj, const char *key, int32_t *out);

#endif
