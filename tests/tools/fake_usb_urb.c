/* Transfers: submitted, carried on each time somebody asks what is finished,
 * reaped.  Nothing happens by itself: libusb always asks. */
#include "tests/tools/fake_usb_parts.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

enum {
    SETUP = 8, /* bytes of a control request before its data */
    GET_DEVICE_ID = 0,
    GET_PORT_STATUS = 1,
    SOFT_RESET = 2,
    GET_DESCRIPTOR = 6,
    DESCRIPTOR_STRING = 3
};

static void
finish(struct fake_urb *urb, int status)
{
    urb->status = status;
    urb->finished = true;
}

/* --- the OUT endpoint --- */

/* Does the next packet go?  A fault that was announced may begin with it. */
static bool
may_carry(struct fake_usb *u)
{
    if (u->next_at && u->seen.taken >= u->next_at) {
        u->faults = u->faults_next;
        u->next_at = 0;
    }
    if (u->faults & FAKE_USB_HALT) {
        u->faults &= ~(unsigned)FAKE_USB_HALT;
        u->halted = true;
    }
    return !u->halted && !u->gone && !(u->faults & FAKE_USB_NAK);
}

/* One packet; false when not all of it went. */
static bool
carry_packet(struct fake_usb *u, struct fake_urb *urb)
{
    int left = urb->length - urb->done, taken;
    int packet = left < FAKE_USB_PACKET ? left : FAKE_USB_PACKET;

    taken = (int)fake_feed(
        u->printer, urb->bytes + urb->done, (size_t)packet);
    u->seen.taken += (size_t)taken;
    if (fake_gone(u->printer))
        fake_usb_vanish(u);
    if (!u->gone || (taken == packet && !(u->faults & FAKE_USB_UNTOLD))) {
        urb->done += taken;
        u->seen.counted += (size_t)taken;
    }
    return taken == packet;
}

static void
carry_out(struct fake_usb *u, struct fake_urb *urb)
{
    int len = urb->length;

    while (urb->done < len && may_carry(u) && carry_packet(u, urb))
        ;
    if (u->gone)
        finish(urb, -ESHUTDOWN);
    else if (u->halted)
        finish(urb, -EPIPE);
    else if (urb->done == len)
        finish(urb, 0);
}

static void
carry_in(struct fake_usb *u, struct fake_urb *urb)
{
    size_t size = (size_t)urb->length;

    if (size > sizeof(urb->reply))
        size = sizeof(urb->reply);
    urb->done = (int)fake_answers(u->printer, urb->reply, size);
    if (urb->done > 0)
        finish(urb, 0);
}

/* --- control requests --- */

static int
device_id(struct fake_usb *u, uint8_t *out, size_t size)
{
    const char *text = fake_device_id(u->printer);
    size_t len = strlen(text) + 2; /* the length counts itself */

    if (len > size)
        return -EPIPE;
    out[0] = (uint8_t)(len >> 8);
    out[1] = (uint8_t)len;
    memcpy(out + 2, text, len - 2);
    return (int)len;
}

static int
string_descriptor(struct fake_usb *u, int index, uint8_t *out)
{
    const char *strings[] = {"", u->make.maker, u->make.model, u->make.serial};
    int len = 2;

    if (index < 0 || index > 3 || !strings[index]
        || (u->faults & FAKE_USB_STRINGS_STALL))
        return -EPIPE;
    if (index == 0) {
        out[len++] = 0x09; /* English, United States */
        out[len++] = 0x04;
    }
    for (const char *c = strings[index]; *c && len < 250; c++) {
        out[len++] = (uint8_t)*c;
        out[len++] = 0;
    }
    out[0] = (uint8_t)len;
    out[1] = DESCRIPTOR_STRING;
    return len;
}

/* What the printer class answers: bytes, -errno, or -EAGAIN for silence. */
static int
class_request(struct fake_usb *u, const uint8_t *setup, uint8_t *out)
{
    switch (setup[1]) {
    case GET_DEVICE_ID:
        u->seen.id_asked++;
        if (u->faults & FAKE_USB_ID_SILENT)
            return -EAGAIN;
        if ((u->faults & FAKE_USB_ID_STALLS) || setup[5] != 0)
            return -EPIPE; /* setup[5]: the interface, high in this one */
        return device_id(u, out, FAKE_USB_REPLY);
    case GET_PORT_STATUS:
        u->seen.port_asked++;
        if (u->faults & FAKE_USB_PORT_SILENT)
            return -EAGAIN;
        if ((u->faults & FAKE_USB_PORT_STALLS) || setup[4] != 0)
            return -EPIPE;
        out[0] = fake_port(u->printer);
        return 1;
    case SOFT_RESET:
        u->seen.soft_resets++;
        fake_soft_reset(u->printer);
        return 0;
    default:
        return -EPIPE;
    }
}

static void
control(struct fake_usb *u, struct fake_urb *urb)
{
    const uint8_t *setup = urb->bytes;
    int room = urb->length - SETUP, got = -EPIPE;

    if ((setup[0] & 0x60) == 0x20)
        got = class_request(u, setup, urb->reply);
    else if (setup[0] == 0x80 && setup[1] == GET_DESCRIPTOR
             && setup[3] == DESCRIPTOR_STRING)
        got = string_descriptor(u, setup[2], urb->reply);
    if (got == -EAGAIN)
        return; /* until it is given up */
    urb->done = got < 0 ? 0 : got < room ? got : room;
    finish(urb, got < 0 ? got : 0);
}

/* --- submit, discard, reap --- */

/* Its time passes when somebody asks, as all else does. */
static void
tick(struct fake_usb *u)
{
    int64_t now = clock_mono_ms();

    if (u->ticked_ms && now > u->ticked_ms)
        fake_tick(u->printer, (int)(now - u->ticked_ms));
    u->ticked_ms = now;
}

static void
carry_on(struct fake_usb *u)
{
    struct fake_urb *urb;

    tick(u);
    for (int i = 0; i < u->urbs_len; i++) {
        urb = &u->urbs[i];
        if (!urb->finished && urb->type == USBDEVFS_URB_TYPE_BULK)
            (urb->endpoint & 0x80 ? carry_in : carry_out)(u, urb);
    }
}

/* May this transfer go where it wants to? */
static int
check_place(struct fake_usb *u, const struct fake_urb *urb)
{
    bool in = urb->endpoint & 0x80;

    if (urb->type == USBDEVFS_URB_TYPE_CONTROL)
        return urb->length < SETUP ? -EINVAL : 0;
    if (urb->type == USBDEVFS_URB_TYPE_BULK && u->owner == urb->client
        && (in ? fake_usb_speaks(u) && urb->endpoint == FAKE_USB_IN
               : fake_usb_hears(u) && urb->endpoint == FAKE_USB_OUT))
        return 0;
    u->seen.wrong_place++;
    return -ENOENT;
}

static UMockdevIoctlData *
buffer_of(const struct fake_urb *urb)
{
    return fake_usb_there(urb->data, offsetof(struct usbdevfs_urb, buffer),
        (size_t)urb->length);
}

/* What goes out is taken over at once. */
static int
take_bytes(struct fake_urb *urb)
{
    UMockdevIoctlData *buffer;

    if ((urb->endpoint & 0x80) || urb->length == 0)
        return 0;
    buffer = buffer_of(urb);
    if (!buffer)
        return -EFAULT;
    urb->bytes = (uint8_t *)mem_dup(buffer->data, (size_t)urb->length);
    umockdev_ioctl_data_unref(buffer);
    return 0;
}

int
fake_urb_submit(struct fake_usb *u, UMockdevIoctlClient *client,
    UMockdevIoctlData *arg)
{
    struct fake_urb *urb = &u->urbs[u->urbs_len];
    const struct usbdevfs_urb *head;
    int e;

    if (u->urbs_len == FAKE_USB_URBS)
        return -ENOMEM;
    *urb = (struct fake_urb){.client = client,
        .data = fake_usb_there(arg, 0, sizeof(*head))};
    if (!urb->data)
        return -EFAULT;
    head = (const struct usbdevfs_urb *)(const void *)urb->data->data;
    urb->type = head->type;
    urb->endpoint = head->endpoint;
    urb->length = head->buffer_length;
    e = check_place(u, urb);
    if (e == 0)
        e = take_bytes(urb);
    if (e < 0) {
        umockdev_ioctl_data_unref(urb->data);
        return e;
    }
    u->urbs_len++;
    if (urb->type == USBDEVFS_URB_TYPE_CONTROL)
        control(u, urb);
    return 0;
}

/* The client's address of the transfer is the argument itself. */
int
fake_urb_discard(struct fake_usb *u, UMockdevIoctlData *arg)
{
    unsigned long address;

    memcpy(&address, arg->data, sizeof(address));
    for (int i = 0; i < u->urbs_len; i++)
        if (u->urbs[i].data->client_addr == address && !u->urbs[i].finished) {
            finish(&u->urbs[i], -ENOENT);
            return 0;
        }
    return -EINVAL;
}

static void
forget(struct fake_usb *u, int i)
{
    umockdev_ioctl_data_unref(u->urbs[i].data);
    mem_free(u->urbs[i].bytes);
    u->urbs_len--;
    memmove(&u->urbs[i], &u->urbs[i + 1],
        (size_t)(u->urbs_len - i) * sizeof(u->urbs[0]));
}

/* Write the outcome into the client's memory; false when that is no more. */
static bool
tell(struct fake_urb *urb)
{
    bool is_control = urb->type == USBDEVFS_URB_TYPE_CONTROL;
    UMockdevIoctlData *buffer;

    if ((is_control || (urb->endpoint & 0x80)) && urb->done > 0) {
        buffer = buffer_of(urb);
        if (!buffer)
            return false;
        umockdev_ioctl_data_update(
            buffer, is_control ? SETUP : 0, urb->reply, urb->done);
        umockdev_ioctl_data_unref(buffer);
    }
    umockdev_ioctl_data_update(urb->data,
        offsetof(struct usbdevfs_urb, status), (guint8 *)&urb->status,
        sizeof(urb->status));
    umockdev_ioctl_data_update(urb->data,
        offsetof(struct usbdevfs_urb, actual_length), (guint8 *)&urb->done,
        sizeof(urb->done));
    return true;
}

int
fake_urb_reap(struct fake_usb *u, UMockdevIoctlClient *client,
    UMockdevIoctlData *arg, bool away)
{
    UMockdevIoctlData *place;

    if (!u->gone)
        carry_on(u);
    for (int i = 0; i < u->urbs_len; i++) {
        if (!u->urbs[i].finished || u->urbs[i].client != client)
            continue;
        place = fake_usb_there(arg, 0, sizeof(void *));
        if (!place || !tell(&u->urbs[i]))
            return -EFAULT;
        umockdev_ioctl_data_set_ptr(place, 0, u->urbs[i].data);
        umockdev_ioctl_data_unref(place);
        forget(u, i);
        return 0;
    }
    return u->gone || away ? -ENODEV : -EAGAIN;
}

void
fake_urb_drop(struct fake_usb *u, UMockdevIoctlClient *client)
{
    for (int i = u->urbs_len - 1; i >= 0; i--)
        if (u->urbs[i].client == client)
            forget(u, i);
}

void
fake_urb_cut(struct fake_usb *u)
{
    for (int i = 0; i < u->urbs_len; i++)
        if (!u->urbs[i].finished)
            finish(&u->urbs[i], -ESHUTDOWN);
}
