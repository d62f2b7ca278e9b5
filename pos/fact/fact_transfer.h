/* pos/fact/fact_transfer.h - kind "transfer_confirmed": a person says that the
 * money of a transfer stands in the bank's app.
 *
 *     {"amount":583000,"at":1795318504,"by":3,"code":"K7Q2M","received":0,
 *      "staff":3,"till":"1"}
 *
 * `by` gave the PIN, `staff` was signed in at the till; `received` is what the
 * bank had told of by then.  No table is made of it: it is for who looks for
 * money that never came. */
#ifndef POS_FACT_FACT_TRANSFER_H
#define POS_FACT_FACT_TRANSFER_H

#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/journal.h"
#include "db/transfer.h"

struct db;

struct fact_transfer {
    int64_t at;
    int64_t staff;
    int64_t by;
    const struct transfer *transfer;
};

enum err fact_transfer_post(struct db *db, const struct fact_transfer *f,
    struct journal_head *head_out);
/* Only looks whether it is whole. */
enum err fact_transfer_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

#endif
