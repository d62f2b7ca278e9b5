/* tests/vm/usbip_printer.h - the USB half of a printer, as its firmware is:
 * descriptors, requests of the printer class, packets on two endpoints, and
 * what cheap firmware does wrong.  Full speed, packets of 64 bytes. */
#ifndef TESTS_VM_USBIP_PRINTER_H
#define TESTS_VM_USBIP_PRINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/vm/usbip_wire.h"

enum { USBIP_PACKET = 64, USBIP_PENDING = 32, USBIP_DATA = 1 << 16 };

/* A transfer that is not over. */
struct usbip_transfer {
    struct wire_request request;
    uint8_t *data; /* OUT: of the transfer */
    size_t done;   /* of these the device has acknowledged */
};

struct fake;

struct usbip_printer {
    struct fake *fake;
    int fd; /* -1: not plugged in */
    uint8_t packet[USBIP_PACKET];
    size_t packet_len; /* acknowledged, and not taken by the printer yet */
    struct usbip_transfer out[USBIP_PENDING], in[USBIP_PENDING];
    size_t out_len, in_len;
    /* what it does wrong */
    bool id_stalls, nak, halted;
    unsigned long halt_after; /* packets; 0: never */
    unsigned halts_cleared, resets;
};

/* Answer one message of the host.  False when it has hung up. */
bool usbip_printer_serve(struct usbip_printer *p);
/* Move what can move between the cable and the printer. */
void usbip_printer_move(struct usbip_printer *p);
/* Nothing is under way, and time alone changes nothing. */
bool usbip_printer_rests(const struct usbip_printer *p);
/* The cable is out: nothing that was on its way arrives. */
void usbip_printer_forget(struct usbip_printer *p);

#endif
