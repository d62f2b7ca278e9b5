/* pos/proof/verify.h - do the books say what happened?
 *
 * Plain: every journal record is there, canonical, chained and signed by the
 * key in force; times never fall; receipts are numbered without gaps; the
 * amounts of the ledger are its balances; the file and its schema are whole;
 * the certified products are the list that was taken in.
 * Full: besides, the journal alone is replayed into an empty database, each
 * receipt is calculated again, and every table is compared row by row.
 * An exported journal is checked for what an export can show.
 * A slip is held against its record; one past the end shows that the end of
 * the journal was cut off, which nothing inside the file can show.
 *
 * It reads one moment of the file through a connection of its own and changes
 * nothing; the daemon may go on selling. */
#ifndef POS_PROOF_VERIFY_H
#define POS_PROOF_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/lang.h"

struct verify_options {
    const char *database;    /* the database file */
    const char *journal;     /* instead of it: an export, NDJSON */
    bool full;               /* of a database: replay and compare */
    const char *const *slips; /* digits of tokens R1, or addresses with them */
    size_t slips_len;
    const char *scratch;     /* folder for the replay of a long journal;
                                NULL: TMPDIR, or /tmp */
    int64_t memory_records;  /* longest journal that is replayed in memory
                                [40,000: some 60 MB] */
};

/* One thing that is wrong.  `what` is a sentence of the language files, in
 * section "verify"; its arguments are clean text. */
struct verify_finding {
    int64_t seq; /* of the record it is about; 0: about none */
    const char *what;
    struct err_arg args[ERR_ARGS];
    size_t args_len;
};
typedef void verify_fn(void *arg, const struct verify_finding *finding);

/* What was read. */
struct verify_report {
    int64_t first, last; /* sequences of the journal; 0, 0: it is empty */
    int64_t receipts;
    int64_t rows;        /* compared, in all tables */
    bool rebuilt;        /* the tables were compared with the journal.  Not
                            done on a damaged journal: it would blame rows for
                            what a record says */
    int64_t findings;    /* 0: all is right */
    uint8_t hash[32];    /* of the last record */
};

/* Check, and give each finding to `fn`.  OK means that it was carried out:
 * whether all is right says the report.  Errors are of what could not be
 * looked at: ERR_FILE, ERR_BUSY, ERR_DB_VERSION, ERR_DB, ERR_DB_FULL (of the
 * scratch).  A database too damaged to be opened is a finding. */
enum err verify_run(const struct verify_options *options, verify_fn *fn,
    void *arg, struct verify_report *out);

/* Append what a person reads: "Bản ghi 17: ...". */
void verify_sentence(
    enum lang lang, const struct verify_finding *finding, struct buf *out);

#endif
