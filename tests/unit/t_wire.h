/* tests/unit/t_wire.h - a server on a loopback port that answers exactly what
 * the test tells it to, one connection at a time. */
#ifndef TESTS_UNIT_T_WIRE_H
#define TESTS_UNIT_T_WIRE_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WIRE_REQUEST = 8192 };

/* Answers the request on `fd`; the connection is closed behind it. */
typedef void wire_answer_fn(int fd, const char *request);

static int wire_listener, wire_port;
static pthread_t wire_thread;
static pthread_mutex_t wire_busy = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(wire_answer_fn *) wire_answer;
static atomic_int wire_requests;
/* What was asked last; the test reads it after the answer came. */
static char wire_request[WIRE_REQUEST];

/* False when the other side has gone. */
static bool
wire_send(int fd, const void *bytes, size_t len)
{
    const char *at = bytes;

    while (len > 0) {
        ssize_t n = write(fd, at, len);

        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

__attribute__((format(printf, 2, 3))) static void
wire_say(int fd, const char *fmt, ...)
{
    char text[4096];
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    if (n > 0)
        wire_send(fd, text, (size_t)n);
}

/* The answer before is done with; what the test changed until now is seen by
 * the next.  Before and after a request whose answer looks at such things. */
static void
wire_quiet(void)
{
    pthread_mutex_lock(&wire_busy);
    pthread_mutex_unlock(&wire_busy);
}

static void *
wire_run(void *arg)
{
    int fd;

    (void)arg;
    while ((fd = accept(wire_listener, NULL, NULL)) >= 0) {
        size_t len = 0;
        ssize_t n;

        pthread_mutex_lock(&wire_busy);
        do {
            n = read(fd, wire_request + len, WIRE_REQUEST - 1 - len);
            len += n > 0 ? (size_t)n : 0;
            wire_request[len] = '\0';
        } while (n > 0 && !strstr(wire_request, "\r\n\r\n"));
        if (len > 0) {
            wire_requests++;
            atomic_load(&wire_answer)(fd, wire_request);
        }
        close(fd);
        pthread_mutex_unlock(&wire_busy);
    }
    return NULL;
}

static void
wire_start(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(at);

    sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
    wire_listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(wire_listener, (struct sockaddr *)&at, sizeof(at)) != 0 ||
        listen(wire_listener, 8) != 0 ||
        getsockname(wire_listener, (struct sockaddr *)&at, &size) != 0 ||
        pthread_create(&wire_thread, NULL, wire_run, NULL) != 0)
        abort();
    wire_port = ntohs(at.sin_port);
}

static void
wire_stop(void)
{
    shutdown(wire_listener, SHUT_RDWR); /* wakes accept */
    pthread_join(wire_thread, NULL);
    close(wire_listener);
}

#endif
