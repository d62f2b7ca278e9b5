/* db/journal.h - every fact, once, in order, chained and signed.
 *
 * Record hash and signature are those of the contract (receipt-qr.md):
 *   hash = SHA-256("OCOP-J1" NUL || hash before (32, zeros for the first)
 *                  || seq u64 || kind length u16 || kind
 *                  || body length u32 || body), big-endian
 *   sig  = Ed25519 over "OCOP-J1S" NUL || hash
 * Records are only ever added; triggers refuse anything else. */
#ifndef DB_JOURNAL_H
#define DB_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;

enum {
    JOURNAL_HASH = 32,
    JOURNAL_SIG = 64,
    JOURNAL_KIND_MAX = 32,       /* bytes of a kind: a-z and _ */
    JOURNAL_BODY_MAX = 1024 * 1024
};

/* The showroom's key that signs. */
struct journal_key {
    int number;
    uint8_t public_key[32];
    uint8_t secret_key[64];
};

/* Sign with `key` (copied) what is appended on this connection from now on.
 * The daemon's writer: writer_use_key. */
void db_journal_use_key(struct db *db, const struct journal_key *key);

struct journal_head {
    int64_t seq;                /* 0: the journal is empty */
    uint8_t prev[JOURNAL_HASH]; /* hash of the record before, or zeros */
    uint8_t hash[JOURNAL_HASH];
};

/* Append a record, inside a write and with a key in use.  `body` is canonical
 * JSON (base/canon.h), the caller's duty.  `head_out` may be NULL. */
enum err db_journal_append(struct db *db, const char *kind, const char *body,
    size_t len, struct journal_head *head_out);

/* The last record; seq 0 and zero hashes when there is none. */
enum err db_journal_head(struct db *db, struct journal_head *out);

/* A record as it stands in the file, nothing verified. */
struct journal_record {
    int64_t seq;
    const char *kind;
    const char *body;
    size_t body_len;
    int key;                    /* number of the key that signed */
    const uint8_t *hash;        /* JOURNAL_HASH bytes */
    const uint8_t *sig;         /* JOURNAL_SIG bytes */
};

typedef enum err journal_fn(void *arg, const struct journal_record *record);

/* Give `fn` the records from sequence `from` on, at most `limit`, in order,
 * until it fails; its error is passed on.  The record is borrowed during the
 * call.  `fn` must not call db_journal_each or db_journal_get on the same
 * connection. */
enum err db_journal_each(struct db *db, int64_t from, int64_t limit,
    journal_fn *fn, void *arg);

/* The same for one record; ERR_NOT_FOUND. */
enum err db_journal_get(
    struct db *db, int64_t seq, journal_fn *fn, void *arg);

/* The hash of a record; pure. */
void journal_hash(const uint8_t prev[JOURNAL_HASH], int64_t seq,
    const char *kind, const char *body, size_t len,
    uint8_t hash_out[JOURNAL_HASH]);

/* Did the owner of `public_key` sign `hash`; pure. */
bool journal_signature_ok(const uint8_t hash[JOURNAL_HASH],
    const uint8_t sig[JOURNAL_SIG], const uint8_t public_key[32]);

#endif
