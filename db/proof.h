/* db/proof.h - whole tables read out, to hold them against each other.
 *
 * What proves the books (pos/proof/verify.h) reads everything as it stands,
 * also what no CHECK would have let in, and trusts nothing of it. */
#ifndef DB_PROOF_H
#define DB_PROOF_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;
struct showroom_key;

/* A read-only connection that sees one moment of the file for as long as it is
 * open, without time limit; the daemon may go on selling.  db_close ends it.
 * Errors as db_open. */
enum err db_proof_open(const char *path, struct db **out);

/* A journal record as it stands, lengths unchecked. */
struct proof_record {
    int64_t seq;
    const char *kind;
    size_t kind_len;
    const char *body;
    size_t body_len;
    int64_t key; /* number of the key that signed; 0: not said */
    const uint8_t *hash;
    size_t hash_len;
    const uint8_t *sig;
    size_t sig_len;
};

/* Records from sequence `from` on, at most `limit`, until `fn` fails. */
enum err db_proof_records(struct db *db, int64_t from, int64_t limit,
    enum err (*fn)(void *arg, const struct proof_record *r), void *arg);

/* The keys as their table tells them; a row that holds no key is left out. */
enum err db_proof_keys(struct db *db, struct showroom_key *keys_out,
    size_t max, size_t *len_out);

/* Where a row of `table` says other than it should. */
struct proof_difference {
    const char *table;
    int64_t seq;        /* record that set the row; 0: none did */
    const char *row;    /* its key: "sale_id 3, n 1" */
    const char *column; /* NULL: the whole row is missing, or too much */
    const char *expected; /* NULL: there should be no such row */
    const char *found;    /* NULL: there is no such row */
};
typedef enum err proof_fn(void *arg, const struct proof_difference *d);

/* How many tables come from the journal. */
size_t db_proof_tables(void);

/* Compare table `i` of `ours` with the one of `right`, row by row, and give
 * every difference to `fn` until it fails.  *rows_out grows by the rows
 * seen. */
enum err db_proof_compare(struct db *ours, struct db *right, size_t i,
    proof_fn *fn, void *arg, int64_t *rows_out);

/* The lot whose balances are not the sum of its moves, or *lot_out 0 when all
 * are; *seq_out is the record that set the balance last. */
enum err db_proof_ledger(struct db *db, int64_t *lot_out, int64_t *seq_out);

#endif
