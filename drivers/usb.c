/* The printer on USB, without the kernel's usblp: that one hides paper-out.
 * It is detached once, the interface stays ours, and is given back at close.
 *
 * Every transfer has a time limit.  One that ran out tells how many bytes had
 * gone, and those count: the device acknowledged them.  Each printer has a
 * libusb context of its own, made anew for every search: its start reads
 * sysfs, so a printer plugged in later is found without a running udevd, and
 * no printer waits for another. */
#include "drivers/usb.h"

#include <libusb.h>
#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "drivers/quirks.h"

enum {
    TRANSFER_MAX = 16 * 1024, /* one URB: its count needs no adding up */
    INBOX = 1024, /* whole packets of any size, or a long one is an error */
    CONTROL_MS = 500,
    ID_MS = 1000,
    LEAST_MS = 10, /* libusb's 0 is for ever; a packet wants its frame */
    LISTEN_MS = 2, /* what is there to be heard comes within a frame */
    NAP_MS = 10,
    PORT_TRIES = 3,
    PORT_AGAIN_MS = 10 * 1000
};

/* USB Printer Class 1.1, 4.2. */
enum { GET_DEVICE_ID = 0, GET_PORT_STATUS = 1, SOFT_RESET = 2 };
enum { CLASS_IN = 0xa1, CLASS_OUT = 0x21, CLASS_OUT_1_0 = 0x23 };

struct usb_printer {
    struct printer printer; /* first: what callers hold */
    libusb_context *context;
    libusb_device_handle *handle;
    struct usb_seen is; /* its device is not held: the handle holds it */
    int port_tries;     /* so often in a row it did not tell its status */
    int64_t port_again; /* when to ask it after all */
    uint8_t inbox[INBOX];
    size_t inbox_at, inbox_len;
};

static struct usb_printer *
self(struct printer *p)
{
    return (struct usb_printer *)p;
}

static void
arg_printer(const struct printer_id *id)
{
    err_arg("printer", "%04x:%04x (%s)", id->vendor, id->product, id->port);
}

/* What libusb says when a device cannot be opened or claimed. */
static enum err
refused(const struct printer_id *id, int code)
{
    const char *why = code == LIBUSB_ERROR_ACCESS ? "denied"
        : code == LIBUSB_ERROR_BUSY               ? "busy"
        : code == LIBUSB_ERROR_NO_DEVICE          ? "gone"
                                                  : "none";

    err_arg("case", "%s", why);
    arg_printer(id);
    return err_set(ERR_PRINTER, "USB printer %04x:%04x at %s: %s", id->vendor,
        id->product, id->port, libusb_error_name(code));
}

static enum err
gone(const struct usb_printer *up, int code)
{
    err_arg("case", "gone");
    arg_printer(&up->is.id);
    return err_set(ERR_PRINTER, "USB printer at %s is gone: %s", up->is.id.port,
        libusb_error_name(code));
}

static enum err
begin_usb(libusb_context **context_out)
{
    int code = libusb_init(context_out);

    if (code == 0)
        return OK;
    return err_set(ERR_PRINTER, "USB: %s", libusb_error_name(code));
}

/* Who it says it is.  A printer that stalls here, or says nothing, prints all
 * the same. */
static void
ask_device_id(struct usb_printer *up)
{
    unsigned char id[1024];
    int n = LIBUSB_ERROR_PIPE;

    if (up->is.id.class7 && !(up->is.quirks & QUIRK_NO_DEVICE_ID))
        n = libusb_control_transfer(up->handle, CLASS_IN, GET_DEVICE_ID, 0,
            (uint16_t)(up->is.interface << 8 | up->is.alt), id, sizeof(id),
            ID_MS);
    up->is.id.no_id = n <= 2;
    if (n > 2) /* two bytes of length first, which not all get right */
        usb_read_device_id((char *)id + 2, (size_t)n - 2, &up->is.id);
    up->is.quirks |= quirks_of(&up->is.id);
}

static int
claim(struct usb_printer *up)
{
    int code;

    libusb_set_auto_detach_kernel_driver(up->handle, 1);
    code = libusb_claim_interface(up->handle, up->is.interface);
    /* Where there is nothing to choose, choosing makes some fall silent:
     * Winbond 0416:5011 (linux-usb, January 2021). */
    if (code == 0 && up->is.has_alts)
        code = libusb_set_interface_alt_setting(
            up->handle, up->is.interface, up->is.alt);
    return code;
}

static void
usb_close(struct printer *p)
{
    struct usb_printer *up = self(p);

    if (up->handle) {
        libusb_release_interface(up->handle, up->is.interface);
        libusb_close(up->handle);
    }
    libusb_exit(up->context);
    mem_free(up);
}

/* Open the first of the printers seen that lets itself be opened.  The error
 * is the first one's: it is the one meant. */
static enum err
open_one(struct usb_printer *up, const struct usb_seen *seen, size_t len)
{
    struct err_state first = {.err = OK};
    int code;

    for (size_t i = 0; i < len; i++) {
        up->is = seen[i];
        code = libusb_open(seen[i].device, &up->handle);
        if (code == 0) {
            code = claim(up);
            if (code == 0)
                return OK;
            libusb_release_interface(up->handle, up->is.interface);
            libusb_close(up->handle);
        }
        up->handle = NULL;
        refused(&seen[i].id, code);
        if (first.err == OK)
            err_save(&first);
    }
    return err_load(&first);
}

static enum err
find_and_open(struct usb_printer *up, const char *where,
    const struct usb_wish *wish)
{
    struct usb_seen *seen = mem_new(USB_SEEN_MAX, sizeof(*seen));
    size_t len = usb_find(up->context, wish, seen);
    enum err e;

    if (len == 0) {
        err_arg("case", "none");
        err_arg("printer", "usb:%s", where);
        e = err_set(ERR_PRINTER, "there is no printer usb:%s", where);
    } else {
        e = open_one(up, seen, len);
    }
    usb_forget(seen, len);
    mem_free(seen);
    return e;
}

static enum err
usb_open(const char *where, struct printer **printer_out)
{
    struct usb_wish wish;
    struct usb_printer *up;
    libusb_context *context;
    enum err e = usb_parse(where, &wish);

    if (e == OK)
        e = begin_usb(&context);
    if (e != OK)
        return e;
    up = mem_new(1, sizeof(*up));
    up->printer.ops = &printer_usb_ops;
    up->context = context;
    e = find_and_open(up, where, &wish);
    if (e != OK) {
        usb_close(&up->printer);
        return e;
    }
    ask_device_id(up);
    *printer_out = &up->printer;
    return OK;
}

static void
nap(void)
{
    poll(NULL, 0, NAP_MS);
}

static unsigned
time_left(int64_t deadline, int64_t least)
{
    int64_t left = deadline - clock_mono_ms();

    return (unsigned)(left > least ? left : least);
}

static enum err
usb_send(struct printer *p, const void *bytes, size_t len, int timeout_ms,
    size_t *sent_out)
{
    struct usb_printer *up = self(p);
    int64_t deadline = clock_mono_ms() + timeout_ms;

    do {
        unsigned char *at = (unsigned char *)bytes + *sent_out;
        size_t piece = len - *sent_out;
        int n = 0, code;

        code = libusb_bulk_transfer(up->handle, up->is.out, at,
            (int)(piece < TRANSFER_MAX ? piece : TRANSFER_MAX), &n,
            time_left(deadline, LEAST_MS));
        *sent_out += (size_t)n;
        if (code == LIBUSB_ERROR_PIPE) {
            /* It halted: what is wrong it says elsewhere.  Mend and go on. */
            code = libusb_clear_halt(up->handle, up->is.out);
            if (code == LIBUSB_ERROR_NO_DEVICE)
                return gone(up, code);
            nap();
        } else if (code == LIBUSB_ERROR_TIMEOUT) {
            return OK;
        } else if (code != 0) {
            return gone(up, code); /* whatever went is unknown from here */
        }
    } while (*sent_out < len && clock_mono_ms() < deadline);
    return OK;
}

/* Is it still plugged in?  Every device knows this question, and the kernel
 * answers at once for one that was pulled, or whose hub was. */
static enum err
look(struct usb_printer *up)
{
    unsigned char status[2];
    int code = libusb_control_transfer(up->handle, LIBUSB_ENDPOINT_IN,
        LIBUSB_REQUEST_GET_STATUS, 0, 0, status, sizeof(status), CONTROL_MS);

    return code == LIBUSB_ERROR_NO_DEVICE ? gone(up, code) : OK;
}

/* Fill the inbox with the next packet. */
static enum err
hear(struct usb_printer *up, int64_t deadline)
{
    int n = 0, code;

    do {
        code = libusb_bulk_transfer(up->handle, up->is.in, up->inbox, INBOX, &n,
            time_left(deadline, LISTEN_MS));
        up->inbox_at = 0;
        up->inbox_len = (size_t)n;
        if (n > 0 || code == LIBUSB_ERROR_TIMEOUT)
            return OK;
        if (code == LIBUSB_ERROR_PIPE)
            code = libusb_clear_halt(up->handle, up->is.in);
        if (code == LIBUSB_ERROR_NO_DEVICE)
            return gone(up, code);
        if (code != 0) { /* hard of hearing, or just being pulled */
            enum err e = look(up);

            if (e != OK)
                return e;
        }
        nap(); /* empty packets, again and again: some say nothing that way */
    } while (clock_mono_ms() < deadline);
    return OK;
}

static enum err
usb_receive(struct printer *p, void *bytes, size_t size, int timeout_ms,
    size_t *got_out)
{
    struct usb_printer *up = self(p);
    size_t left;
    enum err e = OK;

    if (!up->is.in)
        return OK;
    if (up->inbox_at == up->inbox_len)
        e = hear(up, clock_mono_ms() + timeout_ms);
    left = up->inbox_len - up->inbox_at;
    *got_out = left < size ? left : size;
    memcpy(bytes, up->inbox + up->inbox_at, *got_out);
    up->inbox_at += *got_out;
    return e;
}

/* Some refuse the question, some never answer it; they are asked again only
 * now and then, since a refusal costs them nothing but silence costs us. */
static enum err
usb_port(struct printer *p, uint8_t *status_out)
{
    struct usb_printer *up = self(p);
    int64_t now = clock_mono_ms();
    int n = LIBUSB_ERROR_PIPE;
    enum err e;

    if (up->is.id.class7 && !(up->is.quirks & QUIRK_NO_PORT) &&
        (up->port_tries < PORT_TRIES || now >= up->port_again)) {
        n = libusb_control_transfer(up->handle, CLASS_IN, GET_PORT_STATUS, 0,
            (uint16_t)up->is.interface, status_out, 1, CONTROL_MS);
        up->port_tries = n == 1 ? 0 : up->port_tries + 1;
        up->port_again = now + PORT_AGAIN_MS;
    }
    if (n == 1)
        return OK;
    *status_out = 0;
    if (n == LIBUSB_ERROR_NO_DEVICE)
        return gone(up, n);
    e = look(up);
    if (e != OK)
        return e;
    return err_set(ERR_PRINTER_SILENT, "USB printer at %s has no port status",
        up->is.id.port);
}

/* Class 1.1 sends it to the interface, 1.0 to "other", and there are printers
 * of both kinds.  Those that know neither are no worse off. */
static enum err
usb_reset(struct printer *p)
{
    struct usb_printer *up = self(p);
    uint16_t interface = (uint16_t)up->is.interface;
    int code = LIBUSB_ERROR_PIPE;

    up->inbox_at = up->inbox_len = 0;
    if (up->is.id.class7)
        code = libusb_control_transfer(up->handle, CLASS_OUT, SOFT_RESET, 0,
            interface, NULL, 0, CONTROL_MS);
    if (up->is.id.class7 && code == LIBUSB_ERROR_PIPE)
        code = libusb_control_transfer(up->handle, CLASS_OUT_1_0, SOFT_RESET, 0,
            interface, NULL, 0, CONTROL_MS);
    return code == LIBUSB_ERROR_NO_DEVICE ? gone(up, code) : look(up);
}

static const struct printer_id *
usb_id(struct printer *p)
{
    return &self(p)->is.id;
}

const struct printer_ops printer_usb_ops = {
    .name = "usb",
    .open = usb_open,
    .send = usb_send,
    .receive = usb_receive,
    .port = usb_port,
    .reset = usb_reset,
    .id = usb_id,
    .close = usb_close,
};

/* Could it be opened now?  The kernel's own driver would step aside for us;
 * a program that holds it would not. */
static void
try_out(const struct usb_seen *seen, struct err_state *why)
{
    libusb_device_handle *handle;
    int code;

    memset(why, 0, sizeof(*why));
    if (seen->ipp_only) {
        err_arg("case", "ipp");
        arg_printer(&seen->id);
        err_set(ERR_PRINTER, "port %s speaks IPP alone", seen->id.port);
        err_save(why);
        return;
    }
    code = libusb_open(seen->device, &handle);
    if (code == 0) {
        if (libusb_kernel_driver_active(handle, seen->interface) != 1) {
            code = libusb_claim_interface(handle, seen->interface);
            if (code == 0)
                libusb_release_interface(handle, seen->interface);
        }
        libusb_close(handle);
    }
    if (code != 0) {
        refused(&seen->id, code);
        err_save(why);
    }
}

enum err
printer_usb_list(struct printer_found *found, size_t max, size_t *len_out)
{
    static const struct usb_wish any = {.ipp_too = true};
    libusb_context *context;
    struct usb_seen *seen;
    size_t len;
    enum err e = begin_usb(&context);

    *len_out = 0;
    if (e != OK)
        return e;
    seen = mem_new(USB_SEEN_MAX, sizeof(*seen));
    len = usb_find(context, &any, seen);
    for (; *len_out < len && *len_out < max; (*len_out)++) {
        found[*len_out].id = seen[*len_out].id;
        try_out(&seen[*len_out], &found[*len_out].why);
    }
    usb_forget(seen, len);
    mem_free(seen);
    libusb_exit(context);
    return OK;
}
