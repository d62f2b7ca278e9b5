/* pos/fact/fact_cash.h - kinds "cash_in", "cash_out" and "drawer_open": what
 * happens at a drawer without a receipt. */
#ifndef POS_FACT_FACT_CASH_H
#define POS_FACT_FACT_CASH_H

#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/cash.h"
#include "db/journal.h"
#include "db/limits.h"

struct db;

struct fact_cash {
    struct cash_move move; /* seq is set by posting */
    char key[DB_KEY];      /* Idempotency-Key; "" none */
    uint8_t digest[16];    /* with key: of the request */
};

enum err fact_cash_post(struct db *db, struct fact_cash *f,
    struct journal_head *head_out);
enum err fact_cash_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

#endif
