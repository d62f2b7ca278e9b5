/* pos/fact/fact_void.h - kind "void": a bill with goods on it was thrown
 * away. */
#ifndef POS_FACT_FACT_VOID_H
#define POS_FACT_FACT_VOID_H

#include "base/err.h"
#include "base/json.h"
#include "db/cart.h"
#include "db/journal.h"

struct db;

/* Of `f` all but seq is read. */
enum err fact_void_post(struct db *db, const struct cart_void *f,
    struct journal_head *head_out);
enum err fact_void_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

#endif
