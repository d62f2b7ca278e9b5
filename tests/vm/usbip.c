/* vm_usbip NAME PORT - a printer that is only a program, plugged into port PORT
 * of the kernel's virtual USB host (vhci-hcd).  NAME: see control.h; besides
 * its words:
 *     plug, unplug
 *     id stalls | id answers    the class request GET_DEVICE_ID
 *     nak | take                acknowledges no packet
 *     halt N                    the endpoint halts, N packets of 64 later
 *     usb                       halts cleared, soft resets, as name=number */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/tools/fake_printer.h"
#include "tests/vm/control.h"
#include "tests/vm/usbip_printer.h"

#define ATTACH "/sys/devices/platform/vhci_hcd.0/attach"

enum {
    TICK_MS = 20,
    IDLE_MS = 1000,
    FULL_SPEED = 2,
    DEVICE_NUMBER = 1 << 16 | 2
};

struct usbip {
    struct control control;
    struct usbip_printer printer;
    const char *port;
};

/* A port is free some ms after its device has gone. */
static bool
attach(const char *port, int socket_fd)
{
    char line[64];
    int fd = open(ATTACH, O_WRONLY | O_CLOEXEC);
    ssize_t n = -1;

    snprintf(line, sizeof(line), "%s %d %d %d", port, socket_fd, DEVICE_NUMBER,
        FULL_SPEED);
    for (int i = 0; fd >= 0 && n < 0 && i < 100; i++) {
        n = write(fd, line, strlen(line));
        if (n < 0)
            poll(NULL, 0, TICK_MS);
    }
    if (n < 0)
        perror(ATTACH);
    if (fd >= 0)
        close(fd);
    return n > 0;
}

static bool
plug(struct usbip *u)
{
    int ends[2];
    bool ok;

    if (u->printer.fd >= 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
        return false;
    fake_command(u->printer.fake, "back");
    ok = attach(u->port, ends[0]);
    close(ends[0]);
    if (ok)
        u->printer.fd = ends[1];
    else
        close(ends[1]);
    return ok;
}

static void
unplug(struct usbip *u)
{
    if (u->printer.fd < 0)
        return;
    close(u->printer.fd);
    u->printer.fd = -1;
    usbip_printer_forget(&u->printer);
    fake_command(u->printer.fake, "vanish");
}

static bool
faults(struct usbip_printer *p, const char *words)
{
    if (strcmp(words, "id stalls") == 0)
        p->id_stalls = true;
    else if (strcmp(words, "id answers") == 0)
        p->id_stalls = false;
    else if (strcmp(words, "nak") == 0)
        p->nak = true;
    else if (strcmp(words, "take") == 0)
        p->nak = false;
    else if (strncmp(words, "halt ", 5) == 0)
        p->halt_after = strtoul(words + 5, NULL, 10);
    else
        return false;
    return true;
}

static bool
own_words(void *arg, const char *words, char *answer)
{
    struct usbip *u = arg;

    if (strcmp(words, "plug") == 0) {
        snprintf(answer, CONTROL_LINE, plug(u) ? "ok" : "no");
        return true;
    }
    if (strcmp(words, "unplug") == 0) {
        unplug(u);
        return true;
    }
    if (strcmp(words, "usb") == 0) {
        snprintf(answer, CONTROL_LINE, "halts_cleared=%u soft_resets=%u",
            u->printer.halts_cleared, u->printer.resets);
        return true;
    }
    return faults(&u->printer, words);
}

static void
run(struct usbip *u)
{
    struct usbip_printer *p = &u->printer;
    int64_t before = clock_mono_ms(), now;

    for (;;) {
        struct pollfd fds[2] = {
            {u->control.in, POLLIN, 0}, {p->fd, POLLIN, 0}};

        poll(fds, 2, usbip_printer_rests(p) ? IDLE_MS : TICK_MS);
        if (fds[1].revents && !usbip_printer_serve(p))
            unplug(u);
        now = clock_mono_ms();
        fake_tick(p->fake, (int)(now - before));
        before = now;
        if (p->fd >= 0)
            usbip_printer_move(p);
        control_serve(&u->control, own_words, u);
        if (fake_gone(p->fake))
            unplug(u);
    }
}

int
main(int argc, char **argv)
{
    static struct usbip u = {.printer = {.fd = -1}};

    if (argc != 3) {
        fputs("usage: vm_usbip NAME PORT\n", stderr);
        return 2;
    }
    u.printer.fake = fake_new(&(struct fake_options){.rows_per_s = 1600});
    u.port = argv[2];
    control_open(&u.control, argv[1], u.printer.fake);
    run(&u);
}
