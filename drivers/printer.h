/* drivers/printer.h - where a slip's bytes go: a printer behind a struct of
 * functions.
 *
 *     e = printer_open("file:/var/spool/slips", &p);
 *     e = printer_print(p, "job-000012", bytes.data, bytes.len, &sent);
 *     printer_close(p);
 *
 * `sent` is how much the transport took for certain: 0 with a failure means
 * that nothing was printed; anything between 0 and the length means paper with
 * half a slip, which must never be sent again unasked.
 *
 * A printer belongs to one thread at a time. */
#ifndef DRIVERS_PRINTER_H
#define DRIVERS_PRINTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { PRINTER_JOB_NAME_MAX = 64, PRINTER_PIECE = 8 * 1024 };

enum printer_state {
    PRINTER_READY,
    PRINTER_UNKNOWN, /* it does not answer, or cannot */
    PRINTER_OFFLINE,
    PRINTER_PAPER_OUT,
    PRINTER_COVER_OPEN,
    PRINTER_FAILED, /* cutter, head: a person must look */
    PRINTER_GONE    /* unplugged, unreachable, folder missing */
};

struct printer;

/* What a transport is.  A device keeps its own state in a struct that starts
 * with struct printer. */
struct printer_ops {
    const char *name; /* the word before the colon */
    bool whole_only;  /* a job that does not end well leaves nothing behind */
    enum err (*open)(const char *where, struct printer **printer_out);
    /* A job begins.  Nothing of it counts as printed yet. */
    enum err (*begin)(struct printer *p, const char *job);
    /* Take up to `len` bytes and tell how many, on failure too. */
    enum err (*send)(
        struct printer *p, const void *bytes, size_t len, size_t *sent_out);
    /* The job is whole: `keep`; or given up. */
    enum err (*end)(struct printer *p, bool keep);
    /* A picture of the job that was kept last.  NULL: has no use for it. */
    enum err (*preview)(struct printer *p, const void *png, size_t len);
    enum printer_state (*status)(struct printer *p);
    void (*close)(struct printer *p);
};

struct printer {
    const struct printer_ops *ops;
};

extern const struct printer_ops printer_file_ops; /* file.c */
extern const struct printer_ops printer_null_ops; /* null.c */

/* "null:" takes everything and keeps nothing.
 * "file:DIR" writes each job whole as DIR/<job>.escpos, never half: written
 * aside, synced, renamed.  A second job of the same name becomes <job>-2, like
 * a second slip of paper: nothing printed is ever overwritten.  DIR is made
 * when its parent exists. ERR_SETTINGS for another word, ERR_PRINTER when DIR
 * cannot be written. */
enum err printer_open(const char *spec, struct printer **printer_out);
void printer_close(struct printer *p);

/* Print a whole job in pieces.  `job`: 1..64 of A-Z a-z 0-9 . _ - not starting
 * with a dot, else ERR_INVALID.  ERR_PRINTER when the device fails; `sent_out`
 * is set in every case. */
enum err printer_print(struct printer *p, const char *job, const void *bytes,
    size_t len, size_t *sent_out);

/* Keep a PNG of the job printed last beside it, where the transport has a
 * place for it (file: <job>.png); OK elsewhere. */
enum err printer_preview(struct printer *p, const void *png, size_t len);

enum printer_state printer_status(struct printer *p);
/* "paper_out": for logs and events. */
const char *printer_state_name(enum printer_state state);

#endif
