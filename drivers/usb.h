/* drivers/usb.h - which USB devices are printers, and how they are told apart.
 * For usb.c and usb_find.c alone; everybody else opens a printer by
 * drivers/printer.h. */
#ifndef DRIVERS_USB_H
#define DRIVERS_USB_H

#include "base/err.h"
#include "drivers/printer.h"

struct libusb_context;
struct libusb_device;

enum { USB_SEEN_MAX = 32 };

/* What the settings ask for; "" and 0: any. */
struct usb_wish {
    uint16_t vendor, product;
    char serial[64], port[32];
    bool ipp_too; /* also printers that speak nothing but IPP: only to tell of
                     them, for no byte of ours can be sent there */
};

/* A printer that was seen: who it is and where its bytes go. */
struct usb_seen {
    struct libusb_device *device; /* held: usb_forget */
    struct printer_id id;
    unsigned quirks;
    int interface, alt;
    bool ipp_only;
    bool has_alts;   /* of several alternate settings `alt` is to be chosen */
    uint8_t out, in; /* endpoints; in is 0 where it cannot be heard */
};

/* What stands behind "usb:": nothing, or VVVV:PPPP, serial=TEXT, port=1-2.3
 * with commas between.  ERR_SETTINGS. */
enum err usb_parse(const char *where, struct usb_wish *wish_out);

/* The printers that fit, in the order of their ports; asks no device anything,
 * so that a search never waits for a printer that somebody else uses. */
size_t usb_find(struct libusb_context *context, const struct usb_wish *wish,
    struct usb_seen seen[USB_SEEN_MAX]);
void usb_forget(struct usb_seen *seen, size_t len);

/* Take maker and model, and a serial number where there is none, from an IEEE
 * 1284 device id: "MFG:Acme;MDL:POS-80;". */
void usb_read_device_id(const char *text, size_t len, struct printer_id *id);

#endif
