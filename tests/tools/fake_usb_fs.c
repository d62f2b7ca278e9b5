/* What the kernel's usbfs answers for a printer. */
#include "tests/tools/fake_usb_parts.h"

#include <errno.h>
#include <string.h>

enum {
    CAPABILITIES = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION
                   | USBDEVFS_CAP_NO_PACKET_SIZE_LIM
                   | USBDEVFS_CAP_REAP_AFTER_DISCONNECT
};

bool
fake_usb_hears(const struct fake_usb *u)
{
    return !(u->make.build & FAKE_USB_ALTS) || u->alt < 2;
}

bool
fake_usb_speaks(const struct fake_usb *u)
{
    if (u->make.build & FAKE_USB_ALTS)
        return u->alt == 1;
    return !(u->make.build & FAKE_USB_ONE_WAY);
}

UMockdevIoctlData *
fake_usb_there(UMockdevIoctlData *arg, size_t offset, size_t len)
{
    return umockdev_ioctl_data_resolve(arg, offset, len, NULL);
}

/* Killed with a request under way it vanishes without a word. */
static void
on_died(gpointer arg, GObject *client)
{
    struct fake_usb *u = arg;

    pthread_mutex_lock(&u->lock);
    if ((void *)u->owner == (void *)client) {
        u->owner = NULL;
        u->seen.releases++;
        fake_urb_drop(u, (UMockdevIoctlClient *)(void *)client);
    }
    pthread_mutex_unlock(&u->lock);
}

void
fake_usb_own(struct fake_usb *u, UMockdevIoctlClient *client)
{
    if (u->owner == client)
        return;
    if (u->owner)
        g_object_weak_unref(G_OBJECT(u->owner), on_died, u);
    if (client)
        g_object_weak_ref(G_OBJECT(client), on_died, u);
    u->owner = client;
}

static int
answer_capabilities(UMockdevIoctlData *arg)
{
    const guint32 value = CAPABILITIES;
    UMockdevIoctlData *place = fake_usb_there(arg, 0, sizeof(value));

    if (!place)
        return -EFAULT;
    umockdev_ioctl_data_update(
        place, 0, (guint8 *)(uintptr_t)&value, sizeof(value));
    umockdev_ioctl_data_unref(place);
    return 0;
}

static int
answer_driver(struct fake_usb *u, UMockdevIoctlData *arg)
{
    const char *name = u->usblp ? "usblp" : u->owner ? "usbfs" : NULL;
    UMockdevIoctlData *place;

    if (!name)
        return -ENODATA;
    place = fake_usb_there(arg, 0, sizeof(struct usbdevfs_getdriver));
    if (!place)
        return -EFAULT;
    umockdev_ioctl_data_update(place,
        offsetof(struct usbdevfs_getdriver, driver),
        (guint8 *)(uintptr_t)name, (gint)strlen(name) + 1);
    umockdev_ioctl_data_unref(place);
    return 0;
}

static int
detach(struct fake_usb *u)
{
    if (!u->usblp)
        return -ENODATA;
    u->usblp = false;
    u->seen.detached++;
    return 0;
}

static int
attach(struct fake_usb *u)
{
    if (u->owner || u->usblp || !(u->make.build & FAKE_USB_USBLP))
        return -EBUSY;
    u->usblp = true;
    u->seen.reattached++;
    return 0;
}

static int
claim(struct fake_usb *u, UMockdevIoctlClient *client)
{
    if (u->usblp || (u->owner && u->owner != client))
        return -EBUSY;
    if (!u->owner)
        u->seen.claims++;
    fake_usb_own(u, client);
    return 0;
}

static int
release(struct fake_usb *u, UMockdevIoctlClient *client)
{
    if (u->owner != client)
        return -EINVAL;
    fake_usb_own(u, NULL);
    u->seen.releases++;
    return 0;
}

/* USBDEVFS_IOCTL carries another request for the interface's driver. */
static int
inner(struct fake_usb *u, UMockdevIoctlData *arg)
{
    struct usbdevfs_ioctl what;
    UMockdevIoctlData *place = fake_usb_there(arg, 0, sizeof(what));

    if (!place)
        return -EFAULT;
    memcpy(&what, place->data, sizeof(what));
    umockdev_ioctl_data_unref(place);
    switch ((unsigned)what.ioctl_code) {
    case USBDEVFS_DISCONNECT:
        return detach(u);
    case USBDEVFS_CONNECT:
        return attach(u);
    default:
        return -ENOTTY;
    }
}

static int
set_interface(struct fake_usb *u, UMockdevIoctlData *arg)
{
    struct usbdevfs_setinterface want;
    UMockdevIoctlData *place = fake_usb_there(arg, 0, sizeof(want));

    if (!place)
        return -EFAULT;
    memcpy(&want, place->data, sizeof(want));
    umockdev_ioctl_data_unref(place);
    if (want.interface != 0
        || want.altsetting > (u->make.build & FAKE_USB_ALTS ? 2 : 0))
        return -EINVAL;
    u->alt = (int)want.altsetting;
    return 0;
}

static int
clear_halt(struct fake_usb *u)
{
    u->halted = false;
    u->seen.halts_cleared++;
    return 0;
}

int
fake_usb_fs(struct fake_usb *u, UMockdevIoctlClient *client, bool away)
{
    unsigned long request = umockdev_ioctl_client_get_request(client);
    UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(client);

    if (request == USBDEVFS_REAPURBNDELAY || request == USBDEVFS_REAPURB)
        return fake_urb_reap(u, client, arg, away);
    if (u->gone || away)
        return -ENODEV;
    switch (request) {
    case USBDEVFS_GET_CAPABILITIES:
        return answer_capabilities(arg);
    case USBDEVFS_GETDRIVER:
        return answer_driver(u, arg);
    case USBDEVFS_IOCTL:
        return inner(u, arg);
    case USBDEVFS_DISCONNECT_CLAIM:
        if (u->usblp)
            detach(u);
        return claim(u, client);
    case USBDEVFS_CLAIMINTERFACE:
        return claim(u, client);
    case USBDEVFS_RELEASEINTERFACE:
        return release(u, client);
    case USBDEVFS_SETINTERFACE:
        return set_interface(u, arg);
    case USBDEVFS_SETCONFIGURATION:
        return u->owner || u->usblp ? -EBUSY : 0;
    case USBDEVFS_CLEAR_HALT:
    case USBDEVFS_RESETEP:
        return clear_halt(u);
    case USBDEVFS_RESET:
        u->seen.resets++;
        return 0;
    case USBDEVFS_SUBMITURB:
        return fake_urb_submit(u, client, arg);
    case USBDEVFS_DISCARDURB:
        return fake_urb_discard(u, arg);
    default:
        return -ENOTTY;
    }
}

void
fake_usb_fs_closed(struct fake_usb *u, UMockdevIoctlClient *client)
{
    fake_urb_drop(u, client);
    if (u->owner == client)
        release(u, client);
}
