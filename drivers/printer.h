/* drivers/printer.h - transports: how bytes reach a printer and how its
 * answers come back, behind one struct of functions.  A transport knows
 * nothing of ESC/POS, TSPL or ZPL; drivers/link.h talks with the printer.
 *
 *     e = printer_open("usb:serial=A1", &p);
 *     e = printer_send(p, bytes, len, 500, &sent);
 *     e = printer_receive(p, answer, sizeof(answer), 300, &got);
 *     printer_close(p);
 *
 * What was counted as sent is the printer's: it is never sent again.  Every
 * call ends in finite time.  A printer belongs to one thread at a time.
 *
 * Failures: ERR_SETTINGS: what was asked for makes no sense and never will.
 * ERR_PRINTER: not there, or gone; open it again later.  The argument `case`
 * says why where it is known: none, denied, busy, gone, host, refused. */
#ifndef DRIVERS_PRINTER_H
#define DRIVERS_PRINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { PRINTER_JOB_NAME_MAX = 64, PRINTER_PIECE = 8 * 1024 };

/* The class port status byte of USB printers (USB Printer Class 1.1, 4.2.2) */
enum {
    PRINTER_PORT_NO_ERROR = 0x08,
    PRINTER_PORT_SELECTED = 0x10,
    PRINTER_PORT_PAPER_EMPTY = 0x20
};

enum printer_state {
    PRINTER_READY,
    PRINTER_UNKNOWN, /* it does not answer, or cannot */
    PRINTER_OFFLINE,
    PRINTER_PAPER_OUT,
    PRINTER_COVER_OPEN,
    PRINTER_CUTTER, /* the knife is stuck */
    PRINTER_FAILED, /* head, motor: a person must look */
    PRINTER_GONE    /* unplugged, unreachable, folder missing */
};

/* Who a printer says it is; "" and 0 where it says nothing. */
struct printer_id {
    uint16_t vendor, product; /* USB */
    char maker[64], model[64], serial[64];
    char port[32]; /* the socket it is plugged into: "1-2.3" */
    bool two_way;  /* there is a way to hear it */
    bool class7;   /* a USB printer by its class, not only by our table */
    bool no_id;    /* it does not answer who it is (IEEE 1284 device id) */
};

struct printer;

/* What a transport is.  A device keeps its own state in a struct that starts
 * with struct printer. */
struct printer_ops {
    const char *name; /* the word before the colon */
    /* A job is a thing that is kept, whole or not at all: there is no paper,
     * and no status. */
    bool keeps_jobs;
    enum err (*open)(const char *where, struct printer **printer_out);
    /* A job begins.  NULL: nothing to do. */
    enum err (*begin)(struct printer *p, const char *job);
    enum err (*send)(struct printer *p, const void *bytes, size_t len,
        int timeout_ms, size_t *sent_out);
    /* NULL: cannot hear. */
    enum err (*receive)(struct printer *p, void *bytes, size_t size,
        int timeout_ms, size_t *got_out);
    /* NULL: has no such thing. */
    enum err (*port)(struct printer *p, uint8_t *status_out);
    /* NULL: nothing is ever left. */
    enum err (*left)(struct printer *p, size_t *left_out);
    /* NULL: has no such thing. */
    enum err (*reset)(struct printer *p);
    /* The job is whole: `keep`; or given up.  NULL: nothing to do. */
    enum err (*end)(struct printer *p, bool keep);
    /* A picture of the job that was kept last.  NULL: has no use for it. */
    enum err (*preview)(struct printer *p, const void *png, size_t len);
    /* NULL: nobody in particular. */
    const struct printer_id *(*id)(struct printer *p);
    void (*close)(struct printer *p);
};

struct printer {
    const struct printer_ops *ops;
};

extern const struct printer_ops printer_file_ops; /* file.c */
extern const struct printer_ops printer_null_ops; /* null.c */
extern const struct printer_ops printer_tcp_ops;  /* tcp.c */
extern const struct printer_ops printer_usb_ops;  /* usb.c */

/* "usb:" takes the first printer found, by the order of ports, that is free;
 * "usb:serial=TEXT", "usb:port=1-2.3" and "usb:0416:5011", or several with
 * commas between, name one: needed where there are several.  Printers are of
 * USB class 7 or in the table of quirks; one named by its numbers is taken
 * whatever its class.
 * "tcp:HOST", "tcp:HOST:9100", "tcp:[::1]:9100": connects, at most 3 s beside
 * the look-up of the name.  Many such printers take one connection at a time,
 * and hang up when nothing is said for a while: one that has never answered is
 * then called again without a word, since nothing was lost.
 * "null:" takes everything and keeps nothing.
 * "file:DIR" writes each job whole as DIR/<job>.escpos, never half: written
 * aside, synced, renamed.  A second job of the same name becomes <job>-2, like
 * a second slip of paper: nothing printed is ever overwritten.  DIR is made
 * when its parent exists.
 * ERR_SETTINGS, ERR_PRINTER. */
enum err printer_open(const char *spec, struct printer **printer_out);
/* NULL is taken. */
void printer_close(struct printer *p);

/* Take up to `len` bytes, waiting at most `timeout_ms`.  OK with *sent_out
 * below `len`, even 0: it takes no more for now.  ERR_PRINTER: it is gone.
 * *sent_out is right in both cases. */
enum err printer_send(struct printer *p, const void *bytes, size_t len,
    int timeout_ms, size_t *sent_out);

/* What it answered, waiting at most `timeout_ms` for the first byte; 0 asks
 * for what is there.  OK with *got_out 0: nothing.  ERR_PRINTER: it is gone. */
enum err printer_receive(struct printer *p, void *bytes, size_t size,
    int timeout_ms, size_t *got_out);

/* The port status byte, PRINTER_PORT_*.  ERR_PRINTER_SILENT: it is there, but
 * has no such answer.  ERR_PRINTER: it is gone. */
enum err printer_port(struct printer *p, uint8_t *status_out);

/* How many of the counted bytes the printer's end has not yet confirmed to have
 * received; 0 where sending itself waits for that.  ERR_PRINTER: it is gone. */
enum err printer_left(struct printer *p, size_t *left_out);

/* Throw away what the transport itself still holds for the printer: usb: the
 * class request SOFT_RESET; tcp: a new connection.  ERR_PRINTER: it is gone;
 * OK where there is nothing to reset. */
enum err printer_reset(struct printer *p);

/* Who it is; NULL where that is no question. */
const struct printer_id *printer_who(struct printer *p);

/* Print a whole job in pieces, asking nothing: for transports that keep jobs,
 * and for tools.  `job`: 1..64 of A-Z a-z 0-9 . _ - not starting with a dot,
 * else ERR_INVALID.  ERR_PRINTER when the device fails or takes nothing for
 * 10 s.  `sent_out` is set in every case: 0 with a failure means that nothing
 * was printed or kept; anything between 0 and the length means paper with half
 * a slip, which must never be sent again unasked. */
enum err printer_print(struct printer *p, const char *job, const void *bytes,
    size_t len, size_t *sent_out);

/* Keep a PNG of the job printed last beside it, where the transport has a
 * place for it (file: <job>.png); OK elsewhere. */
enum err printer_preview(struct printer *p, const void *png, size_t len);

/* A USB printer that is plugged in.  `why` is OK, or why it cannot be used, as
 * lang_error tells it. */
struct printer_found {
    struct printer_id id;
    struct err_state why;
};

/* Every USB printer seen, at most `max`, by the order of ports.  One that this
 * program itself holds open is told as busy, as another program's is.
 * ERR_PRINTER when USB cannot be looked at at all. */
enum err printer_usb_list(
    struct printer_found *found, size_t max, size_t *len_out);

/* "paper_out": for logs, events and the API. */
const char *printer_state_name(enum printer_state state);

#endif
