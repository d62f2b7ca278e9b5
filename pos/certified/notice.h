/* pos/certified/notice.h - certificates of the catalogue that end soon are
 * told, once each: within 90 days, within 30, and when they have ended. */
#ifndef POS_CERTIFIED_NOTICE_H
#define POS_CERTIFIED_NOTICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct db;

struct certified_notice {
    size_t told;  /* records written */
    bool more;    /* there are more: write again */
};

/* Inside a write; `arg` is a struct certified_notice to fill, or NULL.  Made
 * for db_write; the sync worker calls it once a day and after a new list. */
enum err certified_notice_write(struct db *db, void *arg);

#endif
