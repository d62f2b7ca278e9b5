/* tests/tools/fake_usb_parts.h - what the files of the fake USB printer share:
 * fake_usb.c (the bus, plugging), fake_usb_fs.c (usbfs' requests) and
 * fake_usb_urb.c (transfers). */
#ifndef TESTS_TOOLS_FAKE_USB_PARTS_H
#define TESTS_TOOLS_FAKE_USB_PARTS_H

#include <linux/usbdevice_fs.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <umockdev.h>

#include "tests/tools/fake_printer.h"
#include "tests/tools/fake_usb.h"

enum {
    FAKE_USB_URBS = 32,  /* under way at once */
    FAKE_USB_PACKET = 64, /* of a full speed endpoint */
    FAKE_USB_OUT = 0x01,
    FAKE_USB_IN = 0x82,
    FAKE_USB_REPLY = 1024
};

/* A transfer between SUBMITURB and REAPURB. */
struct fake_urb {
    UMockdevIoctlData *data; /* struct usbdevfs_urb of the client */
    UMockdevIoctlClient *client;
    int type, endpoint, length; /* as it was handed over */
    uint8_t *bytes;           /* OUT: what to send; control: the setup too */
    uint8_t reply[FAKE_USB_REPLY]; /* IN and control */
    int done;                 /* bytes */
    int status;
    bool finished;
};

struct fake_usb {
    struct fake_usb *next; /* of the bus */
    struct fake_usb_bus *bus;
    struct fake_usb_make make;
    char port[32];
    struct fake *printer;
    int64_t ticked_ms; /* the printer's time */
    pthread_mutex_t lock;
    UMockdevIoctlBase *handler; /* of this plug; earlier files had others */
    char node[40], syspath[160]; /* /dev/bus/usb/001/002, /sys/devices/... */
    int number;    /* on the bus */
    bool plugged;  /* our caller wants it there */
    bool gone;     /* it is not there */
    bool halted;
    bool usblp;
    unsigned faults, faults_next;
    size_t next_at; /* bytes taken, when faults_next begin; 0: never */
    UMockdevIoctlClient *owner; /* who claimed the interface */
    int alt;
    struct fake_usb_seen seen;
    struct fake_urb urbs[FAKE_USB_URBS]; /* the oldest first */
    int urbs_len;
};

/* Every request of usbfs; with the lock.  0, or -errno.  `away`: the file was
 * opened at an earlier plug. */
int fake_usb_fs(
    struct fake_usb *u, UMockdevIoctlClient *client, bool away);
/* The file is closed: its claim and its transfers are nobody's. */
void fake_usb_fs_closed(struct fake_usb *u, UMockdevIoctlClient *client);

int fake_urb_submit(struct fake_usb *u, UMockdevIoctlClient *client,
    UMockdevIoctlData *arg);
int fake_urb_discard(struct fake_usb *u, UMockdevIoctlData *arg);
/* -EAGAIN when nothing is finished; -ENODEV when nothing ever will be. */
int fake_urb_reap(struct fake_usb *u, UMockdevIoctlClient *client,
    UMockdevIoctlData *arg, bool away);
void fake_urb_drop(struct fake_usb *u, UMockdevIoctlClient *client);
/* The cable is out: nothing that is under way goes on. */
void fake_urb_cut(struct fake_usb *u);

/* Whoever claims the interface now; NULL: nobody.  Forgets one that dies. */
void fake_usb_own(struct fake_usb *u, UMockdevIoctlClient *client);

/* What the client has at its pointer, for update or reading, and unref; NULL
 * when it died meanwhile. */
UMockdevIoctlData *fake_usb_there(
    UMockdevIoctlData *arg, size_t offset, size_t len);

/* The endpoints of the interface's setting that is in use. */
bool fake_usb_hears(const struct fake_usb *u);
bool fake_usb_speaks(const struct fake_usb *u);

/* It is away: out of the bus's folder.  With the lock. */
void fake_usb_vanish(struct fake_usb *u);

#endif
