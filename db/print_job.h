/* db/print_job.h - what printers are to print, and how sure we are of it.
 *
 * A job is a row, written with the sale.  It is marked as being sent before its
 * first byte goes out: at any instruction at which the daemon may die the row
 * says that nothing was sent, or that nobody knows. */
#ifndef DB_PRINT_JOB_H
#define DB_PRINT_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;

enum print_kind {
    PRINT_RECEIPT = 1,
    PRINT_COPY,   /* the second copy, of another printer */
    PRINT_DRAWER, /* the pulse that opens the drawer: once, or not at all */
    PRINT_LABEL,
    PRINT_TEST,
    PRINT_SHIFT /* what a shift took and counted: X, Z */
};

enum print_state {
    PRINT_QUEUED = 1,
    PRINT_SENDING,
    PRINT_SENT,      /* every byte was taken, not yet confirmed */
    PRINT_CONFIRMED, /* at `level`; or by a person, answered_by */
    PRINT_UNKNOWN,   /* cut off: paper may or may not be out */
    PRINT_FAILED,    /* nothing was printed, and nothing will be */
    PRINT_CANCELLED
};

/* Why a receipt is printed once more, which its heading says. */
enum print_why {
    PRINT_FIRST,        /* it is not */
    PRINT_ASKED,        /* somebody wanted a copy */
    PRINT_AFTER_UNKNOWN /* nobody knew whether the one before came out */
};

enum {
    PRINT_PRINTER = 33,   /* bytes of a printer's id with the NUL */
    PRINT_MESSAGE = 201,
    PRINT_BODY = 2049
};

struct print_job {
    int64_t id;
    enum print_kind kind;
    char printer[PRINT_PRINTER]; /* its id in the settings */
    enum print_state state;
    int64_t sale_id; /* 0: of no receipt */
    int64_t copy;    /* 0: the original; n: the n-th printing after it */
    enum print_why why_again;
    int64_t follows;  /* the unknown job it repeats; 0 none */
    int64_t level;    /* how sure: enum link_level; 0 not */
    int64_t attempts; /* of a drawer 1 at most */
    int64_t counted;  /* bytes the printer took */
    int64_t created_at, done_at;
    int64_t answered_at, answered_by; /* 0: nobody answered */
    char message[PRINT_MESSAGE]; /* a word of print.why, a failure, or "" */
    char body[PRINT_BODY];       /* JSON of label, test, shift; "" */
};

/* "queued", "receipt": the words of the API. */
const char *print_state_name(enum print_state state);
const char *print_kind_name(enum print_kind kind);
/* The state of that name; 0 for a word that is none. */
enum print_state print_state_parse(const char *name);

/* Is somebody to be asked whether this came out whole? */
bool print_job_asks(const struct print_job *job);

/* Inside a write: queue one.  Read of `job`: kind, printer, sale_id, copy,
 * why_again, follows, created_at, body. */
enum err db_print_job_add(struct db *db, const struct print_job *job,
    int64_t *id_out);

/* Inside a write: it is about to be sent, one attempt more.  ERR_NOT_QUEUED
 * when it is not queued (any more). */
enum err db_print_job_begin(struct db *db, int64_t id);

/* Inside a write, at the start: what is queued at printers that are none of
 * `ids` (a JSON array of texts) any more goes to `printer`, of that kind. */
enum err db_print_job_move(struct db *db, enum print_kind kind,
    const char *ids, const char *printer);

/* How it went. */
struct print_mark {
    int64_t id;
    enum print_state state;
    int64_t level, counted, at;
    const char *message; /* or NULL; cut where it is too long */
};
enum err db_print_job_mark(struct db *db, const struct print_mark *mark);

/* Inside a write, at the start: what a dead daemon was sending is unknown. */
enum err db_print_job_recover(struct db *db, int64_t at);

/* Inside a write: somebody looked.  printed: confirmed by a person; else it
 * stays unknown, and is asked about no more.  ERR_NOT_UNKNOWN when nobody is
 * asked. */
enum err db_print_job_answer(struct db *db, int64_t id, bool printed,
    int64_t at, int64_t by);

/* Inside a write: a queued one is not wanted.  ERR_NOT_QUEUED. */
enum err db_print_job_cancel(struct db *db, int64_t id, int64_t at);

/* The oldest queued job of a printer, of all kinds or of one (0: all);
 * ERR_NOT_FOUND when none waits. */
enum err db_print_job_next(struct db *db, const char *printer,
    enum print_kind kind_or_0, struct print_job *out);
/* ERR_NOT_FOUND with the case "print_job". */
enum err db_print_job_get(struct db *db, int64_t id, struct print_job *out);

/* What waits at a printer (queued, in hand), what is asked about, and which
 * drawers are queued since before `since`, or by a clock that was ahead. */
struct print_counts {
    int64_t waiting, asked, late;
};
enum err db_print_job_counts(struct db *db, const char *printer,
    int64_t since, struct print_counts *out);

/* Inside a write: those late drawers fail, never to open. */
enum err db_print_job_refuse_late(
    struct db *db, const char *printer, int64_t since, int64_t at);

/* Did the job that this printer had in hand last end unknown? */
enum err db_print_job_left_unknown(struct db *db, const char *printer,
    bool *unknown_out);

/* Jobs before id `before`, newest first, of one state (0: any) or of one
 * receipt (0: any), until `fn` fails. */
struct print_filter {
    enum print_state state;
    int64_t sale_id; /* `state` is then not looked at */
    int64_t before;
    int64_t limit;
};
typedef enum err print_job_fn(void *arg, const struct print_job *job);

/* What somebody is asked about of a till's receipts and of no receipt's but
 * shifts' slips, oldest first, at most `limit`. */
enum err db_print_job_pending(struct db *db, int64_t till, int64_t limit,
    print_job_fn *fn, void *arg);
enum err db_print_job_each(struct db *db, const struct print_filter *filter,
    print_job_fn *fn, void *arg);

#endif
