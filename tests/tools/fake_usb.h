/* tests/tools/fake_usb.h - fake printers on a fake USB bus.
 *
 * umockdev stands between the unmodified libusb and the kernel: it lays a bus
 * out in a folder, and what libusb asks of usbfs is answered here as the
 * kernel answers for a printer, from the fake printer's one core.  libusb may
 * run in this process or in a child of it; either way the program is to be
 * started by umockdev-wrapper.
 *
 * A printer that takes nothing leaves its transfer pending, as NAKs do, until
 * libusb gives up: what had gone by then is counted to the byte. */
#ifndef TESTS_TOOLS_FAKE_USB_H
#define TESTS_TOOLS_FAKE_USB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fake;
struct fake_usb_bus;
struct fake_usb;

/* How it is built. */
enum {
    FAKE_USB_VENDOR_CLASS = 1, /* class 255 instead of 7 */
    FAKE_USB_ONE_WAY = 2,      /* no IN endpoint: protocol 1 */
    FAKE_USB_USBLP = 4,        /* the kernel's driver sits on it first */
    FAKE_USB_ALTS = 8,         /* settings 0: one way, 1: both, 2: IPP */
    FAKE_USB_IPP = 16          /* one setting: IPP */
};

/* What it does wrong, until told otherwise. */
enum {
    FAKE_USB_ID_STALLS = 1,
    FAKE_USB_ID_SILENT = 2, /* neither answered nor refused */
    FAKE_USB_PORT_STALLS = 4,
    FAKE_USB_PORT_SILENT = 8,
    FAKE_USB_STRINGS_STALL = 16,
    FAKE_USB_NAK = 32,   /* takes no byte */
    FAKE_USB_HALT = 64,  /* the next transfer halts the endpoint, once */
    FAKE_USB_UNTOLD = 128 /* vanishing, it takes a last packet that nobody
                             counts: its handshake was lost */
};

struct fake_usb_make {
    const char *port; /* "1-2", "1-2.3" */
    uint16_t vendor, product;
    const char *maker, *model, *serial; /* NULL: has none; borrowed */
    unsigned build;
};

/* What it saw so far, over all its plugs. */
struct fake_usb_seen {
    int claims, releases;
    int detached, reattached; /* of the kernel's driver */
    int soft_resets, resets, halts_cleared;
    int id_asked, port_asked;
    int wrong_place; /* transfers that no claimed endpoint could take */
    size_t taken, counted; /* bytes of the OUT endpoint */
};

/* One for a process. */
struct fake_usb_bus *fake_usb_bus_new(void);
void fake_usb_bus_free(struct fake_usb_bus *bus);

/* Not plugged yet; goes with the bus.  The printer is the caller's, and stays
 * as long as it is plugged. */
struct fake_usb *fake_usb_new(struct fake_usb_bus *bus,
    const struct fake_usb_make *make, struct fake *printer);

/* Every plug gives it another number on the bus, as the kernel does. */
void fake_usb_plug(struct fake_usb *u);
void fake_usb_unplug(struct fake_usb *u);
/* It vanished by itself (the printer's "vanish N"), or is not plugged. */
bool fake_usb_is_gone(struct fake_usb *u);

/* FAKE_USB_*: from now on exactly these faults; or from `bytes` further bytes
 * on, which it takes as it did before. */
void fake_usb_fault(struct fake_usb *u, unsigned faults);
void fake_usb_fault_after(struct fake_usb *u, unsigned faults, size_t bytes);
struct fake_usb_seen fake_usb_seen(struct fake_usb *u);
/* Is the kernel's driver bound; is the interface claimed. */
bool fake_usb_has_usblp(struct fake_usb *u);
bool fake_usb_is_claimed(struct fake_usb *u);

/* While it is not plugged: another printer is behind this cable. */
void fake_usb_put(struct fake_usb *u, struct fake *printer);

/* Around anything that is done with the printer while it is plugged. */
void fake_usb_lock(struct fake_usb *u);
void fake_usb_unlock(struct fake_usb *u);

#endif
