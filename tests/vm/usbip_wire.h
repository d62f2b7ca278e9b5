/* tests/vm/usbip_wire.h - the messages between the kernel's vhci-hcd and a USB
 * device that is only a program, as Linux's Documentation/usb/usbip_protocol
 * has them: 48 bytes of head, big end first, then the data. */
#ifndef TESTS_VM_USBIP_WIRE_H
#define TESTS_VM_USBIP_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIRE_SUBMIT = 1, WIRE_UNLINK = 2 };

struct wire_request {
    uint32_t command, number;
    uint32_t unlink; /* WIRE_UNLINK: of which request */
    bool in;         /* towards the host */
    unsigned endpoint;
    uint32_t len;
    uint8_t setup[8];
};

/* The next head; false when the host has hung up. */
bool wire_read(int fd, struct wire_request *r);
/* `len` bytes of data behind a head. */
bool wire_read_data(int fd, void *bytes, size_t len);

/* A request has ended: `status` 0 or -errno, `done` bytes moved; those of an
 * IN request are `bytes`. */
void wire_done(int fd, const struct wire_request *r, int status,
    const void *bytes, size_t done);
/* What became of a WIRE_UNLINK. */
void wire_unlinked(int fd, uint32_t number, int status);

#endif
