/* base/http_server.h - HTTP/1.1 on one address; the only door to the library
 * that speaks it.
 *
 * Each connection has a thread of its own, small in stack, so a handler may
 * wait (for the writer, for an event) without holding up anybody.  What one
 * client can take is bounded: connections in all and per address, bytes of the
 * head and of the body, time for a whole request however slowly it drips.
 *
 *     struct http_config c = {.listen = "127.0.0.1:8080", .handle = answer};
 *     e = http_server_open(&c, &server);
 *     ...
 *     http_server_close(server);
 */
#ifndef BASE_HTTP_SERVER_H
#define BASE_HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/http_reply.h"
#include "base/http_request.h"

struct http_server;

/* Answer `request`.  Runs in the connection's thread, many at a time. */
typedef void http_handle_fn(void *arg, const struct http_request *request,
    struct http_reply *reply);

/* The head is read, the body is not: how many bytes of body may come?  More is
 * dropped and told to the handler as body_too_large. */
typedef size_t http_limit_fn(void *arg, const struct http_request *request);

struct http_config {
    const char *listen;   /* as settings_parse_listen takes it; port 0: any
                             free one; names are not looked up */
    bool beyond_loopback; /* else any other address is refused */
    int connections_max;         /* 0: 256 */
    int connections_per_address; /* 0: 64 */
    int idle_seconds;    /* a connection without a request; 0: 60 */
    int request_seconds; /* from the first byte to the last; 0: 15 */
    http_limit_fn *body_limit; /* NULL: 256 KiB */
    http_handle_fn *handle;
    void *arg;
};

/* ERR_SETTINGS when `listen` is not an address and port, or not loopback
 * without `beyond_loopback`; ERR_SYSTEM when it cannot be bound.  The program
 * ignores SIGPIPE. */
enum err http_server_open(const struct http_config *config,
    struct http_server **server_out);

/* Take no new connection, let running handlers finish (10 seconds at most) and
 * close.  Whoever feeds a stream must have been told to end it before.  NULL
 * is taken. */
void http_server_close(struct http_server *server);

/* The port bound. */
int http_server_port(const struct http_server *server);

struct http_stats {
    int64_t connections; /* open now */
    int64_t requests;    /* being answered now, streams among them */
    int64_t served;      /* since the start */
    int64_t timed_out;   /* connections cut because they dripped or idled */
};
void http_server_stats(struct http_server *server, struct http_stats *out);

#endif
