/* The printer at the end of a TCP connection, port 9100 ("raw", "JetDirect").
 *
 * The system takes bytes long before the printer does, so little is left to
 * it: a small send buffer makes a printer that stopped be noticed within a
 * slip, and printer_left tells what the printer has not yet acknowledged.
 *
 * TCP_USER_TIMEOUT is not used: Linux also ends connections by it whose peer
 * says, again and again, that it has no room - a printer without paper. That a
 * printer is gone is seen by its silence instead (see is_silent). */
#include <errno.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "drivers/printer.h"

enum {
    HOST_SIZE = 256,
    PORT_SIZE = 6,
    CONNECT_MS = 3000, /* all addresses of the name together */
    SEND_BUFFER = 16 * 1024,
    SILENT_MS = 4000, /* so long without any sign of life: gone */
    SILENT_ASKED = 2, /* and asked so often in vain */
    IDLE_MS = 3000    /* nothing said for so long: may hang up */
};

struct tcp_printer {
    struct printer printer; /* first: what callers hold */
    char host[HOST_SIZE], port[PORT_SIZE];
    int fd;
    int64_t used_ms; /* when something was last said to it */
    bool heard;      /* it said something itself, since it was connected */
};

static struct tcp_printer *
self(struct printer *p)
{
    return (struct tcp_printer *)p;
}

static enum err
fail(const struct tcp_printer *tp, const char *why, int number)
{
    err_arg("case", "%s", why);
    err_arg("printer", "%s", tp->host);
    return err_set(ERR_PRINTER, "printer %s port %s: %s", tp->host, tp->port,
        number ? strerror(number) : "the connection was closed");
}

/* "HOST", "HOST:9100", "[::1]", "[::1]:9100". */
static bool
parse(const char *where, struct tcp_printer *tp)
{
    bool bracket = *where == '[';
    size_t host = strcspn(where + bracket, bracket ? "]" : ":");
    const char *rest = where + bracket + host;
    char *end;
    long port = 9100;

    if (host == 0 || host >= HOST_SIZE || (bracket && *rest++ != ']'))
        return false;
    memcpy(tp->host, where + bracket, host);
    tp->host[host] = '\0';
    if (strpbrk(tp->host, " /?#@[]\\"))
        return false;
    if (*rest == ':' && rest[1] >= '0' && rest[1] <= '9') {
        port = strtol(rest + 1, &end, 10);
        rest = end;
    }
    snprintf(tp->port, sizeof(tp->port), "%u", (unsigned)(uint16_t)port);
    return *rest == '\0' && port >= 1 && port <= 65535;
}

/* Wait for `events` until `deadline`; false when it passed. */
static bool
wait_for(int fd, short events, int64_t deadline)
{
    for (;;) {
        struct pollfd poll_fd = {.fd = fd, .events = events};
        int64_t left = deadline - clock_mono_ms();
        int n = poll(&poll_fd, 1, left > 0 ? (int)left : 0);

        if (n != 0 && !(n < 0 && errno == EINTR))
            return true;
        if (left <= 0)
            return false;
    }
}

static void
set_int(int fd, int level, int option, int value)
{
    setsockopt(fd, level, option, &value, sizeof(value));
}

static int
new_socket(int family)
{
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0)
        return -1;
    set_int(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    set_int(fd, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER);
    /* A printer whose cable was pulled while nothing was said: 5 + 3 s. */
    set_int(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_int(fd, IPPROTO_TCP, TCP_KEEPIDLE, 5);
    set_int(fd, IPPROTO_TCP, TCP_KEEPINTVL, 1);
    set_int(fd, IPPROTO_TCP, TCP_KEEPCNT, 3);
    return fd;
}

/* A connected socket, or -1 with errno. */
static int
connect_to(const struct addrinfo *at, int64_t deadline)
{
    socklen_t len = sizeof(int);
    int why = 0, fd = new_socket(at->ai_family);

    if (fd < 0)
        return -1;
    if (connect(fd, at->ai_addr, at->ai_addrlen) != 0) {
        why = errno;
        if (why == EINPROGRESS && !wait_for(fd, POLLOUT, deadline))
            why = ETIMEDOUT;
        else if (why == EINPROGRESS)
            getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &len);
    }
    if (why == 0)
        return fd;
    close(fd);
    errno = why;
    return -1;
}

static enum err
tcp_connect(struct tcp_printer *tp)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found, *at;
    int64_t deadline;
    int e = getaddrinfo(tp->host, tp->port, &hints, &found);

    if (e != 0) {
        err_arg("case", "host");
        err_arg("printer", "%s", tp->host);
        return err_set(
            ERR_PRINTER, "printer %s: %s", tp->host, gai_strerror(e));
    }
    deadline = clock_mono_ms() + CONNECT_MS;
    for (at = found; at && tp->fd < 0; at = at->ai_next)
        tp->fd = connect_to(at, deadline);
    e = errno;
    freeaddrinfo(found);
    tp->used_ms = clock_mono_ms();
    tp->heard = false;
    return tp->fd < 0 ? fail(tp, "refused", e) : OK;
}

static void
tcp_close(struct printer *p)
{
    if (self(p)->fd >= 0)
        close(self(p)->fd);
    mem_free(p);
}

static enum err
tcp_open(const char *where, struct printer **printer_out)
{
    struct tcp_printer *tp = mem_new(1, sizeof(*tp));
    enum err e;

    tp->printer.ops = &printer_tcp_ops;
    tp->fd = -1;
    if (!parse(where, tp)) {
        err_arg("printer", "tcp:%s", where);
        e = err_set(ERR_SETTINGS, "\"tcp:%s\" is not tcp:HOST:PORT", where);
    } else {
        e = tcp_connect(tp);
    }
    if (e == OK)
        *printer_out = &tp->printer;
    else
        tcp_close(&tp->printer);
    return e;
}

/* Has it been asked for a sign of life in vain?  A printer that only has no
 * room answers what TCP asks it, and every answer begins the count anew. */
static bool
is_silent(const struct tcp_printer *tp)
{
    struct tcp_info info = {0};
    socklen_t len = sizeof(info);

    if (getsockopt(tp->fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0)
        return false;
    return info.tcpi_last_ack_recv >= SILENT_MS &&
        info.tcpi_retransmits + info.tcpi_probes >= SILENT_ASKED;
}

static bool
is_lasting(int number)
{
    return number != EAGAIN && number != EINTR;
}

/* It hung up.  Many do so on a connection over which nothing is said, to be
 * free for others: with such a one nothing is lost, and it is called again. */
static enum err
hung_up(struct tcp_printer *tp)
{
    if (tp->heard || clock_mono_ms() - tp->used_ms < IDLE_MS)
        return fail(tp, "gone", 0);
    close(tp->fd);
    tp->fd = -1;
    return tcp_connect(tp);
}

/* Is the other end still there, as far as is known without asking? */
static enum err
look(struct tcp_printer *tp)
{
    char byte;
    ssize_t n = recv(tp->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

    if (n == 0)
        return hung_up(tp);
    if (n < 0 && is_lasting(errno))
        return fail(tp, "gone", errno);
    return is_silent(tp) ? fail(tp, "gone", ETIMEDOUT) : OK;
}

static enum err
tcp_send(struct printer *p, const void *bytes, size_t len, int timeout_ms,
    size_t *sent_out)
{
    struct tcp_printer *tp = self(p);
    int64_t deadline = clock_mono_ms() + timeout_ms;
    const char *at = bytes;
    enum err e;

    for (;;) {
        ssize_t n;

        /* A printer that hung up takes nothing more, though the system would
         * until the refusal comes back. */
        e = look(tp);
        if (e != OK || *sent_out == len)
            return e;
        n = send(tp->fd, at + *sent_out, len - *sent_out,
            MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n > 0) {
            *sent_out += (size_t)n;
            tp->used_ms = clock_mono_ms();
        } else if (n < 0 && is_lasting(errno)) {
            return fail(tp, "gone", errno);
        } else if (!wait_for(tp->fd, POLLOUT, deadline)) {
            return look(tp);
        }
    }
}

static enum err
tcp_receive(struct printer *p, void *bytes, size_t size, int timeout_ms,
    size_t *got_out)
{
    struct tcp_printer *tp = self(p);
    ssize_t n;

    if (!wait_for(tp->fd, POLLIN, clock_mono_ms() + timeout_ms))
        return look(tp);
    n = recv(tp->fd, bytes, size, MSG_DONTWAIT);
    if (n == 0 && size > 0)
        return hung_up(tp);
    if (n < 0 && is_lasting(errno))
        return fail(tp, "gone", errno);
    *got_out = n > 0 ? (size_t)n : 0;
    tp->heard = tp->heard || n > 0;
    return OK;
}

/* There is no port status; only, is it still there? */
static enum err
tcp_port(struct printer *p, uint8_t *status_out)
{
    struct tcp_printer *tp = self(p);
    enum err e = look(tp);

    *status_out = 0;
    if (e != OK)
        return e;
    return err_set(ERR_PRINTER_SILENT, "TCP has no port status");
}

static enum err
tcp_left(struct printer *p, size_t *left_out)
{
    struct tcp_printer *tp = self(p);
    int left = 0;

    if (ioctl(tp->fd, SIOCOUTQ, &left) != 0)
        return fail(tp, "gone", errno);
    *left_out = left > 0 ? (size_t)left : 0;
    return look(tp);
}

/* What the system still holds is thrown away with the old connection. */
static enum err
tcp_reset(struct printer *p)
{
    struct tcp_printer *tp = self(p);
    struct linger now = {.l_onoff = 1, .l_linger = 0};

    if (tp->fd >= 0) {
        setsockopt(tp->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
        close(tp->fd);
    }
    tp->fd = -1;
    return tcp_connect(tp);
}

const struct printer_ops printer_tcp_ops = {
    .name = "tcp",
    .open = tcp_open,
    .send = tcp_send,
    .receive = tcp_receive,
    .port = tcp_port,
    .left = tcp_left,
    .reset = tcp_reset,
    .close = tcp_close,
};
