/* base/http_request.h - what a client asked, taken apart strictly.
 *
 * Made by base/http_server.h before a handler runs, or by hand in a test.  All
 * text is borrowed from the request and ends with it. */
#ifndef BASE_HTTP_REQUEST_H
#define BASE_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/lang.h"

enum {
    HTTP_TARGET_MAX = 2048, /* bytes of path and query as sent */
    HTTP_SEGMENTS = 12,
    HTTP_QUERY = 16,
    HTTP_HEADERS_IN = 48,
    HTTP_PEER = 46 /* an address in text, with its NUL */
};

struct http_field {
    const char *name;
    const char *value;
};

struct http_request {
    const char *method; /* "GET", as sent: upper case is the client's duty */

    /* The path between slashes, each piece percent-decoded: "/a/b%2Fc" is
     * "a", "b/c"; "/" has none. */
    const char *segments[HTTP_SEGMENTS];
    size_t segments_len;

    struct http_field query[HTTP_QUERY]; /* decoded, names not repeated */
    size_t query_len;

    struct http_field headers[HTTP_HEADERS_IN]; /* as sent */
    size_t headers_len;

    const char *body; /* NUL-terminated; "" when there is none */
    size_t body_len;
    bool body_too_large; /* more than the limit: it was dropped */

    char peer[HTTP_PEER]; /* "127.0.0.1", "::1" */
    bool loopback;        /* the peer is this machine */
    bool stopping;        /* the server ends: answer quickly, refuse writes */

    /* OK, or why the request is not acceptable at all; see
     * http_request_check. */
    enum err bad;
    int bad_status; /* 414, 431 when the class does not say it; else 0 */
    const char *why;

    char *text; /* the decoded target, owned */
};

/* Take the target ("/api/v1/sales?from=2026-01-01") apart into segments and
 * query; what is not acceptable sets `bad` and `why`: percent signs that are
 * not %XX, text that is not UTF-8 or holds controls (but 0x1d, which ends a
 * field in the codes that scanners read), "." and "..", empty pieces, a name
 * given twice, too many pieces.  Sets only what it speaks of;
 * http_request_finish frees. */
void http_request_target(struct http_request *r, const char *target);
void http_request_finish(struct http_request *r);

/* Add a header as sent.  One too many, or a second Host, Authorization,
 * Content-Type, Cookie, Idempotency-Key, Origin or X-CSRF-Token sets `bad`. */
void http_request_add_header(struct http_request *r, const char *name,
    const char *value);

/* OK, or the reason in `bad` set as this thread's error. */
enum err http_request_check(const struct http_request *r);

/* NULL when absent.  Header names match without case. */
const char *http_request_header(const struct http_request *r,
    const char *name);
const char *http_request_query(const struct http_request *r, const char *name);

/* Copy the cookie's value; false, and `out` empty, when absent, longer than
 * `size` - 1, or not plain (quotes, spaces, controls). */
bool http_request_cookie(const struct http_request *r, const char *name,
    char *out, size_t size);

/* The language Accept-Language likes better; `otherwise` when it names neither
 * Vietnamese nor English. */
enum lang http_request_lang(const struct http_request *r, enum lang otherwise);

/* The host of a Host or Origin value without scheme and port, lower case, in
 * `out` ("[::1]" without brackets); false when it is not a plain host. */
bool http_host_of(const char *value, char *out, size_t size);

#endif
