/* db/print_job.h - what printers are to print, and how sure we are of it. */
#ifndef DB_PRINT_JOB_H
#define DB_PRINT_JOB_H

#include <stdint.h>

#include "base/err.h"

struct db;

enum print_state {
    PRINT_QUEUED = 1,
    PRINT_SENDING,
    PRINT_SENT,    /* the transport took every byte */
    PRINT_UNKNOWN, /* sending was cut off: paper may or may not be out */
    PRINT_FAILED
};

struct print_job {
    int64_t id;
    int64_t sale_id;
    int64_t copy; /* 0: the original */
    enum print_state state;
    int64_t attempts;
};

/* "queued", ...: the word of the API. */
const char *print_state_name(enum print_state state);

/* Inside a write: queue one, give its state. */
enum err db_print_job_add(struct db *db, int64_t sale_id, int64_t copy,
    int64_t at, int64_t *id_out);
enum err db_print_job_set(struct db *db, int64_t id, enum print_state state,
    int64_t at, const char *message_or_null);
/* What a dead daemon was sending is unknown now. */
enum err db_print_job_recover(struct db *db);

/* The oldest queued job; ERR_NOT_FOUND when nothing waits. */
enum err db_print_job_next(struct db *db, struct print_job *out);
/* The newest job of a receipt; ERR_NOT_FOUND when it has none. */
enum err db_print_job_of(struct db *db, int64_t sale_id,
    struct print_job *out);

#endif
