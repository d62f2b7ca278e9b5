/* db/registry/records.h - certified products in all their versions.
 *
 * On a connection of db_open_as(..., DB_REGISTRY, ...).  Codes of status and
 * recall are those of sync/record.h; a role is "vn" or "p" and a province.
 * A record is one canonical line without its line feed. */
#ifndef DB_REGISTRY_RECORDS_H
#define DB_REGISTRY_RECORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;

/* The largest certificate number: 2 bits each of the status list then still
 * fit a target of 64 MiB. */
#define REG_CERT_MAX INT64_C(268435455)

/* Why there is a version.  The numbers are stored: never renumbered. */
enum reg_action {
    REG_IMPORT = 1,
    REG_SUSPEND,
    REG_REVOKE,
    REG_REINSTATE,
    REG_DROP, /* an entry error: no list holds it any more */
    REG_SUPERSEDE
};

/* One version.  All texts are borrowed from the row, or the caller's. */
struct reg_version {
    int64_t n; /* grows over all records; given by db_reg_version_add */
    const char *id;
    int64_t cert;
    int64_t rev;
    const char *role; /* NULL: in no list */
    int stars;
    int status;
    int recall;
    int32_t from_day, until_day;
    const char *record;
    size_t record_len;
    enum reg_action action;
    int64_t at;
    const char *by_whom;
    const char *decision; /* NULL: none named */
    int32_t decision_day; /* 0: none named */
    const char *ground;   /* NULL: none named */
};

typedef enum err reg_version_fn(void *arg, const struct reg_version *v);

/* Hand the version in force to `fn`.  ERR_NOT_FOUND, with the argument `what`,
 * when there is no such record. */
enum err db_reg_record_by_id(
    struct db *db, const char *id, reg_version_fn *fn, void *arg);
enum err db_reg_record_by_cert(
    struct db *db, int64_t cert, reg_version_fn *fn, void *arg);

/* The versions in force of the certificate numbers first..last, in their order
 * (dropped ones too). */
enum err db_reg_records_of_certs(struct db *db, int64_t first, int64_t last,
    reg_version_fn *fn, void *arg);

/* All versions of a record, oldest first. */
enum err db_reg_history(
    struct db *db, const char *id, reg_version_fn *fn, void *arg);

/* Blocks of 256 certificate numbers (cert / 256) with a version newer than the
 * version number `after`, ascending; and the newest version number, 0: none. */
enum err db_reg_blocks_since(struct db *db, int64_t after,
    enum err (*fn)(void *arg, int64_t block), void *arg);
enum err db_reg_version_last(struct db *db, int64_t *n_out);
/* The highest certificate number given, 0: none; and a number from which on
 * the lowest that was never given is to be found. */
enum err db_reg_cert_last(struct db *db, int64_t *cert_out);
enum err db_reg_cert_free(struct db *db, int64_t *cert_out);

/* Inside a write: a new version, which becomes the one in force; a record that
 * is not there yet gets its id and cert.  ERR_EXISTS when the id has another
 * cert, the cert another id, or the revision is there. */
enum err db_reg_version_add(struct db *db, const struct reg_version *v);

#endif
