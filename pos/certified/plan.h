/* pos/certified/plan.h - what verified metadata says of the lists, held against
 * those in force. */
#ifndef POS_CERTIFIED_PLAN_H
#define POS_CERTIFIED_PLAN_H

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

struct plan {
    struct planned lists[FACT_LISTS];
    size_t len;
    size_t changes; /* lists that are not to be kept */
};

/* After tuf_client_refresh.  Loads every role that signs a list; `db` only
 * tells what is in force.  ERR_LIST_REFUSED, case "gone", when a list in force
 * is published no more; case "many" past FACT_LISTS. */
enum err plan_make(struct plan *p, struct tuf_client *client, struct db *db);

#endif
