/* db/times.h - the newest time of the journal. */
#ifndef DB_TIMES_H
#define DB_TIMES_H

#include <stdint.h>

#include "base/err.h"

struct db;

/* Unix seconds of the last record; 0 when the journal is empty. */
enum err db_journal_time(struct db *db, int64_t *at_out);

#endif
