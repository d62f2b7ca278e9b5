/* pos/fact/fact.h - the kinds of journal records.
 *
 * For each kind there is a struct and two functions:
 *   fact_X_post    writes the body, appends it to the journal and projects it
 *                  into the tables: what happens when something happens;
 *   fact_X_replay  reads a body and projects it: what `ocop-pos verify --full`
 *                  does to make the tables again in an empty database.
 * Both end in the same projection, so the tables cannot say anything that the
 * journal does not.
 *
 * A body is canonical JSON with a member "at", the unix second of the record,
 * which never falls. */
#ifndef POS_FACT_FACT_H
#define POS_FACT_FACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/canon.h"
#include "base/err.h"
#include "base/json.h"
#include "db/journal.h"

struct db;

/* Bytes of the longest body; a sale of 200 lines stays far below. */
enum { FACT_BODY_MAX = JOURNAL_BODY_MAX };

/* The time of a record written now: the clock, or the last record's time when
 * the clock is behind it; then, past two minutes, the clock is suspect. */
struct fact_time {
    int64_t at;
    bool suspect;
};
enum err fact_now(struct db *db, struct fact_time *out);

/* Project one record into the tables of `db`, inside a write.  `rec` and
 * `body` are borrowed.  ERR_BOOKS for a kind or body that no version of the
 * program wrote. */
enum err fact_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

/* A body being written:
 *
 *     struct fact_body b;
 *     struct canon *c = fact_body_begin(&b);
 *
 *     canon_put_int(c, "at", f->at);
 *     ...                              // keys in the order of their bytes
 *     e = fact_body_post(&b, db, "price", head_out); */
struct fact_body {
    struct buf buf;
    struct canon canon;
};
struct canon *fact_body_begin(struct fact_body *b);

/* The member "request" of a body: the key it was asked under, and what was
 * asked.  Read back by read_request (pos/fact/read.h). */
enum { FACT_DIGEST = 16 };
void fact_request_write(struct canon *c, const char *key,
    const uint8_t digest[FACT_DIGEST]);

/* End the body, append it to the journal and free it.  ERR_TOO_LARGE when it
 * is past FACT_BODY_MAX. */
enum err fact_body_post(struct fact_body *b, struct db *db, const char *kind,
    struct journal_head *head_out);

#endif
