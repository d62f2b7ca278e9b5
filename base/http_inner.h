/* base/http_inner.h - what the files of the HTTP floor share; nobody else's.
 *
 * http_server.c: the address, the connections, the clock over them.
 * http_exchange.c: one request in, one reply out. */
#ifndef BASE_HTTP_INNER_H
#define BASE_HTTP_INNER_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/http_server.h"

enum {
    HTTP_BODY_STANDARD = 256 * 1024,
    HTTP_DISCARD_MAX = 1024 * 1024, /* of a body too large that is still read,
                                       so that its sender hears why */
    HTTP_STALL_SECONDS = 45, /* a reply nobody takes; longer than any handler
                                and than a stream's heartbeat */
    HTTP_REPLY_SECONDS = 120 /* for a whole reply that is no stream */
};

/* A connection, from accept to close.  `deadline_ms` is when the watch cuts
 * it; 0 never.  Guarded by the server's lock. */
struct http_conn {
    struct http_conn *next, *prev;
    struct http_server *server;
    int fd;
    int64_t deadline_ms;
    char peer[HTTP_PEER];
    bool loopback;
};

struct http_server {
    struct MHD_Daemon *daemon;
    struct http_config config;
    int port;
    pthread_t watch;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a request ended */
    pthread_cond_t watch_wake;
    struct http_conn *conns;
    struct http_stats stats;
    bool watch_stop;
    atomic_bool stopping;
};

/* The connection's time: `seconds` from now, or none when 0. */
void http_conn_deadline(struct http_conn *conn, int seconds);

/* A request began to be answered, or its answer is through. */
void http_server_busy(struct http_server *server, int change);

/* The library's callbacks for one exchange; `cls` is the server. */
void *http_exchange_begin(
    void *cls, const char *target, struct MHD_Connection *con);
enum MHD_Result http_exchange_step(void *cls, struct MHD_Connection *con,
    const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_len, void **exchange);
void http_exchange_end(void *cls, struct MHD_Connection *con, void **exchange,
    enum MHD_RequestTerminationCode why);

#endif
