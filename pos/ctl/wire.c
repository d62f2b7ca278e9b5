#include "pos/ctl/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

enum err
wire_failed(const char *what)
{
    err_arg("case", "control");
    return err_set(ERR_SYSTEM, "command socket: %s", what);
}

enum err
wire_address(const char *dir, const char *name, struct wire_address *out)
{
    size_t size = sizeof(out->address.sun_path);
    int n = snprintf(out->address.sun_path, size, "%s/%s", dir, name);

    out->dir = -1;
    out->address.sun_family = AF_UNIX;
    if (n > 0 && (size_t)n < size)
        return OK;
    out->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (out->dir < 0) {
        err_arg("file", "%s", dir);
        err_arg("why", "%s", strerror(errno));
        return err_set(ERR_FILE, "%s: %s", dir, strerror(errno));
    }
    snprintf(out->address.sun_path, size, "/proc/self/fd/%d/%s", out->dir,
        name);
    return OK;
}

void
wire_address_done(struct wire_address *a)
{
    if (a->dir >= 0)
        close(a->dir);
    a->dir = -1;
}

/* Until `events` of the connection; told to stop and late are failures. */
static enum err
wait_for(const struct wire *w, short events)
{
    struct pollfd fds[2] = {{.fd = w->fd, .events = events},
        {.fd = w->stop, .events = POLLIN}}; /* -1 is passed over */

    for (;;) {
        int64_t left = w->until_ms - clock_mono_ms();
        int n;

        if (left <= 0)
            return wire_failed("too slow");
        n = poll(fds, 2, left > 1000 ? 1000 : (int)left);
        if (n < 0 && errno != EINTR)
            return wire_failed(strerror(errno));
        if (n > 0 && fds[1].revents)
            return err_set(ERR_STOPPING, "the program is stopping");
        if (n > 0 && fds[0].revents)
            return OK;
    }
}

enum err
wire_send(struct wire *w, const void *bytes, size_t len)
{
    const char *at = bytes;

    while (len > 0) {
        enum err e = wait_for(w, POLLOUT);
        ssize_t n;

        if (e != OK)
            return e;
        n = send(w->fd, at, len, MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return wire_failed(strerror(errno));
        if (n > 0) {
            at += n;
            len -= (size_t)n;
        }
    }
    return OK;
}

/* At most `max` bytes, with `flags` of recv. */
static enum err
receive_some(struct wire *w, char *to, size_t max, int flags, size_t *got_out)
{
    for (;;) {
        enum err e = wait_for(w, POLLIN);
        ssize_t n;

        if (e != OK)
            return e;
        n = recv(w->fd, to, max, flags);
        if (n == 0)
            return wire_failed("closed by the other end");
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return wire_failed(strerror(errno));
        if (n > 0) {
            *got_out = (size_t)n;
            return OK;
        }
    }
}

enum err
wire_receive(struct wire *w, size_t len, struct buf *to)
{
    char block[16 * 1024];

    while (len > 0) {
        size_t got, want = len < sizeof(block) ? len : sizeof(block);
        enum err e = receive_some(w, block, want, 0, &got);

        if (e != OK)
            return e;
        buf_add(to, block, got);
        len -= got;
    }
    return to->full ? wire_failed("more than fits") : OK;
}

enum err
wire_receive_line(struct wire *w, struct buf *to)
{
    char block[1024];

    for (;;) {
        size_t got;
        const char *end;
        enum err e = receive_some(w, block, sizeof(block), MSG_PEEK, &got);

        if (e != OK)
            return e;
        /* What was only looked at is taken: the line, not what follows. */
        end = memchr(block, '\n', got);
        got = end ? (size_t)(end - block) + 1 : got;
        e = receive_some(w, block, got, 0, &got);
        if (e != OK)
            return e;
        if (block[got - 1] == '\n') {
            buf_add(to, block, got - 1);
            return to->full ? wire_failed("too long a line") : OK;
        }
        buf_add(to, block, got);
        if (to->full)
            return wire_failed("too long a line");
    }
}
