/* The bus: devices as the kernel shows them in /sys, plugged and unplugged. */
#include "tests/tools/fake_usb.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/tools/fake_usb_parts.h"

#define ROOT "/devices/pci0000:00/0000:00:14.0/usb1"

/* Numbers on the bus: hubs first, then the printers' in turn.  Few: umockdev
 * polls at each that was ever used. */
enum { HUBS = 8, NUMBER_MAX = 24, DESCRIPTORS = 256 };

struct fake_usb_bus {
    UMockdevTestbed *testbed;
    struct fake_usb *printers;
    char folder[160]; /* what libusb sees */
    int hubs, number; /* given last */
    /* Whoever found a device a moment ago may still open it: what answers at
     * its number stays until another gets the number. */
    UMockdevIoctlBase *handlers[NUMBER_MAX + 1];
};

static void
stop(const char *what, GError *error)
{
    fprintf(stderr, "fake_usb: %s: %s\n", what,
        error ? error->message : "failed");
    abort();
}

/* --- descriptors --- */

struct bytes {
    uint8_t data[DESCRIPTORS];
    size_t len;
};

static void
put(struct bytes *b, const uint8_t *data, size_t len)
{
    memcpy(b->data + b->len, data, len);
    b->len += len;
}

static void
put_endpoint(struct bytes *b, uint8_t address)
{
    const uint8_t endpoint[] = {7, 5, address, 2, FAKE_USB_PACKET, 0, 0};

    put(b, endpoint, sizeof(endpoint));
}

static void
put_interface(struct bytes *b, uint8_t class, uint8_t alt, uint8_t protocol)
{
    bool speaks = protocol != 1;
    const uint8_t interface[] = {9, 4, 0, alt, speaks ? 2 : 1, class,
        class == 7 ? 1 : 0, class == 7 ? protocol : 0, 0};

    put(b, interface, sizeof(interface));
    put_endpoint(b, protocol == 4 ? 0x03 : FAKE_USB_OUT);
    if (speaks)
        put_endpoint(b, protocol == 4 ? 0x84 : FAKE_USB_IN);
}

static void
describe(const struct fake_usb_make *m, struct bytes *b)
{
    const uint8_t device[] = {18, 1, 0, 2, 0, 0, 0, FAKE_USB_PACKET,
        (uint8_t)m->vendor, (uint8_t)(m->vendor >> 8), (uint8_t)m->product,
        (uint8_t)(m->product >> 8), 0, 1, m->maker ? 1 : 0, m->model ? 2 : 0,
        m->serial ? 3 : 0, 1};
    const uint8_t config[] = {9, 2, 0, 0, 1, 1, 0, 0xc0, 0x32};
    uint8_t class = m->build & FAKE_USB_VENDOR_CLASS ? 255 : 7;

    b->len = 0;
    put(b, device, sizeof(device));
    put(b, config, sizeof(config));
    if (m->build & FAKE_USB_ALTS) {
        put_interface(b, class, 0, 1);
        put_interface(b, class, 1, 2);
        put_interface(b, class, 2, 4);
    } else if (m->build & FAKE_USB_IPP) {
        put_interface(b, class, 0, 4);
    } else {
        put_interface(b, class, 0, m->build & FAKE_USB_ONE_WAY ? 1 : 2);
    }
    b->data[sizeof(device) + 2] = (uint8_t)(b->len - sizeof(device));
}

/* --- the folder --- */

static void
add(struct fake_usb_bus *bus, const char *path, int number,
    const struct bytes *b, const char *more)
{
    char text[1400], hex[2 * DESCRIPTORS + 1] = "";
    GError *error = NULL;

    for (size_t i = 0; i < b->len; i++)
        snprintf(hex + 2 * i, 3, "%02X", b->data[i]);
    snprintf(text, sizeof(text),
        "P: %s\nN: bus/usb/001/%03d\nE: DEVNAME=/dev/bus/usb/001/%03d\n"
        "E: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nE: BUSNUM=001\n"
        "E: DEVNUM=%03d\nE: MAJOR=189\nE: MINOR=%d\nA: busnum=1\\n\n"
        "A: devnum=%d\\n\nA: speed=12\\n\nA: bConfigurationValue=1\\n\n%s"
        "H: descriptors=%s\n",
        path, number, number, number, number - 1, number, more, hex);
    if (!umockdev_testbed_add_from_string(bus->testbed, text, &error))
        stop(path, error);
}

static void
add_hub(struct fake_usb_bus *bus, const char *path)
{
    static const struct bytes hub = {
        .data = {18, 1, 0, 2, 9, 0, 0, 64, 0x6b, 0x1d, 2, 0, 0, 5, 0, 0, 0, 1,
            9, 2, 25, 0, 1, 1, 0, 0xe0, 0, 9, 4, 0, 0, 1, 9, 0, 0, 0, 7, 5,
            0x81, 3, 4, 0, 12},
        .len = 43};

    assert(bus->hubs < HUBS);
    add(bus, path, ++bus->hubs, &hub, "");
}

/* umockdev tells of each plug whoever listens in the bus's folder, and ends the
 * program when somebody stops listening just then.  Nobody has to be told:
 * drivers/usb.c looks anew each time.  So the listeners of libusb are given
 * another folder, with the same devices in it. */
static void
hide_listeners(struct fake_usb_bus *bus)
{
    static const char *const shared[] = {"sys", "dev", "ioctl"};
    char *root = umockdev_testbed_get_root_dir(bus->testbed);
    char from[200], to[200];

    snprintf(bus->folder, sizeof(bus->folder), "%s/seen", root);
    if (mkdir(bus->folder, 0700) != 0)
        stop(bus->folder, NULL);
    for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++) {
        snprintf(from, sizeof(from), "%s/%s", root, shared[i]);
        snprintf(to, sizeof(to), "%s/%s", bus->folder, shared[i]);
        if (rename(from, to) != 0 && mkdir(to, 0755) != 0)
            stop(to, NULL);
        if (symlink(to, from) != 0)
            stop(from, NULL);
    }
    setenv("UMOCKDEV_DIR", bus->folder, 1);
    g_free(root);
}

struct fake_usb_bus *
fake_usb_bus_new(void)
{
    struct fake_usb_bus *bus = mem_new(1, sizeof(*bus));

    bus->testbed = umockdev_testbed_new();
    bus->number = HUBS;
    hide_listeners(bus);
    if (!umockdev_in_mock_environment()) {
        fprintf(stderr, "fake_usb: start it by umockdev-wrapper\n");
        abort();
    }
    add_hub(bus, ROOT);
    return bus;
}

void
fake_usb_bus_free(struct fake_usb_bus *bus)
{
    struct fake_usb *u;

    if (!bus)
        return;
    for (u = bus->printers; u; u = u->next)
        fake_usb_unplug(u);
    g_object_unref(bus->testbed); /* with its thread */
    for (int i = 0; i <= NUMBER_MAX; i++)
        if (bus->handlers[i])
            g_object_unref(bus->handlers[i]);
    while ((u = bus->printers)) {
        bus->printers = u->next;
        pthread_mutex_destroy(&u->lock);
        mem_free(u);
    }
    mem_free(bus);
}

/* --- what umockdev calls --- */

/* libusb asks again at once, as the folder's file is always ready to poll:
 * while something is under way it is kept waiting for a while. */
static void
pause_a_little(void)
{
    const struct timespec t = {.tv_nsec = 1000 * 1000};

    nanosleep(&t, NULL);
}

static gboolean
on_ioctl(UMockdevIoctlBase *handler, UMockdevIoctlClient *client, gpointer arg)
{
    struct fake_usb *u = arg;
    bool waits;
    int r;

    pthread_mutex_lock(&u->lock);
    r = fake_usb_fs(u, client, handler != u->handler);
    waits = r == -EAGAIN && u->urbs_len > 0;
    pthread_mutex_unlock(&u->lock);
    if (waits)
        pause_a_little();
    umockdev_ioctl_client_complete(client, r < 0 ? -1 : 0, -r);
    return TRUE;
}

static void
on_closed(UMockdevIoctlBase *handler, UMockdevIoctlClient *client, gpointer arg)
{
    struct fake_usb *u = arg;

    (void)handler;
    pthread_mutex_lock(&u->lock);
    fake_usb_fs_closed(u, client);
    pthread_mutex_unlock(&u->lock);
}

/* --- one printer --- */

struct fake_usb *
fake_usb_new(struct fake_usb_bus *bus, const struct fake_usb_make *make,
    struct fake *printer)
{
    struct fake_usb *u = mem_new(1, sizeof(*u));

    u->bus = bus;
    u->next = bus->printers;
    bus->printers = u;
    u->make = *make;
    snprintf(u->port, sizeof(u->port), "%s", make->port);
    u->make.port = u->port;
    u->printer = printer;
    u->gone = true;
    pthread_mutex_init(&u->lock, NULL);
    return u;
}

/* /devices/.../1-2/1-2.3, and the hubs on the way. */
static void
place(struct fake_usb *u, char *path, size_t size)
{
    size_t len = (size_t)snprintf(path, size, "%s", ROOT);
    const char *port = u->make.port, *dot = port;
    char seen[160];

    while ((dot = strchr(dot, '.'))) {
        len += (size_t)snprintf(
            path + len, size - len, "/%.*s", (int)(dot - port), port);
        snprintf(seen, sizeof(seen), "/sys%s", path);
        if (access(seen, F_OK) != 0)
            add_hub(u->bus, path);
        dot++;
    }
    snprintf(path + len, size - len, "/%s", port);
}

static void
add_printer(struct fake_usb *u, const char *path)
{
    const struct fake_usb_make *m = &u->make;
    struct bytes b;
    char more[100] = "";

    if (m->serial)
        snprintf(more, sizeof(more), "A: serial=%s\\n\n", m->serial);
    describe(m, &b);
    add(u->bus, path, u->number, &b, more);
}

static int
next_number(struct fake_usb_bus *bus)
{
    struct fake_usb *u;

    do {
        if (++bus->number > NUMBER_MAX)
            bus->number = HUBS + 1;
        for (u = bus->printers; u; u = u->next)
            if (u->plugged && u->number == bus->number)
                break;
    } while (u);
    return bus->number;
}

/* Somebody answers at its number before it can be seen.  Without the lock: it
 * waits for umockdev's thread, which may wait for the lock. */
static UMockdevIoctlBase *
attach(struct fake_usb *u)
{
    UMockdevIoctlBase **handler = &u->bus->handlers[u->number];
    GError *error = NULL;

    if (*handler) {
        umockdev_testbed_detach_ioctl(u->bus->testbed, u->node, NULL);
        g_object_unref(*handler);
    }
    *handler = umockdev_ioctl_base_new();
    g_signal_connect(*handler, "handle-ioctl", G_CALLBACK(on_ioctl), u);
    g_signal_connect(*handler, "client-vanished", G_CALLBACK(on_closed), u);
    if (!umockdev_testbed_attach_ioctl(
            u->bus->testbed, u->node, *handler, &error))
        stop(u->node, error);
    return *handler;
}

void
fake_usb_plug(struct fake_usb *u)
{
    UMockdevIoctlBase *handler;
    char path[120];

    fake_usb_unplug(u); /* what vanished by itself is still in the way */
    place(u, path, sizeof(path));
    u->number = next_number(u->bus);
    snprintf(u->node, sizeof(u->node), "/dev/bus/usb/001/%03d", u->number);
    handler = attach(u);
    pthread_mutex_lock(&u->lock);
    snprintf(u->syspath, sizeof(u->syspath), "/sys%s", path);
    u->handler = handler;
    u->plugged = true;
    u->gone = false;
    u->halted = false;
    u->alt = 0;
    u->usblp = u->make.build & FAKE_USB_USBLP;
    pthread_mutex_unlock(&u->lock);
    add_printer(u, path);
}

void
fake_usb_vanish(struct fake_usb *u)
{
    if (u->gone)
        return;
    u->gone = true;
    u->usblp = false;
    fake_usb_own(u, NULL);
    fake_urb_cut(u);
    umockdev_testbed_remove_device(u->bus->testbed, u->syspath);
}

void
fake_usb_unplug(struct fake_usb *u)
{
    pthread_mutex_lock(&u->lock);
    if (u->plugged)
        fake_usb_vanish(u);
    u->plugged = false;
    pthread_mutex_unlock(&u->lock);
}

void
fake_usb_put(struct fake_usb *u, struct fake *printer)
{
    pthread_mutex_lock(&u->lock);
    assert(u->gone);
    u->printer = printer;
    pthread_mutex_unlock(&u->lock);
}

bool
fake_usb_is_gone(struct fake_usb *u)
{
    bool gone;

    pthread_mutex_lock(&u->lock);
    gone = u->gone;
    pthread_mutex_unlock(&u->lock);
    return gone;
}

void
fake_usb_fault(struct fake_usb *u, unsigned faults)
{
    pthread_mutex_lock(&u->lock);
    u->faults = faults;
    u->next_at = 0;
    pthread_mutex_unlock(&u->lock);
}

void
fake_usb_fault_after(struct fake_usb *u, unsigned faults, size_t bytes)
{
    pthread_mutex_lock(&u->lock);
    u->faults_next = faults;
    u->next_at = u->seen.taken + bytes;
    pthread_mutex_unlock(&u->lock);
}

struct fake_usb_seen
fake_usb_seen(struct fake_usb *u)
{
    struct fake_usb_seen seen;

    pthread_mutex_lock(&u->lock);
    seen = u->seen;
    pthread_mutex_unlock(&u->lock);
    return seen;
}

bool
fake_usb_has_usblp(struct fake_usb *u)
{
    bool bound;

    pthread_mutex_lock(&u->lock);
    bound = u->usblp;
    pthread_mutex_unlock(&u->lock);
    return bound;
}

bool
fake_usb_is_claimed(struct fake_usb *u)
{
    bool claimed;

    pthread_mutex_lock(&u->lock);
    claimed = u->owner != NULL;
    pthread_mutex_unlock(&u->lock);
    return claimed;
}

void
fake_usb_lock(struct fake_usb *u)
{
    pthread_mutex_lock(&u->lock);
}

void
fake_usb_unlock(struct fake_usb *u)
{
    pthread_mutex_unlock(&u->lock);
}
