/* db/batch.h - inside of the writer: one transaction that carries many writes.
 *
 * Nothing here waits or locks.  db/writer.c decides who may call it (one
 * thread at a time) and which write comes next. */
#ifndef DB_BATCH_H
#define DB_BATCH_H

#include <semaphore.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/db.h"

/* One who waits in db_write. */
struct waiting {
    const char *what;
    write_fn *fn;
    void *arg;
    enum err err;             /* the answer */
    struct err_state failure; /* its message, when it is not OK */
    sem_t answered;
    struct waiting *next;
};

struct batch {
    struct db *db;
    struct waiting *first; /* those run so far, in order */
    struct waiting **last; /* where the next is linked */
    int len;
    int64_t begun_us;
    int64_t appended; /* journal sequence of the last record in it, or 0 */
    enum err err;     /* the transaction itself failed before COMMIT */
    struct err_state failure;
};

/* BEGIN. */
enum err batch_begin(struct batch *b, struct db *db);

/* Run `x` under a savepoint and add it to the batch.  False when the
 * transaction is lost: nothing more can be run in it, batch_commit tells. */
bool batch_run(struct batch *b, struct waiting *x);

/* Is the calling thread inside a write just now? */
bool batch_is_inside(void);

/* COMMIT.  A failure, or a lost transaction, becomes the answer of all, and
 * stays the thread's last; the connection must then be closed. */
enum err batch_commit(struct batch *b);

/* Let the thread's last failure be the answer to all from `x` on. */
void batch_refuse(struct waiting *x, enum err e);

/* Give everyone from `x` on their answer.  They are gone after that. */
void batch_answer(struct waiting *x);

#endif
