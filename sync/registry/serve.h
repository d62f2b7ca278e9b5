/* sync/registry/serve.h - the published folder over HTTP.
 *
 * Nothing here that a plain web server could not do: GET and HEAD of files,
 * ETag, If-None-Match, one Range with If-Range, NAME.gz instead of NAME for
 * whoever accepts gzip.  Headers are few: a showroom asks every hour. */
#ifndef SYNC_REGISTRY_SERVE_H
#define SYNC_REGISTRY_SERVE_H

#include <limits.h>

#include "base/http_reply.h"
#include "base/http_request.h"

struct serve {
    char www[PATH_MAX]; /* DIR/www */
};

/* Answer one request (http_handle_fn of a struct serve). */
void serve_answer(
    void *arg, const struct http_request *request, struct http_reply *reply);

/* What a Range header asks of a file of `size` bytes: *from and *len.
 * RANGE_NONE: there is none, or one that is not understood: the whole file. */
enum serve_range { RANGE_NONE, RANGE_PART, RANGE_BEYOND };
enum serve_range serve_range(
    const char *header, uint64_t size, uint64_t *from, uint64_t *len);

#endif
