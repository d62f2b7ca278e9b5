/* pos/certified/plan.h - what verified metadata says of the lists, held against
 * those in force. */
#ifndef POS_CERTIFIED_PLAN_H
#define POS_CERTIFIED_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/certified.h"
#include "pos/fact/fact_list.h"
#include "sync/tuf/client.h"

enum plan_how { PLAN_KEEP, PLAN_DELTA, PLAN_FULL };

struct planned {
    char name[DB_LIST];
    struct certified_list force; /* list_seq 0, gen 0: none yet */
    int64_t seq;                 /* of the list that is published */
    enum plan_how how;
    const struct tuf_target *full;  /* borrowed from the client */
    const struct tuf_target *delta; /* from the one in force; or NULL */
};

/* Lists that are left as they are, and their roles not looked at. */
struct plan_left {
    char names[FACT_LISTS][DB_LIST];
    size_t len;
};

struct plan {
    struct planned lists[FACT_LISTS];
    size_t len;
    size_t changes; /* lists that are not to be kept */
    char blamed[DB_LIST]; /* after a failure: the one list it is about; empty:
                             it is about all of them */
};

/* After tuf_client_refresh.  Loads every role that signs a list, but for those
 * of `left`; `db` only tells what is in force.  ERR_LIST_REFUSED, case "gone",
 * when a list in force is published no more; case "many" past FACT_LISTS. */
enum err plan_make(struct plan *p, struct tuf_client *client, struct db *db,
    const struct plan_left *left);

bool plan_leaves(const struct plan_left *left, const char *name);

#endif
