#include "base/http_server.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/http_inner.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/settings.h"

enum {
    STACK_BYTES = 256 * 1024,
    POOL_BYTES = 24 * 1024, /* of one connection: head and read buffer */
    STOP_SECONDS = 10,
    WATCH_MS = 500
};

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

void
http_conn_deadline(struct http_conn *conn, int seconds)
{
    int64_t at = seconds ? clock_mono_ms() + (int64_t)seconds * 1000 : 0;

    pthread_mutex_lock(&conn->server->lock);
    conn->deadline_ms = at;
    pthread_mutex_unlock(&conn->server->lock);
}

void
http_server_busy(struct http_server *server, int change)
{
    pthread_mutex_lock(&server->lock);
    server->stats.requests += change;
    if (change > 0)
        server->stats.served++;
    pthread_cond_broadcast(&server->changed);
    pthread_mutex_unlock(&server->lock);
}

/* Cuts connections past their time.  The library's own time limit begins anew
 * with every byte, so a client that drips would hold its thread for ever.
 * Shutting the socket down wakes that thread; the socket is closed only after
 * conn_closed took it off the list, so the number is still ours here. */
static void *
watch_run(void *arg)
{
    struct http_server *server = arg;
    struct timespec until;

    pthread_mutex_lock(&server->lock);
    while (!server->watch_stop) {
        int64_t now = clock_mono_ms();

        for (struct http_conn *c = server->conns; c; c = c->next)
            if (c->deadline_ms && c->deadline_ms <= now) {
                c->deadline_ms = 0;
                server->stats.timed_out++;
                shutdown(c->fd, SHUT_RDWR);
            }
        until = clock_mono_after(WATCH_MS);
        pthread_cond_timedwait(&server->watch_wake, &server->lock, &until);
    }
    pthread_mutex_unlock(&server->lock);
    return NULL;
}

static void
conn_peer(struct http_conn *conn, const struct sockaddr *from)
{
    union address a;

    memset(&a, 0, sizeof(a));
    if (from->sa_family == AF_INET) {
        memcpy(&a.v4, from, sizeof(a.v4));
        inet_ntop(AF_INET, &a.v4.sin_addr, conn->peer, sizeof(conn->peer));
        conn->loopback = ntohl(a.v4.sin_addr.s_addr) >> 24 == 127;
    } else if (from->sa_family == AF_INET6) {
        memcpy(&a.v6, from, sizeof(a.v6));
        inet_ntop(AF_INET6, &a.v6.sin6_addr, conn->peer, sizeof(conn->peer));
        conn->loopback = IN6_IS_ADDR_LOOPBACK(&a.v6.sin6_addr);
    }
}

static void
conn_opened(struct http_server *server, struct MHD_Connection *con,
    void **context)
{
    struct http_conn *conn = mem_new(1, sizeof(*conn));
    const union MHD_ConnectionInfo *info;

    conn->server = server;
    info = MHD_get_connection_info(con, MHD_CONNECTION_INFO_CONNECTION_FD);
    conn->fd = info->connect_fd;
    info = MHD_get_connection_info(con, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    conn_peer(conn, info->client_addr);
    *context = conn;
    http_conn_deadline(conn, server->config.idle_seconds);
    pthread_mutex_lock(&server->lock);
    conn->next = server->conns;
    if (conn->next)
        conn->next->prev = conn;
    server->conns = conn;
    server->stats.connections++;
    pthread_mutex_unlock(&server->lock);
}

static void
conn_closed(struct http_server *server, struct http_conn *conn)
{
    pthread_mutex_lock(&server->lock);
    if (conn->prev)
        conn->prev->next = conn->next;
    else
        server->conns = conn->next;
    if (conn->next)
        conn->next->prev = conn->prev;
    server->stats.connections--;
    pthread_mutex_unlock(&server->lock);
    mem_free(conn);
}

static void
on_connection(void *cls, struct MHD_Connection *con, void **context,
    enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        conn_opened(cls, con, context);
    else if (*context)
        conn_closed(cls, *context);
}

/* What a client does wrong is no news; the level is there to look closer. */
static void
on_log(void *cls, const char *fmt, va_list ap)
{
    char line[256];

    (void)cls;
    if (vsnprintf(line, sizeof(line), fmt, ap) >= 0)
        log_debug("http", "%s", line);
}

/* We take the address apart ourselves, strictly. */
static size_t
keep_escapes(void *cls, struct MHD_Connection *con, char *s)
{
    (void)cls;
    (void)con;
    return strlen(s);
}

static enum err
address_of(const struct http_config *config, union address *out)
{
    char host[SETTINGS_HOST];
    uint16_t port;
    enum err e;

    memset(out, 0, sizeof(*out));
    e = settings_parse_listen(config->listen, host, &port);
    if (e)
        return e;
    if (!config->beyond_loopback && !settings_host_is_loopback(host))
        return err_set(ERR_SETTINGS, "%s is not this machine", host);
    if (strcmp(host, "localhost") == 0)
        snprintf(host, sizeof(host), "127.0.0.1");
    if (inet_pton(AF_INET, host, &out->v4.sin_addr) == 1) {
        out->v4.sin_family = AF_INET;
        out->v4.sin_port = htons(port);
        return OK;
    }
    if (inet_pton(AF_INET6, host, &out->v6.sin6_addr) == 1) {
        out->v6.sin6_family = AF_INET6;
        out->v6.sin6_port = htons(port);
        return OK;
    }
    return err_set(ERR_SETTINGS, "%s is not an address", host);
}

static void
fill_config(struct http_config *c)
{
    if (!c->connections_max)
        c->connections_max = 256;
    if (!c->connections_per_address)
        c->connections_per_address = 64;
    if (!c->idle_seconds)
        c->idle_seconds = 60;
    if (!c->request_seconds)
        c->request_seconds = 15;
}

static struct MHD_Daemon *
start_daemon(struct http_server *server, const union address *address)
{
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD |
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL | MHD_USE_ITC |
        MHD_USE_ERROR_LOG;

    if (address->any.sa_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    return MHD_start_daemon(flags, 0, NULL, NULL, http_exchange_step, server,
        MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
        MHD_OPTION_SOCK_ADDR, &address->any,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, http_exchange_begin, server,
        MHD_OPTION_NOTIFY_COMPLETED, http_exchange_end, server,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
        MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK_BYTES,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTP_STALL_SECONDS,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)server->config.connections_max,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)server->config.connections_per_address, MHD_OPTION_END);
}

static void
locks_init(struct http_server *server)
{
    pthread_condattr_t attr;

    pthread_mutex_init(&server->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&server->changed, &attr);
    pthread_cond_init(&server->watch_wake, &attr);
    pthread_condattr_destroy(&attr);
}

static void
server_free(struct http_server *server)
{
    pthread_cond_destroy(&server->changed);
    pthread_cond_destroy(&server->watch_wake);
    pthread_mutex_destroy(&server->lock);
    mem_free(server);
}

enum err
http_server_open(const struct http_config *config,
    struct http_server **server_out)
{
    struct http_server *server;
    union address address;
    enum err e;

    assert(config->handle && config->listen);
    e = address_of(config, &address);
    if (e)
        return e;
    server = mem_new(1, sizeof(*server));
    server->config = *config;
    fill_config(&server->config);
    locks_init(server);
    server->daemon = start_daemon(server, &address);
    if (!server->daemon) {
        e = err_set(ERR_SYSTEM, "cannot listen at %s: %s", config->listen,
            strerror(errno));
        server_free(server);
        return e;
    }
    server->port = MHD_get_daemon_info(server->daemon,
        MHD_DAEMON_INFO_BIND_PORT)->port;
    e = pthread_create(&server->watch, NULL, watch_run, server) ? ERR_SYSTEM
                                                                : OK;
    assert(e == OK); /* at the start: there is no thread left for anything */
    *server_out = server;
    return OK;
}

/* Until no request is being answered, or time is up. */
static void
wait_for_answers(struct http_server *server)
{
    struct timespec until = clock_mono_after(STOP_SECONDS * 1000);

    pthread_mutex_lock(&server->lock);
    while (server->stats.requests > 0)
        if (pthread_cond_timedwait(&server->changed, &server->lock, &until)) {
            log_warn("http", "%lld requests did not end in %d s",
                (long long)server->stats.requests, STOP_SECONDS);
            break;
        }
    server->watch_stop = true;
    pthread_cond_signal(&server->watch_wake);
    pthread_mutex_unlock(&server->lock);
}

void
http_server_close(struct http_server *server)
{
    MHD_socket listening;

    if (!server)
        return;
    server->stopping = true;
    listening = MHD_quiesce_daemon(server->daemon);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
    wait_for_answers(server);
    pthread_join(server->watch, NULL);
    MHD_stop_daemon(server->daemon);
    assert(!server->conns);
    server_free(server);
}

int
http_server_port(const struct http_server *server)
{
    return server->port;
}

void
http_server_stats(struct http_server *server, struct http_stats *out)
{
    pthread_mutex_lock(&server->lock);
    *out = server->stats;
    pthread_mutex_unlock(&server->lock);
}
