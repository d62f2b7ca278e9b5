/* vm_gadget NAME UDC - a printer on the kernel's own printer gadget: the fake
 * printer behind /dev/g_printer0, plugged in and out through the file UDC of
 * configfs.  NAME: see control.h; besides its words:
 *     plug, unplug
 *
 * The kernel takes up to 8 KB off the cable before we see a byte of it, and
 * answers by itself who the printer is. */
#include <errno.h>
#include <fcntl.h>
#include <linux/usb/g_printer.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/tools/fake_printer.h"
#include "tests/vm/control.h"

enum { PIECE = 8192, TICK_MS = 20, IDLE_MS = 1000 };

struct gadget {
    struct control control;
    struct fake *fake;
    const char *udc; /* path */
    int fd;          /* -1: not open */
    bool plugged;
    uint8_t port; /* as the kernel was told */
    uint8_t in[PIECE], out[PIECE];
    size_t in_len, out_len;
};

static bool
udc_write(const struct gadget *g, const char *name)
{
    int fd = open(g->udc, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && write(fd, name, strlen(name)) > 0;

    if (!ok)
        perror(g->udc);
    if (fd >= 0)
        close(fd);
    return ok;
}

static void
unplug(struct gadget *g)
{
    if (!g->plugged)
        return;
    g->plugged = false;
    if (g->fd >= 0)
        close(g->fd);
    g->fd = -1;
    g->in_len = g->out_len = 0; /* what was on its way is lost */
    fake_command(g->fake, "vanish");
    udc_write(g, "\n");
}

static bool
own_words(void *arg, const char *words, char *answer)
{
    struct gadget *g = arg;

    if (strcmp(words, "unplug") == 0) {
        unplug(g);
        return true;
    }
    if (strcmp(words, "plug") == 0) {
        fake_command(g->fake, "back");
        g->plugged = udc_write(g, "dummy_udc.0\n");
        snprintf(answer, CONTROL_LINE, g->plugged ? "ok" : "no");
        return true;
    }
    return false;
}

/* The device file comes and goes with the plug. */
static void
reopen(struct gadget *g)
{
    if (g->fd >= 0 || !g->plugged)
        return;
    g->fd = open("/dev/g_printer0", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    g->port = 0;
}

static void
move_in(struct gadget *g)
{
    ssize_t n;
    size_t took;

    if (g->in_len == 0) {
        n = read(g->fd, g->in, sizeof(g->in));
        if (n > 0)
            g->in_len = (size_t)n;
    }
    took = fake_feed(g->fake, g->in, g->in_len);
    g->in_len -= took;
    memmove(g->in, g->in + took, g->in_len);
}

static void
move_out(struct gadget *g)
{
    ssize_t n;

    g->out_len +=
        fake_answers(g->fake, g->out + g->out_len, sizeof(g->out) - g->out_len);
    if (g->out_len == 0)
        return;
    n = write(g->fd, g->out, g->out_len);
    if (n > 0) {
        g->out_len -= (size_t)n;
        memmove(g->out, g->out + n, g->out_len);
    }
}

static void
tell_port(struct gadget *g)
{
    uint8_t port = fake_port(g->fake);

    if (port != g->port && ioctl(g->fd, GADGET_SET_PRINTER_STATUS, port) >= 0)
        g->port = port;
}

/* Nothing happens by itself. */
static bool
at_rest(const struct gadget *g)
{
    return g->plugged == (g->fd >= 0) && g->in_len == 0 && g->out_len == 0 &&
           fake_idle(g->fake) && !fake_has_answers(g->fake);
}

/* One wait; true when something may have come from the cable. */
static bool
wait_any(struct gadget *g)
{
    struct pollfd fds[2] = {{g->control.in, POLLIN, 0}, {g->fd, 0, 0}};

    fds[1].events = g->in_len ? 0 : POLLIN;
    if (g->out_len)
        fds[1].events |= POLLOUT;
    poll(fds, 2, at_rest(g) ? IDLE_MS : TICK_MS);
    if (fds[1].revents & (POLLERR | POLLHUP)) {
        poll(NULL, 0, TICK_MS); /* no host has configured it yet */
        return false;
    }
    return g->fd >= 0;
}

static void
run(struct gadget *g)
{
    int64_t before = clock_mono_ms(), now;

    for (;;) {
        reopen(g);
        if (wait_any(g)) {
            move_in(g);
            move_out(g);
            tell_port(g);
        }
        now = clock_mono_ms();
        fake_tick(g->fake, (int)(now - before));
        before = now;
        control_serve(&g->control, own_words, g);
        if (fake_gone(g->fake))
            unplug(g);
    }
}

int
main(int argc, char **argv)
{
    static struct gadget g = {.fd = -1};

    if (argc != 3) {
        fputs("usage: vm_gadget NAME UDC\n", stderr);
        return 2;
    }
    g.fake = fake_new(&(struct fake_options){.rows_per_s = 1600});
    g.udc = argv[2];
    control_open(&g.control, argv[1], g.fake);
    run(&g);
}
