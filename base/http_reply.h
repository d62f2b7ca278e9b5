/* base/http_reply.h - what is answered.
 *
 *     reply->status = 201;
 *     reply->type = "application/json";
 *     buf_add_str(&reply->body, "{}");
 *     http_reply_header(reply, "ETag", "\"%d\"", 7);
 *
 * The server sends it and frees it.  Every answer that is not `bare` carries
 * the security headers and, unless something else is said, Cache-Control:
 * no-store. */
#ifndef BASE_HTTP_REPLY_H
#define BASE_HTTP_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/lang.h"

enum {
    HTTP_HEADERS_OUT = 12,
    HTTP_BODY_MAX = 16 * 1024 * 1024, /* of an answer kept in memory */
    HTTP_STREAM_WAIT_S = 15
};

/* A body without an end, told piece by piece in the connection's own thread:
 * `next` adds to `out` and returns true, or returns false at the end.  It may
 * wait, but not for longer than HTTP_STREAM_WAIT_S, nor past the end of the
 * program; `done` frees `arg` and is called in any case.  The request lives as
 * long as the stream. */
struct http_stream {
    bool (*next)(void *arg, struct buf *out);
    void (*done)(void *arg);
    void *arg;
};

/* A part of an open file: `len` bytes from `from` on.  It is closed when it is
 * sent, or the reply is finished. */
struct http_file {
    int fd;
    uint64_t from, len;
};

struct http_reply {
    int status;       /* 200 */
    const char *type; /* Content-Type, borrowed for ever; NULL: no body */
    struct buf body;
    const void *fixed; /* bytes that outlive the server, instead of `body` */
    size_t fixed_len;
    struct http_stream stream; /* instead of both when `next` is set */
    struct http_file file;     /* instead of all three when has_file */
    bool has_file;
    bool bare;  /* a file as any web server serves it: no headers but ours */
    bool page;  /* a page of ours: it may load our scripts, styles, images */
    bool cache; /* Cache-Control was set by hand */
    bool close; /* end the connection after it */
    struct {
        const char *name;
        char *value;
    } headers[HTTP_HEADERS_OUT];
    size_t headers_len;
};

void http_reply_init(struct http_reply *reply);
void http_reply_finish(struct http_reply *reply);

/* Forget what was said so far, to say something else. */
void http_reply_reset(struct http_reply *reply);

/* Add a header; `name` is borrowed for ever.  A value with a control character
 * in it is our bug: nothing from outside is put here unchecked. */
void http_reply_header(struct http_reply *reply, const char *name,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Value of a header set so far; NULL when absent. */
const char *http_reply_get(const struct http_reply *reply, const char *name);

/* "Cache-Control: <value>" instead of no-store. */
void http_reply_cache(struct http_reply *reply, const char *value);

/* Say the failure as application/problem+json (RFC 9457): status by the class
 * of `state->err` (or `status` when not 0), the stable code, the sentence in
 * `lang`, the field at fault.  `extra` is NULL or a JSON object whose members
 * are added.  Headers that the kind of failure asks for are set: Retry-After
 * (the argument "seconds", or 1), WWW-Authenticate.  A fault of ours shows no
 * inner detail. */
void http_reply_problem(struct http_reply *reply, enum lang lang,
    const struct err_state *state, int status, const char *extra);

/* The status for a class: the one switch. */
int http_status(enum err_class class);

/* "Conflict" for 409. */
const char *http_status_text(int status);

/* The security headers every answer carries, a NULL name at the end. */
struct http_fixed_header {
    const char *name;
    const char *value;
};
const struct http_fixed_header *http_reply_security(void);

/* Content-Security-Policy of this answer. */
const char *http_reply_csp(const struct http_reply *reply);

#endif
