/* pos/fact/fact_list.h - kind "list": a list of certified products was taken
 * in.  The record holds the list's sequence and hash, not its rows. */
#ifndef POS_FACT_FACT_LIST_H
#define POS_FACT_FACT_LIST_H

#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/certified.h"
#include "db/journal.h"

struct db;

struct fact_list {
    int64_t staff;              /* 0: the daemon itself */
    struct certified_list list; /* seq is set by posting */
    int64_t added, changed, withdrawn;
};

enum err fact_list_post(struct db *db, struct fact_list *f,
    struct journal_head *head_out);
enum err fact_list_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

#endif
