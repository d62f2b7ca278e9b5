#include "tests/tools/fake_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

enum {
    BUSY_MS = 2,  /* between two tries of a printer that takes nothing */
    IDLE_MS = 10, /* what happens to it is told no later */
    PIECE = 2048,
    RECEIVE_BUFFER = 4096 /* little is left to the system */
};

struct fake_server {
    pthread_t thread;
    pthread_mutex_t lock;
    struct fake *fake;
    int port, listener, connection; /* -1: not there */
    bool stop;
    bool stuck; /* something has come that the printer does not take */
};

static void
close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool
open_listener(struct fake_server *s)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)s->port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(a);
    int on = 1, room = RECEIVE_BUFFER;

    s->listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    setsockopt(s->listener, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
    if (s->listener < 0 || bind(s->listener, (struct sockaddr *)&a, len) != 0 ||
        listen(s->listener, 4) != 0 ||
        getsockname(s->listener, (struct sockaddr *)&a, &len) != 0) {
        perror("fake_server");
        close_fd(&s->listener);
        return false;
    }
    s->port = ntohs(a.sin_port);
    return true;
}

/* The port as the printer's being there or not has it. */
static void
follow_cable(struct fake_server *s)
{
    const struct linger reset = {.l_onoff = 1, .l_linger = 0};

    if (!fake_gone(s->fake)) {
        if (s->listener < 0)
            open_listener(s);
        return;
    }
    if (s->connection >= 0)
        setsockopt(
            s->connection, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
    close_fd(&s->connection);
    if (s->listener >= 0) /* now, though our thread may wait at it: the port is
                           * needed again */
        shutdown(s->listener, SHUT_RDWR);
    close_fd(&s->listener);
}

/* What has come and the printer takes, no more: the rest stays where it is. */
static bool
bring(struct fake_server *s)
{
    char bytes[PIECE];
    ssize_t n = recv(s->connection, bytes, sizeof(bytes),
        MSG_PEEK | MSG_DONTWAIT);
    size_t taken;

    s->stuck = false;
    if (n <= 0)
        return n < 0 && (errno == EAGAIN || errno == EINTR);
    taken = fake_feed(s->fake, bytes, (size_t)n);
    s->stuck = taken == 0;
    if (taken > 0 && recv(s->connection, bytes, taken, 0) < 0)
        return false;
    return true;
}

static bool
answer(struct fake_server *s)
{
    char bytes[256];
    size_t n = fake_answers(s->fake, bytes, sizeof(bytes));

    return n == 0 || send(s->connection, bytes, n, MSG_NOSIGNAL) == (ssize_t)n;
}

static void
serve(struct fake_server *s)
{
    if (s->listener >= 0 && s->connection < 0) {
        struct pollfd wants = {.fd = s->listener, .events = POLLIN};

        if (poll(&wants, 1, 0) > 0)
            s->connection = accept(s->listener, NULL, NULL);
    }
    if (s->connection < 0)
        return;
    if (!bring(s) || !answer(s))
        close_fd(&s->connection);
    follow_cable(s);
}

/* Until something comes or a nap is over. */
static void
nap(struct fake_server *s)
{
    struct pollfd wants = {.fd = -1, .events = POLLIN};
    bool stuck;

    pthread_mutex_lock(&s->lock);
    stuck = s->stuck && s->connection >= 0;
    if (!stuck)
        wants.fd = s->connection >= 0 ? s->connection : s->listener;
    pthread_mutex_unlock(&s->lock);
    poll(&wants, 1, stuck ? BUSY_MS : IDLE_MS);
}

static void *
run(void *arg)
{
    struct fake_server *s = arg;
    int64_t then = clock_mono_ms();
    bool stop = false;

    while (!stop) {
        int64_t now = clock_mono_ms();

        pthread_mutex_lock(&s->lock);
        if (now > then)
            fake_tick(s->fake, (int)(now - then));
        then = now;
        serve(s);
        stop = s->stop;
        pthread_mutex_unlock(&s->lock);
        if (!stop)
            nap(s);
    }
    return NULL;
}

struct fake_server *
fake_server_start(const struct fake_options *options, int port)
{
    struct fake_server *s = mem_new(1, sizeof(*s));

    s->port = port;
    s->connection = -1;
    if (!open_listener(s)) {
        mem_free(s);
        return NULL;
    }
    s->fake = fake_new(options);
    pthread_mutex_init(&s->lock, NULL);
    pthread_create(&s->thread, NULL, run, s);
    return s;
}

void
fake_server_stop(struct fake_server *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    close_fd(&s->connection);
    close_fd(&s->listener);
    pthread_mutex_destroy(&s->lock);
    fake_free(s->fake);
    mem_free(s);
}

int
fake_server_port(const struct fake_server *s)
{
    return s->port;
}

bool
fake_server_tell(struct fake_server *s, const char *words)
{
    bool known;

    pthread_mutex_lock(&s->lock);
    known = fake_command(s->fake, words);
    follow_cable(s);
    pthread_mutex_unlock(&s->lock);
    return known;
}

struct fake *
fake_server_lock(struct fake_server *s)
{
    pthread_mutex_lock(&s->lock);
    return s->fake;
}

void
fake_server_unlock(struct fake_server *s)
{
    pthread_mutex_unlock(&s->lock);
}
