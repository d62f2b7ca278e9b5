#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/http_inner.h"
#include "base/log.h"
#include "base/mem.h"

/* One request and what is known of it; the library carries the pointer. */
struct exchange {
    struct http_server *server;
    struct http_conn *conn;
    struct http_request request;
    struct buf body;
    size_t limit;
    size_t dropped; /* bytes of a body too large */
    bool headed;    /* the head was looked at */
    bool busy;      /* counted as being answered */
};

/* A stream on its way: what `next` gave and the library has not taken. */
struct flow {
    struct http_stream stream;
    struct buf out;
    size_t at;
};

static struct http_conn *
conn_of(struct MHD_Connection *con)
{
    return MHD_get_connection_info(con, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
        ->socket_context;
}

void *
http_exchange_begin(void *cls, const char *target, struct MHD_Connection *con)
{
    struct exchange *x = mem_new(1, sizeof(*x));

    x->server = cls;
    x->conn = conn_of(con);
    http_conn_deadline(x->conn, x->server->config.request_seconds);
    memcpy(x->request.peer, x->conn->peer, sizeof(x->request.peer));
    x->request.loopback = x->conn->loopback;
    http_request_target(&x->request, target);
    return x;
}

static enum MHD_Result
take_header(void *cls, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
    (void)kind;
    http_request_add_header(cls, name, value);
    return MHD_YES;
}

/* Bytes the head announces; 0 when it does not say (chunked). */
static size_t
announced(const struct http_request *r)
{
    const char *value = http_request_header(r, "Content-Length");

    return value ? (size_t)strtoull(value, NULL, 10) : 0;
}

static void
take_head(struct exchange *x, struct MHD_Connection *con, const char *method)
{
    struct http_request *r = &x->request;
    const struct http_config *config = &x->server->config;

    x->headed = true;
    r->method = method;
    r->stopping = x->server->stopping;
    MHD_get_connection_values(con, MHD_HEADER_KIND, take_header, r);
    x->limit = HTTP_BODY_STANDARD;
    if (config->body_limit)
        x->limit = config->body_limit(config->arg, r);
    buf_init(&x->body, x->limit);
    r->body_too_large = announced(r) > x->limit;
}

/* False when there is too much even to be thrown away. */
static bool
take_body(struct exchange *x, const char *bytes, size_t len)
{
    struct http_request *r = &x->request;

    if (!r->body_too_large) {
        buf_add(&x->body, bytes, len);
        r->body_too_large = x->body.full;
    }
    if (r->body_too_large) {
        buf_finish(&x->body);
        x->dropped += len;
    }
    return x->dropped <= HTTP_DISCARD_MAX;
}

static ssize_t
flow_read(void *cls, uint64_t pos, char *to, size_t max)
{
    struct flow *f = cls;
    size_t len;

    (void)pos;
    while (f->at == f->out.len) {
        buf_clear(&f->out);
        f->at = 0;
        if (!f->stream.next(f->stream.arg, &f->out))
            return MHD_CONTENT_READER_END_OF_STREAM;
    }
    len = f->out.len - f->at;
    if (len > max)
        len = max;
    memcpy(to, f->out.data + f->at, len);
    f->at += len;
    return (ssize_t)len;
}

static void
flow_free(void *cls)
{
    struct flow *f = cls;

    if (f->stream.done)
        f->stream.done(f->stream.arg);
    buf_finish(&f->out);
    mem_free(f);
}

static struct MHD_Response *
response_of(struct http_reply *reply)
{
    struct flow *flow;
    size_t len;

    if (reply->stream.next) {
        flow = mem_new(1, sizeof(*flow));
        flow->stream = reply->stream;
        buf_init(&flow->out, HTTP_BODY_MAX);
        reply->stream = (struct http_stream){.next = NULL};
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096,
            flow_read, flow, flow_free);
    }
    if (reply->has_file) {
        reply->has_file = false; /* the library closes it */
        return MHD_create_response_from_fd_at_offset64(
            reply->file.len, reply->file.fd, reply->file.from);
    }
    if (reply->fixed) {
        union {
            const void *in;
            void *out; /* the library takes it so, and does not write */
        } bytes = {.in = reply->fixed};

        return MHD_create_response_from_buffer(reply->fixed_len, bytes.out,
            MHD_RESPMEM_PERSISTENT);
    }
    len = reply->body.len;
    return MHD_create_response_from_buffer_with_free_callback(len,
        buf_take(&reply->body), mem_free);
}

static void
add(struct MHD_Response *response, const char *name, const char *value)
{
    enum MHD_Result added = MHD_add_response_header(response, name, value);

    assert(added == MHD_YES);
    (void)added;
}

static enum MHD_Result
send_reply(struct exchange *x, struct MHD_Connection *con,
    struct http_reply *reply)
{
    const struct http_fixed_header *h = http_reply_security();
    bool bare = reply->bare;
    bool stream = reply->stream.next != NULL;
    struct MHD_Response *response;
    enum MHD_Result sent;

    assert(!reply->body.full); /* handlers bound what they write */
    response = response_of(reply);
    assert(response);
    for (; !bare && h->name; h++)
        add(response, h->name, h->value);
    if (!bare)
        add(response, "Content-Security-Policy", http_reply_csp(reply));
    if (!bare && !reply->cache)
        add(response, "Cache-Control", "no-store");
    if (reply->type)
        add(response, "Content-Type", reply->type);
    for (size_t i = 0; i < reply->headers_len; i++)
        add(response, reply->headers[i].name, reply->headers[i].value);
    if (reply->close || x->request.bad || x->server->stopping)
        add(response, "Connection", "close");
    http_conn_deadline(x->conn, stream ? 0 : HTTP_REPLY_SECONDS);
    sent = MHD_queue_response(con, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return sent;
}

static enum MHD_Result
answer(struct exchange *x, struct MHD_Connection *con)
{
    struct http_reply reply;
    enum MHD_Result sent;

    x->busy = true;
    http_server_busy(x->server, 1);
    http_conn_deadline(x->conn, 0); /* the handler's time is not the client's */
    x->request.body = x->body.len ? x->body.data : "";
    x->request.body_len = x->body.len;
    http_reply_init(&reply);
    x->server->config.handle(x->server->config.arg, &x->request, &reply);
    sent = send_reply(x, con, &reply);
    http_reply_finish(&reply);
    return sent;
}

enum MHD_Result
http_exchange_step(void *cls, struct MHD_Connection *con, const char *url,
    const char *method, const char *version, const char *upload,
    size_t *upload_len, void **exchange)
{
    struct exchange *x = *exchange;

    (void)cls;
    (void)url;
    (void)version;
    if (!x->headed) {
        take_head(x, con, method);
        if (announced(&x->request) > HTTP_DISCARD_MAX)
            return answer(x, con); /* the library closes after it */
        return MHD_YES;
    }
    if (*upload_len) {
        if (!take_body(x, upload, *upload_len))
            return MHD_NO;
        *upload_len = 0;
        return MHD_YES;
    }
    return answer(x, con);
}

void
http_exchange_end(void *cls, struct MHD_Connection *con, void **exchange,
    enum MHD_RequestTerminationCode why)
{
    struct exchange *x = *exchange;

    (void)cls;
    (void)con;
    (void)why;
    if (!x)
        return;
    if (x->busy)
        http_server_busy(x->server, -1);
    http_conn_deadline(x->conn, x->server->config.idle_seconds);
    http_request_finish(&x->request);
    if (x->headed)
        buf_finish(&x->body);
    mem_free(x);
    *exchange = NULL;
}
