/* pos/fact/read.h - reading bodies of records back, step by step.
 *
 *     enum err e = json_get_int(body, "at", ...);
 *     READ(read_text(body, "name", p->name, sizeof(p->name)));
 *     READ(...);
 *     return e; */
#ifndef POS_FACT_READ_H
#define POS_FACT_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"

/* Do the step only while all is well; the error stays in the local `e`. */
#define READ(call) (e == OK ? (e = (call)) : e)

/* A required string into a fixed field of `size` bytes. */
enum err read_text(const struct json *obj, const char *key, char *to,
    size_t size);

/* A required YYYY-MM-DD as a day. */
enum err read_day(const struct json *obj, const char *key, int32_t *day_out);

/* The member "request" (fact_request_write).  Where it is not `needed` it may
 * be absent, and leaves both as they were. */
enum err read_request(const struct json *body, bool needed, char *key,
    size_t size, uint8_t digest[16]);

#endif
