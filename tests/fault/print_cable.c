#include "tests/fault/print_cable.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/tools/fake_server.h"
#include "tests/tools/fake_usb.h"

enum { PORTS = 10000, PROCESSES = 1000, PORTS_EACH = 20 };

struct cable {
    char at[64];
    /* over USB */
    struct fake *fake;
    struct fake_usb *usb;
    /* over TCP */
    struct fake_server *server;
};

static struct fake_usb_bus *bus; /* one for a process, until its end */
static int usb_cables;           /* with a port from here */

static void
must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "FAIL cable: %s\n", what);
    exit(1);
}

static void
clear_bus(void)
{
    fake_usb_bus_free(bus);
}

struct cable *
cable_new_usb(
    const struct fake_usb_make *make, const struct fake_options *options)
{
    struct cable *c = mem_new(1, sizeof(*c));
    struct fake_usb_make made = *make;
    char port[16];

    if (!made.port) {
        snprintf(port, sizeof(port), "1-%d", ++usb_cables);
        made.port = port;
    }
    if (!bus) {
        bus = fake_usb_bus_new();
        atexit(clear_bus); /* with its folder */
    }
    c->fake = fake_new(options);
    c->usb = fake_usb_new(bus, &made, c->fake);
    snprintf(c->at, sizeof(c->at), "usb:port=%s", made.port);
    return c;
}

/* A port that no other program is given while nobody listens there: below
 * those which systems give away, and of this process alone. */
static int
own_port(void)
{
    static int used;

    return PORTS + (int)(getpid() % PROCESSES) * PORTS_EACH
           + used++ % PORTS_EACH;
}

/* Serve, with nobody there yet. */
static void
serve(struct cable *c, const struct fake_options *options, int port)
{
    for (int i = 0; i < PORTS_EACH && !c->server; i++)
        c->server = fake_server_start(options, port ? port : own_port());
    must(c->server && fake_server_tell(c->server, "vanish"), "no server");
}

struct cable *
cable_new(enum cable_kind kind, const struct fake_options *options)
{
    static const struct fake_usb_make make = {.vendor = 0x0416,
        .product = 0x5011,
        .maker = "FAKE",
        .model = "POS-80",
        .serial = "F0001"};
    struct cable *c;

    if (kind == CABLE_USB)
        return cable_new_usb(&make, options);
    c = mem_new(1, sizeof(*c));
    serve(c, options, 0);
    snprintf(c->at, sizeof(c->at), "tcp:127.0.0.1:%d",
        fake_server_port(c->server));
    return c;
}

void
cable_free(struct cable *c)
{
    if (!c)
        return;
    cable_unplug(c);
    fake_server_stop(c->server);
    fake_free(c->fake);
    mem_free(c);
}

const char *
cable_at(const struct cable *c)
{
    return c->at;
}

struct fake_usb *
cable_usb(struct cable *c)
{
    return c->usb;
}

void
cable_renew(struct cable *c, const struct fake_options *options)
{
    int port;

    if (c->usb) {
        fake_free(c->fake);
        c->fake = fake_new(options);
        fake_usb_put(c->usb, c->fake);
        return;
    }
    port = fake_server_port(c->server);
    fake_server_stop(c->server);
    c->server = NULL;
    serve(c, options, port);
}

void
cable_plug(struct cable *c)
{
    if (c->usb)
        fake_command(c->fake, "back"); /* it is out: nobody else has it */
    if (c->usb)
        fake_usb_plug(c->usb);
    else
        fake_server_tell(c->server, "back");
}

void
cable_unplug(struct cable *c)
{
    if (c->usb)
        fake_usb_unplug(c->usb);
    else
        fake_server_tell(c->server, "vanish");
}

bool
cable_is_out(struct cable *c)
{
    bool out;

    if (c->usb)
        return fake_usb_is_gone(c->usb);
    out = fake_gone(cable_lock(c));
    cable_unlock(c);
    return out;
}

void
cable_command(struct cable *c, const char *words)
{
    bool known;

    if (c->usb) {
        known = fake_command(cable_lock(c), words);
        cable_unlock(c);
    } else {
        known = fake_server_tell(c->server, words);
    }
    must(known, words);
}

struct fake *
cable_lock(struct cable *c)
{
    if (!c->usb)
        return fake_server_lock(c->server);
    fake_usb_lock(c->usb);
    return c->fake;
}

void
cable_unlock(struct cable *c)
{
    if (c->usb)
        fake_usb_unlock(c->usb);
    else
        fake_server_unlock(c->server);
}

struct fake_count
cable_count(struct cable *c)
{
    struct fake_count n = *fake_count(cable_lock(c));

    cable_unlock(c);
    return n;
}

size_t
cable_slips(struct cable *c)
{
    size_t n = fake_slips(cable_lock(c));

    cable_unlock(c);
    return n;
}
