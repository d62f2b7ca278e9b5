/* drivers/link.h - talks with one printer: sends a job so that no counted byte
 * goes twice, hears meanwhile how the printer is, and finds out how sure one
 * can be that the paper shows it.
 *
 *     e = link_open(&(struct link_config){.where = "usb:"}, &l);
 *     e = link_look(l, &health);              // while idle, every second or so
 *     e = link_print(l, &job, &watch, &outcome);
 *     link_close(l);
 *
 * After ERR_PRINTER from link_look or link_print with health.state or a cause
 * of PRINTER_GONE the link is dead: close it, open another later.
 * A link belongs to one thread at a time; watch is called in that thread. */
#ifndef DRIVERS_LINK_H
#define DRIVERS_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "drivers/printer.h"

/* How sure it is that a job is on paper; 1 is the surest. */
enum link_level {
    LINK_NONE,       /* not confirmed, or not known yet */
    LINK_PROCESS_ID, /* it answered GS ( H with this job's number */
    LINK_IN_ORDER,   /* it answered GS r 1, sent behind the job */
    LINK_ONLINE,     /* it took every byte and then said that it is well */
    LINK_ACCEPTED    /* the transport took every byte; it says nothing */
};

enum link_language { LINK_ESCPOS, LINK_TSPL, LINK_ZPL };

/* A flush ends the picture a printer may still wait for with as many NULs as
 * the largest has, its head included: a band of escpos.h (and of its older
 * versions), a whole label of tspl.h. */
enum { LINK_BAND_MAX = 20 * 1024, LINK_LABEL_MAX = 96 * 1024 };

/* Times in ms; 0 is the default.  Tests make it quicker. */
struct link_pace {
    int piece_ms;   /* one sending waits so long: 250 */
    int ask_ms;     /* an answer may take so long, an idle printer: 300 */
    int confirm_ms; /* the answer behind a job, past its printing: 10 000 */
    int stall_ms;   /* it takes nothing and tells no cause: 120 000 */
    int rest_ms;    /* pos/print: between two looks at an idle printer, two
                     * tries at one that is gone: 1000 */
    size_t piece;   /* bytes offered at once: 8192 */
};

struct link_config {
    const char *where; /* as printer_open takes it */
    enum link_language language;
    unsigned quirks; /* QUIRK_*, added to those of the table */
    struct link_pace pace;
    bool dirty; /* whether the job before ended whole is not known: it may
                 * wait for the rest of a picture, and what it is asked then is
                 * no question.  The next job is flushed before. */
};

/* How the printer is, as far as it told. */
struct link_health {
    enum printer_state state;
    bool paper_low;
    bool drawer_open;     /* the drawer's wire is high; what that means
                           * depends on the drawer */
    bool answers;         /* it has said something since it was opened */
    enum link_level best; /* the best it has shown; LINK_NONE: not known yet */
    unsigned quirks;
    struct printer_id id;
};

struct link_job {
    const char *name; /* for transports that keep jobs */
    const void *bytes;
    size_t len;
    uint32_t number; /* what GS ( H asks to be answered with */
    bool flush;      /* what was sent before is unknown: reset, end the
                      * picture it may wait for, cut */
    bool pulse;      /* only opens the drawer: no paper moves, and a flush
                      * before it neither feeds nor cuts */
    bool real_time;  /* one real-time command, obeyed also by a printer that
                      * has told that it prints nothing: sent past all that
                      * waits, once, and never confirmed */
};

/* All may be NULL. */
struct link_watch {
    /* Some of the health changed.  Borrowed. */
    void (*state)(void *arg, const struct link_health *health);
    /* Every byte is counted; what follows is waiting for the answer. */
    void (*sent)(void *arg);
    /* Asked whenever nothing moves, at least every half second. */
    bool (*stop)(void *arg);
    void *arg;
};

struct link_outcome {
    size_t counted;        /* bytes of the job that the printer has */
    bool all;              /* that is, all of them */
    bool interrupted;      /* it told of paper, cover... when some were sent:
                            * what is on paper may have a gap */
    enum link_level level; /* LINK_NONE: not confirmed */
};

struct link;

/* Open the transport and switch on its unasked answers; waits for none.
 * ERR_SETTINGS, ERR_PRINTER. */
enum err link_open(const struct link_config *config, struct link **out);
/* The same over a transport that is open; it belongs to the link now. */
enum err link_over(struct printer *printer, const struct link_config *config,
    struct link **out);
/* NULL is taken. */
void link_close(struct link *l);

/* Ask an idle printer how it is; some ms when it answers, at most a few
 * ask_ms when it does not, and only once.  ERR_PRINTER: it is gone (health
 * says so too). */
enum err link_look(struct link *l, struct link_health *out);

/* What is known without asking.  Borrowed until the next call. */
const struct link_health *link_health(const struct link *l);

/* Print a job.  Nothing is asked and waited for before its first byte is sent,
 * unless the printer has told already that it cannot print: then it waits.
 *
 * It waits as long as the printer tells why it takes nothing (paper, cover,
 * knife, offline) and `stop` says no; pace.stall_ms when it tells nothing.
 *
 * OK: every byte is counted and outcome->level says how sure that is.
 * ERR_PRINTER: gone, or it took nothing for too long, or it took all and did
 *   not confirm what it always confirmed, or an interruption ended without an
 *   answer: `outcome` says how much it has.  With counted 0 nothing of the job
 *   has reached it.
 * ERR_STOPPING: `stop` said so; `outcome` as above.
 * ERR_INVALID: no name for a job (transports that keep jobs).
 * A job that ended without OK and with bytes counted makes the next one flush,
 * asked or not.
 * Transports that keep jobs: whole or nothing, LINK_ACCEPTED. */
enum err link_print(struct link *l, const struct link_job *job,
    const struct link_watch *watch, struct link_outcome *out);

/* As printer_preview. */
enum err link_preview(struct link *l, const void *png, size_t len);

/* "process_id", "in_order", "online", "accepted"; "none". */
const char *link_level_name(enum link_level level);

#endif
