/* db/registry/lists.h - the lists a role has published, as sequences.
 *
 * A publication, inside one write:
 *
 *     db_reg_list_pending(db, role, &changes)     // anything to publish?
 *     db_reg_list_begin(db, role, &seq)           // the list is fixed
 *     db_reg_list_at(db, role, seq, ...)          // write and hash its lines
 *     db_reg_list_finish(db, &(struct reg_list){...})
 *     db_reg_list_delta(db, role, from, seq, ...) // from each of the last 60
 *
 * A failed write takes all of it back, the sequence number too. */
#ifndef DB_REGISTRY_LISTS_H
#define DB_REGISTRY_LISTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;

/* One published list. */
struct reg_list {
    char role[8];
    int64_t seq; /* 1, 2, 3 ... of its role */
    int64_t at;
    char by_whom[128];
    int64_t records;
    int64_t length; /* bytes */
    uint8_t sha256[32];
};

/* How many records of the role are not as its last list has them (new,
 * changed, gone): 0 when there is nothing to publish. */
enum err db_reg_list_pending(struct db *db, const char *role, int64_t *out);

/* Inside a write: fix the next list of the role; its sequence. */
enum err db_reg_list_begin(struct db *db, const char *role, int64_t *seq_out);
/* Inside the same write: what it became. */
enum err db_reg_list_finish(struct db *db, const struct reg_list *list);

/* The lines of the list at `seq` in the order of the ids' bytes. */
typedef enum err reg_line_fn(void *arg, const char *id, int64_t rev,
    const char *record, size_t len);
enum err db_reg_list_at(struct db *db, const char *role, int64_t seq,
    reg_line_fn *fn, void *arg);

/* What made the list at `to` of the one at `from`, in the order of the ids:
 * `record` is NULL, and `rev` the one that was in `from`, when it is no more in
 * `to` (drop); else it is put. */
enum err db_reg_list_delta(struct db *db, const char *role, int64_t from,
    int64_t to, reg_line_fn *fn, void *arg);

#endif
