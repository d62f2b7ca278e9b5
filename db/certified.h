/* db/certified.h - certified products as the registry lists them, for looking
 * up.  Codes of status, recall and evidence are those of sync/record.h.
 *
 * There is a list for each role that signs: "vn", "p01", ...; "file" is one
 * without a signature, of tests and of old journals.  A list names the
 * generation of rows that is in force; only those are found by the lookups. */
#ifndef DB_CERTIFIED_H
#define DB_CERTIFIED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "db/limits.h"

struct db;

enum { DB_LIST = 8 }; /* name of a list, with the NUL */

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
    char superseded_by[DB_ID]; /* id of what follows; empty: nothing */
    /* Set by reading: the list it stands in. */
    char list[DB_LIST];
    int64_t list_seq;
};

/* A list in force. */
struct certified_list {
    char name[DB_LIST];
    int64_t seq; /* journal record that applied it */
    int64_t gen; /* of its rows */
    int64_t list_seq;
    int64_t records;
    uint8_t sha256[32]; /* of its canonical lines, each with its LF */
    int64_t applied_at;
};

/* All lists together. */
struct certified_sum {
    int64_t lists;
    int64_t records;
    int64_t seq;        /* newest journal record of a list; 0: none */
    int64_t applied_at; /* the newest */
};

/* --- lookups: what is in force --- */

typedef enum err certified_fn(void *arg, const struct certified *c);

/* ERR_NOT_FOUND when there is none. */
enum err db_certified_by_id(struct db *db, const char *id,
    struct certified *out);
/* The canonical record, appended.  ERR_NOT_FOUND. */
enum err db_certified_record(struct db *db, const char *id, struct buf *out);
/* Those whose packs carry this GTIN (14 digits), in cert order. */
enum err db_certified_by_gtin(struct db *db, const char *gtin14,
    certified_fn *fn, void *arg);
/* Records whose folded name or producer holds `fold` (all with ""), cert >
 * `after`, in cert order. */
enum err db_certified_each(struct db *db, const char *fold, int64_t after,
    int64_t limit, certified_fn *fn, void *arg);

/* The same, of those in a state (enum cert_state; 0: any) as of `today`, and
 * with `linked` only those that products of the catalogue are linked to. */
struct certified_query {
    const char *fold;
    int state;
    int32_t today;
    bool linked;
    int64_t after;
    int64_t limit;
};
enum err db_certified_find(struct db *db, const struct certified_query *query,
    certified_fn *fn, void *arg);

/* ERR_NOT_FOUND. */
enum err db_certified_list(struct db *db, const char *name,
    struct certified_list *out);
/* In the order of their names. */
enum err db_certified_lists(struct db *db,
    enum err (*fn)(void *arg, const struct certified_list *list), void *arg);
enum err db_certified_sum(struct db *db, struct certified_sum *out);

/* --- rows of one generation, in the order of their ids --- */

struct certified_row {
    int64_t cert;
    const char *id;
    const char *name;
    int stars;
    int status;
    int recall;
    const char *record; /* canonical */
    size_t record_len;
};
typedef enum err certified_row_fn(void *arg, const struct certified_row *row);

/* Those with an id after `after` ("" for all), at most `limit`. */
enum err db_certified_rows(struct db *db, int64_t gen, const char *after,
    int64_t limit, certified_row_fn *fn, void *arg);
/* One of them.  ERR_NOT_FOUND. */
enum err db_certified_row(struct db *db, int64_t gen, const char *id,
    certified_row_fn *fn, void *arg);

/* --- the catalogue's side --- */

/* Ids of certificates that products of the catalogue are linked to, sorted. */
enum err db_certified_linked(struct db *db,
    enum err (*fn)(void *arg, const char *id), void *arg);
/* The products linked to a certificate, and what of each is on the shelf. */
enum err db_certified_held(struct db *db, const char *id,
    enum err (*fn)(void *arg, int64_t product_id, int64_t qty_milli),
    void *arg);

/* --- inside a write --- */

/* A generation that no row and no list has. */
enum err db_certified_gen_next(struct db *db, int64_t *gen_out);
/* The first place in a generation behind all its rows. */
enum err db_certified_place_next(struct db *db, int64_t gen, int64_t *out);
/* Add a row.  ERR_EXISTS when the generation has the id or the number. */
enum err db_certified_put(struct db *db, int64_t gen, int64_t place,
    const struct certified *c, const char *record, size_t record_len);
/* A GTIN of the row put at that place; a second time is nothing. */
enum err db_certified_put_gtin(struct db *db, int64_t gen, int64_t place,
    const char *gtin14);
/* *found_out: was there such a row? */
enum err db_certified_drop(struct db *db, int64_t gen, const char *id,
    bool *found_out);
/* Generations that have the id or the number, in force or not; at most `max`
 * (more are left out). */
enum err db_certified_claims(struct db *db, const char *id, int64_t cert,
    int64_t *gens_out, size_t max, size_t *len_out);

/* Set the list `l->name`; with gen 0 it keeps its generation, or gets a new
 * one: a replay knows none. */
enum err db_certified_list_put(struct db *db, const struct certified_list *l);
enum err db_certified_list_drop(struct db *db, const char *name);

/* Remove at most `limit` rows that are in no list's generation.  *more_out:
 * there may be others.  Generations from `keep_from` on stay (INT64_MAX:
 * none): they are being written. */
enum err db_certified_sweep(struct db *db, int64_t keep_from, int64_t limit,
    bool *more_out);

#endif
