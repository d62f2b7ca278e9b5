/* pos/fact/fact_showroom.h - kinds "showroom" (who we are and our first key)
 * and "clock" (the machine's clock jumped). */
#ifndef POS_FACT_FACT_SHOWROOM_H
#define POS_FACT_FACT_SHOWROOM_H

#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/journal.h"
#include "db/showroom.h"

struct db;

/* The first record of a journal; signed by the key it names. */
struct fact_showroom {
    int64_t at;
    struct showroom showroom;
    struct showroom_key key;
};
enum err fact_showroom_post(struct db *db, const struct fact_showroom *f,
    struct journal_head *head_out);
enum err fact_showroom_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

/* The clock said `now` where about `expected` was to be. */
struct fact_clock {
    int64_t at;
    int64_t expected;
    int64_t now;
};
enum err fact_clock_post(struct db *db, const struct fact_clock *f,
    struct journal_head *head_out);
enum err fact_clock_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

#endif
