/* pos/fact/fact_list.h - kind "list": lists of certified products came into
 * force.  The record holds their sequences and hashes, not their rows, and
 * what of it concerns the showroom.
 *
 * Records of older programs tell of one list without a name, "file".  The
 * first list with a signature ends "file". */
#ifndef POS_FACT_FACT_LIST_H
#define POS_FACT_FACT_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/certified.h"
#include "db/journal.h"

struct db;

enum { FACT_LISTS = 64, FACT_HELD = 500 };

/* What became of a certified product; the word of journal and API. */
enum list_change {
    CHANGE_NONE,
    CHANGE_NEW,
    CHANGE_UPGRADED,
    CHANGE_DOWNGRADED,
    CHANGE_CHANGED,   /* in something else */
    CHANGE_WITHDRAWN,
    CHANGE_SUSPENDED,
    CHANGE_REINSTATED,
    CHANGE_DROPPED,   /* an entry error was mended: it is on no list any more */
    CHANGES
};
const char *list_change_name(enum list_change what);

/* A change that concerns a product of the catalogue. */
struct list_held {
    char id[DB_ID];
    char name[DB_NAME];  /* as the registry names it */
    int64_t product;     /* of the catalogue */
    int64_t qty_milli;   /* of it on the shelf */
    enum list_change what;
    int stars, was_stars; /* 0: not on a list, now or before */
    int recall;           /* sync/record.h */
};

struct fact_list {
    int64_t at;
    int64_t staff; /* 0: the daemon itself */
    int64_t counts[CHANGES];
    struct certified_list *lists; /* that changed; posting sets their seq and
                                     applied_at */
    size_t lists_len;
    const struct list_held *held; /* at most FACT_HELD */
    size_t held_len;
};

enum err fact_list_post(struct db *db, struct fact_list *f,
    struct journal_head *head_out);
enum err fact_list_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

/* The lists a body tells of, of this program or an older one; name, list_seq,
 * records and sha256 are set. */
enum err fact_list_read(const struct json *body,
    struct certified_list lists_out[FACT_LISTS], size_t *len_out);

#endif
