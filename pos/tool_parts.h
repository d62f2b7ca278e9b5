/* pos/tool_parts.h - the answers of `ocop-pos tool`.  Inside of pos/tool.h. */
#ifndef POS_TOOL_PARTS_H
#define POS_TOOL_PARTS_H

#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json_out.h"

enum { TOOL_OPTIONS = 5, TOOL_INPUT = 1 << 20 };

/* One call of the tool. */
struct tool_call {
    struct buf value;                 /* may hold a NUL when it was read */
    const char *option[TOOL_OPTIONS]; /* in the order of the table; or NULL */
    int status;                       /* 1 when what was found is wrong */
};

/* Each writes the members of the answer, or fails. */
enum err tool_fold(struct tool_call *call, struct json_out *o);
enum err tool_words(struct tool_call *call, struct json_out *o);
enum err tool_gtin(struct tool_call *call, struct json_out *o);
enum err tool_json(struct tool_call *call, struct json_out *o);
enum err tool_canonical(struct tool_call *call, struct json_out *o);
enum err tool_gs1(struct tool_call *call, struct json_out *o);
/* Options bin, account, amount, purpose, type: for the value "make". */
enum err tool_vietqr(struct tool_call *call, struct json_out *o);
/* Option: keys, a file. */
enum err tool_token(struct tool_call *call, struct json_out *o);

/* The whole number that `s` is; ERR_FIELD_VALUE. */
enum err tool_read_int(const char *s, int64_t *out);
/* All of a stream into `value`, as far as it has room; ERR_FILE. */
enum err tool_read_all(FILE *f, const char *name, struct buf *value);

#endif
