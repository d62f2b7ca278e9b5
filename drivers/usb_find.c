/* Finding printers among the USB devices.  Everything is read from what the
 * kernel already knows (descriptors, sysfs): no device is opened or asked. */
#include <libusb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "drivers/quirks.h"
#include "drivers/usb.h"

enum { CLASS_PRINTER = 7, CLASS_VENDOR = 255, PORTS_DEEP = 7 };
enum { ONE_WAY = 1, TWO_WAY = 2, IEEE_1284_4 = 3, IPP_OVER_USB = 4 };

static bool
take_hex(const char *text, uint16_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++) {
        static const char digits[] = "0123456789abcdef";
        char c = text[i] >= 'A' && text[i] <= 'F' ? (char)(text[i] + 32)
                                                  : text[i];
        const char *at = c ? strchr(digits, c) : NULL;

        if (!at)
            return false;
        *out = (uint16_t)(*out << 4 | (at - digits));
    }
    return true;
}

/* `text` begins with `key`, and its rest goes into an empty `out`. */
static bool
take_word(const char *text, size_t len, const char *key, char *out,
    size_t size)
{
    size_t skip = strlen(key);

    if (len <= skip || memcmp(text, key, skip) != 0 || *out ||
        len - skip >= size)
        return false;
    memcpy(out, text + skip, len - skip);
    out[len - skip] = '\0';
    return true;
}

static bool
parse_part(const char *at, size_t len, struct usb_wish *wish)
{
    if (len == 9 && at[4] == ':' && !wish->vendor)
        return take_hex(at, &wish->vendor) &&
            take_hex(at + 5, &wish->product) && wish->vendor;
    if (take_word(at, len, "port=", wish->port, sizeof(wish->port)))
        return strspn(wish->port, "0123456789-.") == strlen(wish->port);
    return take_word(at, len, "serial=", wish->serial, sizeof(wish->serial));
}

enum err
usb_parse(const char *where, struct usb_wish *wish_out)
{
    const char *at = where;

    memset(wish_out, 0, sizeof(*wish_out));
    while (*at) {
        size_t len = strcspn(at, ",");

        if (!parse_part(at, len, wish_out) || (at[len] && !at[len + 1])) {
            err_arg("printer", "usb:%s", where);
            return err_set(ERR_SETTINGS,
                "\"usb:%s\" is not VVVV:PPPP, serial=TEXT or port=1-2", where);
        }
        at += len + (at[len] == ',');
    }
    return OK;
}

/* Makers write what they like: what is no clean text loses its bytes. */
static void
clean(char *text)
{
    bool good = text_is_utf8(text, strlen(text));

    for (char *at = text; *at; at++) {
        unsigned char c = (unsigned char)*at;

        if (c < 0x20 || c == 0x7f || (c > 0x7f && !good))
            *at = '?';
    }
}

static void
read_attribute(const char *port, const char *name, char *out, size_t size)
{
    char path[128];
    size_t len;
    FILE *f;

    snprintf(path, sizeof(path), "/sys/bus/usb/devices/%s/%s", port, name);
    f = fopen(path, "r");
    if (!f)
        return;
    len = fread(out, 1, size - 1, f);
    fclose(f);
    while (len > 0 && (out[len - 1] == '\n' || out[len - 1] == ' '))
        len--;
    out[len] = '\0';
    clean(out);
}

/* As the kernel names the place: bus, '-', the ports on the way with dots. */
static void
read_port(libusb_device *device, char *out, size_t size)
{
    uint8_t ports[PORTS_DEEP];
    int deep = libusb_get_port_numbers(device, ports, PORTS_DEEP);
    size_t len = (size_t)snprintf(
        out, size, "%d", libusb_get_bus_number(device));

    for (int i = 0; i < deep && len < size; i++)
        len += (size_t)snprintf(
            out + len, size - len, "%c%d", i ? '.' : '-', ports[i]);
}

static void
read_id(libusb_device *device, const struct libusb_device_descriptor *d,
    struct printer_id *id)
{
    memset(id, 0, sizeof(*id));
    id->vendor = d->idVendor;
    id->product = d->idProduct;
    read_port(device, id->port, sizeof(id->port));
    read_attribute(id->port, "serial", id->serial, sizeof(id->serial));
    read_attribute(id->port, "manufacturer", id->maker, sizeof(id->maker));
    read_attribute(id->port, "product", id->model, sizeof(id->model));
}

/* The bulk endpoints; false when nothing can be sent. */
static bool
find_endpoints(const struct libusb_interface_descriptor *d, uint8_t *out,
    uint8_t *in)
{
    *out = *in = 0;
    for (int i = 0; i < d->bNumEndpoints; i++) {
        const struct libusb_endpoint_descriptor *e = &d->endpoint[i];
        bool inward = e->bEndpointAddress & LIBUSB_ENDPOINT_IN;
        uint8_t *which = inward ? in : out;

        if ((e->bmAttributes & 3) == LIBUSB_TRANSFER_TYPE_BULK && !*which)
            *which = e->bEndpointAddress;
    }
    return *out != 0;
}

/* How gladly we print through an alternate setting; 0: not at all. */
static int
rank(const struct libusb_interface_descriptor *d, bool any_class)
{
    if (d->bInterfaceClass == CLASS_VENDOR)
        return any_class ? 1 : 0;
    if (d->bInterfaceClass != CLASS_PRINTER)
        return 0;
    switch (d->bInterfaceProtocol) {
    case IPP_OVER_USB: /* wants HTTP */
        return 0;
    case TWO_WAY:
        return 4;
    case IEEE_1284_4: /* packets of its own, until it is told not to */
        return 2;
    case ONE_WAY:
    default:
        return 3;
    }
}

static bool
choose(const struct libusb_config_descriptor *config, bool any_class,
    struct usb_seen *seen)
{
    int best = 0;

    for (int i = 0; i < config->bNumInterfaces; i++) {
        const struct libusb_interface *face = &config->interface[i];

        for (int a = 0; a < face->num_altsetting; a++) {
            const struct libusb_interface_descriptor *d = &face->altsetting[a];
            uint8_t out, in;

            if (rank(d, any_class) <= best || !find_endpoints(d, &out, &in))
                continue;
            best = rank(d, any_class);
            seen->interface = d->bInterfaceNumber;
            seen->alt = d->bAlternateSetting;
            seen->has_alts = face->num_altsetting > 1;
            seen->out = out;
            seen->in = in;
            seen->id.class7 = d->bInterfaceClass == CLASS_PRINTER;
        }
    }
    return best > 0;
}

/* Asked when there is no other way in: is it a printer all the same? */
static bool
speaks_ipp(const struct libusb_config_descriptor *config)
{
    for (int i = 0; i < config->bNumInterfaces; i++)
        for (int a = 0; a < config->interface[i].num_altsetting; a++) {
            const struct libusb_interface_descriptor *d =
                &config->interface[i].altsetting[a];

            if (d->bInterfaceClass == CLASS_PRINTER &&
                d->bInterfaceProtocol == IPP_OVER_USB)
                return true;
        }
    return false;
}

static bool
fits(const struct printer_id *id, const struct usb_wish *wish)
{
    return (!wish->vendor || (wish->vendor == id->vendor &&
                                 wish->product == id->product)) &&
        (!*wish->serial || strcmp(wish->serial, id->serial) == 0) &&
        (!*wish->port || strcmp(wish->port, id->port) == 0);
}

static bool
see(libusb_device *device, const struct usb_wish *wish, struct usb_seen *seen)
{
    struct libusb_device_descriptor d;
    struct libusb_config_descriptor *config;
    bool found;

    if (libusb_get_device_descriptor(device, &d) != 0 ||
        libusb_get_active_config_descriptor(device, &config) != 0)
        return false;
    read_id(device, &d, &seen->id);
    seen->quirks = quirks_of(&seen->id);
    /* Named outright, a device is a printer whatever it says of itself. */
    seen->ipp_only = false;
    found = fits(&seen->id, wish) &&
        choose(config, wish->vendor || seen->quirks & QUIRK_VENDOR_CLASS, seen);
    if (!found && wish->ipp_too && fits(&seen->id, wish))
        found = seen->ipp_only = speaks_ipp(config);
    libusb_free_config_descriptor(config);
    if (seen->quirks & QUIRK_ONE_WAY)
        seen->in = 0;
    seen->id.two_way = seen->in != 0;
    seen->device = device;
    return found;
}

static int
by_port(const void *a, const void *b)
{
    const struct usb_seen *x = a, *y = b;

    return strcmp(x->id.port, y->id.port);
}

size_t
usb_find(struct libusb_context *context, const struct usb_wish *wish,
    struct usb_seen seen[USB_SEEN_MAX])
{
    libusb_device **list;
    ssize_t n = libusb_get_device_list(context, &list);
    size_t len = 0;

    if (n < 0)
        return 0;
    for (ssize_t i = 0; i < n && len < USB_SEEN_MAX; i++)
        if (see(list[i], wish, &seen[len]))
            libusb_ref_device(seen[len++].device);
    libusb_free_device_list(list, 1);
    qsort(seen, len, sizeof(seen[0]), by_port);
    return len;
}

void
usb_forget(struct usb_seen *seen, size_t len)
{
    for (size_t i = 0; i < len; i++)
        libusb_unref_device(seen[i].device);
}

/* The value of `key` in "KEY:value;KEY:value;" into `out`, when it is there. */
static void
read_key(const char *text, size_t len, const char *key, char *out, size_t size)
{
    size_t key_len = strlen(key);

    for (size_t at = 0; at < len;) {
        const char *end = memchr(text + at, ';', len - at);
        size_t part = end ? (size_t)(end - text) - at : len - at;

        while (part > 0 && text[at] == ' ')
            at++, part--;
        if (part > key_len && memcmp(text + at, key, key_len) == 0 &&
            !memchr(text + at, '\0', part)) {
            part -= key_len;
            snprintf(out, size, "%.*s", (int)(part < size ? part : size - 1),
                text + at + key_len);
            clean(out);
            return;
        }
        at += part + 1;
    }
}

void
usb_read_device_id(const char *text, size_t len, struct printer_id *id)
{
    bool unnamed = !*id->serial;

    read_key(text, len, "MFG:", id->maker, sizeof(id->maker));
    read_key(text, len, "MANUFACTURER:", id->maker, sizeof(id->maker));
    read_key(text, len, "MDL:", id->model, sizeof(id->model));
    read_key(text, len, "MODEL:", id->model, sizeof(id->model));
    if (unnamed)
        read_key(text, len, "SN:", id->serial, sizeof(id->serial));
    if (unnamed)
        read_key(text, len, "SERN:", id->serial, sizeof(id->serial));
}
