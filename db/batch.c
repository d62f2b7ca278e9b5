#include "db/batch.h"

#include <assert.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/log.h"
#include "db/internal.h"

enum err
batch_begin(struct batch *b, struct db *db)
{
    *b = (struct batch){.db = db, .begun_us = clock_mono_us()};
    b->last = &b->first;
    db->appended = 0;
    return stmt_run(db, SQL_BEGIN);
}

/* This thread runs a write: it must not ask for another and wait. */
static _Thread_local bool inside;

bool
batch_is_inside(void)
{
    return inside;
}

/* The function itself; what it must leave as it found it is asserted. */
static enum err
call(struct db *db, struct waiting *x)
{
    enum err e;

    inside = db->in_write = true;
    e = x->fn(db, x->arg);
    inside = db->in_write = false;
    assert(db->begun == 0); /* it forgot a stmt_end */
    return e;
}

/* Undo what the failed write did, and only that. */
static enum err
undo(struct db *db)
{
    enum err e = stmt_run(db, SQL_SAVEPOINT_ROLLBACK);

    return e == OK ? stmt_run(db, SQL_SAVEPOINT_RELEASE) : e;
}

/* SQLite took the whole transaction back inside `x`: disk full, I/O error.
 * Whatever x made of it, this is the database's failure. */
static enum err
transaction_lost(const struct waiting *x)
{
    if (x->err == ERR_DB_FULL || x->err == ERR_DB_BROKEN || x->err == ERR_DB)
        return x->err;
    return err_set(ERR_DB, "%s: the transaction was lost", x->what);
}

/* OK unless the transaction itself is at its end. */
static enum err
run(struct batch *b, struct waiting *x)
{
    struct db *db = b->db;
    enum err e = stmt_run(db, SQL_SAVEPOINT);

    if (e != OK)
        return e;
    x->err = call(db, x);
    if (db_lost_transaction(db))
        return transaction_lost(x);
    if (x->err == OK) {
        b->appended = db->appended;
        return stmt_run(db, SQL_SAVEPOINT_RELEASE);
    }
    err_save(&x->failure);
    db->appended = b->appended;
    return undo(db);
}

bool
batch_run(struct batch *b, struct waiting *x)
{
    *b->last = x;
    b->last = &x->next;
    x->next = NULL;
    b->len++;
    b->err = run(b, x);
    if (b->err != OK)
        err_save(&b->failure);
    return b->err == OK;
}

void
batch_refuse(struct waiting *x, enum err e)
{
    for (; x; x = x->next) {
        x->err = e;
        err_save(&x->failure);
    }
}

enum err
batch_commit(struct batch *b)
{
    enum err e = b->err;

    if (e == OK)
        e = stmt_run(b->db, SQL_COMMIT);
    else
        err_load(&b->failure);
    if (e == OK)
        return OK;
    err_save(&b->failure);
    log_error("db", "%d writes from \"%s\" on are not stored: %s", b->len,
        b->first->what, err_msg());
    b->db->failed = true;
    if (!db_lost_transaction(b->db) && stmt_run(b->db, SQL_ROLLBACK) != OK)
        log_error("db", "rolling back: %s", err_msg());
    batch_refuse(b->first, err_load(&b->failure));
    return e;
}

void
batch_answer(struct waiting *x)
{
    struct waiting *next;

    for (; x; x = next) {
        next = x->next; /* x is on a stack that unwinds once answered */
        sem_post(&x->answered);
    }
}
