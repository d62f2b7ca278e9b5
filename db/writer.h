/* db/writer.h - the one writer.
 *
 * One thread owns the only writing connection and does every checkpoint.
 * Others hand it a function and wait.  It takes what waits, first in first
 * out and bounded in number and time, runs each under its own savepoint in
 * one transaction, commits with synchronous=FULL, and only then answers them
 * all.  A write that fails takes back its own changes and nobody else's.
 *
 * When BEGIN or COMMIT fails, or a failure inside a write made SQLite take
 * back the whole transaction (disk full, I/O error), all writes of that
 * transaction are answered with the failure, the connection is closed and
 * opened anew, and nothing is tried again by itself: after a failed COMMIT a
 * write may or may not be in the file, so whoever repeats it must do so under
 * a key that the write itself looks up. */
#ifndef DB_WRITER_H
#define DB_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/db.h"

struct journal_key;
struct writer;

/* 0 in any member takes the default in brackets. */
struct writer_options {
    size_t batch_max;        /* writes in one transaction [64] */
    int batch_time_ms;       /* no further write is begun after this [20] */
    int gather_us;           /* wait at most this long for as many writes as
                                the last transaction had; -1 never [200] */
    size_t queue_max;        /* writes waiting; more get ERR_BUSY [256] */
    int64_t checkpoint_bytes; /* WAL size that starts a checkpoint [8 MiB] */
    int64_t wal_limit_bytes; /* WAL size from which the writer pauses for
                                readers to let it be emptied [64 MiB] */
    int idle_ms;             /* quiet time before a checkpoint [500] */
    int reopen_ms;           /* between attempts to open again [1000] */
};

/* Open the database for writing (see db_open for the errors) and start the
 * thread.  `options` may be NULL. */
enum err writer_open(const char *path, const struct writer_options *options,
    struct writer **out);

/* Finish what waits, bring the WAL into the file, stop.  NULL is taken.  No
 * thread may call db_write on `w` any more once this returns. */
void writer_close(struct writer *w);

/* Sign journal records with `key` from the next write on; copied, and kept
 * when the connection is opened anew. */
void writer_use_key(struct writer *w, const struct journal_key *key);

/* Run `fn(db, arg)` on the writer and wait until it is durable, or refused.
 * OK means: it is on the disk.  Any error of `fn` comes back with its message,
 * arguments and path (err_last).  Besides: ERR_BUSY, the queue is full;
 * ERR_STOPPING, the writer is being closed; ERR_DB_FULL, ERR_DB_BROKEN,
 * ERR_DB, it could not be stored, see above.  `what` names the write in the
 * log and must outlive the call.  Never from inside a write. */
enum err db_write(
    struct writer *w, const char *what, write_fn *fn, void *arg);

/* Call `fn(arg, last_seq)` on the writer's thread after each COMMIT that added
 * to the journal, before anyone is answered.  Must be quick.  Set it before
 * the first write. */
void writer_on_commit(
    struct writer *w, void (*fn)(void *arg, int64_t last_seq), void *arg);

/* Can it write now?  False from a failure until the file is open again. */
bool writer_ok(struct writer *w);

struct writer_stats {
    int64_t writes;          /* answered OK */
    int64_t refused;         /* whose own function failed */
    int64_t commits;
    int64_t frames;          /* pages that went through the WAL */
    int64_t checkpoints;
    int64_t failures;        /* of BEGIN, COMMIT or the connection */
    int64_t wal_frames_now;
    int64_t longest_ms;      /* from BEGIN to the end of COMMIT */
    int64_t queue_now;
};

struct writer_stats writer_stats(struct writer *w);

#endif
