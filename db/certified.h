/* db/certified.h - certified products as the registry lists them, for looking
 * up.  Codes of status, recall and evidence are those of sync/record.h. */
#ifndef DB_CERTIFIED_H
#define DB_CERTIFIED_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"

struct db;

struct certified {
    int64_t cert; /* u32: the registry's short number */
    char id[DB_ID];
    int64_t rev;
    char name[DB_NAME];
    char fold[DB_NAME];
    char producer[DB_NAME];
    char province_code[8];
    char commune_code[16]; /* empty: not known */
    char group_code[8];
    int stars;
    int32_t from_day;
    int32_t until_day;
    int status;
    int recall;
    int evidence;
};

/* The list that is in force. */
struct certified_list {
    int64_t seq; /* journal record that applied it */
    int64_t list_seq;
    int64_t records;
    uint8_t sha256[32];
    int64_t applied_at;
};

/* ERR_NOT_FOUND when there is none. */
enum err db_certified_by_id(struct db *db, const char *id,
    struct certified *out);
enum err db_certified_list(struct db *db, struct certified_list *out);

/* Records whose folded name or producer holds `fold` (all with ""), cert >
 * `after`, in cert order. */
enum err db_certified_each(struct db *db, const char *fold, int64_t after,
    int64_t limit, enum err (*fn)(void *arg, const struct certified *c),
    void *arg);

/* The canonical records in the order of their ids: the list itself. */
enum err db_certified_records(struct db *db,
    enum err (*fn)(void *arg, const char *record, size_t len), void *arg);

/* The same with what a new list is held against. */
struct certified_row {
    int64_t cert;
    const char *id;
    int status;
    const char *record; /* canonical */
};
enum err db_certified_rows(struct db *db,
    enum err (*fn)(void *arg, const struct certified_row *row), void *arg);

/* Inside a write. */
enum err db_certified_drop(struct db *db, int64_t cert);
enum err db_certified_put(struct db *db, const struct certified *c,
    const char *record, size_t record_len);
/* Drop all that the list does not hold: called before the first put. */
enum err db_certified_clear(struct db *db);
enum err db_certified_list_put(struct db *db, const struct certified_list *l);

#endif
